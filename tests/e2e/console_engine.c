/* An engine started and stopped with keys: detached, its log beside the database; what it
 * said when it could not start. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

static pid_t engine_pid(struct stage *s)
{
	struct err err = { 0 };
	const char *text = stage_out(s, 0, "--json status");
	DEFER(json_done) struct json *status = json_parse(text, strlen(text), &err);
	int64_t pid = 0;

	assert_true(json_integer(json_get(json_get(status, "engine"), "pid"), &pid));
	return (pid_t)pid;
}

static void engine__works_on__when_the_console_that_started_it_is_left(void **state)
{
	struct stage *s = *state;
	char log[128];
	struct stat is;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	DEFER(vt_done) struct vt *later = NULL;

	assert_true(vt_wait(vt, "NO ENGINE RUNS: & starts one"));
	stage_do(s, "event Shop error");
	console_act(vt, "&", "1 event is not judged yet");
	console_act(vt, "y", "The engine works: process");
	assert_true(vt_wait_gone(vt, "NO ENGINE RUNS"));
	stage_wait(s, stage_incidents, "Website investigating");
	(void)snprintf(log, sizeof(log), "%s.engine.log", s->sandbox.db);
	assert_int_equal(stat(log, &is), 0);
	assert_int_equal(is.st_mode & 0777, 0600);
	assert_int_equal(getsid(engine_pid(s)), engine_pid(s));
	console_act(vt, "&", "works on this database already");
	vt_type(vt, "q");
	assert_int_equal(vt_wait_exit(vt), 0);

	stage_do(s, "event Shop ok");
	stage_wait(s, stage_incidents, "Website monitoring");
	later = console_open(&s->sandbox);
	console_act(later, "K", "the errors and OKs of 3 monitors");
	console_act(later, "y", "NO ENGINE RUNS");
	console_act(later, "K", "No engine runs");
}

static void engine__tells_what_its_log_says__when_it_cannot_start(void **state)
{
	struct stage *s = *state;
	char lock[128];
	DEFER(vt_done) struct vt *vt = NULL;

	(void)snprintf(lock, sizeof(lock), "%s.lock", s->sandbox.db);
	(void)unlink(lock);
	assert_int_equal(symlink("nowhere", lock), 0);
	vt = console_open(&s->sandbox);
	console_act(vt, "&", "y start it");
	console_act(vt, "y", "has ended before it began to");
	assert_true(vt_wait(vt, "see to its owner and mode"));
	vt_type(vt, KEY_ESC);
	assert_true(vt_wait_gone(vt, "has ended"));
	assert_true(vt_wait(vt, "NO ENGINE RUNS"));
}

static void engine__is_missed_at_once__when_it_is_killed(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "&", "y start it");
	console_act(vt, "y", "The engine works: process");
	assert_int_equal(kill(engine_pid(s), SIGKILL), 0);
	assert_true(vt_wait(vt, "which was started here, has ended."));
	assert_true(vt_wait(vt, "NO ENGINE RUNS"));
}

static void engine__is_left_alone__when_the_console_is_read_only(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&s->sandbox, 80, 24, "--read-only");

	console_act(vt, "&", "This console is read-only");
	vt_type(vt, "j");
	assert_true(vt_wait_gone(vt, "This console is read-only"));
	console_act(vt, "K", "This console is read-only");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(engine__works_on__when_the_console_that_started_it_is_left),
		STAGE_TEST(engine__tells_what_its_log_says__when_it_cannot_start),
		STAGE_TEST(engine__is_missed_at_once__when_it_is_killed),
		STAGE_TEST(engine__is_left_alone__when_the_console_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
