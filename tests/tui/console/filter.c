/* tui/console/filter: what a list is narrowed down to. */

#include <locale.h>
#include <string.h>

#include "core/base/compiler.h"
#include "tests/support/check.h"
#include "tui/console/filter.h"

static const struct filter_cell checkout[] = {
	{ "State", "DOWN" },
	{ "Service", "Checkout API" },
	{ "Last message", "timeout after 10 s" },
};

static bool meets(const char *text)
{
	struct row_filter filter;

	row_filter_parse(&filter, text);
	return row_filter_meets(&filter, checkout, COUNT_OF(checkout));
}

static void filter__is_met_by_words__in_any_order_and_case(void **state)
{
	(void)state;
	assert_true(meets("api CHECK"));
	assert_true(meets("timeout down"));
	assert_false(meets("api search"));
	assert_true(meets(""));
	assert_true(meets("   "));
}

static void filter__is_met_by_letters__after_a_tilde(void **state)
{
	(void)state;
	assert_false(meets("ckapi"));
	assert_true(meets("~ckapi"));
	assert_false(meets("~ipa"));
	assert_false(meets("~downapi")); /* not across columns */
}

static void filter__is_turned_round__by_an_exclamation_mark(void **state)
{
	(void)state;
	assert_true(meets("!search"));
	assert_false(meets("!checkout"));
	assert_false(meets("api !down"));
	assert_false(meets("!~ckapi"));
	assert_true(meets("!!down"));
	assert_true(meets("!"));
}

static void filter__asks_one_column__when_it_is_named(void **state)
{
	(void)state;
	assert_true(meets("state=down"));
	assert_true(meets("ST=do"));
	assert_false(meets("service=down"));
	assert_true(meets("!service=down"));
	assert_true(meets("last=time"));
	assert_true(meets("service=~capi"));
	assert_true(meets("~service=capi"));
	assert_true(meets("service:check !state:up"));
	assert_false(meets("service:down"));
}

static void filter__asks_the_column_of_that_name__before_one_that_begins_so(void **state)
{
	static const struct filter_cell cells[] = {
		{ "Service last told", "Monitoring" },
		{ "Service", "Website" },
	};
	struct row_filter filter;

	(void)state;
	row_filter_parse(&filter, "service:web");
	assert_true(filter.names_columns);
	assert_true(row_filter_meets(&filter, cells, COUNT_OF(cells)));
	row_filter_parse(&filter, "service:monitoring");
	assert_false(row_filter_meets(&filter, cells, COUNT_OF(cells)));
	row_filter_parse(&filter, "14:03 web");
	assert_true(filter.names_columns);
	row_filter_parse(&filter, "web :x");
	assert_false(filter.names_columns);
}

static void filter__takes_an_unknown_column__as_a_word(void **state)
{
	static const struct filter_cell cell = { "Url", "http://x/?token=abc" };
	struct row_filter filter;

	(void)state;
	row_filter_parse(&filter, "token=abc");
	assert_true(row_filter_meets(&filter, &cell, 1));
	row_filter_parse(&filter, "http://x");
	assert_true(row_filter_meets(&filter, &cell, 1));
	row_filter_parse(&filter, "token=def");
	assert_false(row_filter_meets(&filter, &cell, 1));
	assert_true(meets("state=")); /* not finished typing */
}

static void filter__keeps_what_is_quoted__together(void **state)
{
	(void)state;
	assert_true(meets("\"checkout api\""));
	assert_false(meets("\"api checkout\""));
	assert_true(meets("service=\"checkout api\""));
	assert_true(meets("\"checkout a")); /* not finished typing */
}

static void filter__folds_letters__beyond_ascii(void **state)
{
	static const struct filter_cell cell = { "Name", "Übersicht \xff" };
	struct row_filter filter;

	(void)state;
	row_filter_parse(&filter, "übers");
	assert_true(row_filter_meets(&filter, &cell, 1));
	row_filter_parse(&filter, "\xff");
	assert_false(
		row_filter_meets(&filter, &cell, 1)); /* shown, and typed, as U+FFFD */
}

static void filter__stays_within_its_bounds__whatever_is_typed(void **state)
{
	char text[4096];
	struct row_filter filter;

	(void)state;
	for (size_t i = 0; i + 4 < sizeof(text); i += 4)
		memcpy(text + i, "s=d ", 5);
	row_filter_parse(&filter, text);
	assert_int_equal(filter.count, ROW_FILTER_TERMS);
	assert_true(row_filter_meets(&filter, checkout, COUNT_OF(checkout)));
	memset(text, '=', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(meets(text));
	memset(text, 'a', sizeof(text) - 1);
	text[100] = '=';
	assert_false(meets(text));
}

static void filter__narrows_another__if_none_meets_it_alone(void **state)
{
	static const struct {
		const char *wide, *filter;
		bool narrows;
	} cases[] = {
		{ "", "shop", true },           { "sh", "shop", true },
		{ "shop", "sh", false },        { "sh", "fish", false },
		{ "sh", "sh !de", true },       { "!s", "!sh", false },
		{ "!s", "!s x", true },         { "~sh", "~shp", true },
		{ "sh", "~shp", false },        { "st", "st:", false },
		{ "st:", "st:d", true },        { "st:d", "st:do", true },
		{ "st:d", "state:do", false },  { "a b", "ab", false },
		{ "\"a b", "\"a b\" c", true },
	};
	struct row_filter wide;
	struct row_filter filter;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		row_filter_parse(&wide, cases[i].wide);
		row_filter_parse(&filter, cases[i].filter);
		assert_int_equal(row_filter_narrows(&wide, &filter), cases[i].narrows);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filter__is_met_by_words__in_any_order_and_case),
		cmocka_unit_test(filter__is_met_by_letters__after_a_tilde),
		cmocka_unit_test(filter__is_turned_round__by_an_exclamation_mark),
		cmocka_unit_test(filter__asks_one_column__when_it_is_named),
		cmocka_unit_test(
			filter__asks_the_column_of_that_name__before_one_that_begins_so),
		cmocka_unit_test(filter__takes_an_unknown_column__as_a_word),
		cmocka_unit_test(filter__keeps_what_is_quoted__together),
		cmocka_unit_test(filter__folds_letters__beyond_ascii),
		cmocka_unit_test(filter__stays_within_its_bounds__whatever_is_typed),
		cmocka_unit_test(filter__narrows_another__if_none_meets_it_alone),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
