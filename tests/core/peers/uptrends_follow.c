/* Following the alerts of an account: which questions are asked, and what is recorded
 * (R14). The answers are canned; the store is real. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/peers/uptrends_follow.h"
#include "core/store_sources.h"
#include "tests/support/journal.h"

/* 2026-09-21T14:13:20Z; in the account's zone 16:13:20 (+1 h, summer +1 h). */
#define NOW T0
#define SHOP_GUID "0b1f6c58-19b4-4f80-9f19-aaaaaaaaaaa1"

struct canned {
	const char *path, *json; /* the path begins so */
};
static const struct canned account[] = {
	{ "/Account/Settings", "{\"TimezoneId\": 23}" },
	{ "/Timezone/23", "{\"OffsetFromUtc\": 60, \"HasDaylightSaving\": true,"
			  " \"DaylightSavingOffset\": 60, \"DaylightSavingStart\":"
			  " \"2026-03-29T02:00:00\", \"DaylightSavingEnd\":"
			  " \"2026-10-25T03:00:00\"}" },
	{ "/MonitorGroup",
	  "[{\"MonitorGroupGuid\": \"C0000000-0000-0000-0000-000000000001\","
	  " \"IsAll\": true}]" },
};

#define ALERT(id, type, at)                                              \
	"{\"Id\": \"" id "\", \"Attributes\": {\"AlertType\": \"" type   \
	"\", \"MonitorGuid\": \"0B1F6C58-19B4-4F80-9F19-AAAAAAAAAAA1\"," \
	" \"Timestamp\": \"2026-09-21T" at "\", \"FirstError\": "        \
	"\"2026-09-21T15:59:00\", \"ErrorDescription\": \"HTTP 500\","   \
	" \"ErrorMessage\": \"no\\nluck\"}}"
#define STATUS(level, at)                               \
	"{\"Data\": [{\"Id\": \"" SHOP_GUID             \
	"\", \"Attributes\": {\"ErrorLevel\": \"" level \
	"\", \"LastCheck\": \"2026-09-21T" at "\", \"LastMonitorCheckId\": 7}}]}"
#define EMPTY "{\"Data\": []}"

/* What is asked, and what is answered. */
struct scene {
	struct store *store;
	struct uptrends_follow follow;
	struct buf asked; /* a line for each question */
	const struct canned *answers;
	size_t count;
};

static const char *answer_to(const struct scene *scene, const char *path)
{
	for (size_t i = 0; i < scene->count; i++)
		if (text_starts_with(path, scene->answers[i].path))
			return scene->answers[i].json;
	for (size_t i = 0; i < COUNT_OF(account); i++)
		if (text_starts_with(path, account[i].path))
			return account[i].json;
	fail_msg("nobody answers %s", path);
	return NULL;
}

static void begin(struct scene *scene, int64_t now_ms)
{
	struct uptrends_progress progress;
	must(store_uptrends_progress(scene->store, &progress, err));
	buf_reset(&scene->asked);
	uptrends_follow_begin(&scene->follow, &progress, now_ms);
}

/* A whole round at now_ms. False: an answer was refused, and the round is over. */
static bool run_round(struct scene *scene, int64_t now_ms, const struct canned *answers,
		      size_t count)
{
	DEFER(buf_done) struct buf path = BUF_INIT(1000);
	scene->answers = answers;
	scene->count = count;
	begin(scene, now_ms);
	while (uptrends_follow_question(&scene->follow, &path)) {
		const char *json = answer_to(scene, buf_text(&path));
		DEFER(json_done)
		struct json *answer = json_parse(json, strlen(json), NULL);
		struct err why = { 0 };
		assert_non_null(answer);
		buf_addf(&scene->asked, "%s\n", buf_text(&path));
		buf_reset(&path);
		if (uptrends_follow_answer(&scene->follow, scene->store, answer, now_ms,
					   &why))
			continue;
		must(uptrends_follow_failed(&scene->follow, scene->store, why.text,
					    now_ms, err));
		return false;
	}
	return true;
}
#define ROUND(scene, now_ms, ...)                                        \
	run_round(scene, now_ms, (const struct canned[]){ __VA_ARGS__ }, \
		  COUNT_OF(((const struct canned[]){ __VA_ARGS__ })))

static struct scene open_scene(struct store *store)
{
	struct scene scene = { .store = store, .asked = BUF_INIT(100000) };
	run_sql(store, "UPDATE monitor SET guid = '" SHOP_GUID "' WHERE id = 1");
	uptrends_follow_init(&scene.follow, NULL);
	return scene;
}

static void close_scene(struct scene *scene)
{
	uptrends_follow_done(&scene->follow);
	buf_done(&scene->asked);
}

static void expect_asked(const struct scene *scene, const char *part, bool expected)
{
	if ((strstr(buf_text(&scene->asked), part) != NULL) != expected)
		fail_msg("'%s' is %sin: %s", part, expected ? "not " : "",
			 buf_text(&scene->asked));
}

/* "error 14:00:00, ok 14:05:00": all events of Shop, by their minutes before NOW. */
static void expect_events(struct store *store, const char *text)
{
	DEFER(buf_done) struct buf all = BUF_INIT(10000);
	struct event events[32];
	const int count =
		store_events_pending(store, (struct event_place){ 0 }, events, 32, NULL);
	for (int i = 0; i < count; i++) {
		char at[TIME_TEXT_SIZE];
		time_format_utc(at, events[i].at_ms);
		buf_addf(&all, "%s%s %.8s", i > 0 ? ", " : "",
			 events[i].state == EVENT_OK ? "ok" : "error", at + 11);
	}
	assert_string_equal(buf_text(&all), text);
}

/* The first round, in which nothing is wrong. */
static void begin_well(struct scene *scene)
{
	assert_true(
		ROUND(scene, NOW - HOUR_MS, { "/Alert/", EMPTY }, { "/Status/", EMPTY }));
}

static void follow__asks_for_the_account__then_its_day_and_its_status(void **state)
{
	struct scene scene = open_scene(*state);
	begin_well(&scene);
	assert_string_equal(buf_text(&scene.asked),
			    "/Account/Settings\n/Timezone/23\n/MonitorGroup\n"
			    "/Alert/MonitorGroup/c0000000-0000-0000-0000-000000000001"
			    "?Sorting=Ascending&Take=100&PresetPeriod=CurrentDay\n"
			    "/Status/MonitorGroup/c0000000-0000-0000-0000-000000000001"
			    "?skip=0&take=10000\n");
	assert_true(ROUND(&scene, NOW, { "/Alert/", EMPTY }));
	assert_int_equal(strchr(buf_text(&scene.asked), '\n')[1], '\0');
	close_scene(&scene);
}

static void follow__records_errors_and_oks__in_the_accounts_zone(void **state)
{
	struct scene scene = open_scene(*state);
	struct event event;
	begin_well(&scene);
	assert_true(
		ROUND(&scene, NOW,
		      { "/Alert/",
			"{\"Data\": [" ALERT("a1", "Error", "16:00:00") ", " ALERT(
				"a2", "Reminder",
				"16:05:00") ", " ALERT("a3", "Ok", "16:10:00") "]}" }));
	expect_events(*state, "error 14:00:00, ok 14:10:00");
	assert_int_equal(
		store_events_pending(*state, (struct event_place){ 0 }, &event, 1, NULL),
		1);
	assert_string_equal(event.id, "a1/Alert");
	assert_int_equal(event.started_ms, event.at_ms - MINUTE_MS);
	assert_string_equal(event.message, "HTTP 500: no\nluck");
	close_scene(&scene);
}

static void follow__counts_an_alert_once__though_it_is_read_twice_r14(void **state)
{
	struct scene scene = open_scene(*state);
	static const char page[] = "{\"Data\": [" ALERT("a1", "Error", "16:00:00") "]}";
	begin_well(&scene);
	assert_true(ROUND(&scene, NOW, { "/Alert/", page }));
	assert_true(ROUND(&scene, NOW + MINUTE_MS, { "/Alert/", page }));
	expect_events(*state, "error 14:00:00");
	close_scene(&scene);
}

static void follow__pages_by_cursor__and_goes_on_where_it_was(void **state)
{
	struct scene scene = open_scene(*state);
	begin_well(&scene);
	const struct canned pages[] = {
		{ "/Alert/MonitorGroup/c0000000-0000-0000-0000-000000000001"
		  "?Sorting=Ascending&Take=100&PresetPeriod=CurrentDay&Cursor=b%2F%3D",
		  "{\"Data\": [" ALERT("a2", "Ok",
				       "16:10:00") "],"
						   " \"Cursors\": {\"Self\": \"b/=\"}}" },
		{ "/Alert/",
		  "{\"Data\": [" ALERT("a1", "Error",
				       "16:00:00") "],"
						   " \"Cursors\": {\"Self\": \"a\", "
						   "\"Next\": \"b/=\"}}" },
	};
	assert_true(run_round(&scene, NOW, pages, COUNT_OF(pages)));
	expect_events(*state, "error 14:00:00, ok 14:10:00");
	assert_true(run_round(&scene, NOW + MINUTE_MS, pages, COUNT_OF(pages)));
	expect_asked(&scene, "Cursor=b%2F%3D", true);
	assert_int_equal(strchr(buf_text(&scene.asked), '\n')[1], '\0');
	close_scene(&scene);
}

static void follow__leaves_a_feed__that_never_ends(void **state)
{
	struct scene scene = open_scene(*state);
	begin_well(&scene);
	assert_true(
		ROUND(&scene, NOW,
		      { "/Alert/",
			"{\"Data\": [" ALERT(
				"a1", "Error",
				"16:00:00") "], \"Cursors\": {\"Next\": \"again\"}}" }));
	expect_events(*state, "error 14:00:00");
	assert_true(ROUND(&scene, NOW + MINUTE_MS,
			  { "/Alert/", "{\"Data\": [], \"Cursors\": {\"Self\": \"z\", "
				       "\"Next\": \"zz\"}}" }));
	close_scene(&scene);
}

/* What is past stays past when an account is followed for the first time. */
static void follow__begins_with_what_is_wrong_now__since_when_it_is(void **state)
{
	struct scene scene = open_scene(*state);
	struct event event;
	assert_true(ROUND(&scene, NOW,
			  { "/Alert/",
			    "{\"Data\": [" ALERT("a1", "Error", "09:00:00") ", " ALERT(
				    "a2", "Ok", "09:10:00") ", " ALERT("a3", "Error",
								       "16:00:00") "]}" },
			  { "/Status/", STATUS("Confirmed", "16:12:00") }));
	expect_events(*state, "error 14:12:00");
	assert_int_equal(
		store_events_pending(*state, (struct event_place){ 0 }, &event, 1, NULL),
		1);
	assert_int_equal(event.started_ms, event.at_ms - 13 * MINUTE_MS);
	close_scene(&scene);
}

static void follow__records_nothing_of_the_past__when_all_is_well_now(void **state)
{
	struct scene scene = open_scene(*state);
	assert_true(ROUND(
		&scene, NOW,
		{ "/Alert/", "{\"Data\": [" ALERT("a1", "Error", "09:00:00") ", " ALERT(
				     "a2", "Ok", "09:10:00") "]}" },
		{ "/Status/", STATUS("NoError", "16:12:00") }));
	expect_events(*state, "");
	close_scene(&scene);
}

static void follow__tells_a_missed_ok__from_the_status_at_its_start(void **state)
{
	struct scene scene = open_scene(*state);
	begin_well(&scene);
	assert_true(ROUND(
		&scene, NOW,
		{ "/Alert/", "{\"Data\": [" ALERT("a1", "Error", "16:00:00") "]}" }));
	uptrends_follow_done(&scene.follow);
	uptrends_follow_init(&scene.follow, NULL); /* another engine */
	assert_true(ROUND(&scene, NOW + MINUTE_MS, { "/Alert/", EMPTY },
			  { "/Status/", STATUS("NoError", "16:13:00") }));
	expect_events(*state, "error 14:00:00, ok 14:13:00");
	close_scene(&scene);
}

static void follow__believes_no_status__that_is_not_certain(void **state)
{
	static const char *const levels[] = { "Unconfirmed", "Inactive", "Inconclusive",
					      "SomethingNew" };
	struct scene scene = open_scene(*state);
	begin_well(&scene);
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		char json[300];
		(void)snprintf(json, sizeof(json),
			       "{\"Data\": [{\"Id\": \"" SHOP_GUID
			       "\", \"Attributes\": {\"ErrorLevel\": "
			       "\"%s\"}}]}",
			       levels[i]);
		scene.follow.must_compare = true;
		assert_true(
			ROUND(&scene, NOW, { "/Alert/", EMPTY }, { "/Status/", json }));
	}
	expect_events(*state, "");
	close_scene(&scene);
}

static void follow__reads_the_days_it_missed__across_midnight_and_longer(void **state)
{
	static const struct {
		int days;
		const char *period;
	} cases[] = { { 1, "PreviousDay" }, { 4, "Last7Days" }, { 20, "Last30Days" } };
	struct scene scene = open_scene(*state);
	int64_t now_ms = NOW;
	begin_well(&scene);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		now_ms += cases[i].days * DAY_MS;
		assert_true(ROUND(&scene, now_ms, { "/Alert/", EMPTY },
				  { "/Status/", EMPTY }));
		expect_asked(&scene, cases[i].period, true);
		expect_asked(&scene, "CurrentDay", true);
		expect_asked(&scene, "/Status/", true);
		expect_asked(&scene, "/Timezone/", true);
	}
	/* 22:30 UTC is the next day there already */
	assert_true(ROUND(&scene, now_ms + 8 * HOUR_MS + 17 * MINUTE_MS,
			  { "/Alert/", EMPTY }, { "/Status/", EMPTY }));
	expect_asked(&scene, "PreviousDay", true);
	close_scene(&scene);
}

static void follow__keeps_an_alert__of_a_monitor_nobody_knows(void **state)
{
	struct scene scene = open_scene(*state);
	int64_t count;
	begin_well(&scene);
	run_sql(*state, "UPDATE monitor SET guid = NULL");
	assert_true(ROUND(
		&scene, NOW,
		{ "/Alert/", "{\"Data\": [" ALERT("a1", "Error", "16:00:00") "]}" }));
	must(store_count_unmatched(*state, &count, err));
	assert_int_equal(count, 1);
	expect_events(*state, "");
	close_scene(&scene);
}

static void follow__says_so__when_the_zone_must_be_wrong(void **state)
{
	struct scene scene = open_scene(*state);
	struct uptrends_progress progress;
	begin_well(&scene);
	assert_true(ROUND(
		&scene, NOW,
		{ "/Alert/", "{\"Data\": [" ALERT("a1", "Error", "18:00:00") ", " ALERT(
				     "a2", "Error", "16:00:00") "]}" }));
	expect_events(*state, "error 14:00:00");
	must(store_uptrends_progress(*state, &progress, err));
	assert_int_equal(progress.polled_ms, NOW);
	assert_non_null(strstr(progress.failure, "was not taken"));
	close_scene(&scene);
}

static void follow__ends_the_round__when_an_answer_is_not_what_was_promised(void **state)
{
	static const struct canned broken[] = {
		{ "/Account/Settings", "{}" },
		{ "/Timezone/", "[]" },
		{ "/MonitorGroup", "[{\"IsAll\": false}]" },
		{ "/Alert/", "{\"Data\": [{}]}" },
		{ "/Status/", "{}" },
	};
	struct uptrends_progress progress;
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		struct scene scene = open_scene(*state);
		assert_false(ROUND(&scene, NOW, broken[i], { "/Alert/", EMPTY },
				   { "/Status/", EMPTY }));
		must(store_uptrends_progress(*state, &progress, err));
		assert_int_equal(progress.polled_ms, 0);
		assert_int_equal(progress.failed_ms, NOW);
		assert_non_null(strstr(progress.failure, "lacks"));
		close_scene(&scene);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(follow__asks_for_the_account__then_its_day_and_its_status),
		JOURNAL_TEST(follow__records_errors_and_oks__in_the_accounts_zone),
		JOURNAL_TEST(follow__counts_an_alert_once__though_it_is_read_twice_r14),
		JOURNAL_TEST(follow__pages_by_cursor__and_goes_on_where_it_was),
		JOURNAL_TEST(follow__leaves_a_feed__that_never_ends),
		JOURNAL_TEST(follow__begins_with_what_is_wrong_now__since_when_it_is),
		JOURNAL_TEST(follow__records_nothing_of_the_past__when_all_is_well_now),
		JOURNAL_TEST(follow__tells_a_missed_ok__from_the_status_at_its_start),
		JOURNAL_TEST(follow__believes_no_status__that_is_not_certain),
		JOURNAL_TEST(
			follow__reads_the_days_it_missed__across_midnight_and_longer),
		JOURNAL_TEST(follow__keeps_an_alert__of_a_monitor_nobody_knows),
		JOURNAL_TEST(follow__says_so__when_the_zone_must_be_wrong),
		JOURNAL_TEST(
			follow__ends_the_round__when_an_answer_is_not_what_was_promised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
