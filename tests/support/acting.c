#include "tests/support/acting.h"

#include "core/judge/judge.h"

int acting_open(void **state)
{
	journal_open(state);
	set_mode(*state, MODE_LIVE);
	run_sql(*state, "UPDATE level SET after_errors = 1 WHERE id = 1");
	return 0;
}

void set_mode(struct store *store, enum mode mode)
{
	must(store_set_mode(store, mode, T0, err));
}

void judge_at(struct store *store, int64_t now_ms)
{
	struct judge_report report = { 0 };

	must(judge_run(store, now_ms, 1000, &report, err));
	assert_false(report.more);
}

static void event_at(struct store *store, int64_t monitor_id, enum event_state what,
		     int64_t at_ms)
{
	struct event event = { .monitor_id = monitor_id,
			       .state = what,
			       .confirmed = true,
			       .explicit_at = true,
			       .at_ms = at_ms };
	enum event_verdict verdict;
	bool conflict;

	must(store_event_add(store, &event, at_ms, &verdict, &conflict, err));
	assert_int_equal(verdict, VERDICT_ACCEPTED);
	judge_at(store, at_ms);
}

void error_at(struct store *store, int64_t monitor_id, int64_t at_ms)
{
	event_at(store, monitor_id, EVENT_ERROR, at_ms);
}

void ok_at(struct store *store, int64_t monitor_id, int64_t at_ms)
{
	event_at(store, monitor_id, EVENT_OK, at_ms);
}

struct waiting {
	int64_t ids[64];
	size_t count;
};

static bool collect_waiting(void *arg, const struct delivery *delivery)
{
	struct waiting *waiting = arg;

	if (delivery->state != DELIVERY_HELD)
		waiting->ids[waiting->count++] = delivery->id;
	return waiting->count < COUNT_OF(waiting->ids);
}

void answer_all(struct store *store, int64_t http_status, int64_t now_ms)
{
	const struct outcome outcome = { .http_status = http_status,
					 .request_sent = true,
					 .started_ms = now_ms,
					 .answer = "thanks" };
	struct waiting waiting = { 0 };
	struct retry_decision decision;
	struct filter unfinished = FILTER_ALL;

	unfinished.open = true;
	must(store_list_deliveries(store, &unfinished, collect_waiting, &waiting, err));
	for (size_t i = waiting.count; i > 0; i--)
		must(judge_outcome(store, waiting.ids[i - 1], &outcome, now_ms, 0,
				   &decision, err));
}

static int64_t max_id(struct store *store, const char *sql)
{
	int64_t id = number_of_sql(store, sql);

	assert_true(id > 0);
	return id;
}

struct incident the_incident(struct store *store, int64_t id)
{
	struct incident incident;

	must(store_incident_get(store, id, &incident, err));
	return incident;
}

struct delivery the_delivery(struct store *store, int64_t id)
{
	struct delivery delivery;

	must(store_delivery_get(store, id, &delivery, err));
	return delivery;
}

struct incident last_incident(struct store *store)
{
	return the_incident(store,
			    max_id(store, "SELECT ifnull(max(id), 0) FROM incident"));
}

struct incident public_incident(struct store *store)
{
	error_at(store, SHOP, T0);
	answer_all(store, 200, T0);
	struct incident incident = last_incident(store);
	assert_int_equal(incident.reach, REACH_YES);
	return incident;
}

struct delivery last_delivery(struct store *store)
{
	return the_delivery(store,
			    max_id(store, "SELECT ifnull(max(id), 0) FROM delivery"));
}

static bool count_one(void *arg, const struct delivery *delivery)
{
	(void)delivery;
	++*(int64_t *)arg;
	return true;
}

int64_t deliveries_in(struct store *store, enum delivery_state what)
{
	struct filter in_state = FILTER_ALL;
	int64_t count = 0;

	in_state.state = (int)what;
	must(store_list_deliveries(store, &in_state, count_one, &count, err));
	return count;
}

int64_t audit_rows(struct store *store)
{
	return number_of_sql(store, "SELECT count(*) FROM audit");
}
