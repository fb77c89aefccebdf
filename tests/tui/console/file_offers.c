/* tui/console/file_offers: the files that a typed name may become. */
#include "tui/console/file_offers.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/place.h"

static struct place place;

enum { PATH_BYTES = 512, OFFERS_BYTES = 4096 };

static int set_up(void **state)
{
	(void)state;
	place_init(&place);
	return setenv("HOME", place.folder, 1);
}

static int tear_down(void **state)
{
	(void)state;
	place_done(&place);
	return 0;
}

static const char *path_of(const char *name)
{
	static char path[PATH_BYTES];

	(void)snprintf(path, sizeof(path), "%s/%s", place.folder, name);
	return path;
}

static void put(const char *name)
{
	FILE *file = fopen(path_of(name), "w");

	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
}

/* "more|first second": what is typed goes on with, and what fits. */
static const char *offered(const char *typed)
{
	static char text[OFFERS_BYTES];
	DEFER(file_offers_done) struct file_offers offers = { 0 };
	DEFER(buf_done) struct buf line = BUF_INIT(OFFERS_BYTES - 1);
	struct err err = { 0 };

	assert_true(file_offers_read(typed, &offers, &err));
	buf_addf(&line, "%s|", buf_text(&offers.more));
	for (size_t i = 0; i < offers.names.count; i++)
		buf_addf(&line, "%s%s", i > 0 ? " " : "", offers.names.items[i].name);
	assert_true(text_copy(text, sizeof(text), buf_text(&line)));
	return text;
}

static void name__goes_on_as_far_as_there_is_one_way(void **state)
{
	(void)state;
	put("hublink.json");
	put("hublink-old.json");
	put("notes");
	assert_string_equal(offered("~/h"), "ublink|hublink-old.json hublink.json");
	assert_string_equal(offered("~/hublink"), "|hublink-old.json hublink.json");
	assert_string_equal(offered("~/hublink."), "json|hublink.json");
	assert_string_equal(offered("~/notes"), "|notes");
	assert_string_equal(offered("~/x"), "|");
	assert_string_equal(offered(path_of("no")), "tes|notes");
	assert_string_equal(offered("~"), "/|~/");
}

static void folder__ends_with_a_slash__through_a_link_too(void **state)
{
	(void)state;
	assert_int_equal(mkdir(path_of("backup"), 0700), 0);
	put("backup/inside.json");
	assert_int_equal(symlink("backup", path_of("link")), 0);
	assert_int_equal(symlink("nowhere", path_of("lost")), 0);
	assert_string_equal(offered("~/b"), "ackup/|backup/");
	assert_string_equal(offered("~/backup/"), "inside.json|inside.json");
	assert_string_equal(offered("~/li"), "nk/|link/");
	assert_string_equal(offered("~/lo"), "st|lost");
}

static void folder_that_is_here__needs_no_name(void **state)
{
	(void)state;
	put("only");
	assert_int_equal(chdir(place.folder), 0);
	assert_string_equal(offered(""), "only|only");
	assert_int_equal(chdir("/"), 0);
}

static void hidden_name__is_offered__once_its_dot_is_typed(void **state)
{
	(void)state;
	put(".secret");
	put("shown");
	assert_string_equal(offered("~/"), "shown|shown");
	assert_string_equal(offered("~/."), "secret|.secret");
}

/* Both begin with the byte C3. */
static void character__is_never_cut_in_two(void **state)
{
	(void)state;
	put("a\303\274.json");
	put("a\303\273.json");
	assert_string_equal(offered("~/"), "a|a\303\273.json a\303\274.json");
	assert_string_equal(offered("~/a\303\274"), ".json|a\303\274.json");
}

static void name_that_cannot_be_typed__is_not_offered(void **state)
{
	(void)state;
	put("two\nlines");
	put("bad\377byte");
	assert_string_equal(offered("~/"), "|");
}

static void folder_that_cannot_be_read__is_named(void **state)
{
	DEFER(file_offers_done) struct file_offers offers = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_false(file_offers_read("/nowhere/at/all", &offers, &err));
	assert_string_equal(err.text, "Reading /nowhere/at/: No such file or directory");
}

/* What is not looked at might go on otherwise. */
static void large_folder__is_looked_at_in_part__and_completes_nothing(void **state)
{
	char name[PATH_BYTES];
	DEFER(file_offers_done) struct file_offers offers = { 0 };
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < FILE_OFFERS_MAX + 1; i++) {
		(void)snprintf(name, sizeof(name), "file%d", i);
		put(name);
	}
	assert_true(file_offers_read("~/f", &offers, &err));
	assert_true(offers.cut);
	assert_int_equal(offers.more.len, 0);
	assert_true(offers.names.count <= FILE_OFFERS_MAX);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(name__goes_on_as_far_as_there_is_one_way),
		IN_A_FOLDER(folder__ends_with_a_slash__through_a_link_too),
		IN_A_FOLDER(folder_that_is_here__needs_no_name),
		IN_A_FOLDER(hidden_name__is_offered__once_its_dot_is_typed),
		IN_A_FOLDER(character__is_never_cut_in_two),
		IN_A_FOLDER(name_that_cannot_be_typed__is_not_offered),
		IN_A_FOLDER(folder_that_cannot_be_read__is_named),
		IN_A_FOLDER(large_folder__is_looked_at_in_part__and_completes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
