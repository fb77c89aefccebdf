#include "core/judge/next.h"

#include <string.h>

#include "tests/support/acting.h"

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* What comes next as lines "8m Website goes red (…)"; "-" for what has no time. */
struct coming {
	struct buf lines;
	int64_t now_ms;
	int count;
	struct next_item first;
};

static bool note_item(void *arg, const struct next_item *item)
{
	struct coming *coming = arg;

	if (!coming->count++)
		coming->first = *item;
	if (item->at_ms)
		buf_addf(&coming->lines, "%lldm %s %s\n",
			 (long long)((item->at_ms - coming->now_ms) / MINUTE_MS),
			 next_kind_text(item->kind), item->text);
	else
		buf_addf(&coming->lines, "- %s %s\n", next_kind_text(item->kind),
			 item->text);
	return true;
}

static struct coming look(struct store *store, int64_t now_ms)
{
	struct coming coming = { .lines = BUF_INIT(65536), .now_ms = now_ms };

	must(next_list(store, now_ms, 0, note_item, &coming, err));
	return coming;
}

static void coming_done(struct coming *coming)
{
	buf_done(&coming->lines);
}

/* Level 2 triggers after 10 minutes and takes Mail to Email. */
static void add_level_2(struct store *store)
{
	run_sql(store, "DELETE FROM link WHERE service_id = 2;"
		       "INSERT INTO placement VALUES (2, 1, 2, 1, 1, 1, 0);"
		       "INSERT INTO link (id, revision, placement_id, monitor_id, "
		       "service_id) VALUES (9, 1, 2, 2, 2)");
}

static void mute(void **state, const struct maintenance_target *target, int64_t from_ms,
		 int64_t until_ms)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;

	acts(act_maintenance_add(store, target, 1, from_ms, until_ms, NULL, from_ms,
				 &result, err));
}

static void next__is_empty__when_nothing_waits(void **state)
{
	error_at(*state, SHOP, T0);
	answer_all(*state, 200, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(1));

	assert_string_equal(buf_text(&coming.lines), "");
}

static void next__tells_when_a_held_update_is_released_R16(void **state)
{
	run_sql(*state, "UPDATE service SET publish_after_ms = 600000");
	error_at(*state, SHOP, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(buf_text(&coming.lines),
			    "8m held Website goes red (held by publish_after, incident "
			    "#1)\n");
	assert_int_equal(coming.first.delivery_id, last_delivery(*state).id);
	assert_int_equal(coming.first.service_id, WEBSITE);
}

static void next__tells_what_only_an_operator_releases_R17(void **state)
{
	run_sql(*state, "UPDATE integration SET storm_max_new = 1, "
			"storm_within_ms = 600000, storm_release_after_ms = 0");
	error_at(*state, MAIL, T0);
	answer_all(*state, 200, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(1));

	assert_int_equal(coming.count, 1);
	assert_int_equal(coming.first.at_ms, 0);
	assert_non_null(strstr(coming.first.text, "held by the storm guard"));
	assert_non_null(strstr(coming.first.text, "hublink delivery release"));
}

static void next__tells_of_retries_and_of_what_waits_behind_them_R12(void **state)
{
	error_at(*state, SHOP, T0);
	answer_all(*state, 404, T0);
	ok_at(*state, SHOP, MIN(1));
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(buf_text(&coming.lines),
			    "58m retry Website goes red (attempt 2 after answer 404, "
			    "incident #1)\n"
			    "58m queued Website goes green (behind delivery #1, incident "
			    "#1)\n");
}

static void next__has_no_time_for_what_waits_while_paused(void **state)
{
	set_mode(*state, MODE_PAUSED);
	error_at(*state, SHOP, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(1));

	assert_int_equal(coming.count, 1);
	assert_int_equal(coming.first.at_ms, 0);
	assert_non_null(strstr(coming.first.text, "`hublink mode live`"));
}

static void next__is_empty__in_dry_run_R19(void **state)
{
	set_mode(*state, MODE_DRY_RUN);
	run_sql(*state, "UPDATE service SET publish_after_ms = 600000");
	add_level_2(*state);
	error_at(*state, SHOP, T0);
	error_at(*state, MAIL, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(1));

	assert_int_equal(coming.count, 0);
}

static void next__tells_which_level_triggers_and_what_it_reaches_R2(void **state)
{
	add_level_2(*state);
	error_at(*state, MAIL, T0);
	answer_all(*state, 200, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(buf_text(&coming.lines),
			    "8m level Email goes red (level 2 of 'Default', 'Mail' in "
			    "error)\n");
	assert_int_equal(coming.first.monitor_id, MAIL);
}

static void next__adds_the_hold_to_a_level_that_triggers_R16(void **state)
{
	add_level_2(*state);
	error_at(*state, MAIL, T0);
	answer_all(*state, 200, T0);
	run_sql(*state, "UPDATE service SET publish_after_ms = 300000 WHERE id = 2");
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(buf_text(&coming.lines),
			    "13m level Email goes red (level 2 of 'Default', 'Mail' in "
			    "error, then held for 5m)\n");
}

static void next__does_not_tell_of_a_level_behind_a_shut_gate_R3(void **state)
{
	add_level_2(*state);
	error_at(*state, MAIL, T0);
	answer_all(*state, 200, T0);
	run_sql(*state, "UPDATE placement SET active = 0 WHERE id = 2");
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_int_equal(coming.count, 0);
}

static void next__does_not_tell_of_an_alert_that_would_join_in_silence_R9(void **state)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct store *store = *state;
	add_level_2(store);
	error_at(store, MAIL, T0);
	acts(act_open(store, EMAIL, "the cable is cut", T0, &result, err));
	answer_all(store, 200, T0);
	DEFER(coming_done)
	struct coming coming = look(store, MIN(2));

	assert_int_equal(coming.count, 0);
}

static void next__does_not_tell_of_an_episode_that_was_let_go_R7(void **state)
{
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct store *store = *state;
	add_level_2(store);
	run_sql(store, "UPDATE link SET service_id = 1 WHERE id = 9");
	error_at(store, MAIL, T0);
	answer_all(store, 200, T0);
	acts(act_resolve(store, 1, NULL, true, MIN(1), &result, err));
	DEFER(coming_done)
	struct coming coming = look(store, MIN(2));

	assert_int_equal(coming.count, 0);
}

static void next__tells_what_the_end_of_a_window_lets_out_R11(void **state)
{
	const struct maintenance_target website = { .kind = TARGET_SERVICE,
						    .id = WEBSITE };
	mute(state, &website, T0, MIN(10)); /* Shop and Mail */
	error_at(*state, SHOP, MIN(1));
	error_at(*state, MAIL, MIN(1));
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(
		buf_text(&coming.lines),
		"8m window Website goes red (window #1 ends, 2 monitors in "
		"error)\n"
		"8m window Email goes red (window #1 ends, 'Mail' in error)\n"
		"8m maintenance maintenance of service:Website ends (window #1)\n");
}

static void next__tells_when_maintenance_begins_and_ends_R11(void **state)
{
	const struct maintenance_target shop = { .kind = TARGET_MONITOR, .id = SHOP };
	const struct maintenance_target web = { .kind = TARGET_SERVICE, .id = WEBSITE };
	mute(state, &web, MIN(30), MIN(150));
	mute(state, &shop, T0, MIN(10));
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(
		buf_text(&coming.lines),
		"8m maintenance maintenance of Shop ends (window #2)\n"
		"28m maintenance maintenance of service:Website begins (window #1, for "
		"2h)\n"
		"148m maintenance maintenance of service:Website ends (window #1)\n");
	assert_int_equal(coming.first.window_id, 2);
	assert_false(coming.first.begins);
}

static void next__does_not_tell_of_a_level_that_the_end_of_a_window_does_not_meet_R11(
	void **state)
{
	const struct maintenance_target mail = { .kind = TARGET_MONITOR, .id = MAIL };
	run_sql(*state, "DELETE FROM link WHERE monitor_id = 2");
	add_level_2(*state);
	mute(state, &mail, T0, MIN(4));
	error_at(*state, MAIL,
		 MIN(1)); /* level 2 is met at minute 11, after the window */
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(2));

	assert_string_equal(buf_text(&coming.lines),
			    "2m maintenance maintenance of Mail ends (window #1)\n"
			    "9m level Email goes red (level 2 of 'Default', 'Mail' in "
			    "error)\n");
}

static void next__tells_of_reminders_R5(void **state)
{
	run_sql(*state, "UPDATE level SET remind_max = 2, remind_every_minutes = 30;"
			"UPDATE placement SET send_reminders = 1");
	error_at(*state, SHOP, T0);
	answer_all(*state, 200, T0);
	DEFER(coming_done)
	struct coming coming = look(*state, MIN(1));

	assert_string_equal(buf_text(&coming.lines),
			    "29m reminder Website is reminded (incident #1, 2 left)\n");
}

static void next__is_sorted_and_stops_at_the_limit(void **state)
{
	struct coming coming = { .lines = BUF_INIT(65536), .now_ms = MIN(2) };
	run_sql(*state, "UPDATE service SET publish_after_ms = 600000 * id");
	error_at(*state, MAIL, T0);

	must(next_list(*state, MIN(2), 1, note_item, &coming, err));
	assert_int_equal(coming.count, 1);
	assert_int_equal(coming.first.service_id, WEBSITE);
	assert_int_equal(coming.first.at_ms, MIN(10));
	buf_done(&coming.lines);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(next__is_empty__when_nothing_waits),
		TEST(next__tells_when_a_held_update_is_released_R16),
		TEST(next__tells_what_only_an_operator_releases_R17),
		TEST(next__tells_of_retries_and_of_what_waits_behind_them_R12),
		TEST(next__has_no_time_for_what_waits_while_paused),
		TEST(next__is_empty__in_dry_run_R19),
		TEST(next__tells_which_level_triggers_and_what_it_reaches_R2),
		TEST(next__adds_the_hold_to_a_level_that_triggers_R16),
		TEST(next__does_not_tell_of_a_level_behind_a_shut_gate_R3),
		TEST(next__does_not_tell_of_an_alert_that_would_join_in_silence_R9),
		TEST(next__does_not_tell_of_an_episode_that_was_let_go_R7),
		TEST(next__tells_what_the_end_of_a_window_lets_out_R11),
		TEST(next__does_not_tell_of_a_level_that_the_end_of_a_window_does_not_meet_R11),
		TEST(next__tells_when_maintenance_begins_and_ends_R11),
		TEST(next__tells_of_reminders_R5),
		TEST(next__is_sorted_and_stops_at_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
