/* Updates in: deciding them, and letting held ones out. */
#include "core/judge/lane.h"

bool lane_unpublish(struct desk *desk, struct incident *incident,
		    enum incident_cause cause, int64_t t_ms, struct err *err)
{
	return !incident_move(incident, cause, t_ms) ||
	       lane_service_status(desk, incident, incident->status, 0,
				   &incident->service_status, err);
}

/* What comes of an unpublished incident is recorded only, but for a disruption: that
 * publishes it (R19). */
static bool is_dry(const struct desk *desk, const struct incident *incident,
		   enum delivery_kind kind)
{
	return desk->mode == MODE_DRY_RUN ||
	       (kind != KIND_DISRUPTION && incident->reach == REACH_NONE);
}

static bool is_disruption(enum delivery_kind kind)
{
	return kind == KIND_DISRUPTION || kind == KIND_REOPEN;
}

static enum delivery_state first_state(const struct update *update, bool dry)
{
	if (update->hold.held)
		return DELIVERY_HELD;
	return dry ? DELIVERY_DRY_RUN : DELIVERY_QUEUED;
}

/* The delivery as it is decided; its service status is the caller's. */
static struct delivery delivery_of(const struct desk *desk,
				   const struct incident *incident,
				   const struct update *update)
{
	const bool dry = is_dry(desk, incident, update->kind);
	return (struct delivery){
		.service_id = incident->service_id,
		.kind = update->kind,
		.state = first_state(update, dry),
		.incident_status = update->says,
		.dry = dry,
		.by_storm = update->hold.by_storm,
		.created_ms = desk->now_ms,
		.age_from_ms = desk->now_ms,
		.next_attempt_ms =
			update->hold.held ? update->hold.until_ms : desk->now_ms,
		.finished_ms = dry && !update->hold.held ? desk->now_ms : 0,
		.alert_id = update->alert ? update->alert->id : 0,
	};
}

/* What the delivery says of the service. */
static void take_status(struct incident *incident, const struct delivery *delivery)
{
	incident->service_status = delivery->service_status;
	if (incident_is_open(delivery->incident_status))
		incident->severity = delivery->service_status;
}

/* What the decided delivery means for its incident. A held recovery leaves it unchanged.
 */
static void take_into(struct incident *incident, const struct delivery *delivery)
{
	const bool held = delivery->state == DELIVERY_HELD;
	if (!held || delivery->kind == KIND_DISRUPTION)
		take_status(incident, delivery);
	if (delivery->kind != KIND_DISRUPTION)
		return;
	if (held)
		incident->reach = reach_next(incident->reach, REACH_ON_HOLD);
	else if (!delivery->dry)
		incident->reach = reach_next(incident->reach, REACH_ON_QUEUE);
}

static bool store_update(struct desk *desk, struct incident *incident,
			 const struct update *update, struct delivery *delivery,
			 struct err *err)
{
	if (!lane_service_status(desk, incident, update->says, update->joins,
				 &delivery->service_status, err))
		return false;
	take_into(incident, delivery);
	if (!store_incident_put(desk->store, incident, err) ||
	    (!update->hold.held && !lane_align_severity(desk, incident, delivery, err)))
		return false;
	delivery->incident_id = incident->id;
	buf_reset(&desk->body);
	if (!lane_body(desk, incident, delivery, update->alert, update->message,
		       &desk->body, err))
		return fail_in(err, "deciding an update of incident #%lld",
			       (long long)incident->id);
	if (!store_delivery_add(desk->store, delivery, buf_text(&desk->body), err))
		return false;
	desk->report.decided++;
	desk->timers_moved |= delivery->state == DELIVERY_HELD;
	return true;
}

bool lane_recover_again(struct desk *desk, struct incident *incident, int64_t t_ms,
			struct err *err)
{
	struct alert last;
	bool found;
	if (!store_alert_last_ok(desk->store, incident->id, &last, &found, err))
		return false;
	const struct update update = { .kind = KIND_RECOVERY,
				       .says = INCIDENT_MONITORING,
				       .alert = found ? &last : NULL };
	return lane_add(desk, incident, &update, t_ms, NULL, err);
}

static bool recover_blocked(struct desk *desk, int64_t incident_id, int64_t t_ms,
			    struct err *err)
{
	struct incident incident;
	if (!store_incident_read(desk->store, incident_id, &incident, err))
		return false;
	return incident.status !=
		       INCIDENT_MONITORING || /* reopened: nothing to take back */
	       lane_recover_again(desk, &incident, t_ms, err);
}

bool lane_recover_blocked(struct desk *desk, int64_t t_ms, struct err *err)
{
	struct id_list blocked = desk->unrecovered;
	desk->unrecovered = (struct id_list){ 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < blocked.count; i++)
		ok = recover_blocked(desk, blocked.items[i], t_ms, err);
	id_list_done(&blocked);
	return ok;
}

bool lane_add(struct desk *desk, struct incident *incident, const struct update *update,
	      int64_t t_ms, struct delivery *ret, struct err *err)
{
	struct delivery delivery = delivery_of(desk, incident, update);
	const bool leads =
		is_disruption(update->kind) && delivery.state == DELIVERY_QUEUED;
	if (leads && !lane_clear_refused(desk, incident->service_id, t_ms, err))
		return false;
	if (!store_update(desk, incident, update, &delivery, err))
		return false;
	if (leads && !lane_recover_blocked(desk, t_ms, err))
		return false;
	if (ret)
		*ret = delivery;
	return true;
}

/* ---- letting out ---- */

static enum incident_cause release_cause(enum delivery_kind kind)
{
	return kind == KIND_DISRUPTION ? CAUSE_RELEASED : CAUSE_RECOVERED;
}

/* What it says is decided when it is let out. */
static bool say_now(struct desk *desk, const struct incident *incident,
		    struct delivery *delivery, struct err *err)
{
	delivery->incident_status = incident->status;
	return lane_service_status(desk, incident, incident->status, 0,
				   &delivery->service_status, err);
}

/* A dry one ends here; its incident was told to nobody. */
static bool record_only(struct desk *desk, struct incident *incident,
			struct delivery *delivery, struct err *err)
{
	if (!say_now(desk, incident, delivery, err))
		return false;
	if (!delivery_move(delivery, DELIVERY_ON_RECORD, desk->now_ms))
		return true;
	incident->reach = reach_next(incident->reach, REACH_ON_END);
	take_status(incident, delivery);
	return store_incident_put(desk->store, incident, err) &&
	       store_delivery_put(desk->store, delivery, err);
}

/* Out of hold, into its lane, with today's bytes. */
static bool queue_held(struct desk *desk, struct incident *incident,
		       struct delivery *delivery, int64_t t_ms, struct err *err)
{
	const bool leads = is_disruption(delivery->kind);
	if (leads && !lane_clear_refused(desk, incident->service_id, t_ms, err))
		return false;
	if (!say_now(desk, incident, delivery, err))
		return false;
	if (leads)
		incident->reach = reach_next(incident->reach, REACH_ON_QUEUE);
	take_status(incident, delivery);
	buf_reset(&desk->body);
	return store_incident_put(desk->store, incident, err) &&
	       lane_align_severity(desk, incident, delivery, err) &&
	       store_delivery_put(desk->store, delivery, err) &&
	       lane_body(desk, incident, delivery, NULL, NULL, &desk->body, err) &&
	       store_delivery_release(desk->store, delivery->id, buf_text(&desk->body),
				      desk->now_ms, err) &&
	       (!leads || lane_recover_blocked(desk, t_ms, err));
}

/* Decided in dry-run, and its incident was published since (R19): what was decided never
 * leaves, so it is decided again. */
static bool decide_again(struct desk *desk, struct incident *incident,
			 const struct delivery *delivery, int64_t t_ms, struct err *err)
{
	struct alert cause;
	const bool has_cause = delivery->alert_id != 0;
	if (has_cause && !store_alert_get(desk->store, delivery->alert_id, &cause, err))
		return false;
	const struct update update = { .kind = delivery->kind,
				       .says = incident->status,
				       .alert = has_cause ? &cause : NULL };
	return lane_end(desk, delivery->id, DELIVERY_ON_SUPERSEDE,
			"its incident was published since it was decided in dry-run",
			t_ms, err) &&
	       lane_add(desk, incident, &update, t_ms, NULL, err);
}

static bool let_out(struct desk *desk, struct delivery *delivery, int64_t t_ms,
		    struct err *err)
{
	struct incident incident;
	if (!store_incident_read(desk->store, delivery->incident_id, &incident, err))
		return false;
	if (!incident_move(&incident, release_cause(delivery->kind), t_ms))
		return lane_end(desk, delivery->id, DELIVERY_ON_SUPERSEDE,
				"its incident has moved on", t_ms, err);
	if (!delivery->dry)
		return queue_held(desk, &incident, delivery, t_ms, err);
	return incident.reach > REACH_HELD
		       ? decide_again(desk, &incident, delivery, t_ms, err)
		       : record_only(desk, &incident, delivery, err);
}

bool lane_release(struct desk *desk, int64_t delivery_id, int64_t t_ms, struct err *err)
{
	struct delivery delivery;
	if (!store_delivery_read(desk->store, delivery_id, &delivery, err))
		return false;
	if (delivery.state != DELIVERY_HELD)
		return fail(err, ERR_REFUSED,
			    "Delivery %lld is %s, not held: nothing to release",
			    (long long)delivery_id, delivery_state_text(delivery.state));
	desk->timers_moved = true;
	return let_out(desk, &delivery, t_ms, err);
}
