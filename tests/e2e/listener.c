/* The listener from outside: the README's curl lines, an end at any moment, a database
 * that others keep busy. */
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/scene.h"

#define CURL_TOOL "/usr/bin/curl"

static void readme__curl_lines__work_as_they_stand(void **state)
{
	scene_skip_without(CURL_TOOL, "curl");
	struct scene *s = *state;
	DEFER(buf_done) struct buf script = BUF_INIT(SCENE_FILE_MAX);
	DEFER(ran_done) struct ran ran = { 0 };
	char path[4096], db[256];
	buf_adds(&script, "set -e\n");
	readme_block("curl", &script);
	readme_replace(&script, "127.0.0.1:8080", s->address);
	(void)snprintf(path, sizeof(path), "PATH=%s:/usr/bin:/bin", HUBLINK_BUILD);
	(void)snprintf(db, sizeof(db), "HUBLINK_DB=%s", s->sandbox.db);
	run_program(&ran,
		    (const char *const[]){ "/bin/sh", "-c", buf_text(&script), NULL },
		    NULL, (const char *const[]){ path, db, NULL });
	if (ran.exit_code != 0)
		fail_msg("%s\n%s", buf_text(&ran.out), buf_text(&ran.err));
	assert_holds(buf_text(&ran.out), "{\"accepted\":1,\"unmatched\":0}");
	assert_holds(buf_text(&ran.out), "hublink_build_info");
	scene_wait_for_page(s, "operational");
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event"), 2);
}

/* ---- events ---- */

static void listener__opens_and_recovers__an_incident(void **state)
{
	struct scene *s = *state;
	assert_int_equal(
		scene_ask(s, "/v1/events", "{\"monitor\":\"Shop\",\"state\":\"error\"}"),
		202);
	scene_wait_for_page(s, "disruption");
	assert_int_equal(
		scene_ask(s, "/v1/events", "{\"monitor\":\"Shop\",\"state\":\"ok\"}"),
		202);
	scene_wait_for_page(s, "operational");
	assert_int_equal(scene_ask(s, "/healthz", NULL), 200);
	assert_int_equal(scene_end(&s->engine, SIGTERM), 0);
}

/* R13, from the listener's side: whatever was answered with 202 is there. */
static void listener__loses_nothing__that_it_has_answered_when_killed(void **state)
{
	struct scene *s = *state;
	uint64_t random = 13;
	int64_t accepted = 0;
	for (int round = 0; round < 5; round++) {
		pid_t killer = fork();
		if (killer == 0) {
			(void)poll(NULL, 0, (int)(random_step(&random) % 200));
			kill(s->engine, SIGKILL);
			_exit(0);
		}
		(void)random_step(&random);
		while (scene_ask(s, "/v1/events",
				 "{\"monitor\":\"Nowhere\",\"state\":\"ok\"}") == 202)
			accepted++;
		assert_int_equal(waitpid(killer, NULL, 0), killer);
		assert_int_equal(waitpid(s->engine, NULL, 0), s->engine);
		int64_t stored =
			scene_count(s, "SELECT coalesce(max(events), 0) FROM unmatched");
		assert_in_range(stored, accepted, accepted + 1);
		accepted = stored;
		scene_start_engine(s);
	}
	assert_true(accepted > 0);
}

static void listener__answers_503__while_another_process_writes_too_long(void **state)
{
	struct scene *s = *state;
	static const char event[] = "{\"monitor\":\"Shop\",\"state\":\"error\"}";
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(s->sandbox.db, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, SCENE_WAIT_MS); /* the engine may write just now */
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(scene_ask(s, "/v1/events", event), 503);
	assert_int_equal(scene_ask(s, "/healthz", NULL), 503);
	assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	while (scene_ask(s, "/healthz", NULL) != 200 && clock_boot_ms() < until_ms)
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
	assert_int_equal(scene_ask(s, "/v1/events", event), 202);
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event"), 1);
}

static void engine__says_why__it_cannot_listen(void **state)
{
	struct scene *s = *state;
	char line[256];
	assert_holds(cli_err(&s->sandbox, 3, "engine --listen 8080"), "ADDRESS:PORT");
	assert_holds(cli_err(&s->sandbox, 3, "engine --max-requests x"),
		     "--max-requests");
	(void)snprintf(line, sizeof(line), "--db %s.other engine --listen %s",
		       s->sandbox.db, s->address);
	assert_holds(cli_err(&s->sandbox, 1, line), "another port with --listen");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE_TEST(readme__curl_lines__work_as_they_stand),
		SCENE_TEST(listener__opens_and_recovers__an_incident),
		SCENE_TEST(listener__loses_nothing__that_it_has_answered_when_killed),
		SCENE_TEST(listener__answers_503__while_another_process_writes_too_long),
		SCENE_TEST(engine__says_why__it_cannot_listen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
