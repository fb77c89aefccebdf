/* Recurring maintenance through a real store (R11): its windows are there when they are
 * asked for, whatever the engine slept through. */
#include "core/judge/recur.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/judge/act_recurring.h"
#include "tests/support/world.h"

/* The world begins at 14:13:20 UTC: minutes to the next 15:00, and a little more, for
 * fractions are cut. */
#define TO_15 (46 + 40 / 60.0 + 1e-6)
#define DAY (24 * 60.0)

/* Shop's maintenance, every day from 15:00 to 16:00 UTC. */
static struct schedule daily(void)
{
	return (struct schedule){ .name = "Backup",
				  .every = EVERY_DAY,
				  .from = "15:00",
				  .until = "16:00",
				  .zone = "UTC" };
}

static void add(struct world *w, struct schedule schedule)
{
	const struct maintenance_target shop = { .kind = TARGET_MONITOR,
						 .id = world_monitor(w, "Shop") };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	world_must(act_recurring_add(w->store, &schedule, &shop, 1, w->now_ms, &result,
				     err));
}

static void recur__makes_the_next_window__as_soon_as_it_is_set_r11(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	add(w, daily());
	expect_number(w, "SELECT count(*) FROM maintenance", 1);
	expect_number(w, "SELECT from_ms FROM maintenance", at(TO_15));
	expect_number(w, "SELECT until_ms FROM maintenance", at(TO_15 + 60));
	expect_number(w, "SELECT count(*) FROM maintenance_target", 1);
	/* Made, and what it covers: one act. */
	expect_number(w, "SELECT count(*) FROM audit WHERE object_kind = 'schedule'", 2);
	expect_number(w,
		      "SELECT count(DISTINCT act) FROM audit WHERE object_kind = "
		      "'schedule'",
		      1);
}

static void recur__mutes_each_time__and_judges_what_lasts_r11(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	add(w, daily());
	for (int day = 0; day < 3; day++) {
		world_error(w, day * DAY + TO_15 + 30, "Shop");
		expect_alerts(w, "");
		world_ok(w, day * DAY + TO_15 + 40, "Shop");
	}
	world_error(w, 3 * DAY + TO_15 + 30, "Shop");
	expect_alerts(w, "");
	world_run_until(w, 3 * DAY + TO_15 + 61);
	expect_alerts(w, "Error 1 Shop");
	/* With its true start. */
	expect_number(w, "SELECT start_ms FROM incident", at(3 * DAY + TO_15 + 30));
	expect_number(w, "SELECT opened_at_ms FROM incident", at(3 * DAY + TO_15 + 60));
}

static void recur__knows_the_windows__that_the_engine_slept_through_r2(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	add(w, daily());
	world_record(w, 2 * DAY + TO_15 + 10, "Shop", EVENT_ERROR);
	world_record(w, 2 * DAY + TO_15 + 20, "Shop", EVENT_OK);
	world_record(w, 3 * DAY + TO_15 + 50, "Shop", EVENT_ERROR);
	world_run_until(w, 5 * DAY);
	expect_alerts(w, "Error 1 Shop");
	expect_number(w, "SELECT at_ms FROM alert", at(3 * DAY + TO_15 + 60));
	/* Five have begun, and the next one is there. */
	expect_number(w, "SELECT count(*) FROM maintenance", 6);
}

static void recur__goes_on_now__if_it_is_set_within_its_time_r11(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_run_until(w, TO_15 + 20);
	add(w, daily());
	expect_number(w, "SELECT count(*) FROM maintenance", 2);
	world_error(w, TO_15 + 30, "Shop");
	expect_alerts(w, "");
}

static void recur__takes_back_what_has_not_begun__when_it_changes(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	struct schedule changed = daily();
	const struct maintenance_target shop = { .kind = TARGET_MONITOR,
						 .id = world_monitor(w, "Shop") };
	bool found;
	add(w, daily());
	world_must(store_schedule_find(w->store, "Backup", &changed, &found, err));
	memcpy(changed.from, "15:30", 6);
	world_must(store_schedule_put(w->store, &changed, &shop, 1, err));
	world_run_until(w, 1);
	expect_number(w, "SELECT count(*) FROM maintenance", 1);
	expect_number(w, "SELECT from_ms FROM maintenance", at(TO_15 + 30));
}

static void recur__makes_no_windows__while_it_is_paused(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err why = { 0 };
	add(w, daily());
	world_must(
		act_recurring_pause(w->store, "Backup", true, w->now_ms, &result, err));
	expect_number(w, "SELECT count(*) FROM maintenance", 0);
	world_error(w, TO_15 + 30, "Shop");
	expect_alerts(w, "Error 1 Shop");
	world_ok(w, TO_15 + 31, "Shop");
	assert_false(
		act_recurring_pause(w->store, "Backup", true, w->now_ms, &result, &why));
	assert_int_equal(why.code, ERR_REFUSED);
	world_must(
		act_recurring_pause(w->store, "Backup", false, w->now_ms, &result, err));
	world_error(w, DAY + TO_15 + 30, "Shop");
	expect_alerts(w, "Error 1 Shop; Ok 1 Shop");
}

static void recur__covers_something_else__from_the_next_time_on(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	const struct maintenance_target web = { .kind = TARGET_GROUP, .group = "web" };
	const struct maintenance_target shop = { .kind = TARGET_MONITOR,
						 .id = world_monitor(w, "Shop") };
	add(w, daily());
	world_must(store_schedule_set_target(w->store, 1, &web, true, err));
	world_must(store_schedule_set_target(w->store, 1, &shop, false, err));
	world_run_until(w, 1);
	world_error(w, TO_15 + 30, "Shop");
	expect_alerts(w, "Error 1 Shop");
	expect_number(w,
		      "SELECT count(*) FROM maintenance_target WHERE group_name = "
		      "'web'",
		      2);
	expect_number(w, "SELECT count(*) FROM maintenance_target", 2);
}

static void recur__is_not_made_again__after_one_time_of_it_was_ended(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	add(w, daily());
	world_must(act_maintenance_end(w->store, 1, w->now_ms, &result, err));
	world_error(w, TO_15 + 30, "Shop");
	expect_alerts(w, "Error 1 Shop");
	world_ok(w, TO_15 + 31, "Shop");
	world_error(w, DAY + TO_15 + 30, "Shop");
	expect_alerts(w, "Error 1 Shop; Ok 1 Shop");
}

static void recur__leaves_what_has_begun__when_it_is_deleted(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	add(w, daily());
	world_run_until(w, TO_15 + 10);
	expect_number(w, "SELECT count(*) FROM maintenance", 2);
	world_must(act_recurring_delete(w->store, "Backup", w->now_ms, &result, err));
	expect_number(w, "SELECT count(*) FROM maintenance", 1);
	world_error(w, TO_15 + 30, "Shop");
	expect_alerts(w, "");
	world_run_until(w, TO_15 + 60);
	expect_alerts(w, "Error 1 Shop");
	world_run_until(w, 3 * DAY);
	expect_number(w, "SELECT count(*) FROM maintenance", 1);
}

static void recur__loses_and_doubles_no_window__when_the_clock_jumps_r15(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	add(w, daily());
	world_run_until(w, 10 * DAY);
	const int64_t made = world_number(w, "SELECT count(*) FROM maintenance");
	w->now_ms = at(2 * DAY);
	world_run(w);
	expect_number(w, "SELECT count(*) FROM maintenance", made);
	world_error(w, 2 * DAY + TO_15 + 30, "Shop");
	expect_alerts(w, "");
	world_run_until(w, 11 * DAY);
	expect_number(w, "SELECT count(*) = count(DISTINCT from_ms) FROM maintenance", 1);
}

static void recur__refuses_what_never_comes_round__and_names_that_are_taken(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	const struct maintenance_target shop = { .kind = TARGET_MONITOR,
						 .id = world_monitor(w, "Shop") };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };
	struct schedule over = daily();
	memcpy(over.last, "2020-01-01", 11);
	assert_false(
		act_recurring_add(w->store, &over, &shop, 1, w->now_ms, &result, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "never comes round"));
	add(w, daily());
	struct schedule again = daily();
	assert_false(
		act_recurring_add(w->store, &again, &shop, 1, w->now_ms, &result, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "exists already"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(recur__makes_the_next_window__as_soon_as_it_is_set_r11),
		IN_A_WORLD(recur__mutes_each_time__and_judges_what_lasts_r11),
		IN_A_WORLD(recur__knows_the_windows__that_the_engine_slept_through_r2),
		IN_A_WORLD(recur__goes_on_now__if_it_is_set_within_its_time_r11),
		IN_A_WORLD(recur__takes_back_what_has_not_begun__when_it_changes),
		IN_A_WORLD(recur__makes_no_windows__while_it_is_paused),
		IN_A_WORLD(recur__covers_something_else__from_the_next_time_on),
		IN_A_WORLD(recur__is_not_made_again__after_one_time_of_it_was_ended),
		IN_A_WORLD(recur__leaves_what_has_begun__when_it_is_deleted),
		IN_A_WORLD(recur__loses_and_doubles_no_window__when_the_clock_jumps_r15),
		IN_A_WORLD(
			recur__refuses_what_never_comes_round__and_names_that_are_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
