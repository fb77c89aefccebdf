/* The judge's loop: events and timers in order of time (R1, R2, R14, R15), and
 * configuration that changes under a running episode (R3, R11, R20). */
#include "core/base/clock.h"
#include "tests/support/world.h"

static void set_monitor(struct world *w, const char *name, bool active)
{
	world_set(w, RECORD_MONITOR, world_monitor(w, name), "active",
		  active ? "true" : "false");
}

/* ---- R1, R2, R14 ---- */

static void judge_run__decides_nothing__on_unconfirmed_errors_and_stray_oks_r1(
	void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	struct event event = {
		.monitor_id = world_monitor(w, "Shop"),
		.state = EVENT_ERROR,
		.at_ms = at(0),
		.explicit_at = true,
	};
	enum event_verdict verdict;
	bool conflict;
	world_must(store_event_add(w->store, &event, at(0), &verdict, &conflict, err));
	world_ok(w, 1, "Shop");
	expect_alerts(w, "");
	expect_deliveries(w, "");
}

static void judge_run__triggers_at_the_nth_error__once_an_episode_r2(void **state)
{
	struct world *w = shop_and_website(state, 3, 0);
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	expect_alerts(w, "");
	world_error(w, 2, "Shop");
	world_error(w, 3, "Shop");
	world_error(w, 4, "Shop");
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "disruption Website");
	world_ok(w, 5, "Shop");
	world_error(w, 6, "Shop");
	world_error(w, 7, "Shop");
	expect_alerts(w, "Error 1 Shop; Ok 1 Shop");
}

static void judge_run__triggers_by_its_own_timer__without_further_events_r2(void **state)
{
	struct world *w = shop_and_website(state, 0, 10);
	world_error(w, 0, "Shop");
	world_run_until(w, 9.99);
	expect_alerts(w, "");
	assert_int_equal(w->report.next_ms, at(10));
	world_run_until(w, 10);
	expect_alerts(w, "Error 1 Shop");
	expect_number(w, "SELECT at_ms FROM alert", at(10));
	expect_number(w, "SELECT start_ms FROM incident", at(0));
}

static void judge_run__judges_in_order_of_time__after_downtime_r2(void **state)
{
	struct world *w = shop_and_website(state, 0, 10);
	world_record(w, 0, "Shop", EVENT_ERROR);
	world_record(w, 30, "Shop", EVENT_OK);
	world_run_until(w, 120);
	expect_alerts(w, "Error 1 Shop; Ok 1 Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
	expect_number(w, "SELECT opened_at_ms FROM incident", at(10));
	expect_number(w, "SELECT monitoring_at_ms FROM incident", at(30));
	expect_number(w, "SELECT min(created_ms) FROM delivery", at(120));
}

static void judge_run__takes_the_event_first__at_equal_times_r2(void **state)
{
	struct world *w = shop_and_website(state, 0, 10);
	world_record(w, 0, "Shop", EVENT_ERROR);
	world_record(w, 10, "Shop", EVENT_OK);
	world_run_until(w, 60);
	expect_alerts(w, "");
}

static void judge_run__does_nothing__for_too_old_events_r14(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_error(w, 5, "Shop");
	world_ok(w, 4, "Shop");
	expect_incidents(w, "Website investigating");
	world_ok(w, 5, "Shop");
	expect_incidents(w, "Website monitoring");
}

static void judge_run__stops_at_max_steps__and_says_more(void **state)
{
	struct world *w = shop_and_website(state, 2, 0);
	for (int i = 0; i < 10; i++)
		world_record(w, i, "Shop", EVENT_ERROR);
	struct judge_report report = { 0 };
	world_must(judge_run(w->store, w->now_ms, 7, &report, err));
	assert_true(report.more);
	assert_int_equal(report.steps, 7);
	world_must(judge_run(w->store, w->now_ms, 7, &report, err));
	assert_false(report.more);
	assert_int_equal(report.steps, 10);
}

static void judge_run__judges_all__when_there_are_more_events_than_it_reads_at_once(
	void **state)
{
	struct world *w = shop_and_website(state, 1100, 0);
	for (int i = 0; i < 1100; i++)
		world_record(w, 0.001 * i, "Shop", EVENT_ERROR);
	world_run(w);
	expect_alerts(w, "Error 1 Shop");
	expect_number(w, "SELECT errors FROM monitor_state", 1100);
}

static void judge_run__neither_loses_nor_doubles__when_the_clock_jumps_r15(void **state)
{
	struct world *w = shop_and_website(state, 0, 10);
	world_error(w, 0, "Shop");
	world_must(store_shift_clock(w->store, HOUR_MS, err));
	world_run_until(w, 65);
	expect_alerts(w, "");
	world_run_until(w, 70);
	expect_alerts(w, "Error 1 Shop");
	world_must(store_shift_clock(w->store, -HOUR_MS, err));
	world_run_until(w, 10);
	world_run_until(w, 30);
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "disruption Website");
}

static void judge_run__judges_the_end_of_a_window__though_the_clock_was_set_back_r15(
	void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_mute(w, "Mail", 0, 60);
	world_run_until(w, 70);
	world_must(store_shift_clock(w->store, -HOUR_MS, err));
	w->now_ms = at(10);
	world_mute(w, "Shop", 10, 20);
	world_error(w, 15, "Shop");
	world_run_until(w, 20);
	expect_alerts(w, "Error 1 Shop");
}

/* ---- R3: gates ---- */

static void judge_run__keeps_the_reason__when_a_gate_is_shut_r3(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	const int64_t level = world_number(w, "SELECT id FROM level");
	world_set(w, RECORD_PLACEMENT, world_placement(w, level), "active", "false");
	world_error(w, 0, "Shop");
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "");
	expect_number(w, "SELECT instr(reason, 'not ticked') > 0 FROM alert", 1);
}

static void judge_run__reaches_on__when_a_gate_opens_r3(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	const int64_t level = world_number(w, "SELECT id FROM level");
	world_set(w, RECORD_PLACEMENT, world_placement(w, level), "active", "false");
	world_error(w, 0, "Shop");
	world_set(w, RECORD_PLACEMENT, world_placement(w, level), "active", "true");
	world_run_until(w, 7);
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "disruption Website");
	expect_number(w, "SELECT start_ms FROM incident", at(0));
	expect_number(w, "SELECT opened_at_ms FROM incident", at(7));
	expect_number(w, "SELECT count(*) FROM alert WHERE reason IS NOT NULL", 0);
}

static void judge_run__does_not_alert_a_path_again__when_it_reopens_r3(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	const int64_t level = world_number(w, "SELECT id FROM level");
	world_error(w, 0, "Shop");
	world_set(w, RECORD_LEVEL, level, "active", "false");
	world_run_until(w, 1);
	world_set(w, RECORD_LEVEL, level, "active", "true");
	world_run_until(w, 2);
	world_error(w, 3, "Shop");
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "disruption Website");
}

static void judge_run__judges_at_once__when_a_threshold_falls_r3(void **state)
{
	struct world *w = shop_and_website(state, 0, 60);
	world_error(w, 0, "Shop");
	world_run_until(w, 20);
	expect_alerts(w, "");
	world_set(w, RECORD_LEVEL, world_number(w, "SELECT id FROM level"),
		  "after_minutes", "15");
	world_run_until(w, 21);
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "disruption Website");
}

static void judge_run__ends_the_episode_first__when_an_ok_waits_behind_a_change_r3(
	void **state)
{
	struct world *w = shop_and_website(state, 5, 0);
	world_error(w, 0, "Shop");
	world_set(w, RECORD_LEVEL, world_number(w, "SELECT id FROM level"),
		  "after_errors", "1");
	world_record(w, 1, "Shop", EVENT_OK);
	world_run_until(w, 2);
	expect_alerts(w, "");
}

static void judge_configuration__says_how_many_incidents_it_opens__r3(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	(void)world_monitor(w, "Shop");
	world_error(w, 0, "Shop");
	world_link(w, level, "Shop", "Website");
	world_link(w, level, "Shop", "Email");
	struct judge_report report = { 0 };
	world_must(judge_configuration(w->store, at(1), &report, err));
	assert_int_equal(report.opened, 2);
	world_must(judge_configuration(w->store, at(2), &report, err));
	assert_int_equal(report.opened, 2);
}

/* ---- R20, R11 ---- */

static void judge_run__raises_nothing__for_an_inactive_monitor_r20(void **state)
{
	struct world *w = shop_and_website(state, 2, 0);
	set_monitor(w, "Shop", false);
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	world_error(w, 2, "Shop");
	expect_alerts(w, "");
	expect_number(w, "SELECT errors FROM monitor_state", 3);
	set_monitor(w, "Shop", true);
	world_run_until(w, 5);
	expect_alerts(w, "Error 1 Shop");
	expect_number(w, "SELECT start_ms FROM incident", at(0));
}

static void judge_run__recovers__when_its_monitor_was_deactivated_r20_r8(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_error(w, 0, "Shop");
	set_monitor(w, "Shop", false);
	world_ok(w, 5, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
}

static void judge_run__raises_nothing_inside_a_window__and_what_lasts_after_it_r11(
	void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 2, 0);
	world_link(w, level, "Shop", "Website");
	world_link(w, level, "Mail", "Email");
	world_mute(w, "Shop", 0, 30);
	world_mute(w, "Mail", 0, 30);
	world_error(w, 1, "Shop");
	world_error(w, 2, "Shop");
	world_error(w, 1, "Mail");
	world_error(w, 2, "Mail");
	world_ok(w, 3, "Mail");
	world_run_until(w, 29);
	expect_alerts(w, "");
	world_run_until(w, 31);
	expect_alerts(w, "Error 1 Shop");
	expect_deliveries(w, "disruption Website");
	expect_number(w, "SELECT start_ms FROM incident", at(1));
	expect_number(w, "SELECT opened_at_ms FROM incident", at(30));
}

static void judge_run__lets_a_level_timer_pass__inside_a_window_r11(void **state)
{
	struct world *w = shop_and_website(state, 0, 10);
	world_mute(w, "Shop", 5, 30);
	world_error(w, 0, "Shop");
	world_run_until(w, 20);
	expect_alerts(w, "");
	world_run_until(w, 60);
	expect_alerts(w, "Error 1 Shop");
	expect_number(w, "SELECT at_ms FROM alert", at(30));
}

static void judge_run__recovers_at_once__inside_a_window_r11(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_error(w, 0, "Shop");
	world_mute(w, "Shop", 1, 30);
	world_ok(w, 5, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(
			judge_run__decides_nothing__on_unconfirmed_errors_and_stray_oks_r1),
		IN_A_WORLD(judge_run__triggers_at_the_nth_error__once_an_episode_r2),
		IN_A_WORLD(
			judge_run__triggers_by_its_own_timer__without_further_events_r2),
		IN_A_WORLD(judge_run__judges_in_order_of_time__after_downtime_r2),
		IN_A_WORLD(judge_run__takes_the_event_first__at_equal_times_r2),
		IN_A_WORLD(judge_run__does_nothing__for_too_old_events_r14),
		IN_A_WORLD(judge_run__stops_at_max_steps__and_says_more),
		IN_A_WORLD(
			judge_run__judges_all__when_there_are_more_events_than_it_reads_at_once),
		IN_A_WORLD(
			judge_run__neither_loses_nor_doubles__when_the_clock_jumps_r15),
		IN_A_WORLD(
			judge_run__judges_the_end_of_a_window__though_the_clock_was_set_back_r15),
		IN_A_WORLD(judge_run__keeps_the_reason__when_a_gate_is_shut_r3),
		IN_A_WORLD(judge_run__reaches_on__when_a_gate_opens_r3),
		IN_A_WORLD(judge_run__does_not_alert_a_path_again__when_it_reopens_r3),
		IN_A_WORLD(judge_run__judges_at_once__when_a_threshold_falls_r3),
		IN_A_WORLD(
			judge_run__ends_the_episode_first__when_an_ok_waits_behind_a_change_r3),
		IN_A_WORLD(judge_configuration__says_how_many_incidents_it_opens__r3),
		IN_A_WORLD(judge_run__raises_nothing__for_an_inactive_monitor_r20),
		IN_A_WORLD(judge_run__recovers__when_its_monitor_was_deactivated_r20_r8),
		IN_A_WORLD(
			judge_run__raises_nothing_inside_a_window__and_what_lasts_after_it_r11),
		IN_A_WORLD(judge_run__lets_a_level_timer_pass__inside_a_window_r11),
		IN_A_WORLD(judge_run__recovers_at_once__inside_a_window_r11),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
