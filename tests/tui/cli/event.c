/* `event`, single and in batches: R14, exit codes, what is stored. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void event__is_recorded__and_answered(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_out(sandbox, 0, "event Shop error --message 'no answer'"),
		     "Recorded: 'Shop' error at ");
	const char *out = cli_out(sandbox, 0, "--json event Shop ok --id a1");
	struct json *answer = assert_object(out, 0, "monitor state at id effect");
	assert_string_equal(json_string(json_get(answer, "state")), "ok");
	assert_string_equal(json_string(json_get(answer, "effect")), "accepted");
	json_free(answer);
	assert_int_equal(count_lines(out), 1);
}

static void event__says__that_no_engine_runs(void **state)
{
	assert_holds(cli_err(*state, 0, "event Shop error"), "No engine runs");
}

static void event__answers_as_the_first_time__when_its_id_is_repeated(
	void **state) /* R14 */
{
	const struct sandbox *sandbox = *state;
	char *first = mem_strdup(cli_out(sandbox, 0, "--json event API error --id r1"));
	assert_string_equal(cli_out(sandbox, 0, "--json event API error --id r1"), first);
	free(first);
	assert_holds(cli_out(sandbox, 0, "--json event API ok --id other"), "accepted");
}

static void event__is_refused__when_its_id_contradicts(void **state) /* R14 */
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "event Batch error --id c1 --at 2026-01-01T00:00:00Z");
	assert_holds(
		cli_err(sandbox, 3, "event Batch ok --id c1 --at 2026-01-01T00:00:00Z"),
		"c1");
	assert_holds(cli_err(sandbox, 3,
			     "event Batch error --id c1 --at 2026-01-01T00:00:01Z"),
		     "c1");
}

static void event__has_no_effect__when_it_is_too_old_or_unconfirmed(
	void **state) /* R14, R1 */
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "event API ok");
	assert_holds(
		cli_out(sandbox, 0, "--json event API error --at 2026-01-01T00:00:00Z"),
		"\"effect\":\"too-old\"");
	assert_holds(cli_out(sandbox, 0, "--json event API error --unconfirmed"),
		     "\"effect\":\"unconfirmed\"");
}

static void event__is_refused__by_its_content(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_changes_nothing(sandbox, 5, "event Shp error", "'Shop' is the nearest");
	assert_changes_nothing(sandbox, 3, "event Shop error --at noon", "--at");
	assert_changes_nothing(sandbox, 3, "event Shop error --at +10m", "ahead");
	assert_changes_nothing(sandbox, 3, "event Shop error --id ''", "id");
}

static void batch__is_stored__whole(void **state)
{
	const struct sandbox *sandbox = *state;
	struct buf lines = BUF_INIT(1024 * 1024);
	for (int i = 0; i < 2500; i++)
		buf_addf(&lines,
			 "{\"monitor\":\"Shop\",\"state\":\"error\",\"id\":\"b%d\"}\n%s",
			 i, i % 100 == 0 ? "\n" : "");
	assert_holds(cli_out_fed(sandbox, 0, "event --batch -", buf_text(&lines)),
		     "Recorded 2500 events\n");
	assert_holds(cli_out_fed(sandbox, 0, "--json event --batch -", buf_text(&lines)),
		     "{\"recorded\":2500}");
	buf_done(&lines);
}

/* Whether an event with this id is stored: its contradiction is refused then. */
static void assert_stored(const struct sandbox *sandbox, const char *id, bool stored)
{
	char line[100];
	snprintf(line, sizeof(line), "event Batch ok --id %s --at 2026-01-01T00:00:00Z",
		 id);
	cli_out(sandbox, stored ? 3 : 0, line);
}

static void batch__stops_at_the_first_bad_line__and_says_what_is_stored(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char lines[] =
		"{\"monitor\":\"Batch\",\"state\":\"error\",\"id\":\"s1\"}\n"
		"\n"
		"{\"monitor\":\"Batch\",\"state\":\"error\",\"id\":\"s2\"}\n"
		"{\"monitor\":\"Nobody\",\"state\":\"error\",\"id\":\"s3\"}\n"
		"{\"monitor\":\"Batch\",\"state\":\"error\",\"id\":\"s4\"}\n";
	const char *said = cli_err_fed(sandbox, 3, "event --batch -", lines);
	assert_holds(said, "Line 4: ");
	assert_holds(said, "Nobody");
	assert_holds(said, "all up to line 3 is stored");
	assert_stored(sandbox, "s1", true);
	assert_stored(sandbox, "s2", true);
	assert_stored(sandbox, "s4", false);
}

static void batch__names_the_line__whatever_is_wrong_with_it(void **state)
{
	const struct sandbox *sandbox = *state;
	static const struct {
		const char *line, *part;
	} bad[] = {
		{ "not json", "Line 1: " },
		{ "{\"monitor\":\"Shop\"}", "state is missing" },
		{ "{\"monitor\":\"Shop\",\"state\":\"ok\",\"colour\":1}", "colour" },
		{ "{\"monitor\":\"Shop\",\"state\":\"ok\",\"state\":\"ok\"}", "twice" },
		{ "{\"monitor\":\"Shop\",\"state\":\"ok\",\"at\":\"2999-01-01T00:00:"
		  "00Z\"}",
		  "ahead" },
		{ "\"\\u0000\"", "Line 1: " },
	};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		const char *said =
			cli_err_fed(sandbox, 3, "event --batch -", bad[i].line);
		assert_holds(said, bad[i].part);
		assert_holds(said, "nothing is stored");
	}
	assert_holds(cli_err(sandbox, 3, "event --batch /nowhere/at/all"),
		     "/nowhere/at/all");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(event__is_recorded__and_answered),
		cmocka_unit_test(event__says__that_no_engine_runs),
		cmocka_unit_test(
			event__answers_as_the_first_time__when_its_id_is_repeated),
		cmocka_unit_test(event__is_refused__when_its_id_contradicts),
		cmocka_unit_test(event__has_no_effect__when_it_is_too_old_or_unconfirmed),
		cmocka_unit_test(event__is_refused__by_its_content),
		cmocka_unit_test(batch__is_stored__whole),
		cmocka_unit_test(
			batch__stops_at_the_first_bad_line__and_says_what_is_stored),
		cmocka_unit_test(batch__names_the_line__whatever_is_wrong_with_it),
	};
	return cmocka_run_group_tests(tests, cli_setup, cli_teardown);
}
