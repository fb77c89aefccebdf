/* hublink list unmatched and unmatched adopt. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/unmatched.h"

static void keep(const struct sandbox *sandbox, const char *guid, const char *name,
		 enum event_state state)
{
	unmatched_keep(sandbox, guid, name, state, "no answer");
}

static void list_unmatched__shows__what_came_without_a_message(void **state)
{
	const struct sandbox *sandbox = *state;
	unmatched_keep(sandbox, "", "Shap", EVENT_ERROR, "");
	assert_holds(cli_out(sandbox, 0, "list unmatched"), "Shap");
	assert_holds(cli_out(sandbox, 0, "--json list unmatched"), "\"message\":null");
}

static void list_unmatched__shows__what_waits(void **state)
{
	const struct sandbox *sandbox = *state;
	keep(sandbox, "", "Shap", EVENT_ERROR);
	keep(sandbox, "ab-1", "Mail\x1b", EVENT_OK);
	json_free(assert_object(cli_out(sandbox, 0, "--json list unmatched"), 0,
				"id monitor guid state at event_id message events "
				"first_at last_at"));
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list unmatched")), 2);
	assert_int_equal(
		count_lines(cli_out(sandbox, 0, "--json list unmatched --limit 1")), 1);
	const char *out = cli_out(sandbox, 0, "list unmatched");
	assert_holds(out, "Shap");
	assert_holds(out, "Mail<U+001B>");
	assert_holds(out, "no answer");
	assert_holds(cli_out(sandbox, 0, "status"), "unmatched   2 monitors");
	assert_holds(cli_out(sandbox, 0, "--json status"), "\"unmatched\":2");
}

static void adopt__makes_the_monitor__and_its_event_counts(void **state)
{
	const struct sandbox *sandbox = *state;
	keep(sandbox, "ab-1", "Mail", EVENT_ERROR);
	json_free(assert_object(cli_out(sandbox, 0, "--json unmatched adopt 1"), 0,
				"id monitor created state"));
	cli_out(sandbox, 0, "engine --until-idle");
	assert_holds(cli_out(sandbox, 0, "list monitors --state error"), "Mail");
	assert_holds(cli_out(sandbox, 0, "export"), "\"guid\": \"ab-1\"");
	assert_holds(cli_err(sandbox, 0, "list unmatched"), "No unmatched events");
	assert_holds(cli_out(sandbox, 0, "list audit"), "create");
}

static void adopt__maps_the_name__to_the_monitor_meant(void **state)
{
	const struct sandbox *sandbox = *state;
	keep(sandbox, "ab-1", "The shop", EVENT_ERROR);
	keep(sandbox, "", "Einkauf", EVENT_ERROR);
	assert_holds(cli_out(sandbox, 0, "unmatched adopt #1 --as Shop"), "'Shop'");
	assert_holds(cli_out(sandbox, 0, "export"), "\"guid\": \"ab-1\"");
	assert_lacks(cli_out(sandbox, 0, "export"), "The shop");
	assert_holds(cli_out(sandbox, 0, "unmatched adopt 2 --as Shop"), "'Shop'");
	assert_holds(cli_out(sandbox, 0, "list audit --limit 1"), "adopt");
	cli_out(sandbox, 0, "engine --until-idle");
	assert_holds(cli_out(sandbox, 0, "list monitors --state error"), "Shop");
}

/* It was told to the first monitor, and is told once. */
static void adopt__says_nothing_of_the_last_event__that_has_counted(void **state)
{
	const struct sandbox *sandbox = *state;
	keep(sandbox, "", "Einkauf", EVENT_ERROR);
	assert_holds(cli_out(sandbox, 0, "unmatched adopt 1 --as Batch"), "counts");
	const char *out = cli_out(sandbox, 0, "unmatched adopt 1 --as Shop");
	assert_holds(out, "'Einkauf' is monitor 'Shop' from now on\n");
	cli_out(sandbox, 0, "engine --until-idle");
	assert_holds(cli_out(sandbox, 0, "list monitors --state error"), "Batch");
	assert_lacks(cli_out(sandbox, 0, "list monitors --state error"), "Shop");
}

static void adopt__ends__with_the_contracts_exit_codes(void **state)
{
	const struct sandbox *sandbox = *state;
	keep(sandbox, "", "Bad\tname", EVENT_ERROR);
	assert_changes_nothing(sandbox, 5, "unmatched adopt 9", "list unmatched");
	assert_changes_nothing(sandbox, 3, "unmatched adopt x", "unmatched");
	assert_changes_nothing(sandbox, 5, "unmatched adopt 1 --as Shup", "'Shop'");
	assert_changes_nothing(sandbox, 3, "unmatched adopt 1", "--as");
	assert_changes_nothing(sandbox, 2, "unmatched adopt", "ID");
	assert_changes_nothing(sandbox, 4, "--read-only unmatched adopt 1", "read-only");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json list unmatched")), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(list_unmatched__shows__what_came_without_a_message),
		TEST(list_unmatched__shows__what_waits),
		TEST(adopt__makes_the_monitor__and_its_event_counts),
		TEST(adopt__maps_the_name__to_the_monitor_meant),
		TEST(adopt__says_nothing_of_the_last_event__that_has_counted),
		TEST(adopt__ends__with_the_contracts_exit_codes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
