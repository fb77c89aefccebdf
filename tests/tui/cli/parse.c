/* Usage: what is no command line is refused with 2, and with the nearest that is one. */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void refused(void **state, const char *line, const char *part)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err(sandbox, 2, line), part);
	assert_string_equal(cli_out(sandbox, 2, line), "");
}

static void command__is_refused__when_unknown(void **state)
{
	refused(state, "staus", "'status' is the nearest");
	refused(state, "xyzzy", "`hublink help` lists them all");
	refused(state, "servce set-url X", "There is no command 'servce'");
	refused(state, "service set-ulr X", "did you mean 'set-url'?");
	refused(state, "service", "needs one of set-url|find-url");
}

static void option__is_refused__when_unknown(void **state)
{
	refused(state, "status --wach", "'--watch' is the nearest");
	refused(state, "--jsn status", "'--json' is the nearest");
	refused(state, "status -w", "has no option '-w'");
	refused(state, "init --watch", "`hublink init` has no option '--watch'");
}

static void option__is_refused__when_its_argument_is_missing_or_too_many(void **state)
{
	refused(state, "--db", "needs an argument: FILE");
	refused(state, "list incidents --limit", "needs an argument: N");
	refused(state, "status --check=yes", "takes no argument");
	refused(state, "--json --json status", "given twice");
}

static void option__is_refused__when_it_is_no_choice(void **state)
{
	refused(state, "--color alwys status", "did you mean 'always'?");
	refused(state, "help --format pdf", "man|document|bash|zsh|fish|readme|keys");
}

static void words__are_refused__when_missing_or_too_many(void **state)
{
	refused(state, "event", "needs MONITOR");
	refused(state, "event Shop", "needs error|ok");
	refused(state, "event Shop eror", "did you mean 'error'?");
	refused(state, "event Shop error again", "does not know what to do with 'again'");
	refused(state, "list incidnets", "did you mean 'incidents'?");
	refused(state, "rename monitr A B", "did you mean 'monitor'?");
	refused(state, "service find-url x", "is -, not 'x'");
}

static void option__is_refused__when_it_is_needed_and_missing(void **state)
{
	refused(state, "simulate Shop", "`hublink simulate` needs --error-for DUR");
	refused(state, "mute Shop", "needs --for DUR");
	refused(state, "maintenance add Shop --from +1h", "needs --until T");
	refused(state, "incident note 1", "needs --message TEXT");
	refused(state, "incident resolve --all-monitoring --force",
		"'--force' does not go with '--all-monitoring'");
}

static void forms__are_refused__when_mixed(void **state)
{
	refused(state, "event Shop error --batch -",
		"Either '--batch' or 'Shop', not both");
	refused(state, "event --batch - --unconfirmed",
		"'--unconfirmed' does not go with '--batch'");
	refused(state, "status --watch --check", "not both");
	refused(state, "export --with-secrets --secrets-only", "not both");
}

static void url__is_masked__when_it_is_typed_where_it_does_not_belong(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *said = cli_err(
		sandbox, 2, "service set-url Website https://hub.example/h?token=SECRET");
	assert_lacks(said, "SECRET");
	assert_holds(said, "***");
}

static void usage__is_printed__without_command_and_terminal(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err(sandbox, 2, ""), "Usage: hublink");
	assert_string_equal(cli_out(sandbox, 2, ""), "");
}

static void options__are_taken__before_and_behind_the_command(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_out(sandbox, 0, "--json version"), "{\"version\":\"");
	assert_holds(cli_out(sandbox, 0, "version --json"), "{\"version\":\"");
	assert_holds(cli_out(sandbox, 0, "--version"), "hublink ");
	assert_holds(cli_out(sandbox, 0, "event --help"),
		     "hublink event MONITOR error|ok");
	assert_holds(cli_out(sandbox, 0, "-h"), "Usage: hublink");
	assert_holds(cli_out(sandbox, 0, "incident --help"), "hublink incident show ID");
	assert_holds(cli_out(sandbox, 0, "help --color=never status"), "hublink status");
}

static void database__is_named__when_there_is_none(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char *const lines[] = {
		"status",        "list incidents", "event Shop error",
		"export",        "check",          "doctor",
		"backup /tmp/x", "migrate",        "rename monitor A B"
	};
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		const char *said = cli_err(sandbox, 5, lines[i]);
		assert_holds(said, sandbox->db);
		assert_holds(said, "`hublink init`");
	}
	assert_holds(cli_err(sandbox, 5, "--db /nowhere/at/all.db status"),
		     "/nowhere/at/all.db");
}

static void read_only__is_refused__for_what_would_change_something(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char *const lines[] = { "init",
					     "event Shop error",
					     "import /dev/null",
					     "rename monitor A B",
					     "engine",
					     "migrate",
					     "service set-url Website",
					     "restore /tmp/x",
					     "export --with-secrets" };
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		char line[200];
		snprintf(line, sizeof(line), "--read-only %s", lines[i]);
		assert_holds(cli_err(sandbox, 4, line), "--read-only");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(command__is_refused__when_unknown),
		cmocka_unit_test(option__is_refused__when_unknown),
		cmocka_unit_test(
			option__is_refused__when_its_argument_is_missing_or_too_many),
		cmocka_unit_test(option__is_refused__when_it_is_no_choice),
		cmocka_unit_test(words__are_refused__when_missing_or_too_many),
		cmocka_unit_test(option__is_refused__when_it_is_needed_and_missing),
		cmocka_unit_test(forms__are_refused__when_mixed),
		cmocka_unit_test(
			url__is_masked__when_it_is_typed_where_it_does_not_belong),
		cmocka_unit_test(usage__is_printed__without_command_and_terminal),
		cmocka_unit_test(options__are_taken__before_and_behind_the_command),
		cmocka_unit_test(database__is_named__when_there_is_none),
		cmocka_unit_test(read_only__is_refused__for_what_would_change_something),
	};
	return cmocka_run_group_tests(tests, cli_setup_nothing, cli_teardown);
}
