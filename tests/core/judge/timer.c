/* What time itself brings about: reminders (R5), and what maintenance windows keep back
 * of them (R11). */
#include "tests/support/world.h"

/* Level 1 of Default wants two reminders, ten minutes apart. */
static struct world *reminded(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	world_set(w, RECORD_LEVEL, level, "remind_every_minutes", "10");
	world_set(w, RECORD_LEVEL, level, "remind_max", "2");
	world_set(w, RECORD_PLACEMENT, world_placement(w, level), "send_reminders",
		  "true");
	world_link(w, level, "Shop", "Website");
	return w;
}

static void step_timer__reminds_at_most_max__every_minutes_apart_r5(void **state)
{
	struct world *w = reminded(state);
	world_error(w, 0, "Shop");
	world_run_until(w, 9.9);
	expect_deliveries(w, "disruption Website");
	world_run_until(w, 10);
	world_run_until(w, 100);
	expect_alerts(w, "Error 1 Shop; Reminder 1 Shop; Reminder 1 Shop");
	expect_deliveries(w, "disruption Website; reminder Website; reminder Website");
	expect_number(w, "SELECT max(at_ms) FROM alert", at(20));
}

static void step_timer__reminds_no_more__after_the_ok_r5(void **state)
{
	struct world *w = reminded(state);
	world_error(w, 0, "Shop");
	world_run_until(w, 12);
	world_ok(w, 15, "Shop");
	world_run_until(w, 100);
	expect_deliveries(w, "disruption Website; reminder Website; recovery Website");
}

static void step_timer__reminds_nobody__where_the_integration_takes_none_r5(void **state)
{
	struct world *w = reminded(state);
	const int64_t level = world_number(w, "SELECT id FROM level");
	world_set(w, RECORD_PLACEMENT, world_placement(w, level), "send_reminders",
		  "false");
	world_error(w, 0, "Shop");
	world_run_until(w, 100);
	expect_deliveries(w, "disruption Website");
}

static void step_timer__reminds_of_the_current_status__r5(void **state)
{
	struct world *w = reminded(state);
	world_error(w, 0, "Shop");
	world_sql(w, "UPDATE incident SET status = 2");
	world_run_until(w, 11);
	expect_number(w, "SELECT incident_status FROM delivery WHERE kind = 2",
		      INCIDENT_IDENTIFIED);
}

static void step_timer__skips_a_reminder__inside_a_window_r11(void **state)
{
	struct world *w = reminded(state);
	world_error(w, 0, "Shop");
	world_mute(w, "Shop", 5, 15);
	world_run_until(w, 12);
	expect_deliveries(w, "disruption Website");
	world_run_until(w, 100);
	expect_deliveries(w, "disruption Website; reminder Website; reminder Website");
	expect_number(w, "SELECT max(at_ms) FROM alert", at(30));
}

static void step_timer__stops_reminding__when_only_another_monitor_is_in_error_r5(
	void **state)
{
	struct world *w = reminded(state);
	world_link(w, world_number(w, "SELECT id FROM level"), "Mail", "Website");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_ok(w, 2, "Shop");
	world_run_until(w, 100);
	expect_deliveries(w, "disruption Website");
	expect_number(w, "SELECT remind_at_ms FROM incident", 0);
}

static void step_timer__reminds_nobody__of_what_is_held_r5_r16(void **state)
{
	struct world *w = reminded(state);
	world_set_service(w, "Website", "publish_after_ms", "15m");
	world_error(w, 0, "Shop");
	world_run_until(w, 14);
	expect_deliveries(w, "disruption Website (held)");
	world_run_until(w, 100);
	expect_deliveries(w, "disruption Website; reminder Website; reminder Website");
	expect_number(w, "SELECT max(at_ms) FROM alert", at(35));
}

static void step_timer__records_reminders_only__in_dry_run_r5_r19(void **state)
{
	struct world *w = reminded(state);
	world_mode(w, MODE_DRY_RUN);
	world_error(w, 0, "Shop");
	world_run_until(w, 11);
	expect_deliveries(w, "disruption Website (dry-run); reminder Website (dry-run)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(step_timer__reminds_at_most_max__every_minutes_apart_r5),
		IN_A_WORLD(step_timer__reminds_no_more__after_the_ok_r5),
		IN_A_WORLD(
			step_timer__reminds_nobody__where_the_integration_takes_none_r5),
		IN_A_WORLD(step_timer__reminds_of_the_current_status__r5),
		IN_A_WORLD(step_timer__skips_a_reminder__inside_a_window_r11),
		IN_A_WORLD(
			step_timer__stops_reminding__when_only_another_monitor_is_in_error_r5),
		IN_A_WORLD(step_timer__reminds_nobody__of_what_is_held_r5_r16),
		IN_A_WORLD(step_timer__records_reminders_only__in_dry_run_r5_r19),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
