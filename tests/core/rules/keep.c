/* How long journals are kept: words, and what "older" means when clocks are wrong (R15). */
#include "core/rules/keep.h"

#include <string.h>

#include "tests/support/check.h"

#define DAY DAY_MS
#define NOW (INT64_C(20000) * DAY)

static void journals__have_one_word_each(void **state)
{
	(void)state;
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		assert_int_equal(journal_parse(journal_text(i)), i);
	assert_int_equal(journal_parse("Events"), -1);
	assert_int_equal(journal_parse(NULL), -1);
}

static void days__are_read__as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		int64_t days; /* -1: refused */
	} cases[] = {
		{ "1", 1 },       { "400", 400 },     { "400d", 400 },
		{ "forever", 0 }, { "36500", 36500 }, { "36501", -1 },
		{ "0", -1 },      { "0d", -1 },       { "", -1 },
		{ "d", -1 },      { "-1", -1 },       { "4 d", -1 },
		{ "400h", -1 },   { "1e2", -1 },      { "99999999999999999999d", -1 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct err err = { 0 };
		int64_t days = -1;
		const bool good = keep_days_parse(cases[i].text, &days, &err);
		if (good != (cases[i].days >= 0) || days != cases[i].days)
			fail_msg("'%s': %lld", cases[i].text, (long long)days);
		assert_true(good || err.code == ERR_INVALID);
		/* It offers what it takes. */
		assert_true(good || strstr(err.text, "1 to 36500, or forever") != NULL);
	}
}

static void rows__may_go__when_they_are_older_than_that(void **state)
{
	(void)state;
	assert_int_equal(keep_before_ms(400, NOW), NOW - 400 * DAY);
	assert_int_equal(keep_before_ms(0, NOW), 0);
	assert_int_equal(keep_before_ms(36500, NOW), 0);
}

static void sweeps__are_a_day_apart__the_first_one_too(void **state)
{
	(void)state;
	assert_int_equal(keep_next_sweep_ms(0, NOW), NOW + DAY);
	assert_int_equal(keep_next_sweep_ms(NOW - 1, NOW), NOW - 1 + DAY);
	assert_int_equal(keep_sweep_time_ms(0, NOW), NOW);
	assert_int_equal(keep_sweep_time_ms(NOW - DAY, NOW), NOW);
}

/* R15: a clock that is years ahead for a day takes a month of the oldest rows, not all. */
static void sweeps__do_not_leap__after_a_clock_that_did(void **state)
{
	(void)state;
	assert_int_equal(keep_sweep_time_ms(NOW, NOW + 3650 * DAY), NOW + 30 * DAY);
	assert_int_equal(keep_next_sweep_ms(NOW + 30 * DAY, NOW), NOW);
	assert_int_equal(keep_sweep_time_ms(NOW + 30 * DAY, NOW), NOW);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(journals__have_one_word_each),
		cmocka_unit_test(days__are_read__as_people_write_them),
		cmocka_unit_test(rows__may_go__when_they_are_older_than_that),
		cmocka_unit_test(sweeps__are_a_day_apart__the_first_one_too),
		cmocka_unit_test(sweeps__do_not_leap__after_a_clock_that_did),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
