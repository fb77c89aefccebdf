/* What a script hands to the command line: files that are none, lines that are wrong, one
 * object named twice. */
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

/* ---- files ---- */

static void file__is_3_and_named__when_it_is_a_folder_or_has_no_name(void **state)
{
	static const char *const lines[] = { "import ", "check ", "event --batch ",
					     "import - --secrets " };
	const struct sandbox *sandbox = *state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		char line[300], said[300];
		snprintf(line, sizeof(line), "%s%s", lines[i], sandbox->folder);
		snprintf(said, sizeof(said), "hublink: Reading %s: Is a directory\n",
			 sandbox->folder);
		assert_string_equal(cli_err_fed(sandbox, 3, line, "{\"hublink\":1}"),
				    said);
		snprintf(line, sizeof(line), "%s''", lines[i]);
		assert_holds(cli_err_fed(sandbox, 3, line, "{\"hublink\":1}"),
			     "The name of a file is empty");
	}
}

static void import__is_2__when_standard_input_should_be_two_files(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err_fed(sandbox, 2, "import - --secrets -", cli_document),
		     "cannot both come from standard input");
}

static void import__names_secrets__when_they_are_no_json(void **state)
{
	const struct sandbox *sandbox = *state;
	char path[200], line[300];
	snprintf(path, sizeof(path), "%s/secrets", sandbox->folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs("{]", file);
	fclose(file);
	snprintf(line, sizeof(line), "import - --secrets %s", path);
	assert_holds(cli_err_fed(sandbox, 3, line, "{\"hublink\":1}"),
		     "--secrets: JSON, line 1, column 2: ");

	file = fopen(path, "we");
	assert_non_null(file);
	fwrite("{}\0{}", 1, 5, file);
	fclose(file);
	assert_holds(cli_err_fed(sandbox, 3, line, "{\"hublink\":1}"), "has a NUL byte");
}

/* ---- lines ---- */

static void event_batch__counts_lines_of_the_file__whatever_is_wrong_in_one(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err_fed(sandbox, 3, "event --batch -",
				 "{\"monitor\":\"Shop\",\"state\":\"ok\"}\r\n"
				 "{\"monitor\":\"Shop\",\r\n\"state\":\"ok\"}\r\n"),
		     "hublink: Line 2: column 19: a key in quotes is missing at the end "
		     "of the text; all up to line 1 is stored\n");
	assert_holds(cli_err_fed(sandbox, 3, "event --batch -", "\n\nbad\n"),
		     "hublink: Line 3: column 1: a value is missing or unknown; nothing "
		     "is stored\n");
}

/* ---- twice ---- */

static void objects__are_acted_on_once__when_they_are_named_twice(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_int_equal(count_lines(cli_out(sandbox, 0,
					     "--json test Website Hub/Website Website "
					     "--state disruption")),
			 1);
	assert_int_equal(count_lines(cli_out(sandbox, 0,
					     "incident open Website Hub/Website "
					     "--message 'We look into it'")),
			 1);
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list incidents")), 1);
	assert_int_equal(
		count_lines(cli_out(sandbox, 0, "--json incident resolve 1 '#1'")), 1);
	assert_holds(cli_out(sandbox, 0,
			     "--json mute Shop group:web monitor:Shop group:web "
			     "service:Website service:Hub/Website --for 5m"),
		     "\"covers\":[\"Shop\",\"group:web\",\"service:Website\"]");
}

static void resync__tells_a_service_once__when_it_is_named_twice(void **state) /* R23 */
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "mode live");
	cli_out(sandbox, 0, "incident open Website --message 'We look into it'");
	assert_int_equal(
		count_lines(cli_out(sandbox, 0, "resync Website Hub/Website --dry-run")),
		count_lines(cli_out(sandbox, 0, "resync Website --dry-run")));
}

static void resync__is_tried__with_read_only(void **state) /* R23 */
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "mode paused");
	assert_holds(cli_err(sandbox, 0, "--read-only resync --all --dry-run"),
		     "Dry run: nothing was changed");
	assert_holds(cli_err(sandbox, 4, "--read-only resync --all"), "--read-only");
}

/* ---- words ---- */

static void sentence__keeps_its_remedy__whatever_was_typed(void **state)
{
	static const struct {
		const char *before, *after, *remedy;
		int exit_code;
	} cases[] = {
		{ "", "", "`hublink help` lists them all", 2 },
		{ "help ", "", "`hublink help` lists them all", 2 },
		{ "help ", "", "There is no command 'aaa", 2 },
		{ "event ", " ok", "`hublink list monitors` shows all", 5 },
		{ "test ", "", "`hublink list services` shows all", 5 },
		{ "mute group:", " --for 5m", "`hublink list groups` shows all", 5 },
		{ "token revoke ", "", "`hublink token list` shows all", 5 },
		{ "incident show ", "", "`hublink list incidents`", 3 },
		{ "list monitors --state ", "", "none of ok, error", 3 },
		{ "list monitors --limit ", "", "a number from 1 to", 3 },
	};
	char word[3000];
	memset(word, 'a', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char line[4000];
		snprintf(line, sizeof(line), "%s%s%s", cases[i].before, word,
			 cases[i].after);
		assert_holds(cli_err(*state, cases[i].exit_code, line), cases[i].remedy);
	}
}

/* ---- nothing more on standard error ---- */

static void keep__leaves_standard_error_empty__with_json(void **state)
{
	assert_string_equal(cli_err(*state, 0, "--json keep"), "");
}

static void json__has_null__for_what_was_not_said(void **state)
{
	cli_out(*state, 0, "event Shop error");
	cli_out(*state, 0, "engine --until-idle");
	assert_holds(cli_out(*state, 0, "--json list monitors --monitor Shop"),
		     "\"message\":null");
	const char *status = cli_out(*state, 0, "--json status");
	assert_holds(status, "\"notice\":null");
	assert_holds(status, "\"disk\":null");
}

#define INPUT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		INPUT(file__is_3_and_named__when_it_is_a_folder_or_has_no_name),
		INPUT(import__is_2__when_standard_input_should_be_two_files),
		INPUT(import__names_secrets__when_they_are_no_json),
		INPUT(event_batch__counts_lines_of_the_file__whatever_is_wrong_in_one),
		INPUT(objects__are_acted_on_once__when_they_are_named_twice),
		INPUT(resync__tells_a_service_once__when_it_is_named_twice),
		INPUT(resync__is_tried__with_read_only),
		INPUT(sentence__keeps_its_remedy__whatever_was_typed),
		INPUT(keep__leaves_standard_error_empty__with_json),
		INPUT(json__has_null__for_what_was_not_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
