#include "core/base/zone.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/days.h"
#include "core/base/zone_rule.h"
#include "tests/support/check.h"

static int64_t local(int year, int month, int day, int hour, int minute)
{
	return days_from_date((struct date){ year, month, day }) * 86400 + hour * 3600 +
	       minute * 60;
}

static struct zone *zone(const char *name)
{
	struct zone *ret = NULL;
	struct err err = { 0 };
	if (!zone_open(name, &ret, &err))
		fail_msg("%s", err.text);
	return ret;
}

/* The local time in the zone comes that many minutes after the same time in UTC. */
static void assert_utc(const char *name, int64_t local_s, bool late, int minutes_ahead)
{
	DEFER(zone_free) struct zone *z = zone(name);
	assert_int_equal(zone_utc_s(z, local_s, late), local_s - minutes_ahead * 60);
}

static void days__count_from_1970__both_ways(void **state)
{
	(void)state;
	assert_int_equal(days_from_date((struct date){ 1970, 1, 1 }), 0);
	assert_int_equal(days_from_date((struct date){ 2000, 3, 1 }), 11017);
	assert_int_equal(days_weekday(0), 4);
	assert_int_equal(days_weekday(-1), 3);
	assert_int_equal(days_in_month(2024, 2), 29);
	assert_int_equal(days_in_month(2100, 2), 28);
	assert_int_equal(days_in_month(2026, 12), 31);
	for (int64_t day = -800000; day < 800000; day += 137) {
		const struct date date = days_to_date(day);
		assert_int_equal(days_from_date(date), day);
		assert_in_range(date.day, 1, days_in_month(date.year, date.month));
	}
}

static void zone_utc_s__knows_summer_and_winter(void **state)
{
	(void)state;
	assert_utc("Europe/Berlin", local(2026, 1, 15, 12, 0), false, 60);
	assert_utc("Europe/Berlin", local(2026, 7, 15, 12, 0), false, 120);
	assert_utc("America/New_York", local(2026, 7, 15, 12, 0), false, -240);
	assert_utc("Asia/Kathmandu", local(2026, 7, 15, 12, 0), false, 345);
	assert_utc("UTC", local(2026, 7, 15, 12, 0), false, 0);
}

static void zone_utc_s__knows_years_that_no_table_lists(void **state)
{
	(void)state;
	assert_utc("Europe/Berlin", local(2090, 1, 15, 12, 0), false, 60);
	assert_utc("Europe/Berlin", local(2090, 7, 15, 12, 0), false, 120);
	/* South of the equator summer spans the new year. */
	assert_utc("Australia/Sydney", local(2090, 1, 15, 12, 0), false, 660);
	assert_utc("Australia/Sydney", local(2090, 7, 15, 12, 0), false, 600);
}

/* 2026-03-29 02:00 becomes 03:00. */
static void zone_utc_s__takes_the_change__for_a_time_that_is_skipped(void **state)
{
	(void)state;
	const int64_t change = local(2026, 3, 29, 1, 0);
	DEFER(zone_free) struct zone *z = zone("Europe/Berlin");
	assert_int_equal(zone_utc_s(z, local(2026, 3, 29, 2, 30), false), change);
	assert_int_equal(zone_utc_s(z, local(2026, 3, 29, 2, 30), true), change);
	assert_int_equal(zone_utc_s(z, local(2026, 3, 29, 1, 59), false), change - 60);
	assert_int_equal(zone_utc_s(z, local(2026, 3, 29, 3, 0), false), change);
}

/* 2026-10-25 03:00 becomes 02:00. */
static void zone_utc_s__takes_the_first_or_the_last__of_a_time_that_is_repeated(
	void **state)
{
	(void)state;
	assert_utc("Europe/Berlin", local(2026, 10, 25, 2, 30), false, 120);
	assert_utc("Europe/Berlin", local(2026, 10, 25, 2, 30), true, 60);
	assert_utc("Europe/Berlin", local(2026, 10, 25, 1, 59), true, 120);
	assert_utc("Europe/Berlin", local(2026, 10, 25, 3, 0), false, 60);
}

static void zone_open__refuses_what_is_none__with_the_remedy(void **state)
{
	static const char *const names[] = {
		"",       "Europe/Berlim", "/etc/passwd", "../../etc/passwd",
		"Europe", "zone.tab",      "a\x1b[31m"
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct zone *z = NULL;
		struct err err = { 0 };
		assert_false(zone_open(names[i], &z, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, "There is no time zone"));
		assert_null(strchr(err.text, '\x1b'));
	}
}

static void zone_open__says_it__when_the_zone_data_is_missing(void **state)
{
	(void)state;
	struct zone *z = NULL;
	struct err err = { 0 };
	setenv("TZDIR", "/nonexistent", 1);
	const bool opened = zone_open("Europe/Berlin", &z, &err);
	unsetenv("TZDIR");
	assert_false(opened);
	assert_non_null(strstr(err.text, "install the package tzdata"));
}

static void zone_local_name__is_the_environment_s_first(void **state)
{
	char name[ZONE_NAME_SIZE];
	(void)state;
	setenv("TZ", ":America/New_York", 1);
	zone_local_name(name);
	assert_string_equal(name, "America/New_York");
	unsetenv("TZ");
	zone_local_name(name);
	DEFER(zone_free) struct zone *z = zone(name);
}

static void zone_rule_parse__takes_what_zones_of_today_write(void **state)
{
	struct zone_rule rule;
	(void)state;
	assert_true(zone_rule_parse("<+0545>-5:45", &rule));
	assert_int_equal(rule.standard_s, 20700);
	assert_false(rule.has_summer);
	assert_true(zone_rule_parse("IST-1GMT0,M10.5.0,M3.5.0/1", &rule));
	assert_int_equal(rule.standard_s, 3600);
	assert_int_equal(rule.summer_s, 0);
	assert_true(zone_rule_parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", &rule));
	assert_int_equal(rule.begins.second, -3600);
	assert_false(zone_rule_parse("CET-1CEST,J60/2,J300/3", &rule));
	assert_false(zone_rule_parse("CET", &rule));
	assert_false(zone_rule_parse("", &rule));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days__count_from_1970__both_ways),
		cmocka_unit_test(zone_utc_s__knows_summer_and_winter),
		cmocka_unit_test(zone_utc_s__knows_years_that_no_table_lists),
		cmocka_unit_test(
			zone_utc_s__takes_the_change__for_a_time_that_is_skipped),
		cmocka_unit_test(
			zone_utc_s__takes_the_first_or_the_last__of_a_time_that_is_repeated),
		cmocka_unit_test(zone_open__refuses_what_is_none__with_the_remedy),
		cmocka_unit_test(zone_open__says_it__when_the_zone_data_is_missing),
		cmocka_unit_test(zone_local_name__is_the_environment_s_first),
		cmocka_unit_test(zone_rule_parse__takes_what_zones_of_today_write),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
