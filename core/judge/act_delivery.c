/* Acts on deliveries: try again now, cancel (R16, R22), release (R16, R17). */
#include "core/judge/act.h"

#include "core/judge/act_scope.h"
#include "core/judge/lane.h"

/* Who did what, for the incident's report. */
static bool note_in_timeline(struct act *act, const char *action,
			     const struct delivery *d, struct err *err)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(256);

	if (!d->incident_id)
		return true;
	buf_addf(&text, "an operator's %s: the %s is %s", action,
		 delivery_kind_text(d->kind), delivery_state_text(d->state));
	return store_timeline_add(act->store, d->incident_id, act->now_ms, action,
				  buf_text(&text), err);
}

static bool commit(struct act *act, const char *action, const struct delivery *d,
		   struct err *err)
{
	struct delivery after;

	act->ret->incident_id = d->incident_id;
	if (!store_delivery_get(act->store, d->id, &after, err) ||
	    !note_in_timeline(act, action, &after, err))
		return false;
	act_note_delivery(act, &after);
	return act_commit(act, action, "delivery", d->id, d->service,
			  delivery_state_text(d->state), delivery_state_text(after.state),
			  err);
}

/* ---- retry ---- */

static const char *when_it_leaves(const struct act *act)
{
	static const char *const leaves[MODE_COUNT] = {
		[MODE_DRY_RUN] = "never: the mode is dry-run",
		[MODE_PAUSED] = "once the mode is live again (`hublink mode live`)",
		[MODE_LIVE] = "now",
	};

	return leaves[act->desk.mode];
}

bool act_delivery_retry(struct store *store, int64_t delivery_id, int64_t now_ms,
			struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	struct delivery before, delivery;

	if (!act_begin(&act, err) ||
	    !store_delivery_get(store, delivery_id, &before, err))
		return false;
	if (before.state == DELIVERY_HELD)
		return fail(
			err, ERR_REFUSED,
			"Delivery #%lld of '%s' is held, not tried: `hublink delivery "
			"release %lld` lets it out",
			(long long)delivery_id, before.service, (long long)delivery_id);
	delivery = before;
	if (!act_make_due(&act, &delivery, err))
		return false;
	act_add_sentence(&act, "Delivery #%lld to '%s' is tried %s",
			 (long long)delivery_id, delivery.service, when_it_leaves(&act));
	return commit(&act, "retry", &before, err);
}

bool act_retry_all(struct store *store, enum delivery_state state, int64_t now_ms,
		   struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(delivery_list_done)
	struct delivery_list all = { 0 };
	const char *which = state == DELIVERY_FAILED ? "all failed" : "all waiting";

	ret->count = 0;
	if (!act_begin(&act, err) || !delivery_list_unfinished(store, 0, 0, &all, err))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct delivery *d = &all.items[i];

		if (d->state != state)
			continue;
		if (!act_make_due(&act, d, err))
			return false;
		ret->count++;
	}
	if (!ret->count) {
		act_add_sentence(&act, "No delivery is %s",
				 state == DELIVERY_FAILED ? "failed" : "waiting");
		return act_commit_audited(&act, err); /* nothing was done: no row */
	}
	ret->queued = true;
	act_add_sentence(&act, "%lld %s tried %s", (long long)ret->count,
			 ret->count == 1 ? "delivery is" : "deliveries are",
			 when_it_leaves(&act));
	return act_commit(&act, "retry", "delivery", 0, which, NULL, buf_text(&ret->said),
			  err);
}

/* ---- cancel ---- */

static void say_unrecovered(struct act *act, const struct incident *incident)
{
	DEFER(buf_done) struct buf remedy = BUF_INIT(4 * NAME_SIZE);

	if (incident_is_open(incident->status))
		buf_addf(&remedy, "incident recover %lld", (long long)incident->id);
	else
		buf_addf(&remedy, "resync '%s/%s'", incident->integration,
			 incident->service);
	act_add_sentence(act,
			 "The page is not told that incident #%lld is over; `hublink %s` "
			 "tells it",
			 (long long)incident->id, buf_text(&remedy));
}

/* What cancelling meant for the incident, in sentences. */
static bool say_cancelled(struct act *act, const struct delivery *d, size_t waited,
			  struct err *err)
{
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));
	DEFER(delivery_list_done)
	struct delivery_list left = { 0 };

	act_add_sentence(act, "Delivery #%lld to '%s' is cancelled", (long long)d->id,
			 d->service);
	if (!d->incident_id)
		return true;
	if (!store_incident_get(act->store, d->incident_id, incident, err) ||
	    !delivery_list_unfinished(act->store, 0, d->incident_id, &left, err))
		return false;
	if (incident->status == INCIDENT_NEVER_PUBLIC)
		act_add_sentence(
			act,
			"Incident #%lld is never public: the episodes that joined it "
			"send "
			"nothing more",
			(long long)incident->id);
	else if (d->kind == KIND_DISRUPTION && reach_is_public(incident->reach))
		act_add_sentence(
			act,
			"A try ended without an answer, so the public may have read it: "
			"the recovery of incident #%lld is still sent",
			(long long)incident->id);
	if (d->kind == KIND_RECOVERY)
		say_unrecovered(act, incident);
	if (waited > left.count + 1)
		act_add_sentence(act,
				 "%zu more of its updates that waited will not be sent",
				 waited - left.count - 1);
	return true;
}

bool act_delivery_cancel(struct store *store, int64_t delivery_id, int64_t now_ms,
			 struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	DEFER(delivery_list_done)
	struct delivery_list waited = { 0 };
	struct delivery delivery;

	if (!act_begin(&act, err) ||
	    !store_delivery_get(store, delivery_id, &delivery, err))
		return false;
	if (!delivery_is_unfinished(delivery.state))
		return act_refuse_finished(&delivery, "cancelled", err);
	if (!delivery_list_unfinished(store, delivery.service_id, delivery.incident_id,
				      &waited, err) ||
	    !lane_end(&act.desk, delivery_id, DELIVERY_ON_CANCEL,
		      "an operator cancelled it", now_ms, err) ||
	    !say_cancelled(&act, &delivery, waited.count, err))
		return false;
	return commit(&act, "cancel", &delivery, err);
}

/* ---- release ---- */

bool act_delivery_release(struct store *store, int64_t delivery_id, int64_t now_ms,
			  struct act_result *ret, struct err *err)
{
	DEFER(act_done)
	struct act act = { .store = store, .now_ms = now_ms, .ret = ret };
	struct delivery delivery;

	if (!act_begin(&act, err) ||
	    !store_delivery_get(store, delivery_id, &delivery, err))
		return false;
	if (delivery.state != DELIVERY_HELD)
		return fail(err, ERR_REFUSED,
			    "Delivery #%lld of '%s' cannot be released: it is %s, not "
			    "held",
			    (long long)delivery_id, delivery.service,
			    delivery_state_text(delivery.state));
	if (!lane_release(&act.desk, delivery_id, now_ms, err))
		return false;
	act_add_sentence(&act, "Delivery #%lld to '%s' is released: it is sent %s",
			 (long long)delivery_id, delivery.service,
			 delivery.dry ? "never, as it was decided in dry-run"
				      : when_it_leaves(&act));
	return commit(&act, "release", &delivery, err);
}
