/* The mode (R19): what stands in the way of dry-run, and what would leave at once when
 * going live. */
#include "core/judge/act.h"

#include "core/base/clock.h"
#include "core/judge/act_scope.h"
#include "core/judge/next.h"
#include "core/rules/status.h"

enum { LISTED_MAX = 50 };

/* ---- to dry-run ---- */

/* What else one may do than go to dry-run: nothing where it is paused already. */
static const char *or_pause(enum mode now)
{
	return now == MODE_LIVE ? ", or use `hublink mode paused`" : "";
}

struct obstacle {
	enum mode now;
	bool found;
	struct err *err;
};

static bool find_public(void *arg, const struct incident *incident)
{
	struct obstacle *obstacle = arg;
	bool detached = incident->status == INCIDENT_DETACHED && !incident->over_ms;

	if (!reach_is_public(incident->reach) ||
	    (!incident_is_open(incident->status) && !detached))
		return true;
	obstacle->found = true;
	return fail(obstacle->err, ERR_REFUSED,
		    "Incident #%lld of '%s' is public and %s: in dry-run its end would "
		    "never be sent; %s first%s",
		    (long long)incident->id, incident->service,
		    incident_status_text(incident->status),
		    detached ? "resolve it" : "recover or resolve it",
		    or_pause(obstacle->now));
}

static bool refuse_public(struct act *act, struct err *err)
{
	struct obstacle obstacle = { .now = act->desk.mode, .err = err };
	struct filter open = FILTER_ALL;

	open.open = true;
	return store_list_incidents(act->store, &open, find_public, &obstacle, err) &&
	       !obstacle.found;
}

static bool refuse_waiting(struct act *act, struct err *err)
{
	const enum mode now = act->desk.mode;
	DEFER(delivery_list_done)
	struct delivery_list waiting = { 0 };

	if (!delivery_list_unfinished(act->store, 0, 0, &waiting, err))
		return false;
	for (size_t i = 0; i < waiting.count; i++) {
		const struct delivery *d = &waiting.items[i];

		if (!d->dry)
			return fail(err, ERR_REFUSED,
				    "Delivery #%lld to '%s' is %s: in dry-run it would "
				    "never be sent; %s or cancel it first%s",
				    (long long)d->id, d->service,
				    delivery_state_text(d->state),
				    now == MODE_PAUSED ? "go live to let it leave"
						       : "let it leave",
				    or_pause(now));
	}
	return true;
}

static bool check_obstacles(struct act *act, enum mode mode, struct err *err)
{
	return mode != MODE_DRY_RUN ||
	       (refuse_public(act, err) && refuse_waiting(act, err));
}

/* ---- to live ---- */

struct leaving {
	struct act *act;
	int64_t count;
};

static bool note_leaving(void *arg, const struct next_item *item)
{
	struct leaving *leaving = arg;

	if (item->kind == NEXT_MAINTENANCE)
		return true;
	if (!item->at_ms || item->at_ms > leaving->act->now_ms)
		return false; /* soonest first: the rest waits */
	if (leaving->count < LISTED_MAX)
		act_add_sentence(leaving->act, "%s", item->text);
	leaving->count++;
	return true;
}

/* As if it were live already: what is due then leaves at once. */
static bool list_leaving(struct act *act, enum mode mode, int64_t *ret_count,
			 struct err *err)
{
	struct leaving leaving = { .act = act };

	if (mode == MODE_LIVE &&
	    !next_list(act->store, act->now_ms, 0, note_leaving, &leaving, err))
		return false;
	if (leaving.count > LISTED_MAX)
		act_add_sentence(act, "and %lld more",
				 (long long)(leaving.count - LISTED_MAX));
	*ret_count = leaving.count;
	return true;
}

/* ---- the change ---- */

/* What waited while the mode was paused has not aged. */
static bool leave_paused(struct act *act, struct err *err)
{
	int64_t since_ms;

	if (act->desk.mode != MODE_PAUSED)
		return true;
	return store_fact(act->store, FACT_MODE_SINCE, act->now_ms, &since_ms, err) &&
	       store_add_paused_time(act->store, since_ms, act->now_ms, err);
}

static bool change_mode(struct act *act, enum mode mode, struct err *err)
{
	return check_obstacles(act, mode, err) && leave_paused(act, err) &&
	       store_set_mode(act->store, mode, act->now_ms, err);
}

bool act_mode(struct store *store, enum mode mode, bool confirmed, int64_t now_ms,
	      int64_t *ret_leaving, struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	int64_t leaving;

	if (!act_begin(&act, err))
		return false;
	*ret_leaving = 0;
	if (act.desk.mode == mode) {
		act_add_sentence(&act, "The mode is %s already", mode_text(mode));
		return act_commit_audited(&act, err); /* nothing was done: no row */
	}
	if (!change_mode(&act, mode, err) || !list_leaving(&act, mode, &leaving, err))
		return false;
	*ret_leaving = leaving;
	if (leaving && !confirmed) {
		act.succeeded = true; /* what was said stays, the mode does not change */
		return true;
	}
	act_add_sentence(&act, "The mode is %s", mode_text(mode));
	return act_commit(&act, "mode", "mode", 0, mode_text(mode),
			  mode_text(act.desk.mode), mode_text(mode), err);
}
