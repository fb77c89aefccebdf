/* Incidents: which of them stand, and what they do to their service (R4, R9, R17). */
#include <string.h>

#include "tests/support/journal.h"

static struct incident put(struct store *store, struct incident incident,
			   enum incident_status status)
{
	incident.status = status;
	must(store_incident_put(store, &incident, err));
	return incident;
}

static struct incident of_monitor(struct store *store, int64_t service_id,
				  int64_t monitor_id)
{
	struct incident incident = { .service_id = service_id,
				     .monitor_id = monitor_id,
				     .policy = POLICY_PER_MONITOR,
				     .status = INCIDENT_INVESTIGATING,
				     .opened_at_ms = T0 };
	must(store_incident_put(store, &incident, err));
	return incident;
}

/* Id of what an alert of Shop joins; 0: nothing. */
static int64_t standing(struct store *store, int64_t service_id)
{
	struct incident incident;
	bool found;
	must(store_incident_standing(store, service_id, SHOP, &incident, &found, err));
	return found ? incident.id : 0;
}

static int64_t latest(struct store *store, int64_t service_id, int64_t monitor_id)
{
	struct incident incident;
	bool found;
	must(store_incident_latest(store, service_id, monitor_id, &incident, &found,
				   err));
	return found ? incident.id : 0;
}

static void incident_put__keeps_every_column__when_added_and_when_saved(void **state)
{
	struct incident put = { .service_id = WEBSITE,
				.policy = POLICY_PER_MONITOR,
				.monitor_id = SHOP,
				.by_hand = true,
				.status = INCIDENT_HELD,
				.service_status = SERVICE_DEGRADED,
				.reach = REACH_HELD,
				.opened_at_ms = 1,
				.start_ms = 2,
				.opening_alert_id = 4 };
	must(store_incident_put(*state, &put, err));
	assert_int_equal(strlen(put.key), KEY_SIZE - 1);
	put.status = INCIDENT_DETACHED;
	put.service_status = SERVICE_DISRUPTION;
	put.reach = REACH_YES;
	put.monitoring_at_ms = 5;
	put.resolved_at_ms = 6;
	put.over_ms = 7;
	put.send_ok = put.ok_not_sent = put.let_go = put.is_published = true;
	put.remind_every_ms = 8;
	put.remind_left = 9;
	put.remind_at_ms = 10;
	put.opening_alert_id = 11;
	put.published_status = INCIDENT_MONITORING;
	put.published_service_status = SERVICE_DEGRADED;
	put.published_at_ms = 12;
	must(store_incident_put(*state, &put, err));
	struct incident got;
	must(store_incident_get(*state, put.id, &got, err));
	size_t numbers = offsetof(struct incident, policy);
	assert_memory_equal((char *)&got + numbers, (char *)&put + numbers,
			    offsetof(struct incident, service) - numbers);
	assert_string_equal(got.key, put.key);
	assert_string_equal(got.service, "Website");
	assert_string_equal(got.integration, "Hub");
	assert_int_equal(number_of_sql(*state, "SELECT integration_id FROM incident"),
			 HUB);
}

static void incident_standing__is_held_open_or_detached_and_not_over__r4(void **state)
{
	static const struct {
		enum incident_status status;
		int64_t over_ms;
		bool stands;
	} cases[] = {
		{ INCIDENT_HELD, 0, true },       { INCIDENT_INVESTIGATING, 0, true },
		{ INCIDENT_IDENTIFIED, 0, true }, { INCIDENT_MONITORING, 0, false },
		{ INCIDENT_RESOLVED, 0, false },  { INCIDENT_DETACHED, 0, true },
		{ INCIDENT_DETACHED, T0, false }, { INCIDENT_NEVER_PUBLIC, 0, false },
	};
	struct incident incident = an_incident(*state, WEBSITE);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		incident.over_ms = cases[i].over_ms;
		(void)put(*state, incident, cases[i].status);
		if ((standing(*state, WEBSITE) == incident.id) != cases[i].stands)
			fail_msg("%s, over %d", incident_status_text(cases[i].status),
				 cases[i].over_ms != 0);
	}
}

static void incident_standing__prefers_the_services_own__then_the_monitors_r9(
	void **state)
{
	(void)of_monitor(*state, WEBSITE, MAIL);
	assert_int_equal(standing(*state, WEBSITE), 0);
	struct incident own = of_monitor(*state, WEBSITE, SHOP);
	assert_int_equal(standing(*state, WEBSITE), own.id);
	struct incident common = an_incident(*state, WEBSITE);
	(void)of_monitor(*state, WEBSITE, SHOP);
	assert_int_equal(standing(*state, WEBSITE), common.id);
	assert_int_equal(standing(*state, EMAIL), 0);
}

static void incident_latest__is_of_any_status__or_of_the_monitor_r10(void **state)
{
	assert_int_equal(latest(*state, WEBSITE, 0), 0);
	struct incident shop = of_monitor(*state, WEBSITE, SHOP);
	struct incident mail = of_monitor(*state, WEBSITE, MAIL);
	(void)put(*state, mail, INCIDENT_RESOLVED);
	assert_int_equal(latest(*state, WEBSITE, 0), mail.id);
	assert_int_equal(latest(*state, WEBSITE, SHOP), shop.id);
	assert_int_equal(latest(*state, WEBSITE, BATCH), 0);
}

static bool is_down(struct store *store, int64_t except)
{
	bool down;
	must(store_service_down(store, WEBSITE, except, &down, err));
	return down;
}

static void service_down__needs_one_that_is_or_may_become_public__r9(void **state)
{
	static const struct {
		enum incident_status status;
		int64_t over_ms;
		enum reach reach;
		bool down;
	} cases[] = {
		{ INCIDENT_INVESTIGATING, 0, REACH_YES, true },
		{ INCIDENT_INVESTIGATING, 0, REACH_MAYBE, true },
		{ INCIDENT_IDENTIFIED, 0, REACH_WAITING, true },
		{ INCIDENT_INVESTIGATING, 0, REACH_NONE, false },
		{ INCIDENT_HELD, 0, REACH_HELD, false },
		{ INCIDENT_MONITORING, 0, REACH_YES, false },
		{ INCIDENT_RESOLVED, 0, REACH_YES, false },
		{ INCIDENT_DETACHED, 0, REACH_YES, true },
		{ INCIDENT_DETACHED, T0, REACH_YES, false },
		{ INCIDENT_NEVER_PUBLIC, 0, REACH_NONE, false },
	};
	struct incident incident = an_incident(*state, WEBSITE);
	struct incident other = an_incident(*state, EMAIL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		incident.reach = cases[i].reach;
		incident.over_ms = cases[i].over_ms;
		(void)put(*state, incident, cases[i].status);
		if (is_down(*state, other.id) != cases[i].down)
			fail_msg("case %zu", i);
		assert_false(is_down(*state, incident.id));
	}
}

static void disruptions_since__are_counted__no_further_than_the_guard_asks_r17(
	void **state)
{
	run_sql(*state,
		"UPDATE integration SET storm_max_new = 2, storm_within_ms = 60000");
	for (int i = 0; i < 5; i++) {
		struct incident incident = { .service_id = WEBSITE,
					     .opened_at_ms = T0 + i };
		must(store_incident_put(*state, &incident, err));
	}
	int64_t count = -1;
	must(store_disruptions_since(*state, HUB, T0 + 5, &count, err));
	assert_int_equal(count, 0);
	must(store_disruptions_since(*state, HUB, T0 + 4, &count, err));
	assert_int_equal(count, 1);
	must(store_disruptions_since(*state, HUB, T0, &count, err));
	assert_int_equal(count, 3);
}

static void incident__reads_as_before__when_its_service_is_deleted_i22(void **state)
{
	struct incident website = an_incident(*state, WEBSITE);
	struct incident email = an_incident(*state, EMAIL);
	struct delivery delivery = a_delivery(*state, EMAIL, email.id);
	run_sql(*state, "DELETE FROM service WHERE id = 1; DELETE FROM integration");
	must(store_incident_get(*state, website.id, &website, err));
	must(store_incident_get(*state, email.id, &email, err));
	must(store_delivery_get(*state, delivery.id, &delivery, err));
	assert_int_equal(website.service_id, 0);
	assert_string_equal(website.service, "Website");
	assert_string_equal(website.integration, "Hub");
	assert_string_equal(email.service, "Email");
	assert_string_equal(email.integration, "Hub");
	assert_int_equal(delivery.service_id, 0);
	assert_string_equal(delivery.service, "Email");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(incident_put__keeps_every_column__when_added_and_when_saved),
		JOURNAL_TEST(
			incident_standing__is_held_open_or_detached_and_not_over__r4),
		JOURNAL_TEST(
			incident_standing__prefers_the_services_own__then_the_monitors_r9),
		JOURNAL_TEST(incident_latest__is_of_any_status__or_of_the_monitor_r10),
		JOURNAL_TEST(service_down__needs_one_that_is_or_may_become_public__r9),
		JOURNAL_TEST(
			disruptions_since__are_counted__no_further_than_the_guard_asks_r17),
		JOURNAL_TEST(incident__reads_as_before__when_its_service_is_deleted_i22),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
