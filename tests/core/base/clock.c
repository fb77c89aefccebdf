#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/check.h"

/* 2026-11-23T14:03:51.250Z, a Monday. */
static const int64_t monday_ms = INT64_C(1795442631250);

static void in_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void clock__is_the_systems_unless_fixed(void **state)
{
	(void)state;
	const struct clock fixed = { .fixed = true, .fixed_ms = 42 };
	const struct clock system = { 0 };

	assert_int_equal(clock_now_ms(&fixed), 42);
	assert_true(clock_now_ms(&system) > monday_ms - 3650 * DAY_MS);
	assert_true(clock_now_ms(NULL) >= clock_now_ms(&system) - MINUTE_MS);
}

static void clock_boot_ms__never_runs_backwards(void **state)
{
	(void)state;
	int64_t before_ms = clock_boot_ms();
	assert_true(before_ms > 0);
	assert_true(clock_boot_ms() >= before_ms);
}

static void time_format__writes_each_form(void **state)
{
	(void)state;
	char text[TIME_TEXT_SIZE];
	in_zone("CET-1CEST,M3.5.0,M10.5.0/3");

	assert_string_equal(time_format_utc(text, monday_ms), "2026-11-23T14:03:51.250Z");
	assert_string_equal(time_format_utc(text, monday_ms - 250),
			    "2026-11-23T14:03:51Z");
	assert_string_equal(time_format_utc_seconds(text, monday_ms),
			    "2026-11-23T14:03:51Z");
	assert_string_equal(time_format_local(text, monday_ms),
			    "2026-11-23 15:03:51 CET");
	assert_string_equal(time_format_clock(text, monday_ms), "15:03:51");
	assert_string_equal(time_format_local(text, monday_ms - 150 * DAY_MS),
			    "2026-06-26 16:03:51 CEST");
	in_zone("UTC");
}

static void time_format__stays_within_its_years(void **state)
{
	(void)state;
	char text[TIME_TEXT_SIZE];

	assert_string_equal(time_format_utc(text, 0), "1970-01-01T00:00:00Z");
	assert_string_equal(time_format_utc(text, -1), "1970-01-01T00:00:00Z");
	assert_string_equal(time_format_utc(text, INT64_MIN), "1970-01-01T00:00:00Z");
	assert_string_equal(time_format_utc(text, INT64_MAX), "9999-12-31T23:59:59.999Z");
	assert_true(strlen(time_format_local(text, INT64_MAX)) < TIME_TEXT_SIZE);
}

static void time_format_local__falls_back_to_the_offset__when_a_zone_has_a_long_name(
	void **state)
{
	(void)state;
	char text[TIME_TEXT_SIZE];
	in_zone("<AZoneWithANameThatIsMuchTooLong>-2");

	assert_string_equal(time_format_local(text, monday_ms),
			    "2026-11-23 16:03:51 +0200");
	in_zone("UTC");
}

static void duration_format__is_exact_in_one_unit(void **state)
{
	(void)state;
	static const struct {
		int64_t ms;
		const char *text;
	} forms[] = {
		{ 0, "0s" },
		{ -5, "0s" },
		{ 250, "250ms" },
		{ 1500, "1500ms" },
		{ 90 * SECOND_MS, "90s" },
		{ 5 * MINUTE_MS, "5m" },
		{ 90 * MINUTE_MS, "90m" },
		{ 2 * HOUR_MS, "2h" },
		{ DAY_MS, "1d" },
		{ 36 * HOUR_MS, "36h" },
		{ 72 * HOUR_MS, "3d" },
	};

	char text[DURATION_TEXT_SIZE];
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		assert_string_equal(duration_format(text, forms[i].ms), forms[i].text);
}

static void duration_format_short__uses_two_units_at_most(void **state)
{
	(void)state;
	static const struct {
		int64_t ms;
		const char *text;
	} forms[] = {
		{ -1, "0s" },
		{ 999, "0s" },
		{ 3 * SECOND_MS, "3s" },
		{ 59999, "59s" },
		{ 12 * MINUTE_MS + 59 * SECOND_MS, "12m" },
		{ HOUR_MS, "1h 00m" },
		{ 2 * HOUR_MS + 5 * MINUTE_MS, "2h 05m" },
		{ DAY_MS - 1, "23h 59m" },
		{ 3 * DAY_MS + 4 * HOUR_MS, "3d 4h" },
	};

	char text[DURATION_TEXT_SIZE];
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		assert_string_equal(duration_format_short(text, forms[i].ms),
				    forms[i].text);
	duration_format_short(text, INT64_MAX);
	duration_format(text, INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clock__is_the_systems_unless_fixed),
		cmocka_unit_test(clock_boot_ms__never_runs_backwards),
		cmocka_unit_test(time_format__writes_each_form),
		cmocka_unit_test(time_format__stays_within_its_years),
		cmocka_unit_test(
			time_format_local__falls_back_to_the_offset__when_a_zone_has_a_long_name),
		cmocka_unit_test(duration_format__is_exact_in_one_unit),
		cmocka_unit_test(duration_format_short__uses_two_units_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
