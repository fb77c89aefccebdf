/* status, and its check for other monitors. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status__has_the_shape_of_the_contract),
		cmocka_unit_test(status__reads_well),
		cmocka_unit_test(status_check__is_one_line_and_1__when_no_engine_runs),
		cmocka_unit_test(status__is_read__also_read_only),
		cmocka_unit_test(status__colours_nothing__through_a_pipe),
	};
	return cmocka_run_group_tests(tests, cli_setup, cli_teardown);
}
