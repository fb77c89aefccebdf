/* After an attempt: delivered, once more, or refused; and when. */
#ifndef RULES_RETRY_H
#define RULES_RETRY_H

#include <stdbool.h>
#include <stdint.h>

/* How an attempt ended, as the transport saw it. */
struct outcome {
	int64_t http_status; /* 0: no status line came */
	/* false: failed before the request left (resolve, connect, TLS): an error (R22) */
	bool request_sent;
	bool has_retry_after;
	int64_t retry_after_ms; /* from now; unclamped */
	const char *error;      /* safe sentence without secrets, or NULL */
	const char *answer; /* body, at most ANSWER_MAX bytes, NUL-terminated; or NULL */
	int64_t started_ms, duration_ms;
};

enum retry_verdict { RETRY_DELIVERED, RETRY_TEMPORARY, RETRY_REFUSED };

struct retry_decision {
	enum retry_verdict verdict;
	bool ambiguous;   /* no answer: the request may have been accepted (R22) */
	bool by_receiver; /* next_attempt_ms comes from Retry-After */
	int64_t next_attempt_ms;
};

enum {
	RETRY_FIRST_MS = 250,
	RETRY_LONGEST_MS = 5 * 60 * 1000,
	RETRY_JITTER_PERCENT = 20,
	RETRY_AFTER_MIN_MS = 1000,
	RETRY_AFTER_MAX_MS = 60 * 60 * 1000,
	RETRY_REFUSED_MS = 60 * 60 * 1000, /* a refused one is tried again hourly */
	DUE_AHEAD_MAX_MS =
		60 * 60 * 1000, /* a stored due time is never honoured further ahead */
	EXPIRE_ATTEMPTS = 20,
};
#define EXPIRE_AFTER_MS (INT64_C(72) * 60 * 60 * 1000)

/* Was the request accepted? */
bool retry_is_accepted(int64_t http_status);

/* attempts: made so far, this one included (>= 1); random: any 64 bits, for the jitter. */
struct retry_decision retry_decide(const struct outcome *outcome, int64_t attempts,
				   int64_t now_ms, uint64_t random);

/* Retry-After header (seconds or HTTP date) to milliseconds from now; false if it is
 * neither. */
bool retry_after_parse(const char *text, int64_t now_ms, int64_t *ret_ms);

/* Has a disruption lived too long? Recoveries never expire. age_from_ms: creation, moved by
 * paused time. */
bool retry_expired(int64_t age_from_ms, int64_t attempts, int64_t now_ms);

#endif
