#include "core/rules/schedule.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"

static struct schedule a_schedule(enum schedule_every every, const char *days)
{
	struct schedule ret = {
		.every = every, .from = "02:00", .until = "04:00", .zone = "Europe/Berlin"
	};
	assert_true(text_copy(ret.days, sizeof(ret.days), days));
	return ret;
}

static int64_t time_of(const char *text)
{
	int64_t ms = 0;
	assert_true(time_parse_rfc3339(text, &ms, NULL));
	return ms;
}

/* The windows that end after a time, one after the other: "from/until from/until". */
static void assert_windows(const struct schedule *schedule, const char *after, int count,
			   const char *expected)
{
	DEFER(recurrence_done) struct recurrence r = { 0 };
	DEFER(buf_done) struct buf got = BUF_INIT(4096);
	struct err err = { 0 };
	int64_t at_ms = time_of(after), from_ms, until_ms;
	bool found = true;
	if (!recurrence_open(schedule, &r, &err))
		fail_msg("%s", err.text);
	for (int i = 0; i < count && found; i++) {
		char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
		recurrence_next(&r, at_ms, &from_ms, &until_ms, &found);
		if (!found)
			buf_adds(&got, "never ");
		else
			buf_addf(&got, "%.16s/%.16s ", time_format_utc(from, from_ms),
				 time_format_utc(until, until_ms));
		at_ms = until_ms;
	}
	assert_string_equal(buf_text(&got), expected);
}

static void recurrence_next__comes_every_day(void **state)
{
	(void)state;
	const struct schedule daily = a_schedule(EVERY_DAY, "");
	assert_windows(&daily, "2026-01-05T02:00:00Z", 2,
		       "2026-01-05T01:00/2026-01-05T03:00 "
		       "2026-01-06T01:00/2026-01-06T03:00 ");
}

static void recurrence_next__goes_on_to_the_next_day__over_midnight(void **state)
{
	(void)state;
	struct schedule daily = a_schedule(EVERY_DAY, "");
	memcpy(daily.from, "22:00", 6);
	memcpy(daily.until, "06:00", 6);
	assert_windows(&daily, "2026-01-05T04:59:59Z", 2,
		       "2026-01-04T21:00/2026-01-05T05:00 "
		       "2026-01-05T21:00/2026-01-06T05:00 ");
	memcpy(daily.until, "22:00", 6); /* the whole day */
	assert_windows(&daily, "2026-01-05T12:00:00Z", 2,
		       "2026-01-04T21:00/2026-01-05T21:00 "
		       "2026-01-05T21:00/2026-01-06T21:00 ");
}

static void recurrence_next__comes_on_days_of_the_week(void **state)
{
	(void)state;
	const struct schedule weekly = a_schedule(EVERY_WEEK, "wed,mon");
	assert_windows(&weekly, "2026-01-06T00:00:00Z", 3,
		       "2026-01-07T01:00/2026-01-07T03:00 "
		       "2026-01-12T01:00/2026-01-12T03:00 "
		       "2026-01-14T01:00/2026-01-14T03:00 ");
}

static void recurrence_next__comes_on_days_of_the_month__31_is_the_last(void **state)
{
	(void)state;
	const struct schedule last = a_schedule(EVERY_MONTH, "31");
	assert_windows(&last, "2026-01-05T00:00:00Z", 3,
		       "2026-01-31T01:00/2026-01-31T03:00 "
		       "2026-02-28T01:00/2026-02-28T03:00 "
		       "2026-03-31T00:00/2026-03-31T02:00 ");
	const struct schedule thirtieth = a_schedule(EVERY_MONTH, "30");
	assert_windows(&thirtieth, "2026-02-01T00:00:00Z", 1,
		       "2026-03-30T00:00/2026-03-30T02:00 ");
}

/* 2026-03-29 02:00 becomes 03:00: the window is an hour short. */
static void recurrence_next__begins_with_the_change__where_clocks_skip_it(void **state)
{
	(void)state;
	struct schedule daily = a_schedule(EVERY_DAY, "");
	memcpy(daily.from, "02:30", 6);
	assert_windows(&daily, "2026-03-28T12:00:00Z", 2,
		       "2026-03-29T01:00/2026-03-29T02:00 "
		       "2026-03-30T00:30/2026-03-30T02:00 ");
	memcpy(daily.until, "02:45", 6); /* all of it is skipped: not that day */
	assert_windows(&daily, "2026-03-28T12:00:00Z", 1,
		       "2026-03-30T00:30/2026-03-30T00:45 ");
}

/* 2026-10-25 03:00 becomes 02:00: from the first 02:30 to the last 02:45. */
static void recurrence_next__covers_both__where_clocks_repeat_it(void **state)
{
	(void)state;
	struct schedule daily = a_schedule(EVERY_DAY, "");
	memcpy(daily.from, "02:30", 6);
	memcpy(daily.until, "02:45", 6);
	assert_windows(&daily, "2026-10-24T12:00:00Z", 2,
		       "2026-10-25T00:30/2026-10-25T01:45 "
		       "2026-10-26T01:30/2026-10-26T01:45 ");
}

static void recurrence_next__keeps_within_its_dates(void **state)
{
	(void)state;
	struct schedule daily = a_schedule(EVERY_DAY, "");
	memcpy(daily.first, "2030-06-01", 11);
	memcpy(daily.last, "2030-06-02", 11);
	assert_windows(&daily, "2026-01-05T00:00:00Z", 3,
		       "2030-06-01T00:00/2030-06-01T02:00 "
		       "2030-06-02T00:00/2030-06-02T02:00 never ");
}

static void assert_refused(struct schedule schedule, const char *why)
{
	struct recurrence r = { 0 };
	struct err err = { 0 };
	assert_false(recurrence_open(&schedule, &r, &err));
	assert_int_equal(err.code, ERR_INVALID);
	if (!strstr(err.text, why))
		fail_msg("'%s' is not in: %s", why, err.text);
}

static void recurrence_open__names_what_is_wrong(void **state)
{
	(void)state;
	struct schedule s = a_schedule(EVERY_DAY, "");
	memcpy(s.from, "24:00", 6);
	assert_refused(s, "From is '24:00'");
	s = a_schedule(EVERY_DAY, "");
	memcpy(s.until, "2:00", 5);
	assert_refused(s, "Until is '2:00'");
	s = a_schedule(EVERY_DAY, "");
	memcpy(s.first, "2026-02-30", 11);
	assert_refused(s, "First is '2026-02-30'");
	s = a_schedule(EVERY_DAY, "");
	memcpy(s.first, "2026-02-03", 11);
	memcpy(s.last, "2026-02-02", 11);
	assert_refused(s, "before First");
	static const char *const no_dates[] = { "2026-2-03",  "2026/02/03", "2026-02/03",
						"1826-02-03", "20x6-02-03", "202x-02-03",
						"2026-00-03", "2026-13-03", "2026-0x-03",
						"2026-02-00", "2026-02-x3", "x" };
	for (size_t i = 0; i < COUNT_OF(no_dates); i++) {
		struct schedule dated = a_schedule(EVERY_DAY, "");
		assert_true(text_copy(dated.first, sizeof(dated.first), no_dates[i]));
		assert_refused(dated, "First is '");
	}
	static const char *const no_times[] = { "0200",  "02.00", "2x:00", "x2:00",
						"02:60", "02:x0", "" };
	for (size_t i = 0; i < COUNT_OF(no_times); i++) {
		struct schedule timed = a_schedule(EVERY_DAY, "");
		assert_true(text_copy(timed.from, sizeof(timed.from), no_times[i]));
		assert_refused(timed, "From is '");
	}
	assert_refused(a_schedule(EVERY_MONTH, "x"), "Days has 'x'");
	assert_refused(a_schedule(EVERY_MONTH, "1x"), "Days has '1x'");
	assert_refused(a_schedule(EVERY_WEEK, "a word that is longer than any day"),
		       "Days has 'a'");
	assert_refused(a_schedule(EVERY_DAY, "mon"), "every day needs none");
	assert_refused(a_schedule(EVERY_WEEK, ""), "on which days of the week");
	assert_refused(a_schedule(EVERY_WEEK, "mon, mo"), "Days has 'mo'");
	assert_refused(a_schedule(EVERY_MONTH, "32"), "Days has '32'");
	assert_refused(a_schedule(EVERY_MONTH, "0"), "Days has '0'");
	s = a_schedule(EVERY_DAY, "");
	memcpy(s.zone, "Europe/Berlim", 14);
	assert_refused(s, "There is no time zone 'Europe/Berlim'");
}

static void schedule_add_text__reads_as_one_would_say_it(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf text = BUF_INIT(1000);
	struct schedule weekly = a_schedule(EVERY_WEEK, "mon,wed");
	memcpy(weekly.last, "2026-12-31", 11);
	schedule_add_text(&weekly, &text);
	assert_string_equal(buf_text(&text), "every week on mon,wed from 02:00 to 04:00 "
					     "Europe/Berlin, last 2026-12-31");
	memcpy(weekly.first, "2026-12-01", 11);
	buf_reset(&text);
	schedule_add_text(&weekly, &text);
	assert_non_null(strstr(buf_text(&text), ", first 2026-12-01, last 2026-12-31"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recurrence_next__comes_every_day),
		cmocka_unit_test(recurrence_next__goes_on_to_the_next_day__over_midnight),
		cmocka_unit_test(recurrence_next__comes_on_days_of_the_week),
		cmocka_unit_test(
			recurrence_next__comes_on_days_of_the_month__31_is_the_last),
		cmocka_unit_test(
			recurrence_next__begins_with_the_change__where_clocks_skip_it),
		cmocka_unit_test(recurrence_next__covers_both__where_clocks_repeat_it),
		cmocka_unit_test(recurrence_next__keeps_within_its_dates),
		cmocka_unit_test(recurrence_open__names_what_is_wrong),
		cmocka_unit_test(schedule_add_text__reads_as_one_would_say_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
