#include "core/engine/metrics.h"

#include <inttypes.h>

#include "core/base/text.h"

static const int64_t bucket_ms[METRICS_BUCKETS] = { 10,    50,     100,    250,    500,
						    1000,  2500,   5000,   10000,  30000,
						    60000, 300000, 900000, 3600000 };

static const char *const routes[METRICS_ROUTES] = {
	"/v1/events", "/v1/uptrends", "/v1/alertmanager", "/metrics", "/healthz", "other",
};
static const unsigned statuses[METRICS_STATUSES] = { 200, 202, 400, 401, 404, 405,
						     409, 413, 415, 429, 503, 0 };
static const char *const verdicts[] = { [RETRY_DELIVERED] = "delivered",
					[RETRY_TEMPORARY] = "temporary",
					[RETRY_REFUSED] = "refused" };

/* ---- counting ---- */

void metrics_request(struct metrics *m, const char *path, unsigned status)
{
	size_t route = 0, code = 0;
	if (!m)
		return;
	while (route < METRICS_ROUTES - 1 && !text_equal(routes[route], path))
		route++;
	while (code < METRICS_STATUSES - 1 && statuses[code] != status)
		code++;
	m->requests[route][code]++;
}

void metrics_events(struct metrics *m, const struct ingest_tally *tally)
{
	if (!m)
		return;
	m->events.recorded += tally->recorded;
	m->events.duplicate += tally->duplicate;
	m->events.too_old += tally->too_old;
	m->events.unmatched += tally->unmatched;
}

void metrics_attempt(struct metrics *m, enum retry_verdict verdict)
{
	if (m)
		m->attempts[verdict]++;
}

static void count_time(struct metrics_times *times, int64_t took_ms)
{
	size_t bucket = 0;
	while (bucket < METRICS_BUCKETS && took_ms > bucket_ms[bucket])
		bucket++;
	times->buckets[bucket]++;
	times->sum_ms += took_ms > 0 ? took_ms : 0;
}

void metrics_delivered(struct metrics *m, int64_t latency_ms)
{
	if (m)
		count_time(&m->latency, latency_ms);
}

void metrics_check(struct metrics *m, const struct check_result *result)
{
	if (!m)
		return;
	m->checks[result->verdict]++;
	count_time(&m->check_durations, result->total_us / 1000);
}

void metrics_check_late(struct metrics *m, int64_t late_ms)
{
	if (m && late_ms > m->check_late_max_ms)
		m->check_late_max_ms = late_ms;
}

void metrics_turn(struct metrics *m, int64_t away_ms)
{
	if (!m)
		return;
	m->turns++;
	if (away_ms > m->lag_max_ms)
		m->lag_max_ms = away_ms;
}

/* ---- writing ---- */

static void family(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_addf(b, "# HELP hublink_%s %s\n# TYPE hublink_%s %s\n", name, help, name,
		 type);
}

static void sample(struct buf *b, const char *name, int64_t value)
{
	buf_addf(b, "hublink_%s %" PRId64 "\n", name, value);
}

static void labelled(struct buf *b, const char *name, const char *label,
		     const char *value, int64_t number)
{
	buf_addf(b, "hublink_%s{%s=\"%s\"} %" PRId64 "\n", name, label, value, number);
}

/* Milliseconds as seconds. */
static void seconds(struct buf *b, const char *name, int64_t ms)
{
	buf_addf(b, "hublink_%s %" PRId64 ".%03" PRId64 "\n", name, ms / 1000, ms % 1000);
}

static void write_self(struct buf *b, struct metrics *m, enum mode mode)
{
	family(b, "build_info", "gauge", "What runs here.");
	labelled(b, "build_info", "version", HUBLINK_VERSION, 1);
	family(b, "mode_info", "gauge", "The mode of the database.");
	labelled(b, "mode_info", "mode", mode_text(mode), 1);
	family(b, "loop_turns_total", "counter", "Turns of the engine's loop.");
	sample(b, "loop_turns_total", m->turns);
	family(b, "loop_lag_seconds", "gauge",
	       "The longest time that the loop was away from its wait since the last "
	       "scrape.");
	seconds(b, "loop_lag_seconds", m->lag_max_ms);
	m->lag_max_ms = 0;
}

static void write_requests(struct buf *b, const struct metrics *m)
{
	family(b, "listener_requests_total", "counter",
	       "Requests that the listener answered.");
	for (size_t r = 0; r < METRICS_ROUTES; r++)
		for (size_t s = 0; s < METRICS_STATUSES; s++)
			if (m->requests[r][s] > 0)
				buf_addf(b,
					 "hublink_listener_requests_total{path=\"%s\","
					 "code=\"%u\"} %" PRId64 "\n",
					 routes[r], statuses[s], m->requests[r][s]);
	family(b, "listener_events_total", "counter",
	       "Events that the listener took, by what they were.");
	labelled(b, "listener_events_total", "outcome", "recorded", m->events.recorded);
	labelled(b, "listener_events_total", "outcome", "duplicate", m->events.duplicate);
	labelled(b, "listener_events_total", "outcome", "too-old", m->events.too_old);
	labelled(b, "listener_events_total", "outcome", "unmatched", m->events.unmatched);
}

static void write_journal(struct buf *b, const struct metrics *m,
			  const struct totals *totals, const struct counts *counts)
{
	family(b, "events_total", "counter", "Events recorded, from every source.");
	sample(b, "events_total", totals->events);
	family(b, "events_pending", "gauge", "Events that wait to be judged.");
	sample(b, "events_pending", counts->events_pending);
	family(b, "alerts_total", "counter",
	       "Alerts raised, by type and by whether they reached a service.");
	for (int type = 0; type < ALERT_TYPE_COUNT; type++) {
		const char *word = alert_type_text((enum alert_type)type);
		buf_addf(b,
			 "hublink_alerts_total{type=\"%s\",outcome=\"reached\"} %" PRId64
			 "\nhublink_alerts_total{type=\"%s\",outcome=\"silent\"} %" PRId64
			 "\n",
			 word, m->alerts.reached[type], word, m->alerts.silent[type]);
	}
	family(b, "incidents_opened_total", "counter", "Incidents opened.");
	sample(b, "incidents_opened_total", totals->incidents);
}

static void write_states(struct buf *b, const struct counts *c)
{
	family(b, "monitors", "gauge", "Monitors by state.");
	labelled(b, "monitors", "state", "ok", c->monitors_ok);
	labelled(b, "monitors", "state", "error", c->monitors_error);
	labelled(b, "monitors", "state", "unknown", c->monitors_unknown);
	labelled(b, "monitors", "state", "maintenance", c->monitors_maintenance);
	labelled(b, "monitors", "state", "inactive", c->monitors_inactive);
	family(b, "incidents", "gauge", "Unfinished incidents by status.");
	labelled(b, "incidents", "status", "held", c->incidents_held);
	labelled(b, "incidents", "status", "investigating", c->incidents_investigating);
	labelled(b, "incidents", "status", "identified", c->incidents_identified);
	labelled(b, "incidents", "status", "monitoring", c->incidents_monitoring);
	family(b, "queue_deliveries", "gauge", "Unfinished deliveries by state.");
	labelled(b, "queue_deliveries", "state", "held", c->deliveries_held);
	labelled(b, "queue_deliveries", "state", "queued", c->deliveries_queued);
	labelled(b, "queue_deliveries", "state", "failed", c->deliveries_failed);
	family(b, "queue_overdue_seconds", "gauge",
	       "How long the most overdue delivery has been due.");
	seconds(b, "queue_overdue_seconds", c->overdue_ms);
}

/* A histogram: its family, then the samples of it. */
static void write_times(struct buf *b, const char *name, const char *help,
			const struct metrics_times *times)
{
	int64_t count = 0;
	family(b, name, "histogram", help);
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		count += times->buckets[i];
		buf_addf(b,
			 "hublink_%s_bucket{le=\"%" PRId64 ".%02" PRId64 "\"} %" PRId64
			 "\n",
			 name, bucket_ms[i] / 1000, bucket_ms[i] % 1000 / 10, count);
	}
	count += times->buckets[METRICS_BUCKETS];
	buf_addf(b, "hublink_%s_bucket{le=\"+Inf\"} %" PRId64 "\n", name, count);
	buf_addf(b, "hublink_%s_sum %" PRId64 ".%03" PRId64 "\n", name,
		 times->sum_ms / 1000, times->sum_ms % 1000);
	buf_addf(b, "hublink_%s_count %" PRId64 "\n", name, count);
}

static void write_checks(struct buf *b, struct metrics *m)
{
	family(b, "checks_total", "counter",
	       "Built-in checks since the engine started, by what they found.");
	for (int verdict = 0; verdict < CHECK_VERDICT_COUNT; verdict++)
		labelled(b, "checks_total", "outcome",
			 check_verdict_text((enum check_verdict)verdict),
			 m->checks[verdict]);
	write_times(b, "check_duration_seconds", "How long built-in checks took.",
		    &m->check_durations);
	family(b, "check_overdue_seconds", "gauge",
	       "The longest time that a built-in check began after it was due, since the "
	       "last scrape.");
	seconds(b, "check_overdue_seconds", m->check_late_max_ms);
	m->check_late_max_ms = 0;
}

static void write_deliveries(struct buf *b, const struct metrics *m,
			     const struct totals *totals, const struct counts *counts)
{
	family(b, "deliveries_total", "counter", "Deliveries that ended, by how.");
	labelled(b, "deliveries_total", "outcome", "delivered",
		 counts->deliveries_delivered);
	labelled(b, "deliveries_total", "outcome", "cancelled", totals->cancelled);
	labelled(b, "deliveries_total", "outcome", "superseded", totals->superseded);
	labelled(b, "deliveries_total", "outcome", "expired", totals->expired);
	labelled(b, "deliveries_total", "outcome", "dry-run", totals->dry_run);
	family(b, "attempts_total", "counter",
	       "Attempts to deliver since the engine started, by how they ended.");
	for (size_t i = 0; i < COUNT_OF(verdicts); i++)
		labelled(b, "attempts_total", "outcome", verdicts[i], m->attempts[i]);
	write_times(b, "delivery_latency_seconds",
		    "From the decision of an update to its delivery, pauses not counted.",
		    &m->latency);
}

bool metrics_write(struct metrics *metrics, struct store *store, int64_t now_ms,
		   struct buf *ret, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct totals totals;
	struct counts counts;
	int64_t unmatched;
	enum mode mode;
	if (!store_begin_reading(store, &tx, err) || !store_totals(store, &totals, err) ||
	    !store_counts(store, now_ms, &counts, err) ||
	    !store_count_alerts(store, &metrics->alerts, err) ||
	    !store_count_unmatched(store, &unmatched, err) ||
	    !store_mode(store, &mode, err))
		return false;
	write_self(ret, metrics, mode);
	write_requests(ret, metrics);
	write_journal(ret, metrics, &totals, &counts);
	family(ret, "unmatched_monitors", "gauge",
	       "Monitors that senders speak of and nobody knows.");
	sample(ret, "unmatched_monitors", unmatched);
	write_states(ret, &counts);
	write_deliveries(ret, metrics, &totals, &counts);
	write_checks(ret, metrics);
	return true;
}
