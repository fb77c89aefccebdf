/* audit verify, audit export. */
#include <sqlite3.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void verify__says_that_the_chain_holds(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "--because 'too loud' rename monitor Shop Webshop");
	assert_holds(cli_out(sandbox, 0, "audit verify"), "The audit's chain holds: ");
	struct json *verdict =
		assert_object(cli_out(sandbox, 0, "--json audit verify"), 0,
			      "holds rows unchained first_id last_id forgotten hash "
			      "broken");
	int64_t rows;
	assert_true(json_integer(json_get(verdict, "rows"), &rows));
	assert_int_equal(rows, count_lines(cli_out(sandbox, 0, "audit export")));
	json_free(verdict);
}

static void verify__ends_with_1__and_names_the_row(void **state)
{
	const struct sandbox *sandbox = *state;
	sqlite3 *db = NULL;
	cli_out(sandbox, 0, "rename monitor Shop Webshop");
	assert_int_equal(sqlite3_open(sandbox->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "DROP TRIGGER audit_is_never_changed; "
				      "UPDATE audit SET actor = 'eve' WHERE id = 1",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_holds(cli_out(sandbox, 1, "audit verify"),
		     "The audit's chain is broken: row #1 ");
	assert_holds(cli_out(sandbox, 1, "--json audit verify"), "\"holds\":false");
}

static void export__has_everything__and_no_secret(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "--because 'too loud' rename monitor Shop Webshop");
	const char *lines = cli_out(sandbox, 0, "audit export");
	struct json *row = assert_object(
		lines, count_lines(lines) - 1,
		"id at_ms actor source because action object_kind object_id object "
		"before after act undoes hash at kind");
	assert_string_equal(json_string(json_get(row, "because")), "too loud");
	assert_holds(json_string(json_get(row, "at")), "Z");
	json_free(row);
	assert_lacks(lines, "598f3b0da9ba4738");
	assert_holds(cli_err(sandbox, 3, "audit export --since yesterday"), "--since");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(verify__says_that_the_chain_holds),
		TEST(verify__ends_with_1__and_names_the_row),
		TEST(export__has_everything__and_no_secret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
