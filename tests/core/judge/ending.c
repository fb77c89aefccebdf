/* What OKs and errors of joined monitors do to their incidents (R6, R8, R9, R16, R18). */
#include "core/judge/lane.h"
#include "tests/support/world.h"

static int64_t only_level(struct world *w)
{
	return world_number(w, "SELECT id FROM level");
}

static void judge_run__sends_nothing__when_no_level_wants_the_ok_r6(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	const int64_t placement = world_placement(w, only_level(w));
	world_set(w, RECORD_PLACEMENT, placement, "send_ok", "false");
	world_error(w, 0, "Shop");
	world_set(w, RECORD_PLACEMENT, placement, "send_ok", "true");
	world_ok(w, 1, "Shop");
	expect_alerts(w, "Error 1 Shop; Ok 1 Shop");
	expect_deliveries(w, "disruption Website");
	expect_incidents(w, "Website investigating");
	expect_number(w, "SELECT ok_not_sent FROM incident", 1);
	expect_number(
		w, "SELECT instr(reason, 'send_ok is off') > 0 FROM alert WHERE type = 1",
		1);
}

static void judge_run__sends_the_ok__when_a_level_that_joined_wants_it_r6(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_set(w, RECORD_PLACEMENT, world_placement(w, only_level(w)), "send_ok",
		  "false");
	world_link(w, world_level(w, 2, 2, 0), "Shop", "Website");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	world_ok(w, 2, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
}

static void judge_run__sends_nothing__at_the_end_of_what_triggered_nothing_r6(
	void **state)
{
	struct world *w = *state;
	world_link(w, world_level(w, 1, 3, 0), "Shop", "Website");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	world_ok(w, 2, "Shop");
	expect_alerts(w, "");
	expect_deliveries(w, "");
}

static void judge_run__recovers__though_everything_was_switched_off_r8(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_error(w, 0, "Shop");
	const int64_t level = only_level(w);
	world_set(w, RECORD_PLACEMENT, world_placement(w, level), "active", "false");
	world_set(w, RECORD_LEVEL, level, "active", "false");
	world_set(w, RECORD_DEFINITION, w->definition_id, "active", "false");
	world_must(store_definition_set_monitor(w->store, w->definition_id,
						world_monitor(w, "Shop"), false, err));
	world_ok(w, 1, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
}

/* ---- recover_after (R16) ---- */

static void judge_run__holds_the_recovery__for_recover_after_r16(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_set_service(w, "Website", "recover_after_ms", "5m");
	world_error(w, 0, "Shop");
	world_ok(w, 10, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website (held)");
	expect_incidents(w, "Website investigating");
	world_run_until(w, 15);
	expect_deliveries(w, "disruption Website; recovery Website");
	expect_incidents(w, "Website monitoring");
	expect_number(w, "SELECT monitoring_at_ms FROM incident", at(15));
}

static void judge_run__drops_a_held_recovery__on_an_error_that_triggers_nothing_r16(
	void **state)
{
	struct world *w = *state;
	world_link(w, world_level(w, 1, 2, 0), "Shop", "Website");
	world_set_service(w, "Website", "recover_after_ms", "5m");
	world_error(w, 0, "Shop");
	world_error(w, 1, "Shop");
	world_ok(w, 10, "Shop");
	world_error(w, 12, "Shop");
	world_run_until(w, 20);
	expect_deliveries(w, "disruption Website; recovery Website (superseded)");
	world_ok(w, 21, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website (superseded); "
			     "recovery Website (held)");
	world_run_until(w, 26);
	expect_incidents(w, "Website monitoring");
}

static void judge_run__drops_a_held_recovery__when_another_monitor_joins_r16(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_link(w, only_level(w), "Mail", "Website");
	world_set_service(w, "Website", "recover_after_ms", "5m");
	world_error(w, 0, "Shop");
	world_ok(w, 10, "Shop");
	world_error(w, 12, "Mail");
	world_run_until(w, 30);
	expect_deliveries(w, "disruption Website; recovery Website (superseded)");
	expect_incidents(w, "Website investigating");
}

/* ---- R18 ---- */

static void judge_run__joins_a_hand_made_one__whose_oks_send_nothing_r18(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	struct incident by_hand = {
		.service_id = world_service(w, "Website"),
		.by_hand = true,
		.status = INCIDENT_INVESTIGATING,
		.opened_at_ms = at(0),
		.start_ms = at(0),
	};
	const struct update update = { .kind = KIND_DISRUPTION,
				       .says = INCIDENT_INVESTIGATING,
				       .message = "We are on it" };
	DEFER(desk_done) struct desk desk = { 0 };
	world_must(desk_open(w->store, at(0), &desk, err));
	world_must(lane_add(&desk, &by_hand, &update, at(0), NULL, err));
	world_error(w, 1, "Shop");
	world_ok(w, 2, "Shop");
	expect_deliveries(w, "disruption Website");
	expect_incidents(w, "Website investigating");
	expect_number(w, "SELECT count(*) FROM joining WHERE in_error = 0", 1);
}

/* ---- R9: a joined monitor counts from any confirmed error ---- */

static void judge_run__waits_for_a_joined_monitor__that_is_in_error_again_r9(void **state)
{
	struct world *w = *state;
	const int64_t first = world_level(w, 1, 1, 0), third = world_level(w, 2, 3, 0);
	world_link(w, first, "Shop", "Website");
	world_link(w, third, "Mail", "Website");
	world_error(w, 0, "Shop");
	for (int i = 1; i <= 3; i++)
		world_error(w, i, "Mail");
	world_ok(w, 4, "Mail");
	world_error(w, 5, "Mail");
	world_ok(w, 6, "Shop");
	expect_incidents(w, "Website investigating");
	world_ok(w, 7, "Mail");
	expect_incidents(w, "Website monitoring");
}

static void judge_run__tells_nobody_twice__of_recovered_incidents_r6(void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	for (int i = 0; i < 3; i++) {
		world_error(w, 10 * i, "Shop");
		world_ok(w, 10 * i + 5, "Shop");
	}
	expect_deliveries(w, "disruption Website; recovery Website; disruption Website; "
			     "recovery Website; disruption Website; recovery Website");
	expect_incidents(w, "Website monitoring; Website monitoring; Website monitoring");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(judge_run__sends_nothing__when_no_level_wants_the_ok_r6),
		IN_A_WORLD(judge_run__sends_the_ok__when_a_level_that_joined_wants_it_r6),
		IN_A_WORLD(
			judge_run__sends_nothing__at_the_end_of_what_triggered_nothing_r6),
		IN_A_WORLD(judge_run__recovers__though_everything_was_switched_off_r8),
		IN_A_WORLD(judge_run__holds_the_recovery__for_recover_after_r16),
		IN_A_WORLD(
			judge_run__drops_a_held_recovery__on_an_error_that_triggers_nothing_r16),
		IN_A_WORLD(
			judge_run__drops_a_held_recovery__when_another_monitor_joins_r16),
		IN_A_WORLD(judge_run__joins_a_hand_made_one__whose_oks_send_nothing_r18),
		IN_A_WORLD(
			judge_run__waits_for_a_joined_monitor__that_is_in_error_again_r9),
		IN_A_WORLD(judge_run__tells_nobody_twice__of_recovered_incidents_r6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
