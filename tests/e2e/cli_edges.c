/* What the command line promises at its edges: which file, who makes it, what a refusal
 * leaves behind. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"

static char *path_of(const struct sandbox *sandbox, const char *name, char ret[200])
{
	snprintf(ret, 200, "%s/%s", sandbox->folder, name);
	return ret;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* ---- who makes the database ---- */

static void import__makes_no_database__when_it_is_refused(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_holds(cli_err_fed(sandbox, 3, "import -", "{\"hublink\": 2}"),
		     "The document has 1 fault; nothing was changed");
	assert_int_not_equal(access(sandbox->db, F_OK), 0);
	cli_err_fed(sandbox, 0, "import - --dry-run", cli_document);
	assert_int_not_equal(access(sandbox->db, F_OK), 0);
	cli_err_fed(sandbox, 4, "--read-only import -", cli_document);
	assert_int_not_equal(access(sandbox->db, F_OK), 0);
	assert_holds(cli_err_fed(sandbox, 0, "import -", cli_document),
		     "its mode is dry-run");
	assert_int_equal(access(sandbox->db, F_OK), 0);
}

static void database__is_0600_in_a_0700_folder__whoever_makes_it(void **state)
{
	static const char *const makers[] = { "init", "engine --until-idle" };
	const struct sandbox *sandbox = *state;
	for (size_t i = 0; i < COUNT_OF(makers); i++) {
		char line[400], folder[200], db[220];
		struct stat st;
		snprintf(folder, sizeof(folder), "%s/made%zu", sandbox->folder, i);
		snprintf(db, sizeof(db), "%s/x.db", folder);
		snprintf(line, sizeof(line), "--db %s %s", db, makers[i]);
		cli_out(sandbox, 0, line);
		assert_int_equal(stat(db, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		assert_int_equal(stat(folder, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0700);
	}
}

static void database__is_5_and_named__for_everything_else(void **state)
{
	static const char *const lines[] = {
		"mode",
		"mode live",
		"next",
		"explain A",
		"simulate A --error-for 5m",
		"history A",
		"incident show 1",
		"incident resolve 1",
		"delivery show 1",
		"delivery retry 1",
		"resync --all",
		"mute A --for 5m",
		"maintenance end 1",
		"test A",
		"test A --send --yes",
		"service find-url -",
	};
	const struct sandbox *sandbox = *state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		const char *said = cli_err_fed(sandbox, 5, lines[i], "https://x/y\n");
		assert_holds(said, sandbox->db);
		assert_holds(said, "`hublink init`");
	}
	assert_int_not_equal(access(sandbox->db, F_OK), 0);
}

/* ---- faults ---- */

static void import__tells_each_fault_once__with_its_path(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *said = cli_err_fed(
		sandbox, 3, "import -",
		"{\"hublink\":1,\"monitors\":[{\"name\":3},{\"name\":\"A\"},"
		"{\"name\":\"A\",\"extra\":1}],\"integrations\":[{\"name\":\"H\","
		"\"services\":[{\"name\":\"S\",\"url\":\"http://h.example/"
		"?t=SECRET\"}]}]}");
	assert_holds(said, "monitors[0].name: this is a number, it must be a string\n");
	assert_holds(said, "monitors[2].name: this is at monitors[1] already\n");
	assert_holds(said, "monitors[2].extra: this key is unknown\n");
	assert_holds(said, "integrations[0].services[0].url: ");
	assert_lacks(said, "SECRET");
	assert_holds(said, "The document has 4 faults; nothing was changed");
	assert_int_equal(count_lines(said), 5);
}

static void restore__is_3__of_what_is_no_backup(void **state)
{
	const struct sandbox *sandbox = *state;
	char file[200], line[300];
	cli_out(sandbox, 0, "init");
	write_file(path_of(sandbox, "note.txt", file), "a note that is no database");
	snprintf(line, sizeof(line), "restore %s", file);
	assert_holds(cli_err(sandbox, 3, line), "name another backup");
	snprintf(line, sizeof(line), "restore %s.gone", file);
	assert_holds(cli_err(sandbox, 5, line), "No such file");
	assert_holds(cli_out(sandbox, 0, "mode"), "dry-run");
}

static void doctor__names_the_remedy_once__of_what_is_no_database(void **state)
{
	const struct sandbox *sandbox = *state;
	char file[200], line[300];
	write_file(path_of(sandbox, "note.txt", file), "a note that is no database");
	snprintf(line, sizeof(line), "--db %s doctor", file);
	const char *out = cli_out(sandbox, 1, line);
	const char *remedy = strstr(out, "`hublink restore`");
	assert_non_null(remedy);
	assert_null(strstr(remedy + 1, "`hublink restore`"));
}

/* ---- sentences ---- */

static void event__says_what_it_changes__and_for_whom_it_waits(void **state)
{
	const struct sandbox *sandbox = *state;
	cli_out_fed(sandbox, 0, "import -", cli_document);
	assert_string_equal(
		cli_out(sandbox, 0, "event Shop ok --at 2026-01-05T12:00:00Z"),
		"Recorded: 'Shop' ok at 2026-01-05T12:00:00Z (2026-01-05 12:00:00 UTC)"
		"\n");
	assert_string_equal(
		cli_out(sandbox, 0, "event Shop error --at 2026-01-05T11:00:00Z"),
		"Recorded: 'Shop' error at 2026-01-05T11:00:00Z (2026-01-05 11:00:00 "
		"UTC); it is older than the monitor's newest, so it changes nothing\n");
	assert_string_equal(cli_err(sandbox, 0, "event Shop error --unconfirmed"), "");
	assert_holds(cli_out(sandbox, 0, "event Shop error --unconfirmed"),
		     "; it is unconfirmed, so it changes nothing\n");
	assert_string_equal(cli_out_fed(sandbox, 0, "event --batch -",
					"{\"monitor\":\"API\",\"state\":\"ok\"}\n"),
			    "Recorded 1 event\n");
}

static void check__tells_services_of_one_name_apart(void **state)
{
	const struct sandbox *sandbox = *state;
	const char *out = cli_out_fed(
		sandbox, 0, "check -",
		"{\"hublink\":1,\"integrations\":[{\"name\":\"A\",\"services\":["
		"{\"name\":\"Web\",\"url\":\"https://h.example/x\"}]},{\"name\":\"B\","
		"\"services\":[{\"name\":\"Web\",\"url\":\"https://h.example/x\"}]}]}");
	assert_holds(out, "Services 'A/Web' and 'B/Web' have one URL");
	assert_holds(out, "Service 'B/Web' is reached by no active monitor");
}

static void import__counts_one_change__as_one(void **state)
{
	const struct sandbox *sandbox = *state;
	assert_string_equal(
		cli_out_fed(sandbox, 0, "import -",
			    "{\"hublink\":1,\"monitors\":[{\"name\":\"A\"}]}"),
		"Made 1 change\n");
	assert_string_equal(
		cli_out_fed(sandbox, 0, "import - --dry-run",
			    "{\"hublink\":1,\"monitors\":[{\"name\":\"B\"}]}"),
		"+ monitor B\nIt would make 1 change\n");
}

#define EDGE(test) cmocka_unit_test_setup_teardown(test, cli_setup_nothing, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EDGE(import__makes_no_database__when_it_is_refused),
		EDGE(database__is_0600_in_a_0700_folder__whoever_makes_it),
		EDGE(database__is_5_and_named__for_everything_else),
		EDGE(import__tells_each_fault_once__with_its_path),
		EDGE(restore__is_3__of_what_is_no_backup),
		EDGE(doctor__names_the_remedy_once__of_what_is_no_database),
		EDGE(event__says_what_it_changes__and_for_whom_it_waits),
		EDGE(check__tells_services_of_one_name_apart),
		EDGE(import__counts_one_change__as_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
