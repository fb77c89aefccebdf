/* `watch` of the line mode: what changed since the last look, a sentence each. */
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/watch.h"
#include "core/rules/words.h"
#include "tui/cli/plain.h"

/* So many of the newest are compared; nobody listens to more at once. */
enum { WATCHED_ROWS = 500, ENGINE_LOOK_MS = 2000 };

/* What was said last of one incident or delivery. */
struct said {
	int64_t id, state, tries;
};

struct said_list {
	struct said *items;
	size_t count, capacity;
};

/* Sentences of one look: newest first as the lists come, said the other way round. */
struct sentences {
	char **items;
	size_t count, capacity;
};

struct watching {
	struct cli *cli;
	struct said_list incidents, deliveries, seen;
	struct sentences sentences;
	bool first; /* nothing is new yet */
	enum mode mode;
	bool engine_runs;
	int64_t last_event;
};

static void watching_done(struct watching *w)
{
	free(w->incidents.items);
	free(w->deliveries.items);
	free(w->seen.items);
	free(w->sentences.items);
}

static void add(struct watching *w, const char *format, ...) PRINTF_LIKE(2, 3);
static void add(struct watching *w, const char *format, ...)
{
	struct buf text = BUF_INIT(8192);
	va_list values;

	if (w->first)
		return;
	va_start(values, format);
	buf_vaddf(&text, format, values);
	va_end(values);
	VEC_PUSH(w->sentences.items, w->sentences.count, w->sentences.capacity) =
		buf_take(&text);
}

static void say_all(struct watching *w)
{
	char clock[TIME_TEXT_SIZE];

	(void)time_format_clock(clock, clock_now_ms(NULL));
	while (w->sentences.count > 0) {
		char *sentence = w->sentences.items[--w->sentences.count];
		cli_say(w->cli, "%s %s", clock, sentence);
		free(sentence);
	}
	(void)fflush(stdout);
}

static const struct said *find(const struct said_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].id == id)
			return &list->items[i];
	return NULL;
}

/* Is this news? Remembered for the next look either way. */
static bool is_news(struct watching *w, const struct said_list *before, struct said now)
{
	const struct said *then = find(before, now.id);

	VEC_PUSH(w->seen.items, w->seen.count, w->seen.capacity) = now;
	return then == NULL || then->state != now.state || then->tries != now.tries;
}

/* What was seen becomes what was said; the old memory is used again. */
static void turn_over(struct watching *w, struct said_list *list)
{
	struct said_list old = *list;

	*list = w->seen;
	w->seen = old;
	w->seen.count = 0;
}

static bool take_incident(void *arg, const struct incident *incident)
{
	struct watching *w = arg;
	const struct said now = { incident->id, incident->status, 0 };

	if (is_news(w, &w->incidents, now))
		add(w, "%s: incident %" PRId64 " is %s, the service is %s.",
		    incident->service, incident->id,
		    incident_status_text(incident->status),
		    service_status_text(incident->service_status));
	return true;
}

static bool take_delivery(void *arg, const struct delivery *delivery)
{
	struct watching *w = arg;
	const struct said now = { delivery->id, delivery->state, delivery->attempts };
	DEFER(buf_done) struct buf tries = BUF_INIT(2048);

	if (!is_news(w, &w->deliveries, now))
		return true;
	if (delivery->http_status != 0)
		buf_addf(&tries, ", answered %" PRId64, delivery->http_status);
	else if (*delivery->error)
		buf_addf(&tries, ", %s", delivery->error);
	if (delivery->attempts > 1)
		buf_addf(&tries, ", after %" PRId64 " tries", delivery->attempts);
	add(w, "%s: the %s (update %" PRId64 ") is %s%s.", delivery->service,
	    delivery_kind_text(delivery->kind), delivery->id,
	    delivery_state_text(delivery->state), buf_text(&tries));
	return true;
}

static bool take_event(void *arg, const struct event_line *event)
{
	struct watching *w = arg;
	struct monitor monitor = { 0 };

	if (event->seq <= w->last_event)
		return false;
	if (!store_get(w->cli->store, RECORD_MONITOR, event->monitor_id, &monitor, NULL))
		return true;
	add(w, "%s: %s%s%s.", monitor.name, event_state_text(event->state),
	    *event->message ? ", " : "", event->message);
	return true;
}

static bool newest_event(void *arg, const struct event_line *event)
{
	*(int64_t *)arg = event->seq;
	return false;
}

static bool look_at_mode(struct watching *w, struct err *err)
{
	enum mode mode;
	bool engine_runs = cli_engine_pid(w->cli) != 0;

	if (!store_mode(w->cli->store, &mode, err))
		return false;
	if (mode != w->mode)
		add(w, "The mode is %s.", mode_text(mode));
	if (engine_runs != w->engine_runs)
		add(w, engine_runs ? "An engine runs." : "No engine runs.");
	w->mode = mode;
	w->engine_runs = engine_runs;
	return true;
}

static bool look(struct watching *w, struct err *err)
{
	struct store *store = w->cli->store;
	struct filter newest = FILTER_ALL;
	int64_t last = w->last_event;

	newest.limit = WATCHED_ROWS;
	if (!store_list_deliveries(store, &newest, take_delivery, w, err))
		return false;
	turn_over(w, &w->deliveries);
	if (!store_list_incidents(store, &newest, take_incident, w, err))
		return false;
	turn_over(w, &w->incidents);
	if ((!w->first && !store_list_events(store, &newest, take_event, w, err)) ||
	    !store_list_events(store, &newest, newest_event, &last, err))
		return false;
	w->last_event = last;
	return look_at_mode(w, err);
}

/* False: a line, or the end of the input, came in. */
static bool wait_for_news(struct watch *watch)
{
	struct pollfd waits[] = { { .fd = STDIN_FILENO, .events = POLLIN },
				  { .fd = watch->fd, .events = POLLIN } };
	int64_t wait_ms = watch_timeout_ms(watch, clock_boot_ms());
	char bytes[256];

	/* Only the kernel tells that an engine died. */
	if (wait_ms < 0 || wait_ms > ENGINE_LOOK_MS)
		wait_ms = ENGINE_LOOK_MS;
	(void)poll(waits, 2, (int)wait_ms);
	watch_turn(watch, clock_boot_ms());
	if (waits[0].revents == 0)
		return true;
	ssize_t ignored = read(STDIN_FILENO, bytes, isatty(STDIN_FILENO) ? 256 : 1);
	(void)ignored;
	return false;
}

bool plain_watch(struct cli *cli, struct err *err)
{
	DEFER(watching_done) struct watching w = { .cli = cli, .first = true };
	struct watch watch;

	if (!cli_open(cli, STORE_READ, err))
		return false;
	watch_init(&watch, store_path(cli->store), clock_boot_ms());
	bool well = look(&w, err);
	w.first = false;
	cli_say(cli, "Watching; press Enter to stop");
	(void)fflush(stdout);
	while (well && wait_for_news(&watch)) {
		well = look(&w, err);
		say_all(&w);
	}
	watch_done(&watch);
	return well;
}
