/* Lists of what happened and what was decided: newest first, by any filter, a page at a
 * time. */
#include <string.h>

#include "tests/support/journal.h"

struct seen {
	int64_t ids[32];
	size_t count;
};

static bool see(struct seen *seen, int64_t id)
{
	seen->ids[seen->count++] = id;
	return seen->count < COUNT_OF(seen->ids);
}

static bool see_event(void *seen, const struct event_line *event)
{
	return see(seen, event->seq);
}

static bool see_alert(void *seen, const struct alert *alert)
{
	return see(seen, alert->id);
}

static bool see_incident(void *seen, const struct incident *incident)
{
	return see(seen, incident->id);
}

static bool see_delivery(void *seen, const struct delivery *delivery)
{
	return see(seen, delivery->id);
}

/* Ids as one number, newest first: 321 for three rows. */
static int64_t digits(const struct seen *seen)
{
	int64_t number = 0;
	for (size_t i = 0; i < seen->count; i++)
		number = number * 10 + seen->ids[i];
	return number;
}

static int64_t events(struct store *store, struct filter filter)
{
	struct seen seen = { .count = 0 };
	must(store_list_events(store, &filter, see_event, &seen, err));
	return digits(&seen);
}

static int64_t alerts(struct store *store, struct filter filter)
{
	struct seen seen = { .count = 0 };
	must(store_list_alerts(store, &filter, see_alert, &seen, err));
	return digits(&seen);
}

static int64_t incidents(struct store *store, struct filter filter)
{
	struct seen seen = { .count = 0 };
	must(store_list_incidents(store, &filter, see_incident, &seen, err));
	return digits(&seen);
}

static int64_t deliveries(struct store *store, struct filter filter)
{
	struct seen seen = { .count = 0 };
	must(store_list_deliveries(store, &filter, see_delivery, &seen, err));
	return digits(&seen);
}

#define WHERE(...) IN_STATE(-1, __VA_ARGS__)
#define IN_STATE(which, ...) ((struct filter){ .state = (which), __VA_ARGS__ })

/* Of the events 1 to 4: Shop error, Mail error, Shop OK, Shop error that is judged. */
static void four_events(struct store *store)
{
	static const struct {
		int64_t monitor_id;
		enum event_state state;
	} rows[] = { { SHOP, EVENT_ERROR },
		     { MAIL, EVENT_ERROR },
		     { SHOP, EVENT_OK },
		     { SHOP, EVENT_ERROR } };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct event event = { .monitor_id = rows[i].monitor_id,
				       .state = rows[i].state,
				       .confirmed = true,
				       .message = "Refused by the server" };
		enum event_verdict verdict;
		bool conflict;
		must(store_event_add(store, &event, T0 + (int64_t)i, &verdict, &conflict,
				     err));
	}
	run_sql(store, "DELETE FROM pending WHERE seq = 4");
}

static void list_events__filters__by_all_it_is_asked_for(void **state)
{
	four_events(*state);
	assert_int_equal(events(*state, FILTER_ALL), 4321);
	assert_int_equal(events(*state, WHERE(.monitor_id = SHOP)), 431);
	assert_int_equal(events(*state, IN_STATE(EVENT_OK, .monitor_id = SHOP)), 3);
	assert_int_equal(events(*state, WHERE(.open = true)), 321);
	assert_int_equal(events(*state, WHERE(.since_ms = T0 + 1, .until_ms = T0 + 3)),
			 32);
	assert_int_equal(events(*state, WHERE(.search = "SERVER")), 4321);
	assert_int_equal(events(*state, WHERE(.search = "absent")), 0);
}

static void list_events__pages__by_id(void **state)
{
	four_events(*state);
	assert_int_equal(events(*state, WHERE(.limit = 2)), 43);
	assert_int_equal(events(*state, WHERE(.limit = 2, .before_id = 3)), 21);
	assert_int_equal(events(*state, WHERE(.monitor_id = SHOP, .before_id = 4)), 31);
}

/* Alerts 1 to 3: Shop Error (reached incident 1 of Website), Shop Ok of the same
 * episode, Mail Error of an episode that runs (reached incident 2 of Email). */
static void three_alerts(struct store *store)
{
	static const struct {
		int64_t monitor_id;
		enum alert_type type;
		int64_t service_id;
	} rows[] = { { SHOP, ALERT_ERROR, WEBSITE },
		     { SHOP, ALERT_OK, 0 },
		     { MAIL, ALERT_ERROR, EMAIL } };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct alert alert = { .monitor_id = rows[i].monitor_id,
				       .type = rows[i].type,
				       .episode = 1,
				       .at_ms = T0 + (int64_t)i,
				       .level_id = 1 };
		bool is_new;
		must(store_alert_add(store, &alert, err));
		if (rows[i].service_id == 0)
			continue;
		struct incident incident = an_incident(store, rows[i].service_id);
		must(store_alert_reach_add(store, alert.id, rows[i].service_id,
					   incident.id, &is_new, err));
	}
	struct monitor_state mail = { .monitor_id = MAIL,
				      .in_error = true,
				      .episode = 1 };
	must(store_put_monitor_state(store, &mail, err));
}

static void list_alerts__filters__by_all_it_is_asked_for(void **state)
{
	three_alerts(*state);
	assert_int_equal(alerts(*state, FILTER_ALL), 321);
	assert_int_equal(alerts(*state, WHERE(.monitor_id = SHOP)), 21);
	assert_int_equal(alerts(*state, WHERE(.incident_id = 2)), 3);
	assert_int_equal(alerts(*state, WHERE(.service_id = WEBSITE)), 1);
	assert_int_equal(alerts(*state, WHERE(.service_id = WEBSITE, .monitor_id = MAIL)),
			 0);
	assert_int_equal(alerts(*state, IN_STATE(ALERT_OK, .limit = 0)), 2);
	assert_int_equal(alerts(*state, WHERE(.open = true)), 3);
	assert_int_equal(alerts(*state, WHERE(.search = "mai")), 3);
	assert_int_equal(alerts(*state, WHERE(.until_ms = T0 + 1)), 1);
	assert_int_equal(alerts(*state, WHERE(.limit = 1, .before_id = 3)), 2);
}

/* Incidents 1 to 6, by status: monitoring, investigating (Email), detached and over,
 * held, resolved, detached. Mail is joined to 2 and 5. */
static void six_incidents(struct store *store)
{
	static const struct {
		enum incident_status status;
		int64_t over_ms, service_id;
	} rows[] = {
		{ INCIDENT_MONITORING, 0, WEBSITE }, { INCIDENT_INVESTIGATING, 0, EMAIL },
		{ INCIDENT_DETACHED, T0, WEBSITE },  { INCIDENT_HELD, 0, WEBSITE },
		{ INCIDENT_RESOLVED, 0, WEBSITE },   { INCIDENT_DETACHED, 0, EMAIL }
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct incident incident = { .service_id = rows[i].service_id,
					     .status = rows[i].status,
					     .over_ms = rows[i].over_ms,
					     .opened_at_ms = T0 + (int64_t)i };
		must(store_incident_put(store, &incident, err));
		struct join join = { .incident_id = incident.id, .monitor_id = MAIL };
		if (incident.id == 2 || incident.id == 5)
			must(store_join_put(store, &join, err));
	}
}

static void list_incidents__filters__by_all_it_is_asked_for(void **state)
{
	six_incidents(*state);
	assert_int_equal(incidents(*state, FILTER_ALL), 654321);
	assert_int_equal(incidents(*state, WHERE(.open = true)), 642);
	assert_int_equal(incidents(*state, WHERE(.open = true, .service_id = EMAIL)), 62);
	assert_int_equal(incidents(*state, IN_STATE(INCIDENT_MONITORING, .limit = 0)), 1);
	assert_int_equal(incidents(*state, IN_STATE(INCIDENT_HELD, .limit = 0)), 4);
	assert_int_equal(incidents(*state, IN_STATE(INCIDENT_DETACHED, .limit = 0)), 63);
	assert_int_equal(incidents(*state, IN_STATE(INCIDENT_DETACHED, .open = true)), 6);
	assert_int_equal(incidents(*state, WHERE(.service_id = WEBSITE)), 5431);
	assert_int_equal(incidents(*state, WHERE(.monitor_id = MAIL)), 52);
	assert_int_equal(incidents(*state, WHERE(.incident_id = 3)), 3);
	assert_int_equal(incidents(*state, WHERE(.search = "EMAIL")), 62);
	assert_int_equal(incidents(*state, WHERE(.since_ms = T0 + 4)), 65);
}

static void list_incidents__pages__by_id_in_every_list(void **state)
{
	six_incidents(*state);
	assert_int_equal(incidents(*state, WHERE(.limit = 2, .before_id = 6)), 54);
	assert_int_equal(incidents(*state, WHERE(.open = true, .limit = 2)), 64);
	assert_int_equal(
		incidents(*state, WHERE(.open = true, .limit = 2, .before_id = 4)), 2);
	assert_int_equal(incidents(*state, WHERE(.service_id = WEBSITE, .limit = 1,
						 .before_id = 4)),
			 3);
}

static void list_reminders__are_those_to_come__soonest_first(void **state)
{
	struct store *store = *state;
	static const int64_t at_ms[] = { 0, T0 + 2, T0 + 1 };
	struct seen seen = { .count = 0 };
	for (size_t i = 0; i < COUNT_OF(at_ms); i++) {
		struct incident incident = { .service_id = WEBSITE,
					     .status = INCIDENT_INVESTIGATING,
					     .remind_at_ms = at_ms[i] };
		must(store_incident_put(store, &incident, err));
	}
	must(store_list_reminders(store, see_incident, &seen, err));
	assert_int_equal(digits(&seen), 32);
}

static void put_incidents(struct store *store, enum incident_status status, int count)
{
	for (int i = 0; i < count; i++) {
		struct incident incident = { .service_id = WEBSITE, .status = status };
		must(store_incident_put(store, &incident, err));
	}
}

/* Open ones newest first, two of them: are they these? */
static void assert_newest_open(struct store *store, int64_t first, int64_t second)
{
	const struct filter filter = WHERE(.open = true, .limit = 2);
	struct seen seen = { .count = 0 };
	must(store_list_incidents(store, &filter, see_incident, &seen, err));
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.ids[0], first);
	assert_int_equal(seen.ids[1], second);
}

static void list_incidents__finds_what_stands__near_the_end_and_far_from_it(void **state)
{
	enum { MANY = 600 };
	put_incidents(*state, INCIDENT_INVESTIGATING, 3);
	assert_newest_open(*state, 3, 2);
	put_incidents(*state, INCIDENT_RESOLVED, MANY);
	assert_newest_open(*state, 3, 2);
	put_incidents(*state, INCIDENT_INVESTIGATING, 1);
	assert_newest_open(*state, MANY + 4, 3);
	put_incidents(*state, INCIDENT_INVESTIGATING, 1);
	assert_newest_open(*state, MANY + 5, MANY + 4);
}

/* Deliveries 1 to 5: delivered, queued, held of Website and incident 1; failed,
 * cancelled of Email and incident 2, to which Mail is joined. */
static void five_deliveries(struct store *store)
{
	static const struct {
		int64_t service_id;
		enum delivery_state state;
	} rows[] = { { WEBSITE, DELIVERY_DELIVERED },
		     { WEBSITE, DELIVERY_QUEUED },
		     { WEBSITE, DELIVERY_HELD },
		     { EMAIL, DELIVERY_FAILED },
		     { EMAIL, DELIVERY_CANCELLED } };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct delivery delivery = { .service_id = rows[i].service_id,
					     .incident_id = rows[i].service_id,
					     .state = rows[i].state,
					     .created_ms = T0 + (int64_t)i };
		must(store_delivery_add(store, &delivery, "{}", err));
	}
	struct join join = { .incident_id = 2, .monitor_id = MAIL };
	must(store_join_put(store, &join, err));
}

static void list_deliveries__filters__by_all_it_is_asked_for(void **state)
{
	five_deliveries(*state);
	assert_int_equal(deliveries(*state, FILTER_ALL), 54321);
	assert_int_equal(deliveries(*state, WHERE(.open = true)), 432);
	assert_int_equal(deliveries(*state, WHERE(.open = true, .service_id = WEBSITE)),
			 32);
	assert_int_equal(deliveries(*state, WHERE(.open = true, .incident_id = 1)), 32);
	assert_int_equal(deliveries(*state, IN_STATE(DELIVERY_FAILED, .limit = 0)), 4);
	assert_int_equal(deliveries(*state, IN_STATE(DELIVERY_DELIVERED, .limit = 0)), 1);
	assert_int_equal(deliveries(*state, WHERE(.service_id = EMAIL)), 54);
	assert_int_equal(deliveries(*state, WHERE(.incident_id = 1)), 321);
	assert_int_equal(deliveries(*state, WHERE(.monitor_id = MAIL)), 54);
	assert_int_equal(deliveries(*state, WHERE(.search = "web")), 321);
	assert_int_equal(
		deliveries(*state, WHERE(.since_ms = T0 + 1, .until_ms = T0 + 3)), 32);
}

static void list_deliveries__pages__by_id_in_every_list(void **state)
{
	five_deliveries(*state);
	assert_int_equal(deliveries(*state, WHERE(.limit = 2)), 54);
	assert_int_equal(deliveries(*state, WHERE(.limit = 2, .before_id = 4)), 32);
	assert_int_equal(
		deliveries(*state, WHERE(.open = true, .limit = 1, .before_id = 4)), 3);
	assert_int_equal(deliveries(*state, WHERE(.incident_id = 1, .limit = 1)), 3);
}

static bool see_id(void *seen, int64_t id)
{
	return see(seen, id);
}

static void list_ids__are_those_of_the_newest__or_of_one_service(void **state)
{
	struct seen seen[3] = { 0 };

	six_incidents(*state);
	five_deliveries(*state);
	must(store_list_incident_ids(*state, 3, see_id, &seen[0], err));
	assert_int_equal(digits(&seen[0]), 654);
	must(store_list_delivery_ids(*state, 0, 0, see_id, &seen[1], err));
	assert_int_equal(digits(&seen[1]), 54321);
	must(store_list_delivery_ids(*state, WEBSITE, 2, see_id, &seen[2], err));
	assert_int_equal(digits(&seen[2]), 32);
}

static bool see_one(void *arg, const struct delivery *delivery)
{
	(void)delivery;
	(*(int *)arg)++;
	return false;
}

static void list_deliveries__stops__when_the_row_says_so(void **state)
{
	int seen = 0;
	five_deliveries(*state);
	must(store_list_deliveries(*state, &FILTER_ALL, see_one, &seen, err));
	assert_int_equal(seen, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(list_events__filters__by_all_it_is_asked_for),
		JOURNAL_TEST(list_events__pages__by_id),
		JOURNAL_TEST(list_alerts__filters__by_all_it_is_asked_for),
		JOURNAL_TEST(list_incidents__filters__by_all_it_is_asked_for),
		JOURNAL_TEST(list_incidents__pages__by_id_in_every_list),
		JOURNAL_TEST(list_reminders__are_those_to_come__soonest_first),
		JOURNAL_TEST(
			list_incidents__finds_what_stands__near_the_end_and_far_from_it),
		JOURNAL_TEST(list_deliveries__filters__by_all_it_is_asked_for),
		JOURNAL_TEST(list_deliveries__pages__by_id_in_every_list),
		JOURNAL_TEST(list_deliveries__stops__when_the_row_says_so),
		JOURNAL_TEST(list_ids__are_those_of_the_newest__or_of_one_service),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
