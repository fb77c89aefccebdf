/* Why an error of a monitor would, or would not, reach a service: the gates of R3, mode,
 * maintenance and thresholds. Values out; the command line and the console draw them. */
#ifndef JUDGE_EXPLAIN_H
#define JUDGE_EXPLAIN_H

#include "core/base/err.h"
#include "core/store.h"

enum gate_kind {
	GATE_MONITOR,     /* monitor active */
	GATE_MAINTENANCE, /* not inside a window */
	GATE_DEFINITION,  /* active and holding the monitor */
	GATE_LEVEL,
	GATE_PLACEMENT, /* integration ticked */
	GATE_LINK,
	GATE_MODE,      /* dry-run is shut; paused is open, and said */
	GATE_THRESHOLD, /* unmet is not shut, and said */
	GATE_SEVERITY, /* degraded or disruption (R21); never shut, only where both can be */
	GATE_COUNT,
};
/* "monitor", "maintenance", "definition" … for JSON. */
const char *gate_kind_text(enum gate_kind kind);

enum { EXPLAIN_TEXT_SIZE = 2048 }; /* three names and what is said of them */

struct gate {
	enum gate_kind kind;
	bool open;
	int64_t record_id;            /* of the record that shuts it; 0: none */
	char text[EXPLAIN_TEXT_SIZE]; /* a sentence; names the remedy when shut */
};

/* Large: keep it on the heap. */
struct explained_path {
	struct path path;
	struct gate gates[GATE_COUNT];
	int gate_count;
	bool reaches;
};

typedef bool explained_fn(void *arg, const struct explained_path *path);

/* The window that covers the monitor at at_ms and ends last; *ret_id 0: none. */
bool explain_window(struct store *store, int64_t monitor_id, int64_t at_ms,
		    int64_t *ret_id, struct err *err) CHECKED;

/* Recurring maintenance that will cover the monitor at at_ms, although its window is not
 * made yet: until when, and its name; *ret_until_ms 0: there is none. */
bool explain_recurring(struct store *store, int64_t monitor_id, int64_t at_ms,
		       int64_t *ret_until_ms, char ret_name[NAME_SIZE], struct err *err)
	CHECKED;

/* Every path of the monitor (of the one service if service_id != 0) at at_ms.
 * *ret_reaches: the exit code's answer. With no path at all one explained_path with the
 * first missing thing is given. */
bool explain_monitor(struct store *store, int64_t monitor_id, int64_t service_id,
		     int64_t at_ms, explained_fn *row, void *arg, bool *ret_reaches,
		     struct err *err) CHECKED;

#endif
