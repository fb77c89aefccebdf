/* What errors that last would still let out: levels by minutes whose time comes, and
 * windows whose end lets the judge look at what they muted. A prospect is one monitor's
 * way to one service; those that would open the same incident at the same moment become
 * one item. */
#include "core/judge/next_items.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/judge/desk.h"
#include "core/judge/explain.h"
#include "core/rules/alert.h"
#include "core/rules/route.h"

enum { WINDOWS_IN_A_ROW_MAX = 64 };

struct prospect {
	int64_t at_ms;
	int64_t service_id, monitor_id, window_id; /* window 0: a level's own timer */
	int64_t level;
	char definition[NAME_SIZE], monitor[NAME_SIZE], service[NAME_SIZE];
};

struct prospects {
	struct next_items *items;
	struct prospect *list;
	size_t count, capacity;
};

static void prospects_done(struct prospects *prospects)
{
	free(prospects->list);
}

/* ---- one monitor's paths ---- */

/* When the path's level triggers by itself while the error lasts; 0: only by another
 * event. */
static int64_t trigger_ms(const struct path *path, const struct monitor_state *state)
{
	if (path->after_errors > 0)
		return state->errors >= path->after_errors ? state->started_ms : 0;
	return level_deadline(path, state);
}

/* Would an alert on this path say anything new? Not if it reached the service before, and
 * not if an incident of the service stands that it would join in silence (R9). */
static bool is_news(struct store *store, const struct path *path,
		    const struct monitor_state *state, bool *ret, struct err *err)
{
	struct alert alert;
	bool found, reached = false, standing;
	int64_t let_go_id;

	if (!store_alert_find(store, path->monitor_id, state->episode, path->level_id,
			      ALERT_ERROR, &alert, &found, err) ||
	    (found &&
	     !store_alert_reached(store, alert.id, path->service_id, &reached, err)))
		return false;
	if (reached) { /* as most have, when thousands are in error */
		*ret = false;
		return true;
	}
	DEFER(mem_free) struct incident *incident = mem_new(1, sizeof(*incident));
	if (!store_incident_standing(store, path->service_id, path->monitor_id, incident,
				     &standing, err) ||
	    !store_episode_let_go(store, path->service_id, path->monitor_id,
				  state->episode, &let_go_id, err))
		return false;
	*ret = !standing && !let_go_id;
	return true;
}

/* Past every window that mutes the monitor then (R11); *ret_window: the last one, 0:
 * none. */
static bool past_windows(struct store *store, int64_t monitor_id, int64_t *at_ms,
			 int64_t *ret_window, struct err *err)
{
	int64_t until_ms = 0;

	*ret_window = 0;
	for (int i = 0; i < WINDOWS_IN_A_ROW_MAX; i++) {
		if (!store_muted(store, monitor_id, *at_ms, &until_ms, err))
			return false;
		if (!until_ms)
			return true;
		*at_ms = until_ms;
		if (!explain_window(store, monitor_id, until_ms - 1, ret_window, err))
			return false;
	}
	return true;
}

static bool add_path(struct prospects *prospects, const struct path *path,
		     const struct monitor_state *state, struct err *err)
{
	struct next_items *items = prospects->items;
	struct monitor monitor;
	struct prospect prospect = { .at_ms = trigger_ms(path, state),
				     .service_id = path->service_id,
				     .monitor_id = path->monitor_id,
				     .level = path->level };
	bool news = false;

	if (!prospect.at_ms || route_first_shut(path) != ROUTE_OPEN)
		return true;
	if (!is_news(items->store, path, state, &news, err))
		return false;
	if (!news)
		return true;
	if (prospect.at_ms < items->now_ms)
		prospect.at_ms = items->now_ms;
	if (!past_windows(items->store, path->monitor_id, &prospect.at_ms,
			  &prospect.window_id, err) ||
	    !store_get(items->store, RECORD_MONITOR, path->monitor_id, &monitor, err))
		return false;
	memcpy(prospect.definition, path->definition, sizeof(prospect.definition));
	memcpy(prospect.monitor, monitor.name, sizeof(prospect.monitor));
	memcpy(prospect.service, path->service, sizeof(prospect.service));
	VEC_PUSH(prospects->list, prospects->count, prospects->capacity) = prospect;
	return true;
}

static bool add_monitor(struct prospects *prospects, int64_t monitor_id, struct err *err)
{
	DEFER(paths_done)
	struct paths paths = { 0 };
	struct store *store = prospects->items->store;
	DEFER(mem_free) struct monitor_state *state = mem_new(1, sizeof(*state));

	if (!store_monitor_state(store, monitor_id, state, err) ||
	    !store_paths(store, monitor_id, &paths, err))
		return false;
	for (size_t i = 0; i < paths.count; i++)
		if (!add_path(prospects, &paths.items[i], state, err))
			return false;
	return true;
}

/* ---- one item per incident that would open ---- */

static int by_service_and_time(const void *a, const void *b)
{
	const struct prospect *x = a, *y = b;

	if (x->service_id != y->service_id)
		return x->service_id < y->service_id ? -1 : 1;
	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? -1 : 1;
	return (x->monitor_id > y->monitor_id) - (x->monitor_id < y->monitor_id);
}

/* How many of the following ones open with the first: same service, same moment. */
static size_t count_together(const struct prospect *first, size_t left,
			     size_t *ret_monitors)
{
	size_t n = 1;

	*ret_monitors = 1;
	for (; n < left && first[n].service_id == first->service_id &&
	       first[n].at_ms == first->at_ms;
	     n++)
		if (first[n].monitor_id != first[n - 1].monitor_id)
			++*ret_monitors;
	return n;
}

static void describe_cause(const struct prospect *p, size_t monitors, struct buf *ret)
{
	if (p->window_id)
		buf_addf(ret, "window #%lld ends, ", (long long)p->window_id);
	else
		buf_addf(ret, "level %lld of '%s', ", (long long)p->level, p->definition);
	if (monitors == 1)
		buf_addf(ret, "'%s' in error", p->monitor);
	else
		buf_addf(ret, "%zu monitors in error", monitors);
}

static void add_item(struct next_items *items, const struct prospect *p, size_t monitors,
		     const struct service *service)
{
	DEFER(buf_done)
	struct buf why = BUF_INIT(sizeof(struct next_item));
	char held[DURATION_TEXT_SIZE];
	struct next_item *item;

	describe_cause(p, monitors, &why);
	if (service->publish_after_ms)
		buf_addf(&why, ", then held for %s",
			 duration_format(held, service->publish_after_ms));
	item = next_items_add(items, p->window_id ? NEXT_WINDOW : NEXT_LEVEL,
			      p->at_ms + service->publish_after_ms, "%s goes red (%s)%s",
			      p->service, buf_text(&why),
			      items->mode == MODE_PAUSED ? ", then waits: the mode is "
							   "paused"
							 : "");
	item->monitor_id = p->monitor_id;
	item->service_id = p->service_id;
}

/* Per service only the first moment opens, what comes later joins; per monitor each opens
 * its own, at the first of its levels. */
static bool opens(const struct prospects *prospects, size_t index,
		  enum incident_policy policy)
{
	const struct prospect *p = &prospects->list[index];

	for (size_t i = index; i > 0; i--) {
		const struct prospect *before = &prospects->list[i - 1];

		if (before->service_id != p->service_id)
			return true;
		if (before->at_ms < p->at_ms &&
		    (policy == POLICY_PER_SERVICE || before->monitor_id == p->monitor_id))
			return false;
	}
	return true;
}

static bool add_items(struct prospects *prospects, struct err *err)
{
	DEFER(mem_free) struct service *service = mem_new(1, sizeof(*service));
	size_t monitors;

	if (prospects->count)
		qsort(prospects->list, prospects->count, sizeof(*prospects->list),
		      by_service_and_time);
	for (size_t i = 0; i < prospects->count;) {
		const struct prospect *p = &prospects->list[i];

		if (!store_get(prospects->items->store, RECORD_SERVICE, p->service_id,
			       service, err))
			return false;
		size_t together = count_together(p, prospects->count - i, &monitors);
		if (opens(prospects, i, service->policy))
			add_item(prospects->items, p, monitors, service);
		i += together;
	}
	return true;
}

bool next_add_prospects(struct next_items *items, struct err *err)
{
	DEFER(prospects_done)
	struct prospects prospects = { .items = items };
	DEFER(id_list_done)
	struct id_list ids = { 0 };

	if (!store_monitors_unjoined(items->store, id_list_add, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count; i++)
		if (!add_monitor(&prospects, ids.items[i], err))
			return false;
	return add_items(&prospects, err);
}
