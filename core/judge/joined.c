/* What befalls a monitor befalls the incidents that it has joined: errors and reopening
 * (its OKs are in ending.c). */
#include <stdlib.h>

#include "core/judge/lane.h"
#include "core/judge/step.h"

bool judge_get_join(struct desk *desk, int64_t incident_id, int64_t monitor_id,
		    struct join *ret, struct err *err)
{
	bool found;
	if (!store_join_get(desk->store, incident_id, monitor_id, ret, &found, err))
		return false;
	if (!found)
		return fail(err, ERR_FAILED,
			    "Monitor #%lld has no join to incident #%lld",
			    (long long)monitor_id, (long long)incident_id);
	return true;
}

/* ---- errors ---- */

static bool count_error(struct desk *desk, const struct monitor_state *state,
			int64_t incident_id, int64_t t_ms, struct err *err)
{
	struct incident incident;
	struct join join;
	if (!store_incident_read(desk->store, incident_id, &incident, err))
		return false;
	if (!incident_on_error(&incident))
		return true;
	if (!judge_get_join(desk, incident_id, state->monitor_id, &join, err) ||
	    !lane_drop_held_recovery(desk, &incident,
				     "a joined monitor is in error again", t_ms, err))
		return false;
	join.episode = state->episode;
	join.in_error = true;
	join.ok_ms = 0;
	if (!store_join_put(desk->store, &join, err))
		return false;
	if (!incident.ok_not_sent)
		return true;
	incident.ok_not_sent = false;
	return store_incident_put(desk->store, &incident, err);
}

bool judge_joined_error(struct desk *desk, const struct monitor_state *state,
			int64_t t_ms, struct err *err)
{
	DEFER(id_list_done)
	struct id_list incidents = { 0 };
	if (!store_incidents_of_monitor(desk->store, state->monitor_id, id_list_add,
					&incidents, err))
		return false;
	for (size_t i = 0; i < incidents.count; i++)
		if (!count_error(desk, state, incidents.items[i], t_ms, err))
			return false;
	return true;
}

/* ---- reopening ---- */

struct joins {
	struct join *items;
	size_t count, capacity;
};

static void joins_done(struct joins *joins)
{
	free(joins->items);
}

static bool add_join(void *arg, const struct join *join, const char *monitor)
{
	(void)monitor;
	struct joins *list = arg;
	VEC_PUSH(list->items, list->count, list->capacity) = *join;
	return true;
}

static bool rejoin_one(struct desk *desk, const struct incident *incident,
		       struct join *join, int64_t t_ms, struct err *err)
{
	struct monitor_state state;
	if (!store_monitor_state(desk->store, join->monitor_id, &state, err))
		return false;
	const bool say_ended = incident->let_go && join->episode == state.episode;
	const bool counts = state.in_error && !say_ended;
	if (counts)
		join->episode = state.episode;
	else if (join->in_error)
		join->ok_ms = t_ms;
	join->in_error = counts;
	return store_join_put(desk->store, join, err);
}

bool judge_rejoin(struct desk *desk, const struct incident *incident, int64_t t_ms,
		  struct err *err)
{
	DEFER(joins_done)
	struct joins joins = { 0 };
	if (!store_joins(desk->store, incident->id, add_join, &joins, err))
		return false;
	for (size_t i = 0; i < joins.count; i++)
		if (!rejoin_one(desk, incident, &joins.items[i], t_ms, err))
			return false;
	return true;
}
