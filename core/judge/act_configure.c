/* Changes of configuration (R3): the change runs between judging what is due and judging
 * again what lasts, and the operator hears what that opens. */
#include "core/judge/act.h"

#include <stdlib.h>

#include "core/judge/act_urls.h"
#include "core/judge/judge.h"

static void incident_free(struct incident **incident)
{
	free(*incident);
}

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
	DEFER(incident_free)
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

static bool keep_first(void *arg, const struct delivery *delivery)
{
	*(int64_t *)arg = delivery->id;
	return false; /* newest first */
}

/* The newest delivery there is: what is decided after it, the change has decided. */
static bool newest_delivery(struct act *act, int64_t *ret_id, struct err *err)
{
	struct filter newest = FILTER_ALL;

	newest.limit = 1;
	*ret_id = 0;
	return store_list_deliveries(act->store, &newest, keep_first, ret_id, err);
}

struct opened {
	struct act_deliveries decided;
	int64_t after_id;
};

static void opened_done(struct opened *opened)
{
	act_deliveries_done(&opened->decided);
}

static bool collect_opened(void *arg, const struct delivery *d)
{
	struct opened *opened = arg;
	struct act_deliveries *decided = &opened->decided;

	if (d->id <= opened->after_id)
		return false; /* newest first */
	if (d->kind == KIND_DISRUPTION || d->kind == KIND_REOPEN)
		VEC_PUSH(decided->items, decided->count, decided->capacity) = *d;
	return true;
}

static void say_opened(struct act *act, const struct delivery *d)
{
	act->ret->count++;
	act_add_sentence(act, "This %s incident #%lld of '%s' (its update is %s)",
			 d->kind == KIND_REOPEN ? "reopens" : "opens",
			 (long long)d->incident_id, d->service,
			 delivery_state_text(d->state));
}

static bool judge_change(struct act *act, struct err *err)
{
	DEFER(opened_done)
	struct opened opened = { 0 };
	struct judge_report report = { 0 };

	if (!newest_delivery(act, &opened.after_id, err) ||
	    !judge_configuration(act->store, act->now_ms, &report, err) ||
	    !store_list_deliveries(act->store, &FILTER_ALL, collect_opened, &opened, err))
		return false;
	for (size_t i = opened.decided.count; i > 0; i--)
		say_opened(act, &opened.decided.items[i - 1]);
	return true;
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
	return true;
}
