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

/* ---- alerts ---- */

/* R2, R11, R20: an alert is raised once, by an active monitor outside every window. */
static void check_alert(struct store *store, const struct alert *alert)
{
	if (alert->type == ALERT_OK)
		return;
	if (flat_is_muted(store, alert->monitor_id, alert->at_ms))
		flat_broken(store, "R11: %s inside a window",
			    alert_type_text(alert->type));
	if (alert->type == ALERT_ERROR && !store->monitor_active[alert->monitor_id])
		flat_broken(store, "R20: an inactive monitor raised an alert");
	for (int i = 0; i < store->alert_count; i++) {
		const struct alert *other = &store->alerts[i];
		if (alert->type == ALERT_ERROR && other->type == ALERT_ERROR &&
		    other->monitor_id == alert->monitor_id &&
		    other->episode == alert->episode &&
		    other->level_id == alert->level_id)
			flat_broken(store, "R2: a level triggered twice in an episode");
	}
}

bool store_alert_add(struct store *store, struct alert *alert, struct err *err)
{
	(void)err;
	check_alert(store, alert);
	alert->id = ++store->alert_count;
	store->alerts[alert->id - 1] = *alert;
	return true;
}

bool store_alert_find(struct store *store, int64_t monitor_id, int64_t episode,
		      int64_t level_id, enum alert_type type, struct alert *ret,
		      bool *ret_found, struct err *err)
{
	(void)err;
	*ret_found = false;
	for (int i = 0; i < store->alert_count && !*ret_found; i++) {
		const struct alert *alert = &store->alerts[i];
		if (alert->monitor_id != monitor_id || alert->episode != episode ||
		    alert->level_id != level_id || alert->type != type)
			continue;
		*ret = *alert;
		*ret_found = true;
	}
	return true;
}

bool store_alert_get(struct store *store, int64_t id, struct alert *ret, struct err *err)
{
	if (id < 1 || id > store->alert_count)
		return fail(err, ERR_NOT_FOUND, "no alert %d", (int)id);
	*ret = store->alerts[id - 1];
	return true;
}

bool store_alert_set_reason(struct store *store, int64_t alert_id, const char *reason,
			    struct err *err)
{
	(void)err;
	struct alert *alert = &store->alerts[alert_id - 1];
	(void)text_cut(alert->reason, sizeof(alert->reason), reason, REASON_SIZE);
	return true;
}

bool store_alerts_of_episode(struct store *store, int64_t monitor_id, int64_t episode,
			     enum alert_type type,
			     bool (*row)(void *arg, const struct alert *), void *arg,
			     struct err *err)
{
	(void)err;
	const int count = store->alert_count;
	for (int i = 0; i < count; i++) {
		const struct alert *alert = &store->alerts[i];
		if (alert->monitor_id == monitor_id && alert->episode == episode &&
		    alert->type == type && !row(arg, alert))
			break;
	}
	return true;
}

/* The last Ok alert that reached the incident. */
bool store_alert_last_ok(struct store *store, int64_t incident_id, struct alert *ret,
			 bool *ret_found, struct err *err)
{
	(void)err;
	*ret_found = false;
	for (int i = 0; i < store->reach_count; i++) {
		const struct alert *alert =
			&store->alerts[store->reaches[i].alert_id - 1];
		if (store->reaches[i].incident_id != incident_id ||
		    alert->type != ALERT_OK)
			continue;
		*ret = *alert;
		*ret_found = true;
	}
	return true;
}

static bool is_reach(const struct flat_reach *reach, int64_t alert_id, int64_t service_id)
{
	return reach->alert_id == alert_id && reach->service_id == service_id;
}

bool store_alert_reached(struct store *store, int64_t alert_id, int64_t service_id,
			 bool *ret, struct err *err)
{
	(void)err;
	*ret = false;
	for (int i = 0; i < store->reach_count; i++)
		*ret |= is_reach(&store->reaches[i], alert_id, service_id);
	return true;
}

bool store_alert_reach_add(struct store *store, int64_t alert_id, int64_t service_id,
			   int64_t incident_id, bool *ret_new, struct err *err)
{
	bool reached;
	if (!store_alert_reached(store, alert_id, service_id, &reached, err))
		return false;
	*ret_new = !reached;
	if (!reached)
		store->reaches[store->reach_count++] =
			(struct flat_reach){ alert_id, service_id, incident_id };
	return true;
}
