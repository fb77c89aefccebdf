/* What will go public, soonest first: held updates, retries, level timers, window ends,
 * reminders, and what waits for the mode or for an operator; and when maintenance begins
 * and ends. */
#ifndef JUDGE_NEXT_H
#define JUDGE_NEXT_H

#include "core/base/err.h"
#include "core/store.h"

enum next_kind {
	NEXT_HELD,   /* a held update is released */
	NEXT_QUEUED, /* an update waits to be sent */
	NEXT_RETRY,  /* an update that was tried is tried again */
	NEXT_LEVEL,  /* a level by minutes triggers */
	NEXT_WINDOW, /* a maintenance window ends with monitors in error */
	NEXT_REMINDER,
	NEXT_MAINTENANCE, /* a window begins, or ends: nothing public by itself */
	NEXT_KIND_COUNT,
};
const char *next_kind_text(enum next_kind kind);

struct next_item {
	int64_t at_ms; /* 0: waits for the mode or for an operator, and text says for
			  which */
	enum next_kind kind;
	char text[1280]; /* "Partner API goes red (window #4 ends, 3 monitors in error)"
			  */
	int64_t delivery_id, incident_id, monitor_id, service_id, window_id; /* 0: none */
	bool begins; /* the window does then, else it ends */
};
typedef bool next_fn(void *arg, const struct next_item *item);

/* Soonest first; what has no time comes last. limit 0: all. Nothing is judged: what is
 * due is listed as due. */
bool next_list(struct store *store, int64_t now_ms, int64_t limit, next_fn *row,
	       void *arg, struct err *err) CHECKED;

#endif
