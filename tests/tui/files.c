#include "tui/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

enum { PATH_SIZE = 128 };

struct place {
	char path[PATH_SIZE], link[PATH_SIZE];
	struct buf text;
};

static struct place place_in(const struct sandbox *sandbox)
{
	struct place place = { .text = BUF_INIT(100) };

	(void)snprintf(place.path, sizeof(place.path), "%s/a.json", sandbox->folder);
	(void)snprintf(place.link, sizeof(place.link), "%s/link", sandbox->folder);
	buf_adds(&place.text, "{}");
	return place;
}

static void place_done(struct place *place)
{
	buf_done(&place->text);
}

static void assert_content(const char *path, const char *expected)
{
	DEFER(buf_done) struct buf text = BUF_INIT(100);
	struct err err = { 0 };

	assert_true(files_read(path, &text, &err));
	assert_string_equal(buf_text(&text), expected);
}

static void files_write__is_for_the_owner_alone(void **state)
{
	DEFER(place_done) struct place place = place_in(*state);
	struct err err = { 0 };
	struct stat stat_of;

	assert_true(files_write(place.path, false, &place.text, &err));
	assert_int_equal(stat(place.path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
	assert_content(place.path, "{}");
}

static void files_write__leaves_what_is_there__unless_it_is_told_to_replace(void **state)
{
	DEFER(place_done) struct place place = place_in(*state);
	struct err err = { 0 };
	struct stat stat_of;

	assert_true(files_write(place.path, false, &place.text, &err));
	assert_int_equal(chmod(place.path, 0644), 0);
	buf_adds(&place.text, " ");
	assert_false(files_write(place.path, false, &place.text, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_content(place.path, "{}");
	assert_true(files_write(place.path, true, &place.text, &err));
	assert_content(place.path, "{} ");
	assert_int_equal(stat(place.path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
}

static void files_write__replaces_what_a_link_leads_to__never_the_link(void **state)
{
	DEFER(place_done) struct place place = place_in(*state);
	struct err err = { 0 };
	struct stat stat_of;

	assert_true(files_write(place.path, false, &place.text, &err));
	assert_int_equal(symlink(place.path, place.link), 0);
	buf_adds(&place.text, "!");
	assert_true(files_write(place.link, true, &place.text, &err));
	assert_int_equal(lstat(place.link, &stat_of), 0);
	assert_true(S_ISLNK(stat_of.st_mode));
	assert_content(place.path, "{}!");
}

static void files_write__refuses__what_is_no_file(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(place_done) struct place place = place_in(sandbox);
	struct err err = { 0 };

	assert_false(files_write(sandbox->folder, true, &place.text, &err));
	assert_holds(err.text, "is no file that could be replaced");
	assert_int_equal(symlink("/nowhere/at/all", place.link), 0);
	assert_false(files_write(place.link, false, &place.text, &err));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_false(files_write("", false, &place.text, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void files_read__waits_for_nobody__at_a_pipe(void **state)
{
	DEFER(place_done) struct place place = place_in(*state);
	DEFER(buf_done) struct buf text = BUF_INIT(100);
	struct err err = { 0 };

	assert_int_equal(mkfifo(place.path, 0600), 0);
	assert_false(files_read(place.path, &text, &err));
	assert_holds(err.text, "is no file");
	assert_false(files_read(((struct sandbox *)*state)->folder, &text, &err));
	assert_false(files_read("/nowhere/a.json", &text, &err));
	assert_string_equal(err.text,
			    "Reading /nowhere/a.json: No such file or directory");
}

static void files_read__refuses__what_is_too_long(void **state)
{
	DEFER(place_done) struct place place = place_in(*state);
	DEFER(buf_done) struct buf text = BUF_INIT(1);
	struct err err = { 0 };

	assert_true(files_write(place.path, false, &place.text, &err));
	assert_false(files_read(place.path, &text, &err));
	assert_holds(err.text, "is longer than 1 bytes");
}

static void files_expand__leads_home__as_a_shell_does(void **state)
{
	static const char *const as_typed[] = { "a.json", "/a", "~", "~anna/a", "a/~/b" };
	DEFER(buf_done) struct buf path = BUF_INIT(100);

	(void)state;
	assert_int_equal(setenv("HOME", "/home/anna", 1), 0);
	files_expand("~/a.json", &path);
	assert_string_equal(buf_text(&path), "/home/anna/a.json");
	for (size_t i = 0; i < COUNT_OF(as_typed); i++) {
		buf_reset(&path);
		files_expand(as_typed[i], &path);
		assert_string_equal(buf_text(&path), as_typed[i]);
	}
}

#define FILES_TEST(test) \
	cmocka_unit_test_setup_teardown(test, cli_setup_nothing, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILES_TEST(files_write__is_for_the_owner_alone),
		FILES_TEST(
			files_write__leaves_what_is_there__unless_it_is_told_to_replace),
		FILES_TEST(files_write__replaces_what_a_link_leads_to__never_the_link),
		FILES_TEST(files_write__refuses__what_is_no_file),
		FILES_TEST(files_read__waits_for_nobody__at_a_pipe),
		FILES_TEST(files_read__refuses__what_is_too_long),
		FILES_TEST(files_expand__leads_home__as_a_shell_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
