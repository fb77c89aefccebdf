/* A client's line as words, without a shell: quotes are understood, nothing is expanded. */
#include "tui/cli/shell_words.h"

#include <string.h>

#include "core/base/buf.h"
#include "tests/support/check.h"

/* The words, each in brackets. */
static void assert_words(const char *line, const char *expected)
{
	DEFER(shell_words_done) struct shell_words words = { 0 };
	DEFER(buf_done) struct buf text = BUF_INIT(4096);
	struct err err = { 0 };

	if (!shell_words_split(line, &words, &err))
		fail_msg("'%s': %s", line, err.text);
	for (size_t i = 0; i < words.count; i++)
		buf_addf(&text, "[%s]", words.items[i]);
	assert_null(words.items[words.count]);
	assert_string_equal(buf_text(&text), expected);
}

static void assert_refused(const char *line)
{
	struct shell_words words = { 0 };
	struct err err = { 0 };

	assert_false(shell_words_split(line, &words, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_null(words.items);
}

static void shell_words__splits__at_blanks(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words(" \t\n ", "");
	assert_words("status", "[status]");
	assert_words("  list \t monitors\n", "[list][monitors]");
	assert_words("a b c", "[a][b][c]");
}

static void shell_words__keeps_together__what_is_quoted(void **state)
{
	(void)state;
	assert_words("mute 'Partner API' --for 30m", "[mute][Partner API][--for][30m]");
	assert_words("mute \"it's down\"", "[mute][it's down]");
	assert_words("a'b c'd \"\" ''", "[ab cd][][]");
	assert_words("\"a\\\"b\\\\c\\d\"", "[a\"b\\c\\d]");
	assert_words("'a\\b'", "[a\\b]");
	assert_words("Partner\\ API", "[Partner API]");
}

static void shell_words__expands_nothing(void **state)
{
	(void)state;
	assert_words("$HOME `id` $(id) ~ * ; | & > < !",
		     "[$HOME][`id`][$(id)][~][*][;][|][&][>][<][!]");
	assert_words("\"$HOME\" status;id", "[$HOME][status;id]");
	assert_words("a\nb # c", "[a][b][#][c]");
}

static void shell_words__refuses__what_is_not_closed(void **state)
{
	(void)state;
	assert_refused("'open");
	assert_refused("a \"open");
	assert_refused("\"open\\");
	assert_refused("\"open\\\"");
	assert_refused("end\\");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shell_words__splits__at_blanks),
		cmocka_unit_test(shell_words__keeps_together__what_is_quoted),
		cmocka_unit_test(shell_words__expands_nothing),
		cmocka_unit_test(shell_words__refuses__what_is_not_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
