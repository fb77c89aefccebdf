#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* An incident of Shop on Website that the page has taken. */
/* ---- R7: recover ---- */

static void act_recover__is_refused__while_a_joined_monitor_is_in_error_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);

	refused(ERR_REFUSED, "--force",
		act_recover(store, incident.id, NULL, false, MIN(1), &result, err));
}

static void act_recover__sends_the_recovery_in_either_payload_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	struct incident incident = public_incident(store);

	acts(act_recover(store, incident.id, NULL, true, MIN(1), &result, err));
	says(result, "the public was told");
	assert_int_equal(last_delivery(store).kind, KIND_RECOVERY);
	assert_int_equal(last_delivery(store).service_status, SERVICE_OPERATIONAL);
	assert_int_equal(last_delivery(store).alert_id, 0);
	assert_int_equal(last_incident(store).status, INCIDENT_MONITORING);
	int64_t newest = last_delivery(store).id;
	ok_at(store, SHOP, MIN(2)); /* hublink's say has ended */
	assert_int_equal(last_delivery(store).id, newest);
}

static void act_recover__sends_it_at_once__when_it_was_held_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE service SET recover_after_ms = 600000");
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));
	int64_t held = last_delivery(store).id;

	acts(act_recover(store, incident.id, NULL, false, MIN(2), &result, err));
	assert_int_equal(the_delivery(store, held).state, DELIVERY_SUPERSEDED);
	assert_int_equal(last_delivery(store).state, DELIVERY_QUEUED);
}

static void act_recover__sends_the_ok_that_was_not_sent_R6(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE placement SET send_ok = 0");
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));
	assert_true(last_incident(store).ok_not_sent);

	acts(act_recover(store, incident.id, NULL, false, MIN(2), &result, err));
	assert_int_equal(last_delivery(store).kind, KIND_RECOVERY);
	assert_int_equal(last_incident(store).status, INCIDENT_MONITORING);
	assert_false(last_incident(store).ok_not_sent);
}

static void act_recover__is_refused__unless_it_is_open(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE service SET publish_after_ms = 600000");
	error_at(store, SHOP, T0);

	refused(ERR_REFUSED, "release or cancel its disruption first",
		act_recover(store, last_incident(store).id, NULL, true, MIN(1), &result,
			    err));
}

static void act_recover__records_only__what_is_not_public_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	set_mode(store, MODE_DRY_RUN);
	error_at(store, SHOP, T0);
	set_mode(store, MODE_LIVE);

	acts(act_recover(store, last_incident(store).id, NULL, true, MIN(1), &result,
			 err));
	says(result, "recorded only");
	assert_int_equal(last_delivery(store).state, DELIVERY_DRY_RUN);
}

/* ---- R7: detach ---- */

static void act_detach__ends_what_waits__until_every_monitor_is_ok_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	struct delivery disruption = last_delivery(store);
	struct incident incident = last_incident(store);

	acts(act_detach(store, incident.id, NULL, MIN(1), &result, err));
	says(result, "a person handles its page");
	assert_int_equal(the_delivery(store, disruption.id).state, DELIVERY_SUPERSEDED);
	assert_int_equal(last_incident(store).status, INCIDENT_DETACHED);
	assert_int_equal(last_incident(store).over_ms, 0);

	ok_at(store, SHOP, MIN(2));
	assert_int_equal(last_incident(store).over_ms, MIN(2));
	assert_int_equal(last_delivery(store).id, disruption.id);
}

static void act_detach__is_over_at_once__when_no_monitor_is_in_error_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	acts(act_open(store, WEBSITE, "a flood", T0, &result, err));

	acts(act_detach(store, result.incident_id, NULL, MIN(1), &result, err));
	assert_int_equal(last_incident(store).over_ms, MIN(1));
	says(result, "it is over");
}

static void act_detach__prevents_a_held_recovery_R7(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE service SET recover_after_ms = 600000");
	struct incident incident = public_incident(store);
	ok_at(store, SHOP, MIN(1));

	acts(act_detach(store, incident.id, NULL, MIN(2), &result, err));
	judge_at(store, MIN(60));
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 0);
	assert_int_equal(last_incident(store).status, INCIDENT_DETACHED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_recover__is_refused__while_a_joined_monitor_is_in_error_R7),
		TEST(act_recover__sends_the_recovery_in_either_payload_R7),
		TEST(act_recover__sends_it_at_once__when_it_was_held_R16),
		TEST(act_recover__sends_the_ok_that_was_not_sent_R6),
		TEST(act_recover__is_refused__unless_it_is_open),
		TEST(act_recover__records_only__what_is_not_public_R19),
		TEST(act_detach__ends_what_waits__until_every_monitor_is_ok_R7),
		TEST(act_detach__is_over_at_once__when_no_monitor_is_in_error_R7),
		TEST(act_detach__prevents_a_held_recovery_R7),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
