/* The flat store's incidents and joins. */
#include "tests/support/flat/store.h"

bool flat_is_standing(const struct incident *incident)
{
	return incident->status == INCIDENT_HELD || incident_is_open(incident->status) ||
	       (incident->status == INCIDENT_DETACHED && incident->over_ms == 0);
}

bool store_incident_get(struct store *store, int64_t id, struct incident *ret,
			struct err *err)
{
	if (id < 1 || id > store->incident_count)
		return fail(err, ERR_NOT_FOUND, "no incident %d", (int)id);
	*ret = store->incidents[id - 1];
	return true;
}

bool store_incident_read(struct store *store, int64_t id, struct incident *ret,
			 struct err *err)
{
	return store_incident_get(store, id, ret, err);
}

bool store_incident_put_published(struct store *store, const struct incident *incident,
				  struct err *err)
{
	struct incident whole = store->incidents[incident->id - 1];
	whole.reach = incident->reach;
	whole.is_published = incident->is_published;
	whole.published_status = incident->published_status;
	whole.published_service_status = incident->published_service_status;
	whole.published_at_ms = incident->published_at_ms;
	return store_incident_put(store, &whole, err);
}

/* What alerts of the monitor on the service join. */
static bool takes(const struct incident *incident, int64_t service_id, int64_t monitor_id)
{
	return flat_is_standing(incident) && incident->service_id == service_id &&
	       (incident->policy == POLICY_PER_SERVICE ||
		incident->monitor_id == monitor_id);
}

bool store_incident_standing(struct store *store, int64_t service_id, int64_t monitor_id,
			     struct incident *ret, bool *ret_found, struct err *err)
{
	(void)err;
	const struct incident *best = NULL;
	for (int i = 0; i < store->incident_count; i++) {
		const struct incident *incident = &store->incidents[i];
		if (takes(incident, service_id, monitor_id) &&
		    (!best || incident->policy <= best->policy))
			best = incident;
	}
	*ret_found = best != NULL;
	if (best)
		*ret = *best;
	return true;
}

bool store_incident_latest(struct store *store, int64_t service_id, int64_t monitor_id,
			   struct incident *ret, bool *ret_found, struct err *err)
{
	(void)err;
	*ret_found = false;
	for (int i = store->incident_count - 1; i >= 0 && !*ret_found; i--) {
		const struct incident *incident = &store->incidents[i];
		if (incident->service_id != service_id ||
		    (monitor_id != 0 && incident->monitor_id != monitor_id))
			continue;
		*ret = *incident;
		*ret_found = true;
	}
	return true;
}

/* R7, R10: what is resolved stays resolved. */
bool store_incident_put(struct store *store, struct incident *incident, struct err *err)
{
	(void)err;
	if (incident->id == 0) {
		incident->id = ++store->incident_count;
		store->found_public[incident->id - 1] = false;
		store->incidents[incident->id - 1].id = 0;
	} else if (store->incidents[incident->id - 1].status == INCIDENT_RESOLVED &&
		   incident->status != INCIDENT_RESOLVED)
		flat_broken(store, "R10: incident %d came back from resolved",
			    (int)incident->id);
	struct incident *slot = &store->incidents[incident->id - 1];
	store->found_public[incident->id - 1] |= slot->id == incident->id &&
						 slot->status == INCIDENT_NEVER_PUBLIC &&
						 incident_is_open(incident->status);
	*slot = *incident;
	store->writes++;
	return true;
}

bool store_service_down(struct store *store, int64_t service_id,
			int64_t except_incident_id, bool *ret, struct err *err)
{
	(void)err;
	*ret = false;
	for (int i = 0; i < store->incident_count; i++) {
		const struct incident *incident = &store->incidents[i];
		*ret |= incident->service_id == service_id &&
			incident->id != except_incident_id &&
			incident->status != INCIDENT_HELD && flat_is_standing(incident) &&
			incident->reach >= REACH_WAITING;
	}
	return true;
}

bool store_disruptions_since(struct store *store, int64_t integration_id,
			     int64_t since_ms, int64_t *ret, struct err *err)
{
	(void)err, (void)integration_id;
	*ret = 0;
	for (int i = 0; i < store->incident_count; i++)
		*ret += store->incidents[i].opened_at_ms >= since_ms;
	return true;
}

/* ---- joins ---- */

static struct join *find_join(struct store *store, int64_t incident_id,
			      int64_t monitor_id)
{
	for (int i = 0; i < store->join_count; i++)
		if (store->joins[i].incident_id == incident_id &&
		    store->joins[i].monitor_id == monitor_id)
			return &store->joins[i];
	return NULL;
}

bool store_join_get(struct store *store, int64_t incident_id, int64_t monitor_id,
		    struct join *ret, bool *ret_found, struct err *err)
{
	(void)err;
	const struct join *join = find_join(store, incident_id, monitor_id);
	*ret_found = join != NULL;
	if (join)
		*ret = *join;
	return true;
}

bool store_join_put(struct store *store, const struct join *join, struct err *err)
{
	int64_t let_go_id;
	const int64_t service_id = store->incidents[join->incident_id - 1].service_id;
	struct join *slot = find_join(store, join->incident_id, join->monitor_id);
	if (!slot &&
	    store_episode_let_go(store, service_id, join->monitor_id, join->episode,
				 &let_go_id, err) &&
	    let_go_id != 0)
		flat_broken(store,
			    "R7: incident %d is joined by an episode that %d let go",
			    (int)join->incident_id, (int)let_go_id);
	if (!slot)
		slot = &store->joins[store->join_count++];
	*slot = *join;
	return true;
}

bool store_joined_in_error(struct store *store, int64_t incident_id, int64_t *ret_count,
			   struct err *err)
{
	(void)err;
	*ret_count = 0;
	for (int i = 0; i < store->join_count; i++)
		*ret_count += store->joins[i].incident_id == incident_id &&
			      store->joins[i].in_error;
	return true;
}

bool store_joins(struct store *store, int64_t incident_id,
		 bool (*row)(void *arg, const struct join *, const char *monitor),
		 void *arg, struct err *err)
{
	(void)err;
	for (int i = 0; i < store->join_count; i++)
		if (store->joins[i].incident_id == incident_id &&
		    !row(arg, &store->joins[i], "a monitor"))
			break;
	return true;
}

bool store_incidents_of_monitor(struct store *store, int64_t monitor_id, id_fn *row,
				void *arg, struct err *err)
{
	(void)err;
	for (int id = 1; id <= store->incident_count; id++) {
		const struct incident *incident = &store->incidents[id - 1];
		const bool unfinished = flat_is_standing(incident) ||
					incident->status == INCIDENT_MONITORING;
		if (unfinished && find_join(store, id, monitor_id) && !row(arg, id))
			break;
	}
	return true;
}

bool store_episode_let_go(struct store *store, int64_t service_id, int64_t monitor_id,
			  int64_t episode, int64_t *ret_incident_id, struct err *err)
{
	(void)err;
	*ret_incident_id = 0;
	for (int id = 1; id <= store->incident_count; id++) {
		const struct join *join = find_join(store, id, monitor_id);
		const struct incident *incident = &store->incidents[id - 1];
		if (join && join->episode == episode && incident->let_go &&
		    incident->service_id == service_id)
			*ret_incident_id = id;
	}
	return true;
}
