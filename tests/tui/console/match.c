/* tui/console/match: words in a text, and how well they fit. */

#include "tests/support/check.h"
#include "tui/console/match.h"

static void match__finds_letters__in_their_order(void **state)
{
	(void)state;
	assert_true(match_fuzzy("Checkout API", "cka"));
	assert_false(match_fuzzy("Checkout API", "akc"));
	assert_true(match_fuzzy("anything", ""));
	assert_false(match_fuzzy("", "a"));
}

static void match__wants_every_word__in_any_order(void **state)
{
	(void)state;
	assert_true(match_score("test Checkout API", "che tes") > 0);
	assert_int_equal(match_score("test Checkout API", "che xyz"), 0);
	assert_int_equal(match_score("anything", " "), 1);
}

static void match__prefers_beginnings__to_middles_and_letters(void **state)
{
	(void)state;
	int first = match_score("Login page", "lo");
	int beginning = match_score("EU login", "lo");
	int middle = match_score("Catalogue", "lo");
	int letters = match_score("Ledger of", "lo");

	assert_true(first > beginning);
	assert_true(beginning > middle);
	assert_true(middle > letters);
	assert_true(letters > 0);
}

static void match__looks_at_every_place__of_a_word(void **state)
{
	(void)state;
	assert_int_equal(match_score("xlogin login", "login"),
			 match_score("a login", "login"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(match__finds_letters__in_their_order),
		cmocka_unit_test(match__wants_every_word__in_any_order),
		cmocka_unit_test(match__prefers_beginnings__to_middles_and_letters),
		cmocka_unit_test(match__looks_at_every_place__of_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
