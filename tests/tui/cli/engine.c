/* engine and hub are hublink-engine in this process' place; status --check looks at what
 * they left. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void engine__judges_what_is_recorded__until_idle(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "event Shop error");
	cli_out(sandbox, 0, "engine --until-idle");
	struct json *incident = assert_object(
		cli_out(sandbox, 0, "--json list incidents"), 0, "status service");
	assert_string_equal(json_string(json_get(incident, "status")), "investigating");
	assert_string_equal(json_string(json_get(incident, "service")), "Website");
	json_free(incident);
}

static void engine__is_refused__by_its_options(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err(sandbox, 3, "engine --max-in-flight 0"), "from 1 to 4096");
	assert_holds(cli_err(sandbox, 3, "engine --max-in-flight 5000"),
		     "from 1 to 4096");
	cli_err(sandbox, 2, "engine now");
	cli_err(sandbox, 4, "--read-only engine");
	assert_holds(cli_err(sandbox, 3, "hub --fail 101"), "from 0 to 100");
	assert_holds(cli_err(sandbox, 3, "hub --latency soon"), "--latency");
	cli_err(sandbox, 3, "hub --listen 192.0.2.1:80");
}

static void engine__is_named__when_it_is_not_installed(void **state)
{
	const struct sandbox *sandbox = *state;
	struct ran ran = { 0 };
	char script[9000], db[120];
	snprintf(script, sizeof(script), "cp %s %s/alone && %s/alone engine",
		 program_path("hublink"), sandbox->folder, sandbox->folder);
	snprintf(db, sizeof(db), "HUBLINK_DB=%s", sandbox->db);
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	const char *const environment[] = { db, NULL };
	run_program(&ran, argv, NULL, environment);
	assert_int_equal(ran.exit_code, 1);
	assert_holds(buf_text(&ran.err), "hublink-engine is neither beside hublink");
	ran_done(&ran);
}

/* As if time had passed, or a receiver had refused. */
static void change(const struct sandbox *sandbox, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(sandbox->db, &db), SQLITE_OK);
	char *said = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said);
	sqlite3_close(db);
}

static void status_check__names__what_is_held_failed_or_overdue(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out_fed(sandbox, 0, "import -",
		    "{\"hublink\":1,\"integrations\":[{\"name\":\"Hub\",\"services\":[{"
		    "\"name\":"
		    "\"Partner API\",\"publish_after\":\"1h\"}]}]}");
	cli_out(sandbox, 0, "mode paused");
	cli_out(sandbox, 0, "event API error");
	cli_out(sandbox, 0, "engine --until-idle");
	assert_holds(cli_out(sandbox, 0, "status"), "1 held");
	assert_lacks(cli_out(sandbox, 1, "status --check"), "held");

	change(sandbox,
	       "UPDATE delivery SET created_ms = created_ms - 600000 WHERE state = 0");
	assert_holds(cli_out(sandbox, 1, "status --check"), "an update is held for 10m");

	change(sandbox, "UPDATE delivery SET next_attempt_ms = next_attempt_ms - 600000 "
			"WHERE state = 1");
	assert_holds(cli_out(sandbox, 1, "status --check"),
		     "an update is overdue by 10m");

	change(sandbox, "UPDATE delivery SET state = 4 WHERE state = 1");
	const char *out = cli_out(sandbox, 1, "status --check");
	assert_holds(out, "deliveries that failed: 1");
	assert_int_equal(count_lines(out), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(engine__judges_what_is_recorded__until_idle),
		cmocka_unit_test(engine__is_refused__by_its_options),
		cmocka_unit_test(engine__is_named__when_it_is_not_installed),
		cmocka_unit_test(status_check__names__what_is_held_failed_or_overdue),
	};
	return cmocka_run_group_tests(tests, cli_setup, cli_teardown);
}
