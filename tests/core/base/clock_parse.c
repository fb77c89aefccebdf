#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/random.h"
#include "tests/support/check.h"

/* 2026-11-23T14:03:51.250Z, a Monday. */
static const int64_t monday_ms = INT64_C(1795442631250);

static void in_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void assert_time(const char *text, int64_t expected_ms)
{
	struct err err = { 0 };
	int64_t got_ms = 0;
	if (!time_parse_rfc3339(text, &got_ms, &err))
		fail_msg("%s", err.text);
	assert_int_equal(got_ms, expected_ms);
}

static void time_parse_rfc3339__reads_what_the_standard_allows(void **state)
{
	(void)state;
	assert_time("2026-11-23T14:03:51.25Z", monday_ms);
	assert_time("2026-11-23t14:03:51.250z", monday_ms);
	assert_time("2026-11-23 14:03:51.250999999999Z", monday_ms);
	assert_time("2026-11-23T15:03:51.25+01:00", monday_ms);
	assert_time("2026-11-23T05:33:51.25-08:30", monday_ms);
	assert_time("2026-11-24T03:03:51.25+13:00", monday_ms);
	assert_time("1970-01-01T00:00:00Z", 0);
	assert_time("1970-01-01T01:00:00.001+01:00", 1);
	assert_time("2024-02-29T00:00:00Z", INT64_C(1709164800000));
	assert_time("2016-12-31T23:59:60Z", INT64_C(1483228800000)); /* a leap second */
	assert_time("2017-01-01T00:59:60+01:00", INT64_C(1483228800000));
	assert_time("9999-12-31T23:59:59.999Z", INT64_C(253402300799999));
}

static void time_parse_rfc3339__refuses_everything_else(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"now",
		"2026",
		"2026-11-23",
		"14:03",
		"2026-11-23T14:03:51", /* no zone */
		"2026-11-23T14:03Z",
		"2026-11-23T14:03:51.Z",
		"2026-11-23T14:03:51,2Z",
		"2026-11-23T14:03:51+1:00",
		"2026-11-23T14:03:51+0100",
		"2026-11-23T14:03:51+01",
		"2026-11-23T14:03:51+24:00",
		"2026-11-23T14:03:51+01:60",
		"2026-11-23T14:03:51 Z",
		"2026-11-23T14:03:51Zz",
		"2026-11-23T14:03:51Z ",
		" 2026-11-23T14:03:51Z",
		"2026-13-01T00:00:00Z",
		"2026-00-01T00:00:00Z",
		"2026-01-00T00:00:00Z",
		"2026-01-32T00:00:00Z",
		"2026-02-29T00:00:00Z",
		"2026-04-31T00:00:00Z",
		"2100-02-29T00:00:00Z",
		"2026-11-23T24:00:00Z",
		"2026-11-23T14:60:00Z",
		"2026-11-23T14:03:61Z",
		"2026-11-23T14:03:60Z", /* no leap second in mid-day */
		"1969-12-31T23:59:59Z",
		"1970-01-01T00:00:00+01:00",
		"0000-01-01T00:00:00Z",
		"-026-11-23T14:03:51Z",
		"+2026-11-23T14:03:51Z",
		"12026-11-23T14:03:51Z",
		"2026-11-23T14:03:5١Z",
		"2026-1-23T14:03:51Z",
		"2026-11-23T1:03:51Z",
	};

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct err err = { 0 };
		int64_t got_ms = 7;
		if (time_parse_rfc3339(bad[i], &got_ms, &err))
			fail_msg("'%s' is taken as a time", bad[i]);
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, bad[i]));
		assert_int_equal(got_ms, 7);
	}
}

static void time__round_trips__at_random(void **state)
{
	(void)state;
	uint64_t seed = 3;
	for (int round = 0; round < 20000; round++) {
		char text[TIME_TEXT_SIZE];
		int64_t time_ms =
			(int64_t)(random_step(&seed) % UINT64_C(253402300800000));
		assert_time(time_format_utc(text, time_ms), time_ms);
		assert_time(time_format_utc_seconds(text, time_ms),
			    time_ms - time_ms % 1000);
	}
}

static void assert_parsed(const char *text, const char *expected)
{
	struct err err = { 0 };
	int64_t got_ms;
	if (!time_parse(text, monday_ms, &got_ms, &err))
		fail_msg("%s", err.text);
	char got[TIME_TEXT_SIZE];
	assert_string_equal(time_format_utc(got, got_ms), expected);
}

static void time_parse__reads_all_three_forms(void **state)
{
	(void)state;
	in_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	assert_parsed("2026-11-23T14:03:51+01:00", "2026-11-23T13:03:51Z");
	assert_parsed("+30m", "2026-11-23T14:33:51.250Z");
	assert_parsed("+1h30m", "2026-11-23T15:33:51.250Z");
	assert_parsed("15:04", "2026-11-23T14:04:00Z"); /* later today */
	assert_parsed("15:03", "2026-11-24T14:03:00Z"); /* has passed: tomorrow */
	assert_parsed("00:00", "2026-11-23T23:00:00Z");
	in_zone("UTC");
}

static void time_parse__takes_the_time_after_now__never_now_itself(void **state)
{
	(void)state;
	int64_t got_ms;
	int64_t noon_ms = INT64_C(1795435200000); /* 2026-11-23T12:00:00Z */
	in_zone("UTC");

	assert_true(time_parse("12:00", noon_ms, &got_ms, NULL));
	assert_int_equal(got_ms, noon_ms + DAY_MS);
	assert_true(time_parse("12:00", noon_ms - 1, &got_ms, NULL));
	assert_int_equal(got_ms, noon_ms);
}

static void time_parse__follows_summer_time__into_the_next_day(void **state)
{
	(void)state;
	int64_t got_ms;
	int64_t eve_ms = INT64_C(
		1774720800000); /* 2026-03-28T18:00:00Z; clocks change that night */
	char text[TIME_TEXT_SIZE];
	in_zone("CET-1CEST,M3.5.0,M10.5.0/3");

	assert_true(time_parse("08:00", eve_ms, &got_ms, NULL));

	assert_string_equal(time_format_utc(text, got_ms), "2026-03-29T06:00:00Z");
	in_zone("UTC");
}

static void time_parse__refuses_with_the_text_and_the_remedy(void **state)
{
	(void)state;
	static const char *const bad[] = { "",     "soon",     "24:00",  "12:60",
					   "1:00", "12:00:00", "+",      "-30m",
					   "+30",  "+-1m",     "12:00Z", "+1h 30m" };

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct err err = { 0 };
		int64_t got_ms;
		if (time_parse(bad[i], monday_ms, &got_ms, &err))
			fail_msg("'%s' is taken as a time", bad[i]);
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, bad[i]));
		assert_non_null(strstr(err.text, "write"));
	}
}

/* The three forms of RFC 9110, section 5.6.7, with its own example. */
static void time_parse_http_date__reads_all_three_forms(void **state)
{
	(void)state;
	static const char *const forms[] = {
		"Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT",
		"Sun Nov  6 08:49:37 1994",
	};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		int64_t got_ms = 0;
		assert_true(time_parse_http_date(forms[i], &got_ms));
		assert_int_equal(got_ms, INT64_C(784111777000));
	}
	int64_t got_ms;
	assert_true(time_parse_http_date("Mon Nov 23 14:03:51 2026", &got_ms));
	assert_int_equal(got_ms, monday_ms - 250);
	assert_true(time_parse_http_date("Monday, 23-Nov-26 14:03:51 GMT", &got_ms));
	assert_int_equal(got_ms, monday_ms - 250);
}

static void time_parse_http_date__refuses_everything_else(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"120",
		"Sun",
		"Sun, ",
		"Sun, 06 Nov 1994 08:49:37",
		"06 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 08:49:37 CET",
		"Sun, 06 Nov 1994 08:49:37 GMT ",
		"Sun, 31 Feb 1994 08:49:37 GMT",
		"Sun, 06 nov 1994 08:49:37 GMT",
		"Sun, 6 Nov 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 25:49:37 GMT",
		"Sun Nov 6 08:49:37 1994",
		"Sun, 06-Nov-1994 08:49:37 GMT",
		"Sun, 06 Nov 1969 08:49:37 GMT",
	};

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		int64_t got_ms = 7;
		if (time_parse_http_date(bad[i], &got_ms))
			fail_msg("'%s' is taken as a date", bad[i]);
		assert_int_equal(got_ms, 7);
	}
}

static void duration_parse__reads_units_and_compounds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ms;
	} good[] = {
		{ "0s", 0 },
		{ "250ms", 250 },
		{ "90s", 90 * SECOND_MS },
		{ "5m", 5 * MINUTE_MS },
		{ "2h", 2 * HOUR_MS },
		{ "1d", DAY_MS },
		{ "007m", 7 * MINUTE_MS },
		{ "1h30m", 90 * MINUTE_MS },
		{ "1d2h3m4s5ms",
		  DAY_MS + 2 * HOUR_MS + 3 * MINUTE_MS + 4 * SECOND_MS + 5 },
		{ "1m90s", 150 * SECOND_MS },
		{ "3650d", DURATION_MAX_MS },
	};

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		int64_t got_ms = -1;
		assert_true(duration_parse(good[i].text, &got_ms, NULL));
		assert_int_equal(got_ms, good[i].ms);
	}
}

static void duration_parse__refuses_everything_else(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"5",
		"m",
		"5x",
		"-5m",
		"+5m",
		"1.5h",
		"5 m",
		" 5m",
		"5m ",
		"5M",
		"5min",
		"30m1h",
		"1h1h",
		"1h30",
		"3651d",
		"3650d1ms",
		"99999999999999999999d",
		"9223372036854775807ms",
		"18446744073709551617s",
	};

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct err err = { 0 };
		int64_t got_ms = 7;
		if (duration_parse(bad[i], &got_ms, &err))
			fail_msg("'%s' is taken as a duration", bad[i]);
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, bad[i]));
		assert_int_equal(got_ms, 7);
	}
}

static void duration__round_trips__at_random(void **state)
{
	(void)state;
	uint64_t seed = 5;
	static const int64_t steps[] = { 1, SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS };
	for (int round = 0; round < 20000; round++) {
		int64_t step = steps[random_step(&seed) % COUNT_OF(steps)];
		int64_t most = DURATION_MAX_MS / step;
		int64_t ms = (int64_t)(random_step(&seed) % (uint64_t)(most + 1)) * step;
		char text[DURATION_TEXT_SIZE];
		int64_t got_ms = -1;
		assert_true(duration_parse(duration_format(text, ms), &got_ms, NULL));
		assert_int_equal(got_ms, ms);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_parse_rfc3339__reads_what_the_standard_allows),
		cmocka_unit_test(time_parse_rfc3339__refuses_everything_else),
		cmocka_unit_test(time__round_trips__at_random),
		cmocka_unit_test(time_parse__reads_all_three_forms),
		cmocka_unit_test(time_parse__takes_the_time_after_now__never_now_itself),
		cmocka_unit_test(time_parse__follows_summer_time__into_the_next_day),
		cmocka_unit_test(time_parse__refuses_with_the_text_and_the_remedy),
		cmocka_unit_test(time_parse_http_date__reads_all_three_forms),
		cmocka_unit_test(time_parse_http_date__refuses_everything_else),
		cmocka_unit_test(duration_parse__reads_units_and_compounds),
		cmocka_unit_test(duration_parse__refuses_everything_else),
		cmocka_unit_test(duration__round_trips__at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
