/* init, backup, restore, migrate, doctor: the database as a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static void init__makes_the_database__once(void **state)
{
	const struct sandbox *sandbox = *state;
	struct stat found;
	struct json *answer = assert_object(cli_out(sandbox, 0, "--json init"), 0,
					    "database created migrated");
	bool created = false;
	assert_true(json_bool(json_get(answer, "created"), &created));
	assert_true(created);
	json_free(answer);
	assert_int_equal(stat(sandbox->db, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
	assert_holds(cli_out(sandbox, 0, "init"), "exists already");
	assert_holds(cli_out(sandbox, 0, "status"), "DRY-RUN");
}

static void init__says_what_it_did__with_an_empty_file(void **state)
{
	const struct sandbox *sandbox = *state;
	char path[200], line[300];
	snprintf(path, sizeof(path), "%s/empty.db", sandbox->folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fclose(file);
	snprintf(line, sizeof(line), "--db %s init", path);
	assert_holds(cli_out(sandbox, 0, line), "Made ");
	assert_holds(cli_out(sandbox, 0, line), "exists already; nothing was changed");
}

static void init__makes_the_folders_of_the_default_place(void **state)
{
	const struct sandbox *sandbox = *state;
	char path[200];
	struct stat found;
	snprintf(path, sizeof(path), "%s/deep/er/hublink.db", sandbox->folder);
	char line[300];
	snprintf(line, sizeof(line), "--db %s init", path);
	cli_out(sandbox, 0, line);
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0700);
}

static void backup__copies__and_refuses_an_existing_file(void **state)
{
	const struct sandbox *sandbox = *state;
	char line[400], copy[200];
	struct stat found;
	cli_out_fed(sandbox, 0, "import -", cli_document);
	snprintf(copy, sizeof(copy), "%s/copy.db", sandbox->folder);
	snprintf(line, sizeof(line), "backup %s", copy);
	assert_holds(cli_out(sandbox, 0, line), copy);
	assert_int_equal(stat(copy, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
	assert_holds(cli_out(sandbox, 0, "--json list audit --limit 1"),
		     "\"action\":\"backup\"");
	cli_err(sandbox, 4, line);
	assert_holds(cli_err(sandbox, 3, "backup ''"), "The name of a file is empty");
	assert_holds(cli_err(sandbox, 3, "restore ''"), "The name of a file is empty");
	assert_holds(cli_err(sandbox, 3, "backup /nowhere/copy.db"),
		     "its folder does not exist; make it first");
	snprintf(line, sizeof(line), "--json backup %s.2", copy);
	json_free(assert_object(cli_out(sandbox, 0, line), 0, "backup"));
}

static void restore__puts_the_copy_in_place__paused(void **state)
{
	const struct sandbox *sandbox = *state;
	char line[200];
	cli_out_fed(sandbox, 0, "import -", cli_document);
	char *before = mem_strdup(cli_out(sandbox, 0, "export"));
	snprintf(line, sizeof(line), "backup %s/for-restore.db", sandbox->folder);
	cli_out(sandbox, 0, line);
	cli_out(sandbox, 0, "rename monitor Shop Elsewhere");
	snprintf(line, sizeof(line), "--json restore %s/for-restore.db", sandbox->folder);
	json_free(assert_object(cli_out(sandbox, 0, line), 0, "restored"));
	assert_string_equal(cli_out(sandbox, 0, "export"), before);
	assert_holds(cli_out(sandbox, 0, "--json status"), "\"mode\":\"paused\"");
	assert_holds(cli_out(sandbox, 0, "status"), "notice");
	free(before);
}

static void restore__is_refused__without_a_copy(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err(sandbox, 5, "restore /nowhere/at/all.db"),
		     "/nowhere/at/all.db");
	cli_err(sandbox, 3, "restore /dev/null");
}

static void migrate__says__that_nothing_is_to_do(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_out(sandbox, 0, "migrate --dry-run"), "up to date");
	assert_holds(cli_out(sandbox, 0, "migrate"), "up to date");
	json_free(
		assert_object(cli_out(sandbox, 0, "--json migrate"), 0, "dry_run steps"));
}

static void doctor__has_a_line_each(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *out = cli_out(sandbox, 0, "doctor");
	static const char *const lines[] = { "integrity", "schema",  "permissions",
					     "room",      "log",     "engine",
					     "clock",     "terminal" };
	assert_int_equal(count_lines(out), COUNT_OF(lines));
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		assert_holds(out, lines[i]);
	out = cli_out(sandbox, 0, "--json doctor");
	for (int i = 0; i < (int)COUNT_OF(lines); i++)
		json_free(assert_object(out, i, "check state text"));
}

static void doctor__exits_1__when_others_can_read_the_database(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_int_equal(chmod(sandbox->db, 0644), 0);
	const char *out = cli_out(sandbox, 1, "doctor");
	assert_holds(out, "chmod 0600");
	assert_int_equal(chmod(sandbox->db, 0600), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(init__makes_the_database__once),
		cmocka_unit_test(init__says_what_it_did__with_an_empty_file),
		cmocka_unit_test(init__makes_the_folders_of_the_default_place),
		cmocka_unit_test(backup__copies__and_refuses_an_existing_file),
		cmocka_unit_test(restore__puts_the_copy_in_place__paused),
		cmocka_unit_test(restore__is_refused__without_a_copy),
		cmocka_unit_test(migrate__says__that_nothing_is_to_do),
		cmocka_unit_test(doctor__has_a_line_each),
		cmocka_unit_test(doctor__exits_1__when_others_can_read_the_database),
	};
	return cmocka_run_group_tests(tests, cli_setup_nothing, cli_teardown);
}
