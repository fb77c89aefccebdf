/* Maintenance periods of an account, as windows and recurring maintenance (R11). */
#include <string.h>

#include "core/base/clock.h"
#include "core/peers/uptrends_windows.h"
#include "tests/support/check.h"

#define ACCOUNT(periods)                                        \
	"{\"maintenance\": [{\"MonitorGuid\": \"0B1F6C58-00\"," \
	" \"MaintenancePeriod\": [" periods "]}]}"

struct taken {
	struct uptrends_window last;
	int count;
};

static bool take(void *arg, struct uptrends_window *window)
{
	struct taken *taken = arg;
	taken->last = *window;
	taken->count++;
	return true;
}

static struct taken read_windows(const char *json, struct buf *notes)
{
	static struct taken taken;
	const struct uptrends_zone zone = { .offset_ms = HOUR_MS };
	struct json *account = json_parse(json, strlen(json), NULL);
	assert_non_null(account);
	taken = (struct taken){ 0 };
	assert_true(uptrends_each_window(account, &zone, take, &taken, notes));
	json_free(account);
	return taken;
}

static void windows__recur__by_day_week_and_month(void **state)
{
	static const struct {
		const char *json, *days;
		enum schedule_every every;
	} cases[] = {
		{ "{\"Id\": 1, \"ScheduleMode\": \"Daily\", \"StartTime\": "
		  "\"22:00:00\", \"EndTime\": \"01:30:00\"}",
		  "", EVERY_DAY },
		{ "{\"Id\": 1, \"ScheduleMode\": \"Weekly\", \"WeekDay\": \"Sunday\","
		  " \"StartTime\": \"22:00:00\", \"EndTime\": \"01:30:00\"}",
		  "sun", EVERY_WEEK },
		{ "{\"Id\": 1, \"ScheduleMode\": \"Monthly\", \"MonthDay\": 31,"
		  " \"StartTime\": \"22:00:00\", \"EndTime\": \"01:30:00\"}",
		  "31", EVERY_MONTH },
	};
	DEFER(buf_done) struct buf notes = BUF_INIT(1000);
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		DEFER(buf_done) struct buf json = BUF_INIT(1000);
		buf_addf(&json, ACCOUNT("%s"), cases[i].json);
		const struct taken taken = read_windows(buf_text(&json), &notes);
		assert_int_equal(taken.count, 1);
		assert_true(taken.last.recurs);
		assert_int_equal(taken.last.schedule.every, cases[i].every);
		assert_string_equal(taken.last.schedule.days, cases[i].days);
		assert_string_equal(taken.last.schedule.from, "22:00");
		assert_string_equal(taken.last.schedule.until, "01:30");
		assert_string_equal(taken.last.schedule.name, "Uptrends 0b1f6c58-00 #1");
	}
	assert_int_equal(notes.len, 0);
}

static void windows__come_once__in_the_accounts_zone(void **state)
{
	DEFER(buf_done) struct buf notes = BUF_INIT(1000);
	char text[TIME_TEXT_SIZE];
	(void)state;
	const struct taken taken = read_windows(
		ACCOUNT("{\"Id\": 2, \"ScheduleMode\": \"OneTime\", \"StartDateTime\": "
			"\"2026-12-01T02:00:00\", \"EndDateTime\": "
			"\"2026-12-01T04:00:00\", \"Description\": \"Move\"}"),
		&notes);
	assert_int_equal(taken.count, 1);
	assert_false(taken.last.recurs);
	assert_string_equal(time_format_utc(text, taken.last.from_ms),
			    "2026-12-01T01:00:00Z");
	assert_int_equal(taken.last.until_ms - taken.last.from_ms, 2 * HOUR_MS);
	assert_string_equal(taken.last.note, "Move");
}

static void windows__are_left_out__when_they_cannot_be_read(void **state)
{
	static const char *const broken[] = {
		"{}",
		"{\"Id\": 1, \"ScheduleMode\": \"Yearly\"}",
		"{\"Id\": 1, \"ScheduleMode\": \"Daily\", \"StartTime\": \"2\"}",
		"{\"Id\": 1, \"ScheduleMode\": \"Weekly\", \"StartTime\": \"02:00:00\","
		" \"EndTime\": \"03:00:00\"}",
		"{\"Id\": 1, \"ScheduleMode\": \"Monthly\", \"MonthDay\": 32,"
		" \"StartTime\": \"02:00:00\", \"EndTime\": \"03:00:00\"}",
		"{\"Id\": 1, \"ScheduleMode\": \"OneTime\", \"StartDateTime\": "
		"\"2026-12-01T04:00:00\", \"EndDateTime\": \"2026-12-01T02:00:00\"}",
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		DEFER(buf_done) struct buf notes = BUF_INIT(1000);
		DEFER(buf_done) struct buf json = BUF_INIT(1000);
		buf_addf(&json, ACCOUNT("%s"), broken[i]);
		assert_int_equal(read_windows(buf_text(&json), &notes).count, 0);
		assert_non_null(strstr(buf_text(&notes), "0b1f6c58-00 was left out"));
	}
}

static void zone_name__is_known__without_summer_and_in_whole_hours(void **state)
{
	char name[ZONE_NAME_SIZE];
	(void)state;
	assert_true(uptrends_zone_name(&(struct uptrends_zone){ 0 }, name));
	assert_string_equal(name, "UTC");
	assert_true(uptrends_zone_name(
		&(struct uptrends_zone){ .offset_ms = -5 * HOUR_MS }, name));
	assert_string_equal(name, "Etc/GMT+5");
	assert_false(uptrends_zone_name(
		&(struct uptrends_zone){ .offset_ms = 330 * MINUTE_MS }, name));
	assert_false(uptrends_zone_name(
		&(struct uptrends_zone){ .offset_ms = HOUR_MS, .dst_offset_ms = HOUR_MS },
		name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows__recur__by_day_week_and_month),
		cmocka_unit_test(windows__come_once__in_the_accounts_zone),
		cmocka_unit_test(windows__are_left_out__when_they_cannot_be_read),
		cmocka_unit_test(zone_name__is_known__without_summer_and_in_whole_hours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
