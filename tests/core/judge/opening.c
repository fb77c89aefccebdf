/* What an Error alert does to a service's incidents: opening, joining, reopening, holding
 * (R4, R9, R10, R16, R17, R19). */
#include "core/judge/lane.h"
#include "tests/support/world.h"

/* Change the newest incident as an operator's act would. */
static void change_incident(struct world *w, void (*change)(struct incident *incident))
{
	struct incident incident;
	world_must(store_incident_get(w->store, world_last_incident(w), &incident, err));
	change(&incident);
	world_must(store_incident_put(w->store, &incident, err));
}

static void judge_run__opens_once__for_several_levels_r4(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_link(w, world_level(w, 2, 2, 0), "Shop", "Website");
	world_link(w, world_level(w, 3, 0, 10), "Shop", "Website");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	world_run_until(w, 20);
	expect_alerts(w, "Error 1 Shop; Error 2 Shop; Error 3 Shop");
	expect_deliveries(w, "disruption Website");
	world_ok(w, 30, "Shop");
	expect_alerts(w,
		      "Error 1 Shop; Error 2 Shop; Error 3 Shop; Ok 1 Shop; Ok 2 Shop; "
		      "Ok 3 Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
}

static void judge_run__opens_one_for_each_service__of_one_monitor_r4(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	world_link(w, level, "Shop", "Website");
	world_link(w, level, "Shop", "Email");
	world_error(w, 0, "Shop");
	expect_incidents(w, "Email investigating; Website investigating");
	world_ok(w, 1, "Shop");
	expect_incidents(w, "Email monitoring; Website monitoring");
}

static void judge_run__joins_silently__and_recovers_with_the_last_r9(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	expect_deliveries(w, "disruption Website");
	world_ok(w, 2, "Shop");
	expect_deliveries(w, "disruption Website");
	world_ok(w, 3, "Mail");
	expect_deliveries(w, "disruption Website; recovery Website");
	expect_number(w, "SELECT count(*) FROM joining", 2);
}

static void judge_run__waits_for_nobody__who_has_raised_no_alert_r9(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_link(w, world_level(w, 2, 5, 0), "Mail", "Website");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_ok(w, 2, "Shop");
	expect_incidents(w, "Website monitoring");
}

static void judge_run__opens_one_per_monitor__down_until_the_last_r9(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "policy", "per-monitor");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_ok(w, 2, "Shop");
	world_ok(w, 3, "Mail");
	expect_deliveries(w, "disruption Website; disruption Website; recovery Website; "
			     "recovery Website");
	expect_number(w, "SELECT service_status FROM delivery WHERE id = 3",
		      SERVICE_DISRUPTION);
	expect_number(w, "SELECT service_status FROM delivery WHERE id = 4",
		      SERVICE_OPERATIONAL);
}

static void judge_run__keeps_the_policy_it_was_opened_with__r9(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_set_service(w, "Website", "policy", "per-monitor");
	world_error(w, 1, "Mail");
	expect_incidents(w, "Website investigating");
}

/* ---- R10 ---- */

static void judge_run__reopens__within_the_time_r10(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "reopen_within_ms", "10m");
	world_error(w, 0, "Shop");
	world_ok(w, 5, "Shop");
	world_error(w, 15, "Mail");
	expect_incidents(w, "Website investigating");
	expect_deliveries(w, "disruption Website; recovery Website; reopen Website");
	world_ok(w, 20, "Mail");
	expect_incidents(w, "Website monitoring");
	world_error(w, 30.01, "Mail");
	expect_incidents(w, "Website monitoring; Website investigating");
}

static void judge_run__never_reopens__what_is_resolved_or_by_default_r10(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	world_error(w, 2, "Shop");
	expect_incidents(w, "Website monitoring; Website investigating");
	world_set_service(w, "Website", "reopen_within_ms", "1d");
	world_ok(w, 3, "Shop");
	world_sql(w, "UPDATE incident SET status = 4");
	world_error(w, 4, "Shop");
	expect_incidents(w, "Website resolved; Website resolved; Website investigating");
}

static void judge_run__reopens_its_own__per_monitor_r10(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "policy", "per-monitor");
	world_set_service(w, "Website", "reopen_within_ms", "10m");
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	world_error(w, 2, "Mail");
	expect_incidents(w, "Website monitoring; Website investigating");
	world_error(w, 3, "Shop");
	expect_incidents(w, "Website investigating; Website investigating");
}

static void judge_run__counts_others_again__when_it_reopens_r9_r10(void **state)
{
	struct world *w = *state;
	const int64_t first = world_level(w, 1, 1, 0), second = world_level(w, 2, 3, 0);
	world_link(w, first, "Shop", "Website");
	world_link(w, second, "Mail", "Website");
	world_set_service(w, "Website", "reopen_within_ms", "1h");
	world_error(w, 0, "Shop");
	for (int i = 1; i <= 3; i++)
		world_error(w, i, "Mail");
	world_ok(w, 4, "Shop");
	world_ok(w, 5, "Mail");
	world_error(w, 6, "Mail"); /* an episode that triggers nothing yet */
	world_error(w, 7, "Shop");
	world_ok(w, 8, "Shop");
	expect_incidents(w, "Website investigating");
	world_ok(w, 9, "Mail");
	expect_incidents(w, "Website monitoring");
}

/* ---- R7: hublink's say has ended ---- */

static void resolve(struct incident *incident)
{
	assert_true(incident_move(incident, CAUSE_RESOLVED, at(1)));
	incident->let_go = true;
}

static void judge_run__is_silent_for_the_episode__that_was_let_go_r7(void **state)
{
	struct world *w = *state;
	const int64_t first = world_level(w, 1, 1, 0), second = world_level(w, 2, 0, 10);
	world_link(w, first, "Shop", "Website");
	world_link(w, second, "Shop", "Website");
	world_link(w, first, "Mail", "Website");
	world_error(w, 0, "Shop");
	change_incident(w, resolve);
	world_run_until(w, 20);
	expect_alerts(w, "Error 1 Shop; Error 2 Shop");
	expect_deliveries(w, "disruption Website");
	expect_number(
		w,
		"SELECT instr(reason, 'an operator has ended') FROM alert WHERE id = 2",
		1);
	world_ok(w, 21, "Shop");
	expect_deliveries(w, "disruption Website");
	world_error(w, 22, "Mail");
	expect_incidents(w, "Website resolved; Website investigating");
}

static void detach(struct incident *incident)
{
	assert_true(incident_move(incident, CAUSE_DETACHED, at(1)));
}

static void judge_run__joins_a_detached_one__until_all_are_ok_r7(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	change_incident(w, detach);
	world_error(w, 2, "Mail");
	world_ok(w, 3, "Shop");
	expect_incidents(w, "Website detached");
	world_ok(w, 4, "Mail");
	expect_incidents(w, "Website over");
	expect_deliveries(w, "disruption Website");
	world_error(w, 5, "Shop");
	expect_incidents(w, "Website over; Website investigating");
}

/* ---- R16, R17 ---- */

static void judge_run__holds_the_disruption__for_publish_after_r16(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "publish_after_ms", "5m");
	world_error(w, 0, "Shop");
	expect_deliveries(w, "disruption Website (held)");
	expect_incidents(w, "Website held");
	world_error(w, 1, "Mail");
	world_run_until(w, 4.9);
	expect_deliveries(w, "disruption Website (held)");
	world_run_until(w, 5);
	expect_deliveries(w, "disruption Website");
	expect_incidents(w, "Website investigating");
}

static void judge_run__says_nothing__when_it_ends_while_held_r16(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "publish_after_ms", "5m");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Mail");
	world_ok(w, 2, "Shop");
	expect_incidents(w, "Website held");
	world_ok(w, 3, "Mail");
	expect_incidents(w, "Website never-public");
	world_run_until(w, 60);
	expect_deliveries(w, "disruption Website (superseded)");
}

static void judge_run__holds_the_further_ones__in_a_storm_r17(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	world_link(w, level, "A", "SA");
	world_link(w, level, "B", "SB");
	world_link(w, level, "C", "SC");
	world_storm(w, 2, 10, 30);
	world_error(w, 0, "A");
	world_error(w, 1, "B");
	world_error(w, 2, "C");
	expect_deliveries(w, "disruption SA; disruption SB; disruption SC (held)");
	world_ok(w, 3, "A");
	expect_deliveries(
		w, "disruption SA; disruption SB; disruption SC (held); recovery SA");
	world_run_until(w, 32);
	expect_deliveries(w, "disruption SA; disruption SB; disruption SC; recovery SA");
}

static void judge_run__holds_nothing__when_the_storm_is_over_r17(void **state)
{
	struct world *w = *state;
	const int64_t level = world_level(w, 1, 1, 0);
	world_link(w, level, "A", "SA");
	world_link(w, level, "B", "SB");
	world_storm(w, 1, 10, 0);
	world_error(w, 0, "A");
	world_error(w, 10.01, "B");
	expect_deliveries(w, "disruption SA; disruption SB");
}

/* ---- R19 ---- */

static void judge_run__records_only__in_dry_run_r19(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_mode(w, MODE_DRY_RUN);
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	expect_deliveries(w, "disruption Website (dry-run); recovery Website (dry-run)");
	world_mode(w, MODE_LIVE);
	world_deliver(w);
	expect_told(w, "");
}

static void judge_run__never_sends_a_recovery__of_what_was_opened_dry_r19(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_mode(w, MODE_DRY_RUN);
	world_error(w, 0, "Shop");
	world_mode(w, MODE_LIVE);
	world_ok(w, 1, "Shop");
	expect_deliveries(w, "disruption Website (dry-run); recovery Website (dry-run)");
	expect_incidents(w, "Website monitoring");
}

static void judge_run__publishes__when_a_live_alert_joins_what_was_opened_dry_r19(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_mode(w, MODE_DRY_RUN);
	world_error(w, 0, "Shop");
	world_mode(w, MODE_LIVE);
	world_error(w, 1, "Mail");
	expect_deliveries(w, "disruption Website (dry-run); disruption Website");
	world_ok(w, 2, "Shop");
	world_ok(w, 3, "Mail");
	world_deliver(w);
	expect_told(w, "disruption Website; recovery Website");
}

static void judge_run__leaves_a_held_one_dry__that_was_decided_in_dry_run_r19(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "publish_after_ms", "5m");
	world_mode(w, MODE_DRY_RUN);
	world_error(w, 0, "Shop");
	world_mode(w, MODE_LIVE);
	world_run_until(w, 6);
	expect_deliveries(w, "disruption Website (dry-run)");
	expect_number(w, "SELECT reach FROM incident", REACH_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(judge_run__opens_once__for_several_levels_r4),
		IN_A_WORLD(judge_run__opens_one_for_each_service__of_one_monitor_r4),
		IN_A_WORLD(judge_run__joins_silently__and_recovers_with_the_last_r9),
		IN_A_WORLD(judge_run__waits_for_nobody__who_has_raised_no_alert_r9),
		IN_A_WORLD(judge_run__opens_one_per_monitor__down_until_the_last_r9),
		IN_A_WORLD(judge_run__keeps_the_policy_it_was_opened_with__r9),
		IN_A_WORLD(judge_run__reopens__within_the_time_r10),
		IN_A_WORLD(judge_run__never_reopens__what_is_resolved_or_by_default_r10),
		IN_A_WORLD(judge_run__reopens_its_own__per_monitor_r10),
		IN_A_WORLD(judge_run__counts_others_again__when_it_reopens_r9_r10),
		IN_A_WORLD(judge_run__is_silent_for_the_episode__that_was_let_go_r7),
		IN_A_WORLD(judge_run__joins_a_detached_one__until_all_are_ok_r7),
		IN_A_WORLD(judge_run__holds_the_disruption__for_publish_after_r16),
		IN_A_WORLD(judge_run__says_nothing__when_it_ends_while_held_r16),
		IN_A_WORLD(judge_run__holds_the_further_ones__in_a_storm_r17),
		IN_A_WORLD(judge_run__holds_nothing__when_the_storm_is_over_r17),
		IN_A_WORLD(judge_run__records_only__in_dry_run_r19),
		IN_A_WORLD(judge_run__never_sends_a_recovery__of_what_was_opened_dry_r19),
		IN_A_WORLD(
			judge_run__publishes__when_a_live_alert_joins_what_was_opened_dry_r19),
		IN_A_WORLD(
			judge_run__leaves_a_held_one_dry__that_was_decided_in_dry_run_r19),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
