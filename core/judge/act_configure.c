/* Changes of configuration (R3): the change runs between judging what is due and judging
 * again what lasts, and the operator hears what that opens. */
#include "core/judge/act.h"

#include <stdlib.h>

#include "core/judge/act_opened.h"
#include "core/judge/act_urls.h"
#include "core/judge/judge.h"

/* ---- R20 ---- */

static void warn(const struct monitor *monitor, const struct incident *incident,
		 struct buf *ret)
{
	buf_addf(ret,
		 "Monitor '%s' is joined to incident #%lld of '%s', which stays %s until "
		 "its OK; if it is well: `hublink event '%s' ok`\n",
		 monitor->name, (long long)incident->id, incident->service,
		 incident_status_text(incident->status), monitor->name);
}

static bool is_waiting_for(struct store *store, const struct incident *incident,
			   int64_t monitor_id, bool *ret, struct err *err)
{
	struct join join;
	bool found;

	*ret = false;
	if (incident->status != INCIDENT_HELD && !incident_is_open(incident->status))
		return true;
	if (!store_join_get(store, incident->id, monitor_id, &join, &found, err))
		return false;
	*ret = found && join.in_error;
	return true;
}

bool act_warn_deactivate(struct store *store, int64_t monitor_id, struct buf *ret,
			 struct err *err)
{
	DEFER(id_list_done)
	struct id_list ids = { 0 };
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));
	struct monitor monitor;
	bool waiting;

	if (!store_get(store, RECORD_MONITOR, monitor_id, &monitor, err) ||
	    !store_incidents_of_monitor(store, monitor_id, id_list_add, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count; i++) {
		if (!store_incident_get(store, ids.items[i], incident, err) ||
		    !is_waiting_for(store, incident, monitor_id, &waiting, err))
			return false;
		if (waiting)
			warn(&monitor, incident, ret);
	}
	return true;
}

static bool collect_active(void *arg, const void *rec)
{
	const struct monitor *monitor = rec;

	return !monitor->active || id_list_add(arg, monitor->head.id);
}

static bool collect_inactive(void *arg, const void *rec)
{
	const struct monitor *monitor = rec;

	return monitor->active || id_list_add(arg, monitor->head.id);
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Warns of each monitor that was active before and is not now. */
static bool warn_deactivated(struct act *act, struct id_list *before, struct err *err)
{
	DEFER(id_list_done)
	struct id_list now = { 0 };

	if (!store_list(act->store, RECORD_MONITOR, 0, collect_inactive, &now, err))
		return false;
	if (before->count)
		qsort(before->items, before->count, sizeof(*before->items), by_id);
	for (size_t i = 0; before->count && i < now.count; i++)
		if (bsearch(&now.items[i], before->items, before->count,
			    sizeof(*before->items), by_id) &&
		    !act_warn_deactivate(act->store, now.items[i], &act->ret->said, err))
			return false;
	return true;
}

/* ---- what it opens ---- */

static bool judge_change(struct act *act, struct err *err)
{
	struct judge_report report = { 0 };
	int64_t newest_id;

	return act_newest_delivery(act, &newest_id, err) &&
	       judge_configuration(act->store, act->now_ms, &report, err) &&
	       act_say_opened(act, newest_id, err);
}

bool act_configure(struct store *store, change_fn *change, void *arg, bool dry_run,
		   int64_t now_ms, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(id_list_done)
	struct id_list active = { 0 };
	DEFER(act_urls_done) struct act_urls urls = { 0 };

	ret->count = 0;
	if (!act_begin(&act, err) ||
	    !store_list(store, RECORD_MONITOR, 0, collect_active, &active, err) ||
	    !act_urls_note(store, &urls, err) || !change(arg, store, err))
		return false;
	if (!judge_change(&act, err) || !act_urls_retry(&act, &urls, err) ||
	    !warn_deactivated(&act, &active, err))
		return false;
	if (!dry_run)
		return act_commit_audited(&act, err);
	act.succeeded = true; /* what was said stays, what was done does not */
	ret->queued = false;
	return true;
}
