/* The flat store's alerts, and what they reached. */
#include "core/base/text.h"
#include "tests/support/flat/store.h"

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
