/* keep: shown, changed, and asked about before it shortens anything. */
#include <sqlite3.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void keep__shows_every_journal(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *shown = cli_out(sandbox, 0, "keep");
	assert_int_equal(count_lines(shown), 5);
	assert_holds(shown, "400");
	shown = cli_out(sandbox, 0, "--json keep");
	json_free(assert_object(shown, 0, "journal days oldest"));
	assert_int_equal(count_lines(shown), 4);
	assert_holds(shown, "\"journal\":\"events\",\"days\":400,\"oldest\":null");
	assert_int_equal(count_lines(cli_out(sandbox, 0, "--json keep audit")), 1);
}

static void keep__is_changed__and_stands_in_the_audit(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_out(sandbox, 0, "keep events 30d"), "kept for 30 days");
	assert_holds(cli_out(sandbox, 0, "keep alerts 1"), "kept for 1 day;");
	assert_holds(cli_out(sandbox, 0, "keep audit forever"), "kept for ever");
	assert_holds(cli_out(sandbox, 0, "--json keep events"), "\"days\":30");
	assert_holds(cli_out(sandbox, 0, "--json keep audit"), "\"days\":0");
	assert_holds(cli_out(sandbox, 0, "audit export"),
		     "\"before\":\"400 days\",\"after\":\"30 days\"");
}

/* The event of today arrived on 2024-01-01. */
static void make_old(const struct sandbox *sandbox)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(sandbox->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE event SET received_ms = 1704106800000",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
}

static void keep__asks__before_something_is_lost(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out(sandbox, 0, "event Shop error");
	cli_out(sandbox, 0, "keep events 300");
	make_old(sandbox);
	assert_changes_nothing(sandbox, 4, "keep events 200", "the oldest from 2024-01-");
	cli_out(sandbox, 0, "keep events 200 --yes");
	cli_out(sandbox, 0, "keep events forever");
	assert_changes_nothing(sandbox, 3, "keep events 0", "1 to 36500");
	assert_changes_nothing(sandbox, 3, "keep events soon", "'soon'");
	assert_changes_nothing(sandbox, 2, "keep mails 3", "events|alerts");
	assert_changes_nothing(sandbox, 4, "--read-only keep events 3", "read-only");
}

/* Export, import, export: the same bytes; a document that is silent changes nothing. */
static void keep__travels__in_the_document(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_lacks(cli_out(sandbox, 0, "export"), "\"keep\"");
	cli_out_fed(sandbox, 0, "import -",
		    "{\"hublink\":1,\"keep\":{\"events\":30,\"audit\":0}}");
	assert_holds(cli_out(sandbox, 0, "export"), "\"keep\": {\n    \"events\": 30,\n"
						    "    \"alerts\": 400,");
	assert_lacks(cli_out_fed(sandbox, 0, "import -",
				 "{\"hublink\":1,\"keep\":{\"events\":30}}"),
		     "keep");
	cli_out_fed(sandbox, 0, "import -", "{\"hublink\":1}");
	assert_holds(cli_out(sandbox, 0, "--json keep audit"), "\"days\":0");
}

static void keep__is_checked__in_the_document(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *faults = cli_err_fed(sandbox, 3, "import -",
					 "{\"hublink\":1,\"keep\":{\"events\":-1,"
					 "\"alerts\":\"30\",\"mails\":3}}");
	assert_holds(faults, "keep.events: ");
	assert_holds(faults, "keep.alerts: this must be a whole number of days");
	assert_holds(faults, "keep.mails: this key is unknown");
	assert_holds(cli_err_fed(sandbox, 3, "import -", "{\"hublink\":1,\"keep\":30}"),
		     "keep: this is");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keep__shows_every_journal),
		TEST(keep__is_changed__and_stands_in_the_audit),
		TEST(keep__asks__before_something_is_lost),
		TEST(keep__travels__in_the_document),
		TEST(keep__is_checked__in_the_document),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
