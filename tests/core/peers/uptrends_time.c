/* Times without a zone, in the account's own. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/peers/uptrends_time.h"
#include "tests/support/check.h"

#define SUMMER(offset, begin, end)                                         \
	"{\"OffsetFromUtc\": " #offset ", \"HasDaylightSaving\": true,"    \
	" \"DaylightSavingOffset\": 60, \"DaylightSavingStart\": \"" begin \
	"\", \"DaylightSavingEnd\": \"" end "\"}"
#define AMSTERDAM SUMMER(60, "2026-03-29T02:00:00", "2026-10-25T03:00:00")
#define SYDNEY SUMMER(600, "2026-10-04T02:00:00", "2026-04-05T03:00:00")
#define NEW_YORK "{\"OffsetFromUtc\": -300, \"HasDaylightSaving\": false}"

static struct uptrends_zone zone_of(const char *json)
{
	struct uptrends_zone zone = { 0 };
	struct json *parsed = json_parse(json, strlen(json), NULL);
	assert_true(uptrends_zone_read(parsed, &zone));
	json_free(parsed);
	return zone;
}

static bool read_time(const char *zone, const char *text, char ret[TIME_TEXT_SIZE])
{
	struct uptrends_zone rules = { 0 };
	char quoted[100];
	int64_t at_ms = 0;
	if (zone != NULL)
		rules = zone_of(zone);
	(void)snprintf(quoted, sizeof(quoted), "\"%s\"", text);
	struct json *value = json_parse(quoted, strlen(quoted), NULL);
	const bool ok = uptrends_time(&rules, value, &at_ms);
	json_free(value);
	time_format_utc(ret, at_ms);
	return ok;
}

static void time__is_the_zones__in_winter_and_summer(void **state)
{
	static const struct {
		const char *zone, *local, *utc;
	} cases[] = {
		{ NULL, "2026-11-27T13:42:18", "2026-11-27T13:42:18Z" },
		{ AMSTERDAM, "2026-11-27T13:42:18", "2026-11-27T12:42:18Z" },
		{ AMSTERDAM, "2026-07-01T13:42:18", "2026-07-01T11:42:18Z" },
		{ AMSTERDAM, "2026-03-29T01:59:59", "2026-03-29T00:59:59Z" },
		{ AMSTERDAM, "2026-03-29T03:00:00", "2026-03-29T01:00:00Z" },
		{ AMSTERDAM, "2026-10-25T02:30:00", "2026-10-25T00:30:00Z" },
		{ AMSTERDAM, "2026-10-25T03:00:00", "2026-10-25T02:00:00Z" },
		{ AMSTERDAM, "2027-07-01T13:42:18", "2027-07-01T11:42:18Z" },
		{ SYDNEY, "2026-01-15T12:00:00", "2026-01-15T01:00:00Z" },
		{ SYDNEY, "2026-07-15T12:00:00", "2026-07-15T02:00:00Z" },
		{ SYDNEY, "2026-12-15T12:00:00", "2026-12-15T01:00:00Z" },
		{ NEW_YORK, "2026-11-27T22:00:00", "2026-11-28T03:00:00Z" },
		{ NEW_YORK, "2026-11-27T22:00:00+02:00", "2026-11-27T20:00:00Z" },
	};
	char text[TIME_TEXT_SIZE];
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(read_time(cases[i].zone, cases[i].local, text));
		assert_string_equal(text, cases[i].utc);
	}
}

static void time__is_none__of_what_is_no_time(void **state)
{
	char text[TIME_TEXT_SIZE];
	(void)state;
	assert_false(read_time(NULL, "yesterday", text));
	assert_false(read_time(NULL, "2026-13-01T00:00:00", text));
	assert_false(read_time(NULL, "", text));
}

static void day__changes_at_the_zones_midnight(void **state)
{
	const struct uptrends_zone zone = zone_of(AMSTERDAM);
	int64_t at_ms = 0;
	(void)state;
	assert_true(time_parse_rfc3339("2026-11-27T22:59:59Z", &at_ms, NULL));
	assert_int_equal(uptrends_day(&zone, at_ms + SECOND_MS) -
				 uptrends_day(&zone, at_ms),
			 DAY_MS);
}

static void zone__is_none__without_its_offset(void **state)
{
	static const char *const broken[] = { "{}", "[]", "{\"OffsetFromUtc\": \"1\"}" };
	struct uptrends_zone zone;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		struct json *parsed = json_parse(broken[i], strlen(broken[i]), NULL);
		assert_false(uptrends_zone_read(parsed, &zone));
		json_free(parsed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time__is_the_zones__in_winter_and_summer),
		cmocka_unit_test(time__is_none__of_what_is_no_time),
		cmocka_unit_test(day__changes_at_the_zones_midnight),
		cmocka_unit_test(zone__is_none__without_its_offset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
