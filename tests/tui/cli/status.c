/* status, and its check for other monitors. */
#include <stdio.h>

#include "core/store.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

static void status__has_the_shape_of_the_contract(void **state)
{
	struct json *status =
		assert_object(cli_out(*state, 0, "--json status"), 0,
			      "mode engine{} monitors{} incidents{} deliveries{}");
	static const struct {
		const char *object, *keys;
	} parts[] = {
		{ "engine", "running pid since" },
		{ "monitors", "ok error unknown maintenance inactive" },
		{ "incidents", "held investigating identified monitoring" },
		{ "deliveries", "held queued sending failed delivered" },
	};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		struct buf text = BUF_INIT(4096);
		struct json_writer w = { .out = &text };
		json_open_object(&w, NULL);
		const struct json *part = json_get(status, parts[i].object);
		for (const struct json *item = json_first(part); item;
		     item = json_next(item))
			json_put_null(&w, json_key(item));
		json_close(&w);
		json_free(assert_object(buf_text(&text), 0, parts[i].keys));
		buf_done(&text);
	}
	int64_t unknown;
	assert_true(json_integer(json_get(json_get(status, "monitors"), "unknown"),
				 &unknown));
	assert_int_equal(unknown, 3);
	json_free(status);
}

static void status__reads_well(void **state)
{
	const char *out = cli_out(*state, 0, "status");
	assert_holds(out, "DRY-RUN");
	assert_holds(out, "none runs");
	assert_holds(out, "3 unknown");
	assert_int_equal(count_lines(out), 5);
}

static void status_check__is_one_line_and_1__when_no_engine_runs(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_string_equal(cli_out(sandbox, 1, "status --check"), "no engine runs\n");
	assert_string_equal(cli_err(sandbox, 1, "status --check"), "");
	struct json *answer = assert_object(cli_out(sandbox, 1, "--json status --check"),
					    0, "mode problem engine{}");
	assert_string_equal(json_string(json_get(answer, "problem")), "no engine runs");
	json_free(answer);
	answer = assert_object(cli_out(sandbox, 0, "--json status"), 0, "problem");
	assert_string_equal(json_string(json_get(answer, "problem")), "no engine runs");
	json_free(answer);
}

static void status__is_read__also_read_only(void **state)
{
	assert_holds(cli_out(*state, 0, "--read-only status"), "DRY-RUN");
}

static void status__colours_nothing__through_a_pipe(void **state)
{
	assert_lacks(cli_out(*state, 0, "list monitors"), "\033[");
	assert_holds(cli_out(*state, 0, "--color always list monitors"), "\033[");
	assert_lacks(cli_out(*state, 0, "--color always --json list monitors"), "\033[");
}

/* Runs a shell script with $H the program and $D the sandbox's folder. */
static int run_script(const struct sandbox *sandbox, struct ran *ret, const char *script)
{
	char program[4200], folder[100], db[120];
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	const char *const environment[] = { program, folder, db, NULL };
	snprintf(program, sizeof(program), "H=%s", program_path("hublink"));
	snprintf(folder, sizeof(folder), "D=%s", sandbox->folder);
	snprintf(db, sizeof(db), "HUBLINK_DB=%s", sandbox->db);
	run_program(ret, argv, NULL, environment);
	return ret->exit_code;
}

static void status_watch__prints_again__when_something_changed(void **state)
{
	struct ran ran = { 0 };
	static const char script[] =
		"$H status --watch >$D/watched & watcher=$!\n"
		"until grep -q '3 unknown' $D/watched; do :; done\n"
		"echo '{\"hublink\":1,\"monitors\":[{\"name\":\"Fourth\"}]}' | $H import "
		"- 2>&1\n"
		"until grep -q '4 unknown' $D/watched; do :; done\n"
		"kill $watcher; wait $watcher; grep -c ^mode $D/watched\n";
	assert_int_equal(run_script(*state, &ran, script), 0);
	assert_holds(buf_text(&ran.out), "\n2\n");
	ran_done(&ran);
}

static void hold_an_update(const struct sandbox *sandbox, int64_t since_ms)
{
	struct err err = { 0 };
	struct store *store = NULL;
	struct delivery held = { .service_id = 1,
				 .incident_id = 1,
				 .state = DELIVERY_HELD,
				 .created_ms = since_ms };
	assert_true(store_open(sandbox->db, STORE_WRITE, &store, &err));
	assert_true(store_delivery_add(store, &held, "{}", &err));
	store_close(store);
}

/* The minutes for which an update is held go by; the watcher has looked three times since, as
 * its waits tell, and prints only when something happens. */
static void status_watch__says_nothing__when_only_time_goes_by(void **state)
{
	struct ran ran = { 0 };
	static const char script[] =
		"waits() { awk '/^voluntary/ {print $2}' /proc/$watcher/status; }\n"
		"$H --json status --watch >$D/aging & watcher=$!\n"
		"until grep -q 'held for 6m' $D/aging; do :; done\n"
		"until $H --json status | grep -q 'held for 7m'; do :; done\n"
		"seen=$(($(waits) + 3))\n"
		"until [ $(waits) -ge $seen ]; do :; done\n"
		"echo '{\"hublink\":1,\"monitors\":[{\"name\":\"Fifth\"}]}' | $H import "
		"- 2>&1\n"
		"until grep -q '\"unknown\": *5' $D/aging; do :; done\n"
		"kill $watcher; wait $watcher; grep -c held $D/aging\n";
	hold_an_update(*state, clock_now_ms(NULL) - 7 * MINUTE_MS + 3 * SECOND_MS);
	assert_int_equal(run_script(*state, &ran, script), 0);
	assert_holds(buf_text(&ran.out), "\n2\n");
	ran_done(&ran);
}

static void result__that_cannot_be_written__is_a_failure(void **state)
{
	struct ran ran = { 0 };
	assert_int_equal(run_script(*state, &ran, "$H status >/dev/full"), 1);
	assert_holds(buf_text(&ran.err), "Writing the result: No space left");
	ran_done(&ran);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status__has_the_shape_of_the_contract),
		cmocka_unit_test(status__reads_well),
		cmocka_unit_test(status_check__is_one_line_and_1__when_no_engine_runs),
		cmocka_unit_test(status__is_read__also_read_only),
		cmocka_unit_test(status__colours_nothing__through_a_pipe),
		cmocka_unit_test(status_watch__prints_again__when_something_changed),
		cmocka_unit_test(status_watch__says_nothing__when_only_time_goes_by),
		cmocka_unit_test(result__that_cannot_be_written__is_a_failure),
	};
	return cmocka_run_group_tests(tests, cli_setup, cli_teardown);
}
