/* What attempts mean: order, retry and expiry (R12, R13), what goes with an ended
 * disruption (R22), and what a refusal blocks. */
#include "core/base/clock.h"
#include "core/judge/act.h"
#include "core/judge/lane.h"
#include "tests/support/world.h"

static void end_last(struct world *w, enum delivery_cause cause)
{
	DEFER(desk_done) struct desk desk = { 0 };
	world_must(desk_open(w->store, w->now_ms, &desk, err));
	world_must(lane_end(&desk, world_last_delivery(w), cause, "the test says so",
			    w->now_ms, err));
}

static void judge_outcome__delivers_in_order__and_tells_what_is_published_r12(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	world_answer_all(w, 200);
	expect_told(w, "disruption Website");
	expect_number(w, "SELECT published_status FROM incident", INCIDENT_INVESTIGATING);
	expect_number(w, "SELECT reach FROM incident", REACH_YES);
	world_answer_all(w, 204);
	expect_told(w, "disruption Website; recovery Website");
	expect_number(w, "SELECT published_status FROM incident", INCIDENT_MONITORING);
	expect_number(w, "SELECT published_service_status FROM incident",
		      SERVICE_OPERATIONAL);
}

static void judge_outcome__tries_again__after_a_temporary_answer(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_answer_all(w, 503);
	expect_deliveries(w, "disruption Website");
	expect_number(w, "SELECT next_attempt_ms > created_ms FROM delivery", 1);
	expect_number(w, "SELECT count(*) FROM attempt WHERE http_status = 503", 1);
	expect_number(w, "SELECT reach FROM incident", REACH_WAITING);
	world_run_until(w, 1);
	world_deliver(w);
	expect_told(w, "disruption Website");
}

static void judge_outcome__fails_loudly__when_it_is_refused(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_answer_all(w, 302);
	expect_deliveries(w, "disruption Website (failed)");
	expect_number(w, "SELECT next_attempt_ms - created_ms FROM delivery", HOUR_MS);
}

static void judge_outcome__may_be_public__when_no_answer_came_r22(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_answer_all(w, 0);
	expect_number(w, "SELECT reach FROM incident", REACH_MAYBE);
	end_last(w, DELIVERY_ON_CANCEL);
	expect_incidents(w, "Website investigating");
	world_ok(w, 1, "Shop");
	expect_deliveries(w, "disruption Website (cancelled); recovery Website");
}

static void lane_end__ends_the_waiting_updates_too__of_what_cannot_be_public_r22(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_answer_all(w, 503);
	end_last(w, DELIVERY_ON_SUPERSEDE);
	world_ok(w, 1, "Shop");
	expect_deliveries(w, "disruption Website (superseded)");
	expect_incidents(w, "Website never-public");
}

static void lane_end__supersedes_the_recovery__behind_a_cancelled_disruption_r22(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	const int64_t disruption = world_last_delivery(w);
	world_ok(w, 1, "Shop");
	DEFER(desk_done) struct desk desk = { 0 };
	world_must(desk_open(w->store, w->now_ms, &desk, err));
	world_must(lane_end(&desk, disruption, DELIVERY_ON_CANCEL, "no", w->now_ms, err));
	expect_deliveries(
		w, "disruption Website (cancelled); recovery Website (superseded)");
	expect_incidents(w, "Website never-public");
}

static void lane_end__is_silent_from_then_on__when_a_held_one_is_cancelled_r16(
	void **state)
{
	struct world *w = shop_and_website(state, 1, 0);
	world_link(w, world_level(w, 2, 0, 30), "Shop", "Website");
	world_set_service(w, "Website", "publish_after_ms", "5m");
	world_error(w, 0, "Shop");
	end_last(w, DELIVERY_ON_CANCEL);
	expect_incidents(w, "Website never-public");
	world_run_until(w, 60);
	world_ok(w, 61, "Shop");
	expect_deliveries(w, "disruption Website (cancelled)");
	world_error(w, 62, "Shop");
	expect_incidents(w, "Website never-public; Website held");
}

static void lane_end__tells_the_service_again__when_it_was_not_down_after_all_r9(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "policy", "per-monitor");
	world_error(w, 0, "Shop");
	world_deliver(w);
	world_error(w, 1, "Mail");
	const int64_t second = world_last_delivery(w);
	world_ok(w, 2, "Shop");
	expect_number(w, "SELECT service_status FROM delivery WHERE kind = 1",
		      SERVICE_DISRUPTION);
	DEFER(desk_done) struct desk desk = { 0 };
	world_must(desk_open(w->store, w->now_ms, &desk, err));
	world_must(lane_end(&desk, second, DELIVERY_ON_CANCEL, "no", w->now_ms, err));
	expect_deliveries(
		w, "disruption Website (delivered); disruption Website (cancelled); "
		   "recovery Website (superseded); recovery Website");
	world_deliver(w);
	expect_number(w, "SELECT published_service_status FROM incident WHERE id = 1",
		      SERVICE_OPERATIONAL);
}

/* ---- expiry ---- */

static void try_for(struct world *w, double hours, int attempts)
{
	for (int i = 0; i < attempts; i++)
		world_answer(w, "Website", 503);
	w->now_ms += (int64_t)(hours * (double)HOUR_MS);
}

static bool expire_first(struct world *w)
{
	bool expired;
	world_must(judge_expire(w->store, 1, w->now_ms, &expired, err));
	return expired;
}

static void judge_expire__needs_72_hours_and_20_attempts(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	try_for(w, 73, 19);
	assert_false(expire_first(w));
	world_answer(w, "Website", 503);
	expect_deliveries(w, "disruption Website (expired)");
	world_ok(w, 60 * 74, "Shop");
	expect_incidents(w, "Website never-public");
}

static void judge_expire__never_ends_a_recovery(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_deliver(w);
	world_ok(w, 1, "Shop");
	try_for(w, 200, 30);
	bool expired;
	world_must(
		judge_expire(w->store, world_last_delivery(w), w->now_ms, &expired, err));
	assert_false(expired);
}

/* ---- what was in flight when it was ended ---- */

static void answer(struct world *w, int64_t delivery_id, int http_status)
{
	const struct outcome outcome = { .http_status = http_status,
					 .request_sent = true,
					 .started_ms = w->now_ms };
	struct retry_decision decision;
	world_must(judge_outcome(w->store, delivery_id, &outcome, w->now_ms, 0, &decision,
				 err));
}

static void judge_outcome__is_delivered__though_it_was_cancelled_in_flight_r22(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	end_last(w, DELIVERY_ON_CANCEL);
	expect_incidents(w, "Website never-public");
	answer(w, 1, 200);
	expect_deliveries(w, "disruption Website (delivered)");
	expect_incidents(w, "Website investigating");
	world_ok(w, 1, "Shop");
	world_deliver(w);
	expect_told(w, "recovery Website");
}

static void judge_outcome__recovers_at_once__when_all_are_ok_meanwhile_r22(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	end_last(w, DELIVERY_ON_CANCEL);
	world_ok(w, 1, "Shop");
	answer(w, 1, 0);
	expect_incidents(w, "Website monitoring");
	expect_deliveries(w, "disruption Website (cancelled); recovery Website");
}

static void resync(struct world *w)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	world_must(act_resync(w->store, NULL, 0, false, w->now_ms, &result, err));
}

/* The first incident is told again that the service is down, because of the second; that
 * one ends untold while the update is on its way. */
static void judge_outcome__takes_back_a_red_service__though_it_said_monitoring_r9(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_ok(w, 1, "Shop");
	world_deliver(w);
	world_error(w, 2, "Mail");
	resync(w);
	const int64_t in_flight = world_number(
		w, "SELECT max(id) FROM delivery WHERE kind = 1 AND service_status = 2");
	world_ok(w, 3, "Mail");
	resync(w);
	expect_incidents(w, "Website monitoring; Website never-public");
	answer(w, in_flight, 200);
	world_deliver(w);
	expect_number(w, "SELECT published_service_status FROM incident WHERE id = 1",
		      SERVICE_OPERATIONAL);
}

/* ---- what a refusal blocks (section 2) ---- */

static void lane_add__supersedes_what_failed__when_a_new_disruption_is_decided(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_answer_all(w, 404);
	world_ok(w, 1, "Shop");
	expect_deliveries(w, "disruption Website (failed); recovery Website");
	world_error(w, 2, "Mail");
	expect_deliveries(
		w, "disruption Website (superseded); recovery Website (superseded); "
		   "disruption Website");
	expect_incidents(w, "Website never-public; Website investigating");
	world_deliver(w);
	expect_told(w, "disruption Website");
}

static void judge_run__reopens__when_the_failed_one_is_the_recovery_of_what_is_public(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_deliver(w);
	world_ok(w, 1, "Shop");
	world_answer_all(w, 410);
	world_error(w, 2, "Mail");
	expect_deliveries(
		w, "disruption Website (delivered); recovery Website (superseded); "
		   "reopen Website");
	expect_incidents(w, "Website investigating");
	world_ok(w, 3, "Mail");
	world_deliver(w);
	expect_told(w, "disruption Website; reopen Website; recovery Website");
}

static void lane_add__decides_blocked_recoveries_again__of_others_that_are_public_r22(
	void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_set_service(w, "Website", "policy", "per-monitor");
	world_link(w, world_number(w, "SELECT id FROM level"), "Batch", "Website");
	world_error(w, 0, "Shop");
	world_error(w, 0, "Mail");
	world_deliver(w);
	world_ok(w, 1, "Shop");
	world_ok(w, 1, "Mail");
	world_answer_all(w, 404);
	world_error(w, 2, "Batch");
	expect_deliveries(
		w, "disruption Website (delivered); disruption Website (delivered); "
		   "recovery Website (superseded); recovery Website (superseded); "
		   "disruption Website; recovery Website; recovery Website");
	expect_incidents(w, "Website monitoring; Website monitoring; "
			    "Website investigating");
	world_ok(w, 3, "Batch");
	world_deliver(w);
	expect_number(w, "SELECT count(*) FROM incident WHERE published_status = 3", 3);
}

static void judge_run__joins__though_the_disruption_is_refused_r9(void **state)
{
	struct world *w = two_monitors_one_service(state);
	world_error(w, 0, "Shop");
	world_answer_all(w, 404);
	world_error(w, 1, "Mail");
	expect_deliveries(w, "disruption Website (failed)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(
			judge_outcome__delivers_in_order__and_tells_what_is_published_r12),
		IN_A_WORLD(judge_outcome__tries_again__after_a_temporary_answer),
		IN_A_WORLD(judge_outcome__fails_loudly__when_it_is_refused),
		IN_A_WORLD(judge_outcome__may_be_public__when_no_answer_came_r22),
		IN_A_WORLD(
			lane_end__ends_the_waiting_updates_too__of_what_cannot_be_public_r22),
		IN_A_WORLD(
			lane_end__supersedes_the_recovery__behind_a_cancelled_disruption_r22),
		IN_A_WORLD(
			lane_end__is_silent_from_then_on__when_a_held_one_is_cancelled_r16),
		IN_A_WORLD(
			lane_end__tells_the_service_again__when_it_was_not_down_after_all_r9),
		IN_A_WORLD(judge_expire__needs_72_hours_and_20_attempts),
		IN_A_WORLD(judge_expire__never_ends_a_recovery),
		IN_A_WORLD(
			judge_outcome__is_delivered__though_it_was_cancelled_in_flight_r22),
		IN_A_WORLD(
			judge_outcome__recovers_at_once__when_all_are_ok_meanwhile_r22),
		IN_A_WORLD(
			judge_outcome__takes_back_a_red_service__though_it_said_monitoring_r9),
		IN_A_WORLD(
			lane_add__supersedes_what_failed__when_a_new_disruption_is_decided),
		IN_A_WORLD(
			judge_run__reopens__when_the_failed_one_is_the_recovery_of_what_is_public),
		IN_A_WORLD(
			lane_add__decides_blocked_recoveries_again__of_others_that_are_public_r22),
		IN_A_WORLD(judge_run__joins__though_the_disruption_is_refused_r9),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
