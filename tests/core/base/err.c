#include "core/base/err.h"

#include <string.h>

#include "core/base/text.h"
#include "tests/support/check.h"

static void fail__writes_code_and_sentence(void **state)
{
	(void)state;
	struct err err = { 0 };

	assert_false(fail(&err, ERR_NOT_FOUND, "Monitor '%s' does not exist", "Shop"));

	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.text, "Monitor 'Shop' does not exist");
}

static void fail__takes_its_own_text_as_argument(void **state)
{
	(void)state;
	struct err err = { .code = ERR_FAILED, .text = "disk full" };

	fail(&err, ERR_REFUSED, "busy, then %s", err.text);

	assert_string_equal(err.text, "busy, then disk full");
}

static void fail__is_silent__without_an_err(void **state)
{
	(void)state;
	assert_false(fail(NULL, ERR_FAILED, "nobody hears this"));
	assert_false(fail_in(NULL, "nor this"));
}

static void fail_in__puts_context_before_the_sentence(void **state)
{
	(void)state;
	struct err err = { 0 };
	fail(&err, ERR_INVALID, "Name is empty");

	assert_false(fail_in(&err, "saving monitor %d", 7));
	assert_false(fail_in(&err, "import"));

	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.text, "import: saving monitor 7: Name is empty");
}

static void fail_in__cuts_between_characters__when_the_sentence_is_long(void **state)
{
	(void)state;
	struct err err = { 0 };
	char umlauts[2 * ERR_TEXT_SIZE];
	for (size_t i = 0; i + 2 < sizeof(umlauts); i += 2)
		memcpy(umlauts + i, "ä", 3);
	for (size_t cut = 0; cut < 4; cut++) {
		fail(&err, ERR_FAILED, "%.*s", ERR_TEXT_SIZE - 8, umlauts);

		fail_in(&err, "%.*s", (int)(8 + cut), "context is lost");

		assert_true(strlen(err.text) < ERR_TEXT_SIZE);
		assert_true(utf8_valid(err.text, strlen(err.text)));
	}
}

/* What is quoted may come from a damaged file (SQLite names what it found there). */
static void fail__is_utf8__whatever_it_quotes(void **state)
{
	(void)state;
	struct err err = { 0 };
	fail(&err, ERR_FAILED, "malformed (%s)", "a\xff\xc3");
	assert_string_equal(err.text, "malformed (a\xef\xbf\xbd\xef\xbf\xbd)");

	char umlauts[2 * ERR_TEXT_SIZE];
	for (size_t i = 0; i + 2 < sizeof(umlauts); i += 2)
		memcpy(umlauts + i, "ä", 3);
	for (int before = 0; before < 2; before++) {
		fail(&err, ERR_FAILED, "%.*s%s", before, "x", umlauts);
		assert_true(utf8_valid(err.text, strlen(err.text)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fail__writes_code_and_sentence),
		cmocka_unit_test(fail__takes_its_own_text_as_argument),
		cmocka_unit_test(fail__is_silent__without_an_err),
		cmocka_unit_test(fail__is_utf8__whatever_it_quotes),
		cmocka_unit_test(fail_in__puts_context_before_the_sentence),
		cmocka_unit_test(
			fail_in__cuts_between_characters__when_the_sentence_is_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
