/* Removing what is older than it is kept: that goes, and nothing that is still needed (R3, R10,
 * I22); in small pieces; and the file shrinks. */
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

#define DAY DAY_MS
#define OLD (T0 - 500 * DAY)

enum { PLENTY = 1000 };

/* ---- builders: an outage as it leaves all its rows ---- */

static int64_t an_event(struct store *store, int64_t at_ms)
{
	struct event event = { .monitor_id = SHOP,
			       .state = EVENT_ERROR,
			       .confirmed = true,
			       .explicit_at = true,
			       .at_ms = at_ms };
	enum event_verdict verdict;
	bool conflict;
	must(store_event_add(store, &event, at_ms, &verdict, &conflict, err));
	const struct event_place all = { .at_ms = INT64_MAX, .seq = INT64_MAX };
	must(store_events_judged(store, all, err));
	return event.seq;
}

struct outage {
	struct incident incident;
	struct alert alert;
	int64_t delivery_id;
};

static struct outage an_outage(struct store *store, int64_t at_ms,
			       enum incident_status status)
{
	struct outage outage = { .alert = an_alert(store, ALERT_ERROR, SHOP, 1, at_ms) };
	bool is_new;
	an_event(store, at_ms);
	outage.incident = (struct incident){ .service_id = WEBSITE,
					     .status = INCIDENT_INVESTIGATING,
					     .opened_at_ms = at_ms,
					     .opening_alert_id = outage.alert.id };
	must(store_incident_put(store, &outage.incident, err));
	must(store_alert_reach_add(store, outage.alert.id, WEBSITE, outage.incident.id,
				   &is_new, err));
	const struct join join = { .incident_id = outage.incident.id,
				   .monitor_id = SHOP,
				   .episode = 1,
				   .joined_ms = at_ms };
	must(store_join_put(store, &join, err));
	must(store_timeline_add(store, outage.incident.id, at_ms, "note", "A word.",
				err));
	struct delivery delivery = a_delivery(store, WEBSITE, outage.incident.id);
	outage.delivery_id = delivery.id;
	struct attempt attempt = { .delivery_id = delivery.id, .at_ms = at_ms };
	must(store_attempt_add(store, &attempt, err));
	delivery.state = DELIVERY_DELIVERED;
	must(store_delivery_put(store, &delivery, err));
	outage.incident.status = status;
	must(store_incident_put(store, &outage.incident, err));
	return outage;
}

/* ---- sweeping ---- */

static struct sweep sweep_by(struct store *store, int64_t days, unsigned rows,
			     unsigned *ret_steps)
{
	const struct clock clock = { .fixed = true, .fixed_ms = T0 };
	struct sweep sweep = { 0 };
	bool done = false;
	store_set_clock(store, &clock);
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		sweep.before_ms[i] = keep_before_ms(days, T0);
	unsigned steps = 0;
	for (; !done; steps++)
		must(store_sweep_some(store, rows, &sweep, &done, err));
	if (ret_steps)
		*ret_steps = steps;
	return sweep;
}

static struct sweep sweep(struct store *store)
{
	return sweep_by(store, 400, PLENTY, NULL);
}

static int64_t rows_of(struct store *store, const char *table)
{
	char sql[100];
	(void)snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
	return number_of_sql(store, sql);
}

static bool has_incident(struct store *store, int64_t id)
{
	struct incident incident;
	struct err err = { 0 };
	return store_incident_get(store, id, &incident, &err);
}

static const char *const of_an_outage[] = { "event",    "alert",         "alert_reach",
					    "incident", "joining",       "timeline",
					    "delivery", "delivery_body", "attempt" };

/* Row by row what an outage leaves: of two, the younger one is left whole. */
static void sweep__removes_all_of_what_is_old__and_nothing_of_the_rest(void **state)
{
	const struct outage old = an_outage(*state, OLD, INCIDENT_RESOLVED);
	const struct outage young = an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	const struct sweep swept = sweep(*state);
	for (size_t i = 0; i < COUNT_OF(of_an_outage); i++)
		if (rows_of(*state, of_an_outage[i]) != 1)
			fail_msg("%s: %d rows", of_an_outage[i],
				 (int)rows_of(*state, of_an_outage[i]));
	assert_false(has_incident(*state, old.incident.id));
	assert_true(has_incident(*state, young.incident.id));
	assert_int_equal(swept.removed[JOURNAL_EVENTS], 1);
	assert_int_equal(swept.removed[JOURNAL_ALERTS], 1);
	assert_int_equal(swept.removed[JOURNAL_INCIDENTS], 1);
}

static void sweep__removes_nothing__of_what_is_kept_for_ever(void **state)
{
	an_outage(*state, OLD, INCIDENT_RESOLVED);
	an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	sweep_by(*state, 0, PLENTY, NULL);
	for (size_t i = 0; i < COUNT_OF(of_an_outage); i++)
		assert_int_equal(rows_of(*state, of_an_outage[i]), 2);
}

/* Open, held, detached and not over: with all that they refer to. */
static void sweep__keeps_incidents__that_are_not_over(void **state)
{
	static const enum incident_status standing[] = { INCIDENT_HELD,
							 INCIDENT_INVESTIGATING,
							 INCIDENT_IDENTIFIED,
							 INCIDENT_DETACHED };
	for (size_t i = 0; i < COUNT_OF(standing); i++)
		an_outage(*state, OLD, standing[i]);
	an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	sweep(*state);
	for (size_t i = 1; i < COUNT_OF(of_an_outage); i++)
		assert_int_equal(rows_of(*state, of_an_outage[i]),
				 COUNT_OF(standing) + 1);
}

static void sweep__keeps_incidents__with_an_update_to_send_or_a_monitor_in_error(
	void **state)
{
	const struct outage waits = an_outage(*state, OLD, INCIDENT_MONITORING);
	const struct outage joined = an_outage(*state, OLD, INCIDENT_RESOLVED);
	const struct outage gone = an_outage(*state, OLD, INCIDENT_MONITORING);
	a_delivery(*state, WEBSITE, waits.incident.id);
	const struct join join = { .incident_id = joined.incident.id,
				   .monitor_id = MAIL,
				   .episode = 1,
				   .in_error = true };
	must(store_join_put(*state, &join, err));
	an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	sweep(*state);
	assert_true(has_incident(*state, waits.incident.id));
	assert_true(has_incident(*state, joined.incident.id));
	assert_false(has_incident(*state, gone.incident.id));
}

/* R10: what an alert would reopen is not removed before. */
static void sweep__keeps_incidents__that_could_be_reopened(void **state)
{
	const struct outage old = an_outage(*state, T0 - 10 * DAY, INCIDENT_MONITORING);
	an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	run_sql(*state, "UPDATE service SET reopen_within_ms = 20 * 86400000");
	sweep_by(*state, 5, PLENTY, NULL);
	assert_true(has_incident(*state, old.incident.id));
	run_sql(*state, "UPDATE service SET reopen_within_ms = 0");
	sweep_by(*state, 5, PLENTY, NULL);
	assert_false(has_incident(*state, old.incident.id));
}

/* R2, R3: a path that was alerted is not alerted again while the episode lasts. */
static void sweep__keeps_the_events_and_alerts__of_an_episode_that_goes_on(void **state)
{
	an_event(*state, OLD - DAY);
	const int64_t first = an_event(*state, OLD);
	const struct alert ended = an_alert(*state, ALERT_ERROR, SHOP, 1, OLD - DAY);
	const struct alert running = an_alert(*state, ALERT_ERROR, SHOP, 2, OLD);
	const struct monitor_state in_error = {
		.monitor_id = SHOP, .in_error = true, .episode = 2, .started_ms = OLD
	};
	must(store_put_monitor_state(*state, &in_error, err));
	an_event(*state, T0 - DAY);
	an_alert(*state, ALERT_ERROR, SHOP, 3, T0 - DAY);
	sweep(*state);
	struct alert found;
	struct err err = { 0 };
	assert_int_equal(number_of_sql(*state, "SELECT min(seq) FROM event"), first);
	assert_true(store_alert_get(*state, running.id, &found, &err));
	assert_false(store_alert_get(*state, ended.id, &found, &err));
}

static void sweep__keeps_the_newest_row__so_that_ids_are_not_used_again(void **state)
{
	const struct outage last = an_outage(*state, OLD, INCIDENT_RESOLVED);
	sweep(*state);
	assert_true(has_incident(*state, last.incident.id));
	assert_int_equal(rows_of(*state, "event"), 1);
	const struct outage next = an_outage(*state, T0, INCIDENT_RESOLVED);
	sweep(*state);
	assert_false(has_incident(*state, last.incident.id));
	assert_true(next.incident.id > last.incident.id);
	assert_true(next.delivery_id > last.delivery_id);
}

static void sweep__removes_tests__with_the_incidents(void **state)
{
	struct delivery test = { .service_id = WEBSITE,
				 .kind = KIND_TEST,
				 .state = DELIVERY_DELIVERED,
				 .created_ms = OLD };
	must(store_delivery_add(*state, &test, "{}", err));
	struct attempt attempt = { .delivery_id = test.id, .at_ms = OLD };
	must(store_attempt_add(*state, &attempt, err));
	an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	sweep(*state);
	assert_int_equal(rows_of(*state, "delivery"), 1);
	assert_int_equal(rows_of(*state, "delivery_body"), 1);
	assert_int_equal(rows_of(*state, "attempt"), 1);
}

static void a_window(struct store *store, int64_t from_ms, int64_t until_ms)
{
	struct maintenance window = { .from_ms = from_ms, .until_ms = until_ms };
	const struct maintenance_target shop = { .kind = TARGET_MONITOR, .id = SHOP };
	must(store_maintenance_add(store, &window, &shop, 1, err));
}

/* R11: a window that has not ended still mutes, however early it was planned. */
static void sweep__removes_maintenance__that_ended_long_ago(void **state)
{
	enum { FEW = 2 };
	a_window(*state, OLD, T0 + DAY);
	for (int i = 0; i < 5; i++)
		a_window(*state, OLD + i * DAY, OLD + i * DAY + 1000);
	a_window(*state, T0 - 2 * DAY, T0 - DAY);
	sweep_by(*state, 400, FEW, NULL);
	assert_int_equal(rows_of(*state, "maintenance"), 2);
	assert_int_equal(rows_of(*state, "maintenance_target"), 2);
	assert_int_equal(number_of_sql(*state, "SELECT max(until_ms) FROM maintenance"),
			 T0 + DAY);
}

static void sweep__keeps_the_counts_that_status_tells(void **state)
{
	an_outage(*state, OLD, INCIDENT_MONITORING);
	an_outage(*state, T0 - DAY, INCIDENT_MONITORING);
	sweep(*state);
	struct counts counts;
	must(store_counts(*state, T0, &counts, err));
	assert_int_equal(counts.incidents_monitoring, 1);
	assert_int_equal(counts.deliveries_delivered, 2); /* ever, as /metrics has it */
}

/* However much hangs on one incident, no transaction removes more than it may. */
static void sweep__takes_an_incident_in_pieces__when_much_hangs_on_it(void **state)
{
	enum { ROWS = 10, HANGING = 95 };
	const struct outage old = an_outage(*state, OLD, INCIDENT_RESOLVED);
	for (int i = 0; i < HANGING; i++) {
		struct attempt attempt = { .delivery_id = old.delivery_id, .at_ms = OLD };
		must(store_attempt_add(*state, &attempt, err));
	}
	an_outage(*state, T0 - DAY, INCIDENT_RESOLVED);
	unsigned steps = 0;
	const int64_t before = number_of_sql(*state, "SELECT total_changes()");
	const struct sweep swept = sweep_by(*state, 400, ROWS, &steps);
	const int64_t removed = number_of_sql(*state, "SELECT total_changes()") - before;
	assert_true(removed > HANGING);
	assert_true(steps >= HANGING / ROWS);
	assert_int_equal(swept.removed[JOURNAL_INCIDENTS], 1);
	assert_int_equal(rows_of(*state, "attempt"), 1);
}

static void sweep__goes_through_all__in_ranges(void **state)
{
	enum { ROWS = 3, EVENTS = 50 };
	for (int i = 0; i < EVENTS; i++)
		an_event(*state, OLD + i);
	an_event(*state, T0);
	const struct sweep swept = sweep_by(*state, 400, ROWS, NULL);
	assert_int_equal(swept.removed[JOURNAL_EVENTS], EVENTS);
	assert_int_equal(rows_of(*state, "event"), 1);
}

/* ---- settings ---- */

static void keep__is_400_days__until_somebody_says_otherwise(void **state)
{
	struct keep keep;
	must(store_keep(*state, &keep, err));
	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		assert_int_equal(keep.days[i], KEEP_DAYS_DEFAULT);
	must(store_set_keep(*state, JOURNAL_AUDIT, 0, err));
	must(store_set_keep(*state, JOURNAL_EVENTS, 30, err));
	must(store_set_keep(*state, JOURNAL_EVENTS, 30, err)); /* no act: no row */
	must(store_keep(*state, &keep, err));
	assert_int_equal(keep.days[JOURNAL_AUDIT], 0);
	assert_int_equal(keep.days[JOURNAL_EVENTS], 30);
	assert_int_equal(keep.days[JOURNAL_ALERTS], KEEP_DAYS_DEFAULT);
	assert_int_equal(rows_of(*state, "audit WHERE action = 'keep'"), 2);
	struct err err = { 0 };
	assert_false(store_set_keep(*state, JOURNAL_EVENTS, -1, &err));
	assert_int_equal((int)err.code, ERR_INVALID);
}

/* ---- the file ---- */

static void pages__are_given_back__after_much_was_removed(void **state)
{
	struct transaction tx = { 0 };
	must(store_begin(*state, &tx, err));
	for (int i = 0; i < 5000; i++)
		an_event(*state, OLD + i);
	must(store_commit(&tx, err));
	an_event(*state, T0);
	sweep(*state);
	const int64_t before = number_of_sql(*state, "PRAGMA page_count");
	int64_t given = 0, all = 0;
	do {
		must(store_give_back_pages(*state, 16, &given, err));
		assert_true(given <= 16);
		all += given;
	} while (given > 0);
	assert_true(all > 0);
	assert_int_equal(number_of_sql(*state, "PRAGMA page_count"), before - all);
	assert_true(number_of_sql(*state, "PRAGMA freelist_count") <= before / 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(sweep__removes_all_of_what_is_old__and_nothing_of_the_rest),
		JOURNAL_TEST(sweep__removes_nothing__of_what_is_kept_for_ever),
		JOURNAL_TEST(sweep__keeps_incidents__that_are_not_over),
		JOURNAL_TEST(
			sweep__keeps_incidents__with_an_update_to_send_or_a_monitor_in_error),
		JOURNAL_TEST(sweep__keeps_incidents__that_could_be_reopened),
		JOURNAL_TEST(
			sweep__keeps_the_events_and_alerts__of_an_episode_that_goes_on),
		JOURNAL_TEST(sweep__keeps_the_newest_row__so_that_ids_are_not_used_again),
		JOURNAL_TEST(sweep__removes_tests__with_the_incidents),
		JOURNAL_TEST(sweep__removes_maintenance__that_ended_long_ago),
		JOURNAL_TEST(sweep__keeps_the_counts_that_status_tells),
		JOURNAL_TEST(sweep__takes_an_incident_in_pieces__when_much_hangs_on_it),
		JOURNAL_TEST(sweep__goes_through_all__in_ranges),
		JOURNAL_TEST(keep__is_400_days__until_somebody_says_otherwise),
		JOURNAL_TEST(pages__are_given_back__after_much_was_removed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
