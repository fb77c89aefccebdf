/* Recurring maintenance in the document: merged by name, pruned, told where it is wrong,
 * and the same bytes out as in (R11). */
#include <string.h>

#include "core/base/clock.h"
#include "core/judge/act.h"
#include "core/judge/act_recurring.h"
#include "core/judge/judge.h"
#include "core/store_schedule.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/place.h"

enum { REPORT_MAX = 1 << 20 };
#define T0 INT64_C(1796083200000) /* Tuesday, 2026-12-01, 00:00 UTC */

static struct place place;

/* As exported, but for blanks. */
#define SUNDAY                                                                      \
	"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"every\": "     \
	"\"week\", "                                                                \
	"\"days\": [\"sun\", \"wed\"], \"from\": \"02:00\", \"until\": \"04:00\", " \
	"\"zone\": \"Europe/Berlin\", \"covers\": [\"Shop\", \"group:web\", "       \
	"\"service:Statushub/Website\"]}]}"

static int open_with_sunday(void **state)
{
	(void)place_set_up_example(state);
	place_import(&place, SUNDAY, false);
	return 0;
}

static void must_export(const char *wanted)
{
	DEFER(buf_done) struct buf document = BUF_INIT(REPORT_MAX);
	place_export(&place, &document);
	assert_holds(buf_text(&document), wanted);
}

static void export__names_all_of_it__sorted(void **state)
{
	(void)state;
	must_export("  \"maintenance\": [\n    {\n      \"name\": \"Sunday\",\n"
		    "      \"active\": true,\n      \"every\": \"week\",\n      "
		    "\"days\": [\"sun\",\"wed\"],\n"
		    "      \"from\": \"02:00\",\n      \"until\": \"04:00\",\n"
		    "      \"zone\": \"Europe/Berlin\",\n      \"first\": null,\n"
		    "      \"last\": null,\n      \"note\": null,\n"
		    "      \"covers\": [\"Shop\",\"group:web\","
		    "\"service:Statushub/Website\"]\n    }\n  ]\n}\n");
}

static void export__import__export__gives_the_same_bytes(void **state)
{
	struct place other;
	DEFER(buf_done) struct buf first = BUF_INIT(REPORT_MAX);
	DEFER(buf_done) struct buf fresh = BUF_INIT(REPORT_MAX);
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"monitors\": [{\"name\": \"group:x\"}], "
		"\"maintenance\": [{\"name\": \"Ends ä\", \"every\": \"month\", "
		"\"days\": [31, 1], \"from\": \"23:00\", \"until\": \"01:00\", "
		"\"zone\": \"UTC\", \"first\": \"2026-12-01\", \"last\": "
		"\"2026-12-31\", \"note\": \"two\\nlines\", \"covers\": "
		"[\"monitor:group:x\", \"service:Website\"]}, {\"name\": \"Bare\", "
		"\"every\": \"day\", \"from\": \"02:00\", \"until\": \"03:00\", "
		"\"zone\": \"UTC\", \"covers\": []}]}",
		false,
		"+ monitor group:x\n+ maintenance Ends ä\n"
		"+ monitor:group:x in maintenance Ends ä\n"
		"+ service:Website in maintenance Ends ä\n+ maintenance Bare\n");
	place_export(&place, &first);
	place_must_plan(&place, buf_text(&first), true, "");
	place_init(&other);
	place_open(&other, STORE_CREATE);
	place_import(&other, buf_text(&first), true);
	place_export(&other, &fresh);
	assert_string_equal(buf_text(&first), buf_text(&fresh));
	place_done(&other);
}

static void import__changes_nothing__of_what_the_command_made(void **state)
{
	struct err err = { 0 };
	struct maintenance_target twice[2] = { { .kind = TARGET_MONITOR, .id = 1 },
					       { .kind = TARGET_MONITOR, .id = 1 } };
	struct schedule schedule = { .name = "Typed",
				     .every = EVERY_WEEK,
				     .days = "wed,mon",
				     .from = "02:00",
				     .until = "03:00",
				     .zone = "UTC" };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done) struct buf document = BUF_INIT(REPORT_MAX);
	(void)state;
	place_must(act_recurring_add(place.store, &schedule, twice, 2, DAY_MS, &result,
				     &err),
		   &err);
	place_export(&place, &document);
	assert_holds(buf_text(&document), "\"days\": [\"mon\",\"wed\"]");
	place_must_plan(&place, buf_text(&document), true, "");
}

static void import__changes_what_is_named__and_nothing_else(void **state)
{
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"until\": "
		"\"05:00\", \"covers\": [\"Nightly batch\"]}]}",
		false,
		"~ maintenance Sunday: every week on sun, wed from 02:00 to 04:00 "
		"Europe/Berlin -> every week on sun, wed from 02:00 to 05:00 "
		"Europe/Berlin\n+ Nightly batch in maintenance Sunday\n");
	must_export("\"covers\": [\"Nightly batch\",\"Shop\",\"group:web\","
		    "\"service:Statushub/Website\"]");
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"note\": "
		"\"Patches\"}]}",
		true, "~ maintenance Sunday: note none -> Patches\n");
}

static void import__pauses_and_renames__by_active_and_was(void **state)
{
	(void)state;
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"active\": "
		"false}]}",
		false, "~ maintenance Sunday: active true -> false\n");
	must_export("\"active\": false,\n      \"every\": \"week\"");
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Weekend\", \"was\": "
		"\"Sunday\"}]}",
		true, "~ schedule Sunday renamed to Weekend\n");
	must_export("\"name\": \"Weekend\",\n      \"active\": false");
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Other\", \"was\": "
		"\"Nothing\", \"active\": 1, \"every\": \"day\", \"from\": "
		"\"01:00\", \"until\": \"02:00\", \"covers\": [\"Shop\"]}]}",
		NULL,
		"maintenance[0].was: there is no schedule of this name\n"
		"maintenance[0].active: this is a number, it must be a boolean\n");
}

static void import__prunes__only_a_list_that_is_there(void **state)
{
	(void)state;
	place_must_plan(&place, "{\"hublink\": 1}", true, "");
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"covers\": "
		"[\"group:web\"]}]}",
		true,
		"- Shop in maintenance Sunday\n"
		"- service:Statushub/Website in maintenance Sunday\n");
	must_export("\"covers\": [\"group:web\"]");
	place_must_plan(&place, "{\"hublink\": 1, \"maintenance\": []}", true,
			"- maintenance Sunday\n");
	must_export("\"maintenance\": []");
}

static void must_have_windows(const char *wanted)
{
	struct err err = { 0 };
	struct judge_report report = { 0 };
	DEFER(buf_done) struct buf rows = BUF_INIT(REPORT_MAX);
	place_must(judge_configuration(place.store, T0, &report, &err), &err);
	assert_true(place_sql(
		&place,
		"SELECT strftime('%H:%M', until_ms / 1000, 'unixepoch') FROM maintenance",
		&rows));
	assert_string_equal(buf_text(&rows), wanted);
}

static void import__moves_the_window_that_has_not_begun__when_judged_r11(void **state)
{
	(void)state;
	must_have_windows("03:00\n");
	place_must_plan(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"zone\": "
		"\"UTC\", \"until\": \"03:30\"}]}",
		false,
		"~ maintenance Sunday: every week on sun, wed from 02:00 to 04:00 "
		"Europe/Berlin -> every week on sun, wed from 02:00 to 03:30 UTC\n");
	must_have_windows("03:30\n");
	place_must_plan(&place, "{\"hublink\": 1, \"maintenance\": []}", true,
			"- maintenance Sunday\n");
	must_have_windows("");
}

static void import__tells_all_that_is_wrong__each_at_its_place(void **state)
{
	(void)state;
	place_must_refuse(
		&place,
		"{\"hublink\": 1, \"maintenance\": [{\"name\": \"Sunday\", \"days\": "
		"[\"sun\", 1, \"sun\"], \"from\": \"2am\", \"until\": \"24:00\", "
		"\"zone\": \"Mars/Base\", \"first\": \"soon\", \"note\": 7, "
		"\"when\": 1, \"covers\": [\"Shpo\", \"group:web\", \"Shop\", "
		"\"Shop\", 3]}, {\"name\": \"New\"}, 4]}",
		NULL,
		"maintenance[0].when: this key is unknown\n"
		"maintenance[0].days[1]: give days of the week: sun, mon, tue, wed, "
		"thu, fri, sat\n"
		"maintenance[0].days[2]: this day is in the list already\n"
		"maintenance[0].note: this is a number, it must be a string\n"
		"maintenance[0].covers[0]: Monitor 'Shpo' does not exist; 'Shop' is "
		"the nearest name; `hublink list monitors` shows all\n"
		"maintenance[0].covers[3]: this is in the list already\n"
		"maintenance[0].covers[4]: this is a number, it must be a string\n"
		"maintenance[0].from: From is '2am'; give a time of day such as "
		"02:30\n"
		"maintenance[0].until: Until is '24:00'; give a time of day such as "
		"02:30\n"
		"maintenance[0].first: First is 'soon'; give a date such as "
		"2026-12-01\n"
		"maintenance[0].zone: There is no time zone 'Mars/Base'; give a name "
		"such as Europe/Berlin, as `ls /usr/share/zoneinfo` shows them\n"
		"maintenance[1].every: this is missing\n"
		"maintenance[1].from: this is missing\n"
		"maintenance[1].until: this is missing\n"
		"maintenance[1].covers: this is missing\n"
		"maintenance[2]: this is a number, it must be an object\n");
}

#define TEST(name) PLACE_TEST(name, open_with_sunday, &place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(export__names_all_of_it__sorted),
		TEST(export__import__export__gives_the_same_bytes),
		TEST(import__changes_nothing__of_what_the_command_made),
		TEST(import__changes_what_is_named__and_nothing_else),
		TEST(import__pauses_and_renames__by_active_and_was),
		TEST(import__prunes__only_a_list_that_is_there),
		TEST(import__moves_the_window_that_has_not_begun__when_judged_r11),
		TEST(import__tells_all_that_is_wrong__each_at_its_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
