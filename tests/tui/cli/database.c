/* Which file is the database. */
#include "tui/cli/database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void path_is(const struct cli *cli, const char *expected)
{
	char path[CLI_PATH_SIZE];
	struct err err;
	assert_true(cli_database_path(cli, path, &err));
	assert_string_equal(path, expected);
}

static void database_path__prefers__the_nearer_word(void **state)
{
	(void)state;
	struct cli none = { 0 }, named = { .db = "named.db" };
	setenv("HOME", "/home/anna", 1);
	unsetenv("XDG_DATA_HOME");
	unsetenv("HUBLINK_DB");
	path_is(&none, "/home/anna/.local/share/hublink/hublink.db");
	setenv("XDG_DATA_HOME", "/data", 1);
	path_is(&none, "/data/hublink/hublink.db");
	setenv("HUBLINK_DB", "variable.db", 1);
	path_is(&none, "variable.db");
	path_is(&named, "named.db");
	setenv("HUBLINK_DB", "", 1);
	path_is(&none, "/data/hublink/hublink.db");
}

static void database_path__is_refused__when_the_name_is_empty(void **state)
{
	(void)state;
	struct cli empty = { .db = "" };
	char path[CLI_PATH_SIZE];
	struct err err;
	assert_false(cli_database_path(&empty, path, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void database_from_conf__takes_the_first_line_that_names_one(void **state)
{
	const struct sandbox *sandbox = *state;
	char conf[200], path[CLI_PATH_SIZE];
	snprintf(conf, sizeof(conf), "%s/hublink.conf", sandbox->folder);
	assert_false(database_from_conf(conf, path));
	FILE *file = fopen(conf, "we");
	fputs("# hublink\ndb=\nother=1\ndb=/var/lib/hublink/hublink.db\r\ndb=/later.db\n",
	      file);
	fclose(file);
	assert_true(database_from_conf(conf, path));
	assert_string_equal(path, "/var/lib/hublink/hublink.db");
}

static void actor__is_account_and_sudo_and_ssh(void **state)
{
	(void)state;
	struct cli cli = { .because = "drill" };
	struct actor actor;
	setenv("SUDO_USER", "anna", 1);
	setenv("SSH_CONNECTION", "192.0.2.7 5022 192.0.2.1 22", 1);
	cli_actor(&cli, &actor);
	assert_non_null(strstr(actor.name, " (anna)"));
	assert_string_equal(actor.source, "192.0.2.7");
	assert_string_equal(actor.because, "drill");
	unsetenv("SUDO_USER");
	unsetenv("SSH_CONNECTION");
	cli_actor(&cli, &actor);
	assert_null(strchr(actor.name, '('));
	assert_string_equal(actor.source, "local");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(database_path__prefers__the_nearer_word),
		cmocka_unit_test(database_path__is_refused__when_the_name_is_empty),
		cmocka_unit_test(database_from_conf__takes_the_first_line_that_names_one),
		cmocka_unit_test(actor__is_account_and_sudo_and_ssh),
	};
	return cmocka_run_group_tests(tests, cli_setup_nothing, cli_teardown);
}
