#include "core/judge/next.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/judge/delivery_list.h"
#include "core/judge/next_items.h"

static const char *const kind_texts[NEXT_KIND_COUNT] = {
	[NEXT_HELD] = "held",
	[NEXT_QUEUED] = "queued",
	[NEXT_RETRY] = "retry",
	[NEXT_LEVEL] = "level",
	[NEXT_WINDOW] = "window",
	[NEXT_REMINDER] = "reminder",
	[NEXT_MAINTENANCE] = "maintenance",
};

const char *next_kind_text(enum next_kind kind)
{
	return kind_texts[kind];
}

/* ---- deliveries ---- */

static int by_lane(const void *a, const void *b)
{
	const struct delivery *x = a, *y = b;

	if (x->service_id != y->service_id)
		return x->service_id < y->service_id ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static const char *what_it_does(const struct delivery *delivery)
{
	static const char *const by_status[SERVICE_STATUS_COUNT] = {
		[SERVICE_OPERATIONAL] = "goes green",
		[SERVICE_DEGRADED] = "goes amber",
		[SERVICE_DISRUPTION] = "goes red",
	};

	if (delivery->kind == KIND_REMINDER)
		return "is reminded";
	if (delivery->kind == KIND_NOTE)
		return "reads an operator's word";
	return by_status[delivery->service_status];
}

static const char *why_held(const struct delivery *delivery)
{
	if (delivery->by_storm)
		return "the storm guard";
	return delivery->kind == KIND_RECOVERY ? "recover_after" : "publish_after";
}

static void add_held(struct next_items *items, const struct delivery *d)
{
	struct next_item *item;

	if (d->next_attempt_ms)
		item = next_items_add(items, NEXT_HELD, d->next_attempt_ms,
				      "%s %s (held by %s, incident #%lld)", d->service,
				      what_it_does(d), why_held(d),
				      (long long)d->incident_id);
	else
		item = next_items_add(items, NEXT_HELD, 0,
				      "%s %s (held by %s, incident #%lld) with `hublink "
				      "delivery release %lld`",
				      d->service, what_it_does(d), why_held(d),
				      (long long)d->incident_id, (long long)d->id);
	item->delivery_id = d->id;
	item->incident_id = d->incident_id;
	item->service_id = d->service_id;
}

/* Why it has not left yet, in words. */
static void describe_wait(const struct delivery *d, const struct delivery *head,
			  struct buf *ret)
{
	if (head != d)
		buf_addf(ret, "behind delivery #%lld", (long long)head->id);
	else if (d->attempts && d->http_status)
		buf_addf(ret, "attempt %lld after answer %lld",
			 (long long)d->attempts + 1, (long long)d->http_status);
	else if (d->attempts)
		buf_addf(ret, "attempt %lld after no answer", (long long)d->attempts + 1);
	else
		buf_addf(ret, "delivery #%lld waits to be sent", (long long)d->id);
}

static void add_waiting(struct next_items *items, const struct delivery *d,
			const struct delivery *head)
{
	DEFER(buf_done)
	struct buf why = BUF_INIT(256);
	bool paused = items->mode == MODE_PAUSED;
	int64_t at_ms = head->next_attempt_ms > items->now_ms ? head->next_attempt_ms
							      : items->now_ms;
	struct next_item *item;

	describe_wait(d, head, &why);
	item = next_items_add(items, d->attempts ? NEXT_RETRY : NEXT_QUEUED,
			      paused ? 0 : at_ms, "%s %s (%s, incident #%lld%s)",
			      d->service, what_it_does(d), buf_text(&why),
			      (long long)d->incident_id,
			      paused ? ") once the mode is no longer paused (`hublink "
				       "mode live`"
				     : "");
	item->delivery_id = d->id;
	item->incident_id = d->incident_id;
	item->service_id = d->service_id;
}

static bool add_deliveries(struct next_items *items, struct err *err)
{
	DEFER(delivery_list_done)
	struct delivery_list lanes = { 0 };
	const struct delivery *head = NULL;

	if (!delivery_list_unfinished(items->store, 0, 0, &lanes, err))
		return false;
	if (lanes.count)
		qsort(lanes.items, lanes.count, sizeof(*lanes.items), by_lane);
	for (size_t i = 0; i < lanes.count; i++) {
		const struct delivery *d = &lanes.items[i];

		if (d->dry)
			continue; /* it never leaves (R19) */
		if (d->state == DELIVERY_HELD) {
			add_held(items, d);
			continue;
		}
		if (!head || head->service_id != d->service_id)
			head = d;
		add_waiting(items, d, head);
	}
	return true;
}

/* ---- reminders ---- */

static bool add_reminder(void *arg, const struct incident *incident)
{
	struct next_items *items = arg;
	struct next_item *item;

	if (!incident_is_open(incident->status) || incident->reach == REACH_NONE)
		return true;
	item = next_items_add(items, NEXT_REMINDER, incident->remind_at_ms,
			      "%s is reminded (incident #%lld, %lld left)",
			      incident->service, (long long)incident->id,
			      (long long)incident->remind_left);
	item->incident_id = incident->id;
	item->service_id = incident->service_id;
	return true;
}

/* ---- maintenance ---- */

static bool add_window(void *arg, const struct maintenance *window)
{
	struct next_items *items = arg;
	char length[DURATION_TEXT_SIZE];
	struct next_item *item;

	if (window->from_ms > items->now_ms) {
		item = next_items_add(
			items, NEXT_MAINTENANCE, window->from_ms,
			"maintenance of %.1000s begins (window #%lld, for %s)",
			window->targets, (long long)window->head.id,
			duration_format(length, window->until_ms - window->from_ms));
		item->window_id = window->head.id;
		item->begins = true;
	}
	item = next_items_add(items, NEXT_MAINTENANCE, window->until_ms,
			      "maintenance of %.1000s ends (window #%lld)",
			      window->targets, (long long)window->head.id);
	item->window_id = window->head.id;
	return true;
}

/* What ended already is not listed, judged or not: its end lets out what NEXT_WINDOW says. */
static bool add_maintenance(struct next_items *items, struct err *err)
{
	struct filter standing = FILTER_ALL;

	standing.since_ms = items->now_ms;
	return store_list_maintenance(items->store, &standing, add_window, items, err);
}

/* ---- all of it ---- */

/* What has no time comes last. */
static int soonest_first(const void *a, const void *b)
{
	const struct next_item *x = a, *y = b;

	if (x->at_ms != y->at_ms && (!x->at_ms || !y->at_ms))
		return x->at_ms ? -1 : 1;
	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? -1 : 1;
	if ((x->kind == NEXT_MAINTENANCE) != (y->kind == NEXT_MAINTENANCE))
		return x->kind == NEXT_MAINTENANCE ? 1 : -1;
	if (x->service_id != y->service_id)
		return x->service_id < y->service_id ? -1 : 1;
	return (x->delivery_id > y->delivery_id) - (x->delivery_id < y->delivery_id);
}

bool next_list(struct store *store, int64_t now_ms, int64_t limit, next_fn *row,
	       void *arg, struct err *err)
{
	DEFER(next_items_done)
	struct next_items items = { .store = store, .now_ms = now_ms };

	if (!store_mode(store, &items.mode, err))
		return false;
	if (items.mode == MODE_DRY_RUN)
		return true; /* nothing will go public (R19) */
	if (!add_deliveries(&items, err) ||
	    !store_list_reminders(store, add_reminder, &items, err) ||
	    !next_add_prospects(&items, err) || !add_maintenance(&items, err))
		return fail_in(err, "looking ahead");
	if (items.count)
		qsort(items.items, items.count, sizeof(*items.items), soonest_first);
	for (size_t i = 0; i < items.count && (!limit || (int64_t)i < limit); i++)
		if (!row(arg, &items.items[i]))
			break;
	return true;
}
