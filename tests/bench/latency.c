/* From an event to its webhook: records one error of each monitor, one at a time, through
 * the store, as `event` does, while an engine works on the database in another process.
 *
 *     latency DATABASE COUNT PAUSE_MS
 *
 * Prints "at NS" before each commit, nanoseconds since 1970. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/store.h"

struct monitors {
	int64_t *ids;
	size_t count, capacity;
};

static bool add_monitor(void *arg, const void *rec)
{
	struct monitors *monitors = arg;
	const struct monitor *monitor = rec;

	VEC_PUSH(monitors->ids, monitors->count, monitors->capacity) = monitor->head.id;
	return true;
}

static long long now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool record(struct store *store, int64_t monitor_id, struct err *err)
{
	struct event event = { .monitor_id = monitor_id,
			       .state = EVENT_ERROR,
			       .confirmed = true };
	enum event_verdict verdict;
	bool conflict;

	return store_event_add(store, &event, clock_now_ms(NULL), &verdict, &conflict,
			       err);
}

int main(int argc, char **argv)
{
	DEFER(store_done) struct store *store = NULL;
	struct monitors monitors = { 0 };
	struct err err = { 0 };
	int64_t count = 0;
	int64_t pause_ms = 0;

	if (argc != 4 || !text_integer(argv[2], &count) ||
	    !text_integer(argv[3], &pause_ms)) {
		(void)fprintf(stderr, "usage: latency DATABASE COUNT PAUSE_MS\n");
		return 2;
	}
	bool done = store_open(argv[1], STORE_WRITE, &store, &err) &&
		    store_list(store, RECORD_MONITOR, 0, add_monitor, &monitors, &err);
	for (size_t i = 0; done && i < (size_t)count && i < monitors.count; i++) {
		printf("at %lld\n", now_ns());
		done = record(store, monitors.ids[i], &err);
		(void)poll(NULL, 0, (int)pause_ms);
	}
	free(monitors.ids);
	if (!done)
		(void)fprintf(stderr, "%s\n", err.text);
	return done ? 0 : 1;
}
