/* Secrets in files: nobody else may read them, replaced ones are gone from the database and
 * its log, and no program leaves a core (T3, T4, T7). */
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/canary.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/place.h"
#include "tests/support/stage.h"

enum { FILE_MAX = 16 << 20 };

#define TOKEN "Kx9QwT7zLm2PvR4yTk"
#define HEADER "hD4jK7pZ9xQ2wVe7Rt"
#define PASSWORD "nM2bV8cX4zL6kJ9hGf"

/* ---- replaced ---- */

static void read_database(const struct stage *s, struct buf *ret)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		char path[128];
		(void)snprintf(path, sizeof(path), "%s%s", s->sandbox.db, ends[i]);
		if (access(path, F_OK) == 0)
			place_read(path, ret);
	}
	assert_false(buf_overflowed(ret));
}

/* Is the secret in the database or one of the files beside it, in any form? */
static bool is_kept(const struct stage *s, const char *secret)
{
	DEFER(buf_done) struct buf bytes = BUF_INIT(FILE_MAX);
	struct canaries canaries = { 0 };
	canary_add(&canaries, secret, secret);
	read_database(s, &bytes);
	return canary_in(&canaries, buf_text(&bytes), bytes.len) != NULL;
}

static void give_secrets(struct stage *s)
{
	stage_import(s,
		     "{'hublink': 1,"
		     " 'monitors': [{'name': 'Spare', 'active': false, 'check': {"
		     "  'type': 'https', 'target': 'https://x.example/',"
		     "  'headers': {'X-Key': '" HEADER "'}}}],"
		     " 'integrations': [{'name': 'Hub', 'services': ["
		     "  {'name': 'Website', 'url': '{hub}/website?token=" TOKEN "'}]}]}");
	(void)cli_out_fed(&s->sandbox, 0,
			  "uptrends account user --url http://127.0.0.1:1/v4",
			  PASSWORD "\n");
	assert_true(is_kept(s, TOKEN));
	assert_true(is_kept(s, HEADER));
	assert_true(is_kept(s, PASSWORD));
}

static void secrets__are_gone_from_every_file__once_replaced_T4(void **state)
{
	struct stage *s = *state;
	char url[128];
	stage_engine_start(s); /* keeps the log from going with the last connection */
	give_secrets(s);
	stage_do(s, "event Shop error");
	stage_wait(s, stage_deliveries, "disruption delivered");

	receiver_url(s->receiver, "/website?token=another\n", url, sizeof(url));
	(void)cli_out_fed(&s->sandbox, 0, "service set-url Website", url);
	assert_false(is_kept(s, TOKEN));
	stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'Spare', 'check': {"
			" 'type': 'https', 'target': 'https://x.example/',"
			" 'headers': {'X-Key': 'another'}}}]}");
	assert_false(is_kept(s, HEADER));
	stage_do(s, "uptrends account --forget");
	assert_false(is_kept(s, PASSWORD));
	assert_int_equal(stage_engine_end(s, SIGTERM), 0);
}

/* ---- who may read ---- */

static int files_seen;

static int must_be_private(const char *path, const struct stat *st, int type,
			   struct FTW *at)
{
	(void)type;
	(void)at;
	files_seen++;
	if ((st->st_mode & 077) != 0)
		fail_msg("%s: mode %03o", path, (unsigned)st->st_mode & 0777);
	return 0;
}

/* An engine that the console started (its log), a backup, and all that a database has
 * beside it. */
static void make_files(struct stage *s)
{
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "&", "Start an engine?");
	console_act(vt, "y", "The engine works");
	stage_do(s, "event Shop error");
	stage_do(s, "backup %s/copy.db", s->sandbox.folder);
	files_seen = 0;
	assert_int_equal(nftw(s->sandbox.folder, must_be_private, 8, FTW_PHYS), 0);
	assert_in_range(files_seen, 6,
			64); /* folder, database, wal, shm, lock, log, copy */
	console_act(vt, "K", "Stop the engine?");
	console_act(vt, "y", "has ended");
}

static void files__are_private__under_any_umask_T3(void **state)
{
	static const mode_t umasks[] = { 0, 022, 077 };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(umasks); i++) {
		void *stage = NULL;
		mode_t before = umask(umasks[i]);
		stage_setup(&stage);
		make_files(stage);
		stage_teardown(&stage);
		umask(before);
	}
}

/* ---- cores ---- */

static void allow_cores(void)
{
	struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	char options[512];
	const char *given = getenv("ASAN_OPTIONS");
	(void)setrlimit(RLIMIT_CORE, &limit);
	/* What is tested is the program, not the sanitizer, which forbids cores too. */
	(void)snprintf(options, sizeof(options), "%s:disable_coredump=0",
		       given ? given : "");
	(void)setenv("ASAN_OPTIONS", options, 1);
}

static bool dumps_core(pid_t pid)
{
	int status;
	assert_int_equal(kill(pid, SIGABRT), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	return WCOREDUMP(status);
}

static pid_t start_plain_program(void)
{
	const char *const argv[] = { "/bin/cat", NULL };
	int pipe_ends[2];
	assert_int_equal(pipe(pipe_ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(pipe_ends[0], STDIN_FILENO);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(126);
	}
	close(pipe_ends[0]);
	return pid;
}

static void programs__leave_no_core__where_others_do_T7(void **state)
{
	struct stage *s = *state;
	allow_cores();
	assert_int_equal(chdir(s->sandbox.folder), 0);
	if (!dumps_core(start_plain_program()))
		skip(); /* this system keeps no cores at all */

	stage_engine_start(s);
	assert_false(dumps_core(s->engine));
	s->engine = 0;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	vt_signal(vt, SIGABRT);
	int status = vt_wait_exit(vt);
	assert_true(WIFSIGNALED(status));
	assert_false(WCOREDUMP(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(secrets__are_gone_from_every_file__once_replaced_T4),
		cmocka_unit_test(files__are_private__under_any_umask_T3),
		STAGE_TEST(programs__leave_no_core__where_others_do_T7),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
