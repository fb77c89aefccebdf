/* A 50-row page of the newest out of a large journal, through the store.
 *
 *     page DATABASE COUNT
 *
 * The database must have a monitor. Adds events until there are COUNT; prints "seconds S"
 * of one page, the median of 1,001. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/store.h"

enum { PAGES = 1001, PAGE_ROWS = 50, PER_COMMIT = 10000 };

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool first_monitor(void *arg, const void *rec)
{
	*(int64_t *)arg = ((const struct monitor *)rec)->head.id;
	return false;
}

static bool add_events(struct store *store, int64_t monitor_id, int64_t count,
		       struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct event event;
	enum event_verdict verdict;
	bool conflict;

	if (!store_begin(store, &tx, err))
		return false;
	for (int64_t i = 0; i < count; i++) {
		event = (struct event){ .monitor_id = monitor_id,
					.state = i % 2 == 0 ? EVENT_ERROR : EVENT_OK };
		memcpy(event.message, "timeout after 10000 ms", 23);
		if (!store_event_add(store, &event, clock_now_ms(NULL), &verdict,
				     &conflict, err))
			return false;
	}
	return store_commit(&tx, err);
}

struct reading {
	int64_t last_seq;
	size_t bytes;
};

static bool read_row(void *arg, const struct event_line *event)
{
	struct reading *reading = arg;

	reading->last_seq = event->seq;
	reading->bytes += strlen(event->message);
	return true;
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;

	return (left > right) - (left < right);
}

static bool read_pages(struct store *store, struct err *err)
{
	static double seconds[PAGES];
	struct reading reading = { 0 };
	struct filter filter = FILTER_ALL;

	filter.limit = PAGE_ROWS;
	for (int i = 0; i < PAGES; i++) {
		double begin = now_s();
		filter.before_id = reading.last_seq;
		if (!store_list_events(store, &filter, read_row, &reading, err))
			return false;
		seconds[i] = now_s() - begin;
	}
	qsort(seconds, PAGES, sizeof(seconds[0]), compare);
	printf("seconds %.9f\n", seconds[PAGES / 2]);
	return reading.bytes > 0;
}

int main(int argc, char **argv)
{
	DEFER(store_done) struct store *store = NULL;
	struct err err = { 0 };
	int64_t count = 0;
	int64_t monitor_id = 0;

	if (argc != 3 || !text_integer(argv[2], &count)) {
		(void)fprintf(stderr, "usage: page DATABASE COUNT\n");
		return 2;
	}
	bool done =
		store_open(argv[1], STORE_WRITE, &store, &err) &&
		store_list(store, RECORD_MONITOR, 0, first_monitor, &monitor_id, &err);
	for (int64_t made = 0; done && made < count; made += PER_COMMIT)
		done = add_events(store, monitor_id, PER_COMMIT, &err);
	done = done && read_pages(store, &err);
	if (!done)
		(void)fprintf(stderr, "%s\n", err.text);
	return done ? 0 : 1;
}
