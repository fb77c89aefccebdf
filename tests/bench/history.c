/* A long history, made fast, and what removing the old part of it costs.
 *
 *     history DATABASE add OUTAGES DAYS
 *     history DATABASE sweep DAYS STEPS
 *
 * add: so many outages that are over, spread over the last DAYS days, of all monitors in turn,
 * each on the service of its first link; an outage is fourteen rows (two events, two alerts and
 * whom they reached, an incident with a join, two updates with body and attempt). sweep: removes
 * what is older than DAYS in the engine's own steps, no more than STEPS of them; prints "steps N
 * p50 MS p99 MS max MS". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/store.h"
#include "db/db.h"

enum { PER_COMMIT = 5000 };

struct monitors {
	int64_t *ids, *services;
	size_t count, capacity, service_count, service_capacity;
};

static double now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- adding ---- */

static bool add_link(void *arg, const void *rec)
{
	struct monitors *monitors = arg;
	const struct link *link = rec;

	VEC_PUSH(monitors->ids, monitors->count, monitors->capacity) = link->monitor_id;
	VEC_PUSH(monitors->services, monitors->service_count,
		 monitors->service_capacity) = link->service_id;
	return true;
}

static bool add_event(struct store *store, int64_t monitor_id, enum event_state state,
		      int64_t at_ms, struct err *err)
{
	struct event event = { .monitor_id = monitor_id,
			       .state = state,
			       .confirmed = true };
	enum event_verdict verdict;
	bool conflict;

	memcpy(event.message, "timeout after 10000 ms", 23);
	return store_event_add(store, &event, at_ms, &verdict, &conflict, err);
}

static bool add_alert(struct store *store, int64_t monitor_id, int64_t service_id,
		      enum alert_type type, int64_t at_ms, struct incident *incident,
		      struct err *err)
{
	struct alert alert = { .type = type,
			       .at_ms = at_ms,
			       .monitor_id = monitor_id,
			       .episode = at_ms, /* any number but the running one's */
			       .definition_id = 1,
			       .level_id = 1,
			       .level = 1 };
	bool is_new;

	if (!store_alert_add(store, &alert, err))
		return false;
	if (type == ALERT_ERROR)
		incident->opening_alert_id = alert.id;
	return (incident->id != 0 || store_incident_put(store, incident, err)) &&
	       store_alert_reach_add(store, alert.id, service_id, incident->id, &is_new,
				     err);
}

static bool add_update(struct store *store, const struct incident *incident,
		       enum delivery_kind kind, int64_t at_ms, struct err *err)
{
	struct delivery delivery = { .service_id = incident->service_id,
				     .incident_id = incident->id,
				     .state = DELIVERY_DELIVERED,
				     .kind = kind,
				     .incident_status = kind == KIND_DISRUPTION
								? INCIDENT_INVESTIGATING
								: INCIDENT_MONITORING,
				     .service_status = kind == KIND_DISRUPTION
							       ? SERVICE_DISRUPTION
							       : SERVICE_OPERATIONAL,
				     .attempts = 1,
				     .created_ms = at_ms,
				     .age_from_ms = at_ms,
				     .first_sent_ms = at_ms,
				     .sent_ms = at_ms,
				     .delivered_ms = at_ms,
				     .finished_ms = at_ms,
				     .http_status = 200 };
	struct attempt attempt = { .at_ms = at_ms, .http_status = 200 };

	if (!store_delivery_add(store, &delivery,
				"{\"type\":\"incident\",\"title\":\"A service: Service "
				"disruption\",\"description\":\"We are investigating a "
				"problem with a service.\",\"state\":\"investigating\"}",
				err))
		return false;
	attempt.delivery_id = delivery.id;
	return store_attempt_add(store, &attempt, err);
}

static bool add_outage(struct store *store, int64_t monitor_id, int64_t service_id,
		       int64_t at_ms, struct err *err)
{
	const int64_t end_ms = at_ms + 5 * MINUTE_MS;
	struct incident incident = { .service_id = service_id,
				     .status = INCIDENT_RESOLVED,
				     .reach = REACH_YES,
				     .opened_at_ms = at_ms,
				     .start_ms = at_ms,
				     .monitoring_at_ms = end_ms,
				     .resolved_at_ms = end_ms,
				     .published_at_ms = end_ms };
	struct join join = { .monitor_id = monitor_id,
			     .episode = at_ms,
			     .joined_ms = at_ms,
			     .ok_ms = end_ms };

	if (!add_event(store, monitor_id, EVENT_ERROR, at_ms, err) ||
	    !add_alert(store, monitor_id, service_id, ALERT_ERROR, at_ms, &incident, err))
		return false;
	join.incident_id = incident.id;
	return store_join_put(store, &join, err) &&
	       add_update(store, &incident, KIND_DISRUPTION, at_ms, err) &&
	       add_event(store, monitor_id, EVENT_OK, end_ms, err) &&
	       add_alert(store, monitor_id, service_id, ALERT_OK, end_ms, &incident,
			 err) &&
	       add_update(store, &incident, KIND_RECOVERY, end_ms, err);
}

static bool add_some(struct store *store, const struct monitors *monitors, int64_t first,
		     int64_t count, int64_t from_ms, double every_ms, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	const struct event_place all = { .at_ms = INT64_MAX, .seq = INT64_MAX };

	if (!store_begin(store, &tx, err))
		return false;
	for (int64_t i = first; i < first + count; i++) {
		const size_t of = (size_t)i % monitors->count;
		if (!add_outage(store, monitors->ids[of], monitors->services[of],
				from_ms + (int64_t)((double)i * every_ms), err))
			return false;
	}
	return store_events_judged(store, all, err) && store_commit(&tx, err);
}

/* The indexes of a long history are touched everywhere: a usual cache would write every page of
 * them over and over. All of it in memory, written once; a crash costs the file, which is made
 * anew. */
static bool hasten(struct store *store, struct err *err)
{
	return db_exec(store,
		       "PRAGMA journal_mode = OFF;"
		       "PRAGMA synchronous = OFF;"
		       "PRAGMA cache_size = -2000000",
		       err);
}

static bool add(struct store *store, int64_t outages, int64_t days, struct err *err)
{
	struct monitors monitors = { 0 };
	const double span_ms = (double)days * 86400e3;
	const int64_t from_ms = clock_now_ms(NULL) - (int64_t)span_ms;
	bool done = store_list(store, RECORD_LINK, 0, add_link, &monitors, err) &&
		    hasten(store, err) &&
		    (monitors.count > 0 ||
		     fail(err, ERR_INVALID, "The database has no link"));

	for (int64_t i = 0; done && i < outages; i += PER_COMMIT) {
		const int64_t left = outages - i;
		done = add_some(store, &monitors, i,
				left < PER_COMMIT ? left : PER_COMMIT, from_ms,
				span_ms / (double)outages, err);
	}
	free(monitors.ids);
	free(monitors.services);
	return done && db_exec(store, "PRAGMA journal_mode = WAL", err);
}

/* ---- sweeping ---- */

static int compare(const void *a, const void *b)
{
	const double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static void print_steps(double *took_ms, size_t count)
{
	qsort(took_ms, count, sizeof(*took_ms), compare);
	printf("steps %zu p50 %.2f p99 %.2f max %.2f\n", count, took_ms[count / 2],
	       took_ms[count * 99 / 100], took_ms[count - 1]);
}

/* As core/engine/sweeper takes them. */
enum { ROWS = 50, PAGES = 25 };

static bool step(struct store *store, struct sweep *sweep, bool *done, struct err *err)
{
	int64_t given = 0;

	if (!*done)
		return store_sweep_some(store, ROWS, sweep, done, err);
	if (!store_give_back_pages(store, PAGES, &given, err))
		return false;
	*done = given > 0;
	return true;
}

static bool sweep(struct store *store, int64_t days, int64_t steps, struct err *err)
{
	struct sweep sweep = { 0 };
	double *took_ms = mem_new((size_t)steps, sizeof(*took_ms));
	bool good = true, removes_none = false;
	size_t count = 0;

	for (enum journal i = 0; i < JOURNAL_COUNT; i++)
		sweep.before_ms[i] = keep_before_ms(days, clock_now_ms(NULL));
	while (good && count < (size_t)steps) {
		const bool was_giving = removes_none;
		const double begin_ms = now_ms();
		good = step(store, &sweep, &removes_none, err);
		took_ms[count++] = now_ms() - begin_ms;
		if (was_giving && !removes_none)
			break;
	}
	if (good)
		print_steps(took_ms, count);
	free(took_ms);
	return good;
}

int main(int argc, char **argv)
{
	DEFER(store_done) struct store *store = NULL;
	struct err err = { 0 };
	int64_t first = 0, second = 0;

	if (argc != 5 || !text_integer(argv[3], &first) ||
	    !text_integer(argv[4], &second) || first < 1 || second < 1) {
		(void)fprintf(stderr, "usage: history DATABASE add OUTAGES DAYS\n"
				      "       history DATABASE sweep DAYS STEPS\n");
		return 2;
	}
	const bool adds = text_equal(argv[2], "add");
	if (store_open(argv[1], STORE_WRITE, &store, &err) &&
	    (adds ? add(store, first, second, &err) : sweep(store, first, second, &err)))
		return 0;
	(void)fprintf(stderr, "history: %s\n", err.text);
	return 1;
}
