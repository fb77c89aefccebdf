/* What the public was told of one service, and when: the updates that its page has taken,
 * word for word. */
#ifndef JUDGE_HISTORY_H
#define JUDGE_HISTORY_H

#include "core/base/err.h"
#include "core/judge/report.h"
#include "core/store.h"

struct told {
	int64_t at_ms; /* when the page took it; !certain: when it was sent */
	bool certain; /* answered with 2xx; else a try ended without an answer: the public
			 may have read it (R22) */
	const struct delivery *delivery; /* kind, statuses, http_status, incident_id */
	const struct public_words *words;
	const char *incident_key; /* empty for a test */
};
/* at_ms of an update that was told. */
int64_t history_told_ms(const struct delivery *delivery);

typedef bool told_fn(void *arg, const struct told *told);

/* Newest first, from since_ms to until_ms, both 0 for any. Only what left: never what was
 * held, cancelled before it was tried, or decided in dry-run. */
bool history_service(struct store *store, int64_t service_id, int64_t since_ms,
		     int64_t until_ms, told_fn *row, void *arg, struct err *err) CHECKED;

#endif
