/* The configuration as a document in a file, in the console by keys alone: exported, and
 * imported after a look at its plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

enum { PATH_BYTES = 128 };

#define MORE                                                                       \
	"{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", \"active\": false}," \
	" {\"name\": \"Search\"}]}"

/* The file of that name in the sandbox, which is the operator's home. */
static const char *path_of(const struct stage *s, const char *name, char ret[PATH_BYTES])
{
	(void)snprintf(ret, PATH_BYTES, "%s/%s", s->sandbox.folder, name);
	return ret;
}

static void put(const struct stage *s, const char *name, const char *text)
{
	char path[PATH_BYTES];
	FILE *file = fopen(path_of(s, name, path), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void assert_file_holds(const struct stage *s, const char *name, const char *part)
{
	static char text[65536];
	char path[PATH_BYTES];
	FILE *file = fopen(path_of(s, name, path), "r");

	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	(void)fclose(file);
	assert_holds(text, part);
}

static struct vt *open_at_home(const struct stage *s, int columns, int rows,
			       const char *option)
{
	assert_int_equal(setenv("HOME", s->sandbox.folder, 1), 0);
	return console_open_sized(&s->sandbox, columns, rows, option);
}

static void document__is_imported__once_its_plan_is_confirmed(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	put(s, "more.json", MORE);
	console_act(vt, ":impor", "import");
	console_act(vt, "\r", "Import which file?");
	console_act(vt, "~/more.json\r", "1 new, 1 changed, 0 deleted");
	assert_true(vt_wait(vt, "monitor Shop: active yes -> no"));
	console_act(vt, "\r", "u does not undo it");
	console_act(vt, KEY_ESC, "1 new, 1 changed");
	assert_lacks(stage_out(s, 0, "export"), "Search");
	console_act(vt, "\r", "y import");
	console_act(vt, "y", "Imported, 2 changes");
	assert_holds(stage_out(s, 0, "export"), "Search");
	assert_holds(stage_out(s, 0, "list audit --limit 1"), "import");
	console_act(vt, "<", "~/more.json");
	console_act(vt, "\r", "0 new, 0 changed, 0 deleted");
	console_act(vt, "i", "Nothing differs");
}

/* R3: as `import --dry-run` says it. */
static void document__says_before__what_goes_public(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_import(s,
		     "{'hublink': 1, 'monitors': [{'name': 'Shop', 'active': false}]}");
	stage_events(s, "12:00 Shop error");
	stage_settle(s);
	put(s, "on.json",
	    "{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\", "
	    "\"active\": true}]}");
	vt = open_at_home(s, 80, 24, NULL);
	console_act(vt, "<~/on.json\r", "active no -> yes");
	console_act(vt, "\r", "Incidents that it opens: 1.");
	console_act(vt, "y", "Imported, 1 change");
	assert_incidents(s, "Website investigating");
}

static void document__deletes_what_it_does_not_name__with_prune_alone(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	put(s, "few.json",
	    "{\"hublink\": 1, \"monitors\": [{\"name\": \"Shop\"}, {\"name\": "
	    "\"API\"}]}");
	console_act(vt, "<~/few.json\r", "0 new, 0 changed, 0 deleted");
	console_act(vt, "p", "1 deleted");
	assert_true(vt_wait(vt, "deleted  monitor Batch"));
	console_act(vt, "p", "0 deleted");
	console_act(vt, "p\r", "1 deleted.");
	console_act(vt, "y", "Imported, 1 change");
	assert_lacks(stage_out(s, 0, "export"), "Batch");
}

static void document__tells_each_fault_with_its_place__and_is_read_anew(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	put(s, "bad.json", "{\"hublink\": 1, \"monitors\": [{\"nam\": 2}], \"x\": 1}");
	console_act(vt, "<~/bad.json\r",
		    "The document has 3 faults; nothing was changed");
	assert_true(vt_wait(vt, "monitors[0].name: this is missing"));
	console_act(vt, "\r", "mend the file");
	put(s, "bad.json", "{\"hublink\": 1,\n\"x\"1}");
	console_act(vt, "r", "JSON, line 2, column 4: a colon is missing");
	put(s, "bad.json", MORE);
	console_act(vt, "r", "1 new, 1 changed");
}

static void document__gets_the_urls_that_it_masks__from_another_file(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	put(s, "masked.json",
	    "{\"hublink\": 1, \"integrations\": [{\"name\": \"Hub\", \"services\": "
	    "[{\"name\": \"Third\", \"url\": \"https://a.example/b?token=***\"}]}]}");
	put(s, "urls.json",
	    "{\"Hub/Third\": \"https://a.example/b?token=598f3b0da9ba\"}");
	console_act(vt, "<~/masked.json\r", "give it in full, or with secrets (m)");
	console_act(vt, "m", "As `hublink export --secrets-only`");
	console_act(vt, "~/urls.json\r", "new      service Hub/Third");
	assert_null(strstr(vt_screen(vt), "598f"));
	console_act(vt, "r\r", "1 new, 0 changed, 0 deleted.");
	console_act(vt, "y", "Imported, 1 change");
	assert_holds(stage_out(s, 0, "export --with-secrets"), "token=598f3b0da9ba");
}

static void document__that_cannot_be_read__leaves_the_question_open(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	console_act(vt, "<\r", "The name of the file is missing");
	console_act(vt, "/nowhere/a.json\r",
		    "Reading /nowhere/a.json: No such file or directory");
	console_act(vt,
		    "\025/nowhere/where-a-path-that-is-longer-than-a-line/would-be/\r",
		    "such file or directory");
	put(s, "more.json", MORE);
	console_act(vt, "\025~/more.json\r", "1 new, 1 changed");
}

/* As a shell does: so far as there is one way, then the ways. */
static void name_of_the_file__is_completed__with_tab(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	put(s, "more-new.json", MORE);
	put(s, "more-old.json", MORE);
	console_act(vt, "<", "Tab complete");
	console_act(vt, "~/mo\t", "~/more-");
	console_act(vt, "\t", "2 fit:  more-new.json  more-old.json");
	console_act(vt, "n", "Its plan is shown first");
	console_act(vt, "\t", "~/more-new.json");
	console_act(vt, "x\t", "No file there begins so");
	console_act(vt, "\b\r", "1 new, 1 changed");
	console_act(vt, "m~/more-o\t", "~/more-old.json");
	console_act(vt, KEY_ESC KEY_ESC, "Incidents open");
	console_act(vt, ">\025~/more-o\t", "~/more-old.json");
}

static void configuration__is_exported__for_its_owner_alone(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);
	char path[PATH_BYTES];
	struct stat stat_of;

	console_act(vt, ">", "hublink.json");
	console_act(vt, "\025~/out.json\r", "Exported, secrets masked, into");
	assert_int_equal(stat(path_of(s, "out.json", path), &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
	assert_file_holds(s, "out.json", "\"Shop\"");
	assert_holds(stage_out(s, 0, "import %s", path), "Nothing differs");
}

static void file__is_replaced__only_after_a_question(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	put(s, "out.json", "mine");
	console_act(vt, ">\025~/out.json\r", "This file is there already");
	console_act(vt, KEY_ESC, "Incidents open");
	assert_file_holds(s, "out.json", "mine");
	console_act(vt, ">", "~/out.json");
	console_act(vt, "\r", "y replace it");
	console_act(vt, "y", "Exported");
	assert_file_holds(s, "out.json", "\"hublink\": 1");
}

static void database__is_never_written_over(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, NULL);

	vt_type(vt, ">\025");
	vt_type(vt, s->sandbox.db);
	console_act(vt, "\r", "belongs to the database");
	console_act(vt, KEY_ESC, "Incidents open");
	stage_do(s, "doctor");
}

static void read_only_console__exports_and_imports_nothing(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_at_home(s, 80, 24, "--read-only");

	console_act(vt, "<", "This console is read-only");
	console_act(vt, ">\025~/out.json\r", "Exported");
	assert_file_holds(s, "out.json", "\"Shop\"");
}

static void document__looks_so__at_every_size(void **state)
{
	static const int sizes[][2] = { { 40, 12 }, { 80, 24 }, { 120, 40 } };
	struct stage *s = *state;

	put(s, "more.json", MORE);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		char name[64];
		DEFER(vt_done)
		struct vt *vt = open_at_home(s, sizes[i][0], sizes[i][1], NULL);
		(void)snprintf(name, sizeof(name), "import_%dx%d", sizes[i][0],
			       sizes[i][1]);
		console_act(vt, "<~/more.json\rp", "deleted  ");
		console_look(vt, name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(document__is_imported__once_its_plan_is_confirmed),
		STAGE_TEST(document__says_before__what_goes_public),
		STAGE_TEST(document__deletes_what_it_does_not_name__with_prune_alone),
		STAGE_TEST(document__tells_each_fault_with_its_place__and_is_read_anew),
		STAGE_TEST(document__gets_the_urls_that_it_masks__from_another_file),
		STAGE_TEST(document__that_cannot_be_read__leaves_the_question_open),
		STAGE_TEST(name_of_the_file__is_completed__with_tab),
		STAGE_TEST(configuration__is_exported__for_its_owner_alone),
		STAGE_TEST(file__is_replaced__only_after_a_question),
		STAGE_TEST(database__is_never_written_over),
		STAGE_TEST(read_only_console__exports_and_imports_nothing),
		STAGE_TEST(document__looks_so__at_every_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
