#include "tests/support/flat/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

/* ---- life ---- */

void flat_reset(struct store *store)
{
	store->mode = MODE_LIVE;
	store->config_revision = store->judged_revision = store->windows_judged_ms = 0;
	store->engine_clean = 1;
	memset(store->levels, 0, sizeof(store->levels));
	memset(store->services, 0, sizeof(store->services));
	memset(store->monitor_active, 0, sizeof(store->monitor_active));
	store->definition_active = false;
	store->storm_max_new = store->storm_within_ms = store->storm_release_after_ms = 0;
	store->window_count = store->event_count = store->alert_count = 0;
	store->reach_count = store->incident_count = store->join_count = 0;
	store->delivery_count = 0;
	store->last_place = 0;
	store->broken[0] = '\0';
	for (int m = 1; m <= FLAT_MONITORS; m++) {
		struct monitor_state *state = &store->states[m];
		*state = (struct monitor_state){ .monitor_id = m };
	}
}

bool flat_has_room(const struct store *store)
{
	return store->window_count < FLAT_WINDOWS &&
	       store->event_count + FLAT_ROOM < FLAT_EVENTS &&
	       store->alert_count + FLAT_ROOM < FLAT_ALERTS &&
	       store->reach_count + FLAT_ROOM < FLAT_REACHES &&
	       store->incident_count + FLAT_ROOM < FLAT_INCIDENTS &&
	       store->join_count + FLAT_ROOM < FLAT_JOINS &&
	       store->delivery_count + FLAT_ROOM < FLAT_DELIVERIES;
}

void flat_broken(struct store *store, const char *format, ...)
{
	if (store->broken[0] != '\0')
		return;
	va_list args;
	va_start(args, format);
	(void)vsnprintf(store->broken, sizeof(store->broken), format, args);
	va_end(args);
}

bool store_begin(struct store *store, struct transaction *tx, struct err *err)
{
	(void)err;
	tx->store = store;
	tx->depth = store->writes;
	return true;
}

bool store_commit(struct transaction *tx, struct err *err)
{
	(void)err;
	tx->store = NULL;
	return true;
}

void store_abort(struct transaction *tx)
{
	if (tx->store && tx->depth != tx->store->writes)
		flat_broken(tx->store, "a transaction was rolled back after it wrote");
	tx->store = NULL;
}

/* ---- settings and configuration ---- */

bool store_mode(struct store *store, enum mode *ret, struct err *err)
{
	(void)err;
	*ret = store->mode;
	return true;
}

static int64_t *fact_of(struct store *store, const char *name)
{
	if (text_equal(name, FACT_CONFIG_REVISION))
		return &store->config_revision;
	if (text_equal(name, FACT_JUDGED_REVISION))
		return &store->judged_revision;
	return text_equal(name, FACT_ENGINE_CLEAN) ? &store->engine_clean
						   : &store->windows_judged_ms;
}

bool store_fact(struct store *store, const char *name, int64_t fallback, int64_t *ret,
		struct err *err)
{
	(void)err, (void)fallback;
	*ret = *fact_of(store, name);
	return true;
}

bool store_set_fact(struct store *store, const char *name, int64_t value, struct err *err)
{
	(void)err;
	*fact_of(store, name) = value;
	return true;
}

static void get_service(const struct store *store, int64_t id, struct service *ret)
{
	const struct flat_service *service = &store->services[id];
	ret->integration_id = 1;
	ret->policy = service->policy;
	ret->reopen_within_ms = service->reopen_within_ms;
	ret->publish_after_ms = service->publish_after_ms;
	ret->recover_after_ms = service->recover_after_ms;
	ret->disruption_monitors = service->disruption_monitors;
	ret->disruption_percent = service->disruption_percent;
}

static void get_integration(const struct store *store, struct integration *ret)
{
	ret->storm_max_new = store->storm_max_new;
	ret->storm_within_ms = store->storm_within_ms;
	ret->storm_release_after_ms = store->storm_release_after_ms;
}

bool store_get(struct store *store, enum record_kind kind, int64_t id, void *ret,
	       struct err *err)
{
	(void)err;
	if (kind == RECORD_SERVICE)
		get_service(store, id, ret);
	if (kind == RECORD_INTEGRATION)
		get_integration(store, ret);
	((struct record_head *)ret)->id = id;
	return true;
}

bool store_monitor_card(struct store *store, int64_t id, struct monitor_card *ret,
			struct err *err)
{
	(void)err;
	*ret = (struct monitor_card){ .id = id, .active = store->monitor_active[id] };
	return true;
}

/* ---- events and states ---- */

void flat_event(struct store *store, int64_t monitor_id, enum event_state state,
		int64_t at_ms)
{
	struct event *event = &store->events[store->event_count++];
	event->seq = store->event_count;
	event->monitor_id = monitor_id;
	event->state = state;
	event->confirmed = true;
	event->at_ms = at_ms;
	event->effect = EFFECT_PENDING;
	store->states[monitor_id].newest_ms = at_ms;
}

static bool is_behind(const struct event *event, struct event_place place)
{
	return event->at_ms > place.at_ms ||
	       (event->at_ms == place.at_ms && event->seq > place.seq);
}

/* Into its place among the count earliest; what is beyond max falls out. */
static int put_in_order(const struct event *event, struct event *ret, int count, int max)
{
	int at = count < max ? count : max - 1;
	const bool fits =
		count < max ||
		!is_behind(event, (struct event_place){ ret[at].at_ms, ret[at].seq });
	if (!fits)
		return count;
	for (; at > 0 && !is_behind(event, (struct event_place){ ret[at - 1].at_ms,
								 ret[at - 1].seq });
	     at--)
		ret[at] = ret[at - 1];
	ret[at] = *event;
	return count < max ? count + 1 : max;
}

int store_events_pending(struct store *store, struct event_place after, struct event *ret,
			 int max, struct err *err)
{
	(void)err;
	int count = 0;
	for (int i = 0; i < store->event_count; i++)
		if (store->events[i].effect == EFFECT_PENDING &&
		    is_behind(&store->events[i], after))
			count = put_in_order(&store->events[i], ret, count, max);
	return count;
}

bool store_events_judged(struct store *store, struct event_place last, struct err *err)
{
	(void)err;
	for (int i = 0; i < store->event_count; i++)
		if (store->events[i].effect == EFFECT_PENDING &&
		    !is_behind(&store->events[i], last))
			store->events[i].effect = EFFECT_JUDGED;
	return true;
}

bool store_monitor_state(struct store *store, int64_t monitor_id,
			 struct monitor_state *ret, struct err *err)
{
	(void)err;
	*ret = store->states[monitor_id];
	return true;
}

bool store_put_monitor_state(struct store *store, const struct monitor_state *state,
			     struct err *err)
{
	(void)err;
	const int64_t newest_ms = store->states[state->monitor_id].newest_ms;
	store->states[state->monitor_id] = *state;
	store->states[state->monitor_id].newest_ms = newest_ms;
	return true;
}

bool store_monitors_in_error(struct store *store, id_fn *row, void *arg, struct err *err)
{
	(void)err;
	for (int m = 1; m <= FLAT_MONITORS; m++)
		if (store->states[m].in_error && !row(arg, m))
			break;
	return true;
}

/* ---- paths and windows ---- */

static void add_path(const struct store *store, int64_t monitor_id, int number,
		     int64_t service_id, struct paths *ret)
{
	const struct flat_level *level = &store->levels[number];
	VEC_PUSH(ret->items, ret->count, ret->capacity) = (struct path){
		.monitor_id = monitor_id,
		.definition_id = 1,
		.level_id = number,
		.placement_id = number,
		.integration_id = 1,
		.service_id = service_id,
		.level = number,
		.monitor_active = store->monitor_active[monitor_id],
		.definition_active = store->definition_active,
		.level_active = level->active,
		.placement_active = level->ticked,
		.after_errors = level->after_errors,
		.after_minutes = level->after_minutes,
		.remind_every_minutes = level->remind_every_minutes,
		.remind_max = level->remind_max,
		.send_ok = level->send_ok,
		.send_reminders = level->send_reminders,
	};
}

bool store_paths(struct store *store, int64_t monitor_id, struct paths *ret,
		 struct err *err)
{
	(void)err;
	for (int number = 1; number <= FLAT_LEVELS; number++) {
		const size_t before = ret->count;
		for (int s = 1; s <= FLAT_SERVICES; s++)
			if (store->levels[number].links[monitor_id][s])
				add_path(store, monitor_id, number, s, ret);
		if (ret->count == before)
			add_path(store, monitor_id, number, 0, ret);
	}
	return true;
}

void paths_done(struct paths *paths)
{
	free(paths->items);
}

static int64_t covered_until(const struct store *store, int64_t monitor_id, int64_t at_ms)
{
	int64_t until_ms = 0;
	for (int i = 0; i < store->window_count; i++) {
		const struct flat_window *w = &store->windows[i];
		if (w->monitor_id == monitor_id && w->from_ms <= at_ms &&
		    at_ms < w->until_ms && w->until_ms > until_ms)
			until_ms = w->until_ms;
	}
	return until_ms;
}

bool flat_is_muted(const struct store *store, int64_t monitor_id, int64_t at_ms)
{
	return covered_until(store, monitor_id, at_ms) != 0;
}

bool store_muted(struct store *store, int64_t monitor_id, int64_t at_ms,
		 int64_t *ret_until_ms, struct err *err)
{
	(void)err;
	*ret_until_ms = 0;
	for (int64_t t = at_ms; (t = covered_until(store, monitor_id, t)) != 0;)
		*ret_until_ms = t;
	return true;
}

bool store_next_window_end(struct store *store, int64_t after_ms, int64_t *ret_ms,
			   struct err *err)
{
	(void)err;
	*ret_ms = 0;
	for (int i = 0; i < store->window_count; i++) {
		const int64_t end_ms = store->windows[i].until_ms;
		if (end_ms > after_ms && (*ret_ms == 0 || end_ms < *ret_ms))
			*ret_ms = end_ms;
	}
	return true;
}
