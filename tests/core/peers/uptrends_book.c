/* Names for things of Uptrends: unique, tidy, kept once given. */
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_book.h"
#include "tests/support/check.h"

static const char *named(struct uptrends_book *book, const char *guid, const char *wanted)
{
	return uptrends_book_name(book, UPTRENDS_MONITOR, guid, "", wanted);
}

static void book_name__is_kept__once_given(void **state)
{
	struct uptrends_book book = { 0 };
	(void)state;
	uptrends_book_add(&book, UPTRENDS_MONITOR, "a", "", "Webshop");
	assert_string_equal(named(&book, "a", "Shop"), "Webshop");
	assert_false(uptrends_book_find(&book, UPTRENDS_MONITOR, "a")->is_new);
	assert_string_equal(named(&book, "b", "Shop"), "Shop");
	assert_string_equal(named(&book, "b", "Another"), "Shop");
	assert_true(uptrends_book_find(&book, UPTRENDS_MONITOR, "b")->is_new);
	assert_null(uptrends_book_find(&book, UPTRENDS_GROUP, "b"));
	uptrends_book_done(&book);
}

static void book_name__gets_a_number__when_it_is_taken(void **state)
{
	struct uptrends_book book = { 0 };
	char long_name[200];
	(void)state;
	assert_string_equal(named(&book, "a", "Shop"), "Shop");
	assert_string_equal(named(&book, "b", "Shop"), "Shop (2)");
	assert_string_equal(named(&book, "c", "Shop"), "Shop (3)");
	assert_string_equal(uptrends_book_name(&book, UPTRENDS_GROUP, "a", "", "Shop"),
			    "Shop");
	assert_string_equal(uptrends_book_name(&book, UPTRENDS_SERVICE, "s1", "i1", "W"),
			    "W");
	assert_string_equal(uptrends_book_name(&book, UPTRENDS_SERVICE, "s2", "i2", "W"),
			    "W");
	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	(void)named(&book, "d", long_name);
	const char *second = named(&book, "e", long_name);
	assert_int_equal(text_length(second), NAME_CHARS_MAX);
	assert_non_null(strstr(second, "x (2)"));
	uptrends_book_done(&book);
}

static void book_name__is_tidy__whatever_it_was(void **state)
{
	struct uptrends_book book = { 0 };
	(void)state;
	assert_string_equal(named(&book, "a", " \tNightly\nbätch "), "Nightly bätch");
	assert_string_equal(named(&book, "b", "  "), "b");
	assert_string_equal(named(&book, "c", NULL), "c");
	assert_string_equal(named(&book, "d", "odd \xc2\x85 control"), "d");
	uptrends_book_done(&book);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(book_name__is_kept__once_given),
		cmocka_unit_test(book_name__gets_a_number__when_it_is_taken),
		cmocka_unit_test(book_name__is_tidy__whatever_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
