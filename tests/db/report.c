/* Counts: the same as a recount from the rows (I16). */
#include <stdio.h>

#include "core/base/random.h"
#include "tests/support/journal.h"

static struct counts counted(struct store *store, int64_t now_ms)
{
	struct counts counts;
	must(store_counts(store, now_ms, &counts, err));
	return counts;
}

static void counts__put_a_monitor_in_one_place__each(void **state)
{
	struct counts counts = counted(*state, T0);
	assert_int_equal(counts.monitors_unknown, 3);
	struct monitor_state shop = { .monitor_id = SHOP,
				      .judged_ms = T0,
				      .in_error = true };
	struct monitor_state mail = { .monitor_id = MAIL, .judged_ms = T0 };
	must(store_put_monitor_state(*state, &shop, err));
	must(store_put_monitor_state(*state, &mail, err));
	run_sql(*state, "UPDATE monitor SET active = 0 WHERE id = 3");
	counts = counted(*state, T0);
	assert_int_equal(counts.monitors_error, 1);
	assert_int_equal(counts.monitors_ok, 1);
	assert_int_equal(counts.monitors_inactive, 1);
	assert_int_equal(counts.monitors_unknown, 0);
	struct maintenance window = { .from_ms = T0, .until_ms = T0 + 5 };
	struct maintenance_target web = { .kind = TARGET_GROUP, .group = "web" };
	must(store_maintenance_add(*state, &window, &web, 1, err));
	counts = counted(*state, T0);
	assert_int_equal(counts.monitors_maintenance, 1);
	assert_int_equal(counts.monitors_error, 0);
	run_sql(*state, "UPDATE monitor SET active = 0 WHERE id <= 2");
	counts = counted(*state, T0);
	assert_int_equal(counts.monitors_inactive, 3);
	assert_int_equal(counts.monitors_maintenance, 0);
	assert_int_equal(counts.monitors_ok, 0);
	assert_int_equal(counts.monitors_unknown, 0);
}

static int64_t recount(struct store *store, const char *table, const char *column,
		       int value)
{
	char sql[128];
	(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE %s = %d", table,
		       column, value);
	return number_of_sql(store, sql);
}

static void compare(struct store *store)
{
	struct counts counts = counted(store, T0);
	const struct {
		const char *table, *column;
		int value;
		int64_t count;
	} rows[] = {
		{ "incident", "status", INCIDENT_HELD, counts.incidents_held },
		{ "incident", "status", INCIDENT_INVESTIGATING,
		  counts.incidents_investigating },
		{ "incident", "status", INCIDENT_IDENTIFIED,
		  counts.incidents_identified },
		{ "incident", "status", INCIDENT_MONITORING,
		  counts.incidents_monitoring },
		{ "delivery", "state", DELIVERY_HELD, counts.deliveries_held },
		{ "delivery", "state", DELIVERY_QUEUED, counts.deliveries_queued },
		{ "delivery", "state", DELIVERY_FAILED, counts.deliveries_failed },
		{ "delivery", "state", DELIVERY_DELIVERED, counts.deliveries_delivered },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(rows[i].count, recount(store, rows[i].table,
							rows[i].column, rows[i].value));
}

static void counts__equal_a_recount__after_random_moves_i16(void **state)
{
	uint64_t seed = 7;
	DEFER(store_abort) struct transaction tx = { 0 };
	must(store_begin(*state, &tx, err));
	for (int step = 0; step < 300; step++) {
		uint64_t random = random_step(&seed);
		struct incident incident = an_incident(*state, WEBSITE);
		struct delivery delivery = a_delivery(*state, WEBSITE, incident.id);
		for (int moves = 0; moves < 3; moves++, random >>= 8) {
			incident.status =
				(enum incident_status)(random % INCIDENT_STATUS_COUNT);
			must(store_incident_put(*state, &incident, err));
		}
		delivery.state = (enum delivery_state)(random % DELIVERY_STATE_COUNT);
		must(store_delivery_put(*state, &delivery, err));
	}
	compare(*state);
}

static void counts__forget__what_was_rolled_back_i16(void **state)
{
	struct transaction tx = { 0 };
	must(store_begin(*state, &tx, err));
	struct delivery delivery = a_delivery(*state, WEBSITE, 1);
	delivery.state = DELIVERY_DELIVERED;
	must(store_delivery_put(*state, &delivery, err));
	store_abort(&tx);
	compare(*state);
}

static void counts__say__how_long_the_most_overdue_waits(void **state)
{
	assert_int_equal(counted(*state, T0 + 50).overdue_ms, 0);
	struct delivery held = { .service_id = EMAIL,
				 .state = DELIVERY_HELD,
				 .next_attempt_ms = T0 + 20 };
	must(store_delivery_add(*state, &held, "", err));
	assert_int_equal(counted(*state, T0 + 10).overdue_ms, 0);
	assert_int_equal(counted(*state, T0 + 50).overdue_ms, 30);
	struct delivery queued = a_delivery(*state, WEBSITE, 1);
	assert_int_equal(counted(*state, T0 + 50).overdue_ms, 50);
	queued.state = DELIVERY_FAILED; /* loud already, and due hourly */
	must(store_delivery_put(*state, &queued, err));
	assert_int_equal(counted(*state, T0 + 50).overdue_ms, 30);
}

static void counts__say__how_many_events_wait(void **state)
{
	struct event event = { .monitor_id = SHOP, .confirmed = true };
	enum event_verdict verdict;
	bool conflict;
	must(store_event_add(*state, &event, T0, &verdict, &conflict, err));
	assert_int_equal(counted(*state, T0).events_pending, 1);
	must(store_events_judged(*state, (struct event_place){ event.at_ms, event.seq },
				 err));
	assert_int_equal(counted(*state, T0).events_pending, 0);
}

static void pulse__says__what_waits_and_what_was_answered_last(void **state)
{
	struct pulse pulse;
	must(store_pulse(*state, &pulse, err));
	assert_int_equal(pulse.services_down + pulse.fresh + pulse.hook_ms, 0);
	struct incident incident = an_incident(*state, WEBSITE);
	incident.reach = REACH_WAITING;
	incident.service_status = SERVICE_DISRUPTION;
	must(store_incident_put(*state, &incident, err));
	struct delivery waiting = a_delivery(*state, WEBSITE, incident.id);
	struct attempt attempt = { .delivery_id = waiting.id,
				   .at_ms = T0 + 7,
				   .duration_ms = 12,
				   .http_status = 503 };
	must(store_attempt_add(*state, &attempt, err));
	must(store_pulse(*state, &pulse, err));
	assert_int_equal(pulse.services_down, 1);
	assert_int_equal(pulse.fresh, 1);
	assert_int_equal(pulse.due_ms, T0);
	assert_int_equal(pulse.oldest_ms, waiting.created_ms);
	assert_int_equal(pulse.hook_ms, T0 + 7);
	assert_int_equal(pulse.hook_duration_ms, 12);
	assert_int_equal(pulse.hook_status, 503);
	waiting.attempts = 1;
	must(store_delivery_put(*state, &waiting, err));
	incident.service_status = SERVICE_DEGRADED;
	must(store_incident_put(*state, &incident, err));
	must(store_pulse(*state, &pulse, err));
	assert_int_equal(pulse.fresh, 0);
	assert_int_equal(pulse.retrying, 1);
	assert_int_equal(pulse.services_down, 0);
	assert_int_equal(pulse.services_degraded, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(counts__put_a_monitor_in_one_place__each),
		JOURNAL_TEST(counts__equal_a_recount__after_random_moves_i16),
		JOURNAL_TEST(counts__forget__what_was_rolled_back_i16),
		JOURNAL_TEST(counts__say__how_long_the_most_overdue_waits),
		JOURNAL_TEST(counts__say__how_many_events_wait),
		JOURNAL_TEST(pulse__says__what_waits_and_what_was_answered_last),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
