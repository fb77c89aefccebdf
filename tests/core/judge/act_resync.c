#include "tests/support/acting.h"

#include <string.h>

#define MIN(n) (T0 + (n)*MINUTE_MS)

static const int64_t website[] = { WEBSITE };

static void act_resync__says_so__when_nothing_differs_R23(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	int64_t newest = last_delivery(store).id;

	acts(act_resync(store, NULL, 0, false, MIN(1), &result, err));
	says(result, "Nothing differs");
	assert_int_equal(result.count, 0);
	assert_int_equal(last_delivery(store).id, newest);
}

static void act_resync__replaces_what_waits_R23(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	ok_at(store, SHOP, MIN(1));
	answer_all(store, 404, MIN(1));
	struct delivery recovery = last_delivery(store);

	acts(act_resync(store, website, 1, false, MIN(2), &result, err));
	says(result, "1 waiting update is superseded");
	assert_int_equal(the_delivery(store, recovery.id).state, DELIVERY_SUPERSEDED);
	assert_int_equal(last_delivery(store).kind, KIND_RECOVERY);
	assert_int_equal(last_delivery(store).state, DELIVERY_QUEUED);
	assert_int_equal(last_delivery(store).service_status, SERVICE_OPERATIONAL);
	assert_int_equal(last_delivery(store).alert_id, 0);
}

static void act_resync__queues_the_disruption_again__of_an_open_incident_R23(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	struct delivery disruption = last_delivery(store);

	acts(act_resync(store, website, 1, false, MIN(1), &result, err));
	assert_int_equal(the_delivery(store, disruption.id).state, DELIVERY_SUPERSEDED);
	assert_int_equal(last_delivery(store).kind, KIND_DISRUPTION);
	assert_int_equal(last_delivery(store).state, DELIVERY_QUEUED);
	assert_int_equal(last_incident(store).reach, REACH_WAITING);
}

static void act_resync__publishes_an_incident_of_dry_run_R19(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	set_mode(store, MODE_DRY_RUN);
	error_at(store, SHOP, T0);
	set_mode(store, MODE_LIVE);

	acts(act_resync(store, website, 1, false, MIN(1), &result, err));
	assert_int_equal(last_delivery(store).kind, KIND_DISRUPTION);
	assert_int_equal(last_delivery(store).state, DELIVERY_QUEUED);
	ok_at(store, SHOP, MIN(2));
	assert_int_equal(last_delivery(store).kind, KIND_RECOVERY);
	assert_int_equal(last_delivery(store).state, DELIVERY_QUEUED);
}

static void act_resync__leaves_never_public__what_ended_before_it_was_sent_R22(
	void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	ok_at(store, SHOP, MIN(1));

	acts(act_resync(store, website, 1, false, MIN(2), &result, err));
	assert_int_equal(result.count, 0);
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 0);
	assert_int_equal(last_incident(store).status, INCIDENT_NEVER_PUBLIC);
}

static void act_resync__says_nothing_of_local_words__with_payload_uptrends_R7(
	void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	acts(act_identify(store, last_incident(store).id, NULL, MIN(1), &result, err));

	acts(act_resync(store, NULL, 0, false, MIN(2), &result, err));
	assert_int_equal(result.count, 0);
}

static void act_resync__leaves_held_and_detached_ones_alone_R7_R16(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	acts(act_detach(store, last_incident(store).id, NULL, MIN(1), &result, err));
	run_sql(store, "UPDATE service SET publish_after_ms = 600000 WHERE id = 2");
	error_at(store, MAIL, MIN(2)); /* joins on Website, is held on Email */
	assert_int_equal(deliveries_in(store, DELIVERY_HELD), 1);

	acts(act_resync(store, NULL, 0, false, MIN(3), &result, err));
	assert_int_equal(result.count, 0);
	assert_int_equal(deliveries_in(store, DELIVERY_HELD), 1);
	assert_int_equal(deliveries_in(store, DELIVERY_QUEUED), 0);
}

static void act_resync__tells_the_oldest_first_R23(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	run_sql(store, "UPDATE service SET policy = 'per-monitor'");
	error_at(store, SHOP, T0);
	error_at(store, MAIL, MIN(1));

	acts(act_resync(store, website, 1, false, MIN(2), &result, err));
	assert_int_equal(result.count, 2);
	assert_int_equal(last_delivery(store).incident_id,
			 number_of_sql(store, "SELECT max(id) FROM incident WHERE "
					      "service_id = 1"));
	assert_int_equal(number_of_sql(store,
				       "SELECT incident_id FROM delivery ORDER BY id "
				       "DESC LIMIT 1 OFFSET 1"),
			 1);
}

static void act_resync__changes_nothing__when_asked_what_it_would_do_R23(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	error_at(store, SHOP, T0);
	struct delivery disruption = last_delivery(store);
	int64_t rows = audit_rows(store);

	must(act_resync(store, NULL, 0, true, MIN(1), &result, err));
	says(result, "is told investigating");
	assert_int_equal(result.count, 1);
	assert_int_equal(the_delivery(store, disruption.id).state, DELIVERY_QUEUED);
	assert_int_equal(last_delivery(store).id, disruption.id);
	assert_int_equal(audit_rows(store), rows);
}

static void act_resync__is_refused__in_dry_run_and_for_unknown_services(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	const int64_t unknown[] = { 99 };
	refused(ERR_NOT_FOUND, "99",
		act_resync(store, unknown, 1, false, T0, &result, err));

	set_mode(store, MODE_DRY_RUN);
	refused(ERR_REFUSED, "hublink mode live",
		act_resync(store, NULL, 0, false, T0, &result, err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(act_resync__says_so__when_nothing_differs_R23),
		TEST(act_resync__replaces_what_waits_R23),
		TEST(act_resync__queues_the_disruption_again__of_an_open_incident_R23),
		TEST(act_resync__publishes_an_incident_of_dry_run_R19),
		TEST(act_resync__leaves_never_public__what_ended_before_it_was_sent_R22),
		TEST(act_resync__says_nothing_of_local_words__with_payload_uptrends_R7),
		TEST(act_resync__leaves_held_and_detached_ones_alone_R7_R16),
		TEST(act_resync__tells_the_oldest_first_R23),
		TEST(act_resync__changes_nothing__when_asked_what_it_would_do_R23),
		TEST(act_resync__is_refused__in_dry_run_and_for_unknown_services),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
