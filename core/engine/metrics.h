/* Numbers for Prometheus: what this engine counts itself, and what the database knows. */
#ifndef ENGINE_METRICS_H
#define ENGINE_METRICS_H

#include "core/engine/ingest_record.h"
#include "core/rules/retry.h"
#include "core/store_sources.h"

enum {
	METRICS_MAX = 256 * 1024, /* bytes of one answer */
	METRICS_BUCKETS = 14,     /* of the latency, +Inf not counted */
	METRICS_ROUTES = 6,       /* the last: unknown paths */
	METRICS_STATUSES = 12,    /* the last: other ones */
};

struct metrics_times {
	int64_t buckets[METRICS_BUCKETS +
			1]; /* by the one they fall in; the last: +Inf */
	int64_t sum_ms;
};

struct metrics {
	int64_t requests[METRICS_ROUTES][METRICS_STATUSES]; /* answered by the listener */
	struct ingest_tally events;                         /* that it took */
	int64_t attempts[RETRY_REFUSED + 1];
	struct metrics_times latency; /* of deliveries */
	int64_t checks[CHECK_VERDICT_COUNT];
	struct metrics_times check_durations;
	int64_t check_late_max_ms; /* since the last scrape */
	int64_t lag_max_ms;        /* since the last scrape */
	int64_t turns;
	struct alert_totals alerts;
};

/* All of them take NULL and then do nothing. */
void metrics_request(struct metrics *metrics, const char *path, unsigned status);
void metrics_events(struct metrics *metrics, const struct ingest_tally *tally);
void metrics_attempt(struct metrics *metrics, enum retry_verdict verdict);
/* An update was accepted so long after it was decided, pauses not counted. */
void metrics_delivered(struct metrics *metrics, int64_t latency_ms);
/* A check was made; and one began so long after it was due. */
void metrics_check(struct metrics *metrics, const struct check_result *result);
void metrics_check_late(struct metrics *metrics, int64_t late_ms);
/* The loop was away from its wait so long. */
void metrics_turn(struct metrics *metrics, int64_t away_ms);

/* Appends the page in Prometheus' text format. */
bool metrics_write(struct metrics *metrics, struct store *store, int64_t now_ms,
		   struct buf *ret, struct err *err) CHECKED;

#endif
