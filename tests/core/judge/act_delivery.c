#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

static void hold_publishing(struct store *store)
{
	run_sql(store, "UPDATE service SET publish_after_ms = 600000");
}

/* ---- release: R16, R17 ---- */

static void act_delivery_release__lets_a_held_disruption_out_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	hold_publishing(store);
	error_at(store, SHOP, T0);
	struct delivery held = last_delivery(store);
	assert_int_equal(held.state, DELIVERY_HELD);

	acts(act_delivery_release(store, held.id, MIN(1), &result, err));
	assert_true(result.queued);
	says(result, "is sent now");
	assert_int_equal(the_delivery(store, held.id).state, DELIVERY_QUEUED);
	assert_int_equal(last_incident(store).status, INCIDENT_INVESTIGATING);
	assert_int_equal(last_incident(store).reach, REACH_WAITING);
}

static void act_delivery_release__lets_out_what_the_storm_guard_holds_R17(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE integration SET storm_max_new = 1, "
		       "storm_within_ms = 600000, storm_release_after_ms = 0");
	error_at(store, MAIL, T0); /* Website, then Email: one too many */
	struct delivery held = last_delivery(store);
	assert_int_equal(held.state, DELIVERY_HELD);
	assert_true(held.by_storm);

	acts(act_delivery_release(store, held.id, MIN(1), &result, err));
	assert_int_equal(the_delivery(store, held.id).state, DELIVERY_QUEUED);
}

static void act_delivery_release__is_refused__for_what_is_not_held_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);

	refused(ERR_REFUSED, "it is queued, not held",
		act_delivery_release(store, last_delivery(store).id, MIN(1), &result,
				     err));
	refused(ERR_NOT_FOUND, "77", act_delivery_release(store, 77, T0, &result, err));
}

/* ---- cancel: R16, R22 ---- */

static void act_delivery_cancel__makes_a_held_incident_never_public_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	hold_publishing(store);
	error_at(store, SHOP, T0);
	struct delivery held = last_delivery(store);

	acts(act_delivery_cancel(store, held.id, MIN(1), &result, err));
	says(result, "never public");
	assert_int_equal(the_delivery(store, held.id).state, DELIVERY_CANCELLED);
	assert_int_equal(last_incident(store).status, INCIDENT_NEVER_PUBLIC);

	judge_at(store, MIN(30)); /* level 2 sends nothing more */
	ok_at(store, SHOP, MIN(31));
	assert_int_equal(last_delivery(store).id, held.id);
}

static void act_delivery_cancel__ends_what_follows__when_never_accepted_R22(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	struct delivery disruption = last_delivery(store);
	answer_all(store, 503, T0); /* answered with an error: not accepted */
	ok_at(store, SHOP, MIN(1));
	struct delivery recovery = last_delivery(store);
	assert_int_equal(recovery.kind, KIND_RECOVERY);

	acts(act_delivery_cancel(store, disruption.id, MIN(2), &result, err));
	says(result, "1 more of its updates");
	assert_int_equal(the_delivery(store, recovery.id).state, DELIVERY_SUPERSEDED);
	assert_int_equal(last_incident(store).status, INCIDENT_NEVER_PUBLIC);
}

static void act_delivery_cancel__keeps_the_recovery__after_no_answer_R22(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	struct delivery disruption = last_delivery(store);
	answer_all(store, 0, T0);
	ok_at(store, SHOP, MIN(1));
	struct delivery recovery = last_delivery(store);

	acts(act_delivery_cancel(store, disruption.id, MIN(2), &result, err));
	says(result, "is still sent");
	assert_int_equal(the_delivery(store, recovery.id).state, DELIVERY_QUEUED);
}

static void act_delivery_cancel__is_refused__once_delivered_R22(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);

	refused(ERR_REFUSED, "cannot be cancelled: it is delivered",
		act_delivery_cancel(store, last_delivery(store).id, MIN(1), &result,
				    err));
}

static void act_delivery_cancel__tells_how_the_page_hears_of_the_end(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	ok_at(store, SHOP, MIN(1));

	acts(act_delivery_cancel(store, last_delivery(store).id, MIN(2), &result, err));
	says(result, "`hublink resync 'Hub/Website'` tells it");
}

/* ---- retry ---- */

static void act_delivery_retry__makes_a_refused_one_due(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 404, T0);
	struct delivery failed = last_delivery(store);
	assert_int_equal(failed.state, DELIVERY_FAILED);
	assert_true(failed.next_attempt_ms > MIN(1));

	acts(act_delivery_retry(store, failed.id, MIN(1), &result, err));
	assert_true(result.queued);
	assert_int_equal(the_delivery(store, failed.id).next_attempt_ms, MIN(1));
	assert_int_equal(the_delivery(store, failed.id).state, DELIVERY_QUEUED);
}

static void act_delivery_retry__is_refused__for_held_and_finished_ones(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	refused(ERR_REFUSED, "it is delivered",
		act_delivery_retry(store, last_delivery(store).id, MIN(1), &result, err));

	hold_publishing(store);
	ok_at(store, SHOP, MIN(2));
	answer_all(store, 200, MIN(2));
	error_at(store, SHOP, MIN(3));
	refused(ERR_REFUSED, "hublink delivery release",
		act_delivery_retry(store, last_delivery(store).id, MIN(4), &result, err));
}

static void act_retry_all__makes_every_failed_one_due(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, MAIL, T0); /* Website and Email */
	answer_all(store, 404, T0);
	assert_int_equal(deliveries_in(store, DELIVERY_FAILED), 2);

	acts(act_retry_all(store, DELIVERY_FAILED, MIN(1), &result, err));
	assert_int_equal(result.count, 2);
	says(result, "2 deliveries are tried now");
	assert_int_equal(deliveries_in(store, DELIVERY_FAILED), 0);
}

static void act_retry_all__leaves_what_is_failed__when_asked_for_waiting(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 404, T0);

	must(act_retry_all(store, DELIVERY_QUEUED, MIN(1), &result, err));
	says(result, "No delivery is waiting");
	assert_int_equal(deliveries_in(store, DELIVERY_FAILED), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_delivery_release__lets_a_held_disruption_out_R16),
		TEST(act_delivery_release__lets_out_what_the_storm_guard_holds_R17),
		TEST(act_delivery_release__is_refused__for_what_is_not_held_R16),
		TEST(act_delivery_cancel__makes_a_held_incident_never_public_R16),
		TEST(act_delivery_cancel__ends_what_follows__when_never_accepted_R22),
		TEST(act_delivery_cancel__keeps_the_recovery__after_no_answer_R22),
		TEST(act_delivery_cancel__is_refused__once_delivered_R22),
		TEST(act_delivery_cancel__tells_how_the_page_hears_of_the_end),
		TEST(act_delivery_retry__makes_a_refused_one_due),
		TEST(act_delivery_retry__is_refused__for_held_and_finished_ones),
		TEST(act_retry_all__makes_every_failed_one_due),
		TEST(act_retry_all__leaves_what_is_failed__when_asked_for_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
