/* How bad it is for a service, as the flat store counts it (R21). */
#include "tests/support/flat/store.h"

bool flat_is_counted(const struct incident *incident)
{
	return incident->status != INCIDENT_HELD && flat_is_standing(incident) &&
	       incident->reach >= REACH_WAITING;
}

bool flat_is_affected(const struct store *store, const struct join *join)
{
	bool reached = false;
	for (int i = 0; i < store->reach_count && join->in_error; i++) {
		const struct flat_reach *reach = &store->reaches[i];
		const struct alert *alert = &store->alerts[reach->alert_id - 1];
		reached |= reach->incident_id == join->incident_id &&
			   alert->type == ALERT_ERROR &&
			   alert->monitor_id == join->monitor_id &&
			   alert->episode == join->episode;
	}
	return reached;
}

bool flat_is_linked(const struct store *store, int64_t monitor_id, int64_t service_id)
{
	bool linked = false;
	for (int l = 1; l <= FLAT_LEVELS; l++)
		linked |= store->levels[l].active && store->levels[l].ticked &&
			  store->levels[l].links[monitor_id][service_id];
	return linked && store->definition_active && store->monitor_active[monitor_id];
}

bool store_severity_facts(struct store *store, int64_t service_id, int64_t incident_id,
			  bool counts, int64_t joins, struct severity_facts *ret,
			  struct err *err)
{
	bool of[FLAT_INCIDENTS + 1] = { false }, bad[FLAT_MONITORS + 1] = { false };
	(void)err;
	*ret = (struct severity_facts){ 0 };
	for (int id = 1; id <= store->incident_count; id++) {
		const struct incident *one = &store->incidents[id - 1];
		of[id] = id == incident_id
				 ? counts
				 : one->service_id == service_id && flat_is_counted(one);
		if (!of[id])
			continue;
		ret->standing++;
		ret->by_hand |= one->by_hand;
		if (one->severity > ret->last)
			ret->last = one->severity;
	}
	for (int i = 0; i < store->join_count; i++)
		bad[store->joins[i].monitor_id] |=
			of[store->joins[i].incident_id] &&
			flat_is_affected(store, &store->joins[i]);
	bad[joins] |= joins != 0;
	for (int m = 1; m <= FLAT_MONITORS; m++) {
		const bool linked = flat_is_linked(store, m, service_id);
		ret->linked += linked;
		ret->in_error += bad[m];
		ret->critical +=
			bad[m] && linked && store->services[service_id].critical[m];
	}
	return true;
}

bool store_any_degrees(struct store *store, bool *ret, struct err *err)
{
	(void)store, (void)err;
	*ret = true;
	return true;
}

bool store_put_severity(struct store *store, int64_t service_id,
			enum service_status severity, struct err *err)
{
	(void)err;
	for (int i = 0; i < store->incident_count; i++) {
		struct incident *one = &store->incidents[i];
		if (one->service_id == service_id && flat_is_counted(one))
			one->service_status = one->severity = severity;
	}
	return true;
}

bool store_standing(struct store *store, int64_t service_id, id_fn *row, void *arg,
		    struct err *err)
{
	int64_t ids[FLAT_INCIDENTS];
	int count = 0;
	(void)err;
	for (int i = store->incident_count - 1; i >= 0; i--)
		if (store->incidents[i].service_id == service_id &&
		    flat_is_standing(&store->incidents[i]))
			ids[count++] = i + 1;
	for (int i = 0; i < count && row(arg, ids[i]); i++)
		continue;
	return true;
}

bool store_standing_services(struct store *store, id_fn *row, void *arg, struct err *err)
{
	(void)store, (void)err;
	for (int64_t s = 1; s <= FLAT_SERVICES && row(arg, s); s++)
		continue;
	return true;
}
