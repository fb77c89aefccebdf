/* Updates out: ending what waits, with what goes with it (R22). */
#include <stdlib.h>

#include "core/base/text.h"
#include "core/judge/lane.h"

/* ---- reading a lane ---- */

/* What an unfinished update is ended or kept by. */
struct waiting {
	int64_t id, incident_id;
	enum delivery_kind kind;
	enum delivery_state state;
	bool says_down; /* its bytes say that the service is */
};

struct waiting_list {
	struct waiting *items;
	size_t count, capacity;
};

static void waiting_done(struct waiting_list *list)
{
	free(list->items);
}

static bool add_waiting(void *arg, const struct delivery *delivery)
{
	struct waiting_list *list = arg;
	VEC_PUSH(list->items, list->count, list->capacity) = (struct waiting){
		.id = delivery->id,
		.incident_id = delivery->incident_id,
		.kind = delivery->kind,
		.state = delivery->state,
		.says_down = delivery->service_status != SERVICE_OPERATIONAL,
	};
	return true;
}

/* Unfinished updates of the service in the order in which they leave, held ones last. */
static bool read_lane(struct desk *desk, int64_t service_id, struct waiting_list *ret,
		      struct err *err)
{
	return store_lane(desk->store, service_id, add_waiting, ret, err);
}

/* ---- ending ---- */

/* Those of one incident; incident_id 0: those of all that are not held. */
static bool end_some(struct desk *desk, int64_t service_id, int64_t incident_id,
		     const char *because, int64_t t_ms, int64_t *ret_count,
		     struct err *err)
{
	DEFER(waiting_done) struct waiting_list list = { 0 };
	if (!read_lane(desk, service_id, &list, err))
		return false;
	int64_t count = 0;
	for (size_t i = 0; i < list.count; i++) {
		const struct waiting *update = &list.items[i];
		const bool ends = incident_id != 0 ? update->incident_id == incident_id
						   : update->state != DELIVERY_HELD;
		if (!ends)
			continue;
		if (!lane_end(desk, update->id, DELIVERY_ON_SUPERSEDE, because, t_ms,
			      err))
			return false;
		count++;
	}
	if (ret_count)
		*ret_count = count;
	return true;
}

bool lane_end_incident(struct desk *desk, const struct incident *incident,
		       const char *because, int64_t t_ms, int64_t *ret_count,
		       struct err *err)
{
	return end_some(desk, incident->service_id, incident->id, because, t_ms,
			ret_count, err);
}

bool lane_end_service(struct desk *desk, int64_t service_id, const char *because,
		      int64_t t_ms, int64_t *ret_count, struct err *err)
{
	return end_some(desk, service_id, 0, because, t_ms, ret_count, err);
}

/* Does nothing keep the incident from being never public? Else it stays open, until its
 * joined monitors are OK or an operator acts. */
static bool is_over(struct desk *desk, const struct incident *incident, bool *ret,
		    struct err *err)
{
	int64_t in_error = 0;
	if (incident_is_open(incident->status) &&
	    !store_joined_in_error(desk->store, incident->id, &in_error, err))
		return false;
	*ret = incident->status == INCIDENT_HELD ||
	       incident->status == INCIDENT_MONITORING ||
	       (incident_is_open(incident->status) && in_error == 0 &&
		!incident->by_hand);
	return true;
}

/* Nothing of the incident can be public: what it still had to say is void. */
static bool void_incident(struct desk *desk, struct incident *incident,
			  enum delivery_cause cause, int64_t t_ms, struct err *err)
{
	static const char *const whys[DELIVERY_CAUSE_COUNT] = {
		[DELIVERY_ON_CANCEL] = "the disruption before it was cancelled",
		[DELIVERY_ON_SUPERSEDE] = "the disruption before it was superseded",
		[DELIVERY_ON_EXPIRY] = "the disruption before it expired",
	};
	const bool cancelled = cause == DELIVERY_ON_CANCEL;
	bool over;
	if (!is_over(desk, incident, &over, err))
		return false;
	if ((cancelled || over) &&
	    !lane_unpublish(desk, incident,
			    cancelled ? CAUSE_CANCELLED : CAUSE_UNPUBLISHED, t_ms, err))
		return false;
	incident->let_go |= cancelled;
	desk->timers_moved = true;
	return store_incident_put(desk->store, incident, err) &&
	       lane_end_incident(desk, incident, whys[cause], t_ms, NULL, err);
}

/* Recoveries that wait, and say that the service is down: they are decided again. */
static bool end_stale_recoveries(struct desk *desk, int64_t service_id, int64_t t_ms,
				 struct err *err)
{
	DEFER(waiting_done) struct waiting_list list = { 0 };
	if (!read_lane(desk, service_id, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct waiting *one = &list.items[i];
		if (one->kind != KIND_RECOVERY || !one->says_down ||
		    one->state == DELIVERY_HELD)
			continue;
		if (!lane_end(desk, one->id, DELIVERY_ON_SUPERSEDE,
			      "the service operates normally after all", t_ms, err))
			return false;
		(void)id_list_add(&desk->unrecovered, one->incident_id);
	}
	return true;
}

/* What is void now may have been all that kept the service down, or that made it a
 * disruption (R9, R21). */
static bool tell_service_again(struct desk *desk, int64_t service_id, int64_t t_ms,
			       struct err *err)
{
	bool down;
	int64_t last_told_id;
	if (!store_service_down(desk->store, service_id, 0, &down, err))
		return false;
	if (down)
		return lane_tell_severity(desk, service_id, NULL, t_ms, err);
	if (!end_stale_recoveries(desk, service_id, t_ms, err) ||
	    !store_told_down(desk->store, service_id, &last_told_id, err))
		return false;
	if (desk->unrecovered.count == 0 && last_told_id != 0)
		(void)id_list_add(&desk->unrecovered, last_told_id);
	return lane_recover_blocked(desk, t_ms, err);
}

/* A disruption has ended: is its incident public, or may it be (R22)? What supersedes it
 * tells the service's status itself. */
static bool end_disruption(struct desk *desk, const struct delivery *delivery,
			   enum delivery_cause cause, int64_t t_ms, struct err *err)
{
	struct incident incident;
	if (!store_incident_read(desk->store, delivery->incident_id, &incident, err))
		return false;
	if (delivery->ambiguous)
		incident.reach = reach_next(incident.reach, REACH_ON_NO_ANSWER);
	incident.reach = reach_next(incident.reach, REACH_ON_END);
	if (reach_is_public(incident.reach))
		return store_incident_put(desk->store, &incident, err);
	return void_incident(desk, &incident, cause, t_ms, err) &&
	       (cause == DELIVERY_ON_SUPERSEDE ||
		tell_service_again(desk, incident.service_id, t_ms, err));
}

bool lane_end(struct desk *desk, int64_t delivery_id, enum delivery_cause cause,
	      const char *because, int64_t t_ms, struct err *err)
{
	struct delivery delivery;
	if (!store_delivery_read(desk->store, delivery_id, &delivery, err))
		return false;
	desk->timers_moved |= delivery.state == DELIVERY_HELD;
	if (!delivery_move(&delivery, cause, desk->now_ms))
		return true;
	(void)text_cut(delivery.error, sizeof(delivery.error), because, REASON_SIZE);
	if (!store_delivery_put(desk->store, &delivery, err))
		return false;
	if (delivery.kind != KIND_DISRUPTION || delivery.incident_id == 0)
		return true;
	return end_disruption(desk, &delivery, cause, t_ms, err);
}

bool lane_record_held(struct desk *desk, struct incident *incident, int64_t t_ms,
		      struct err *err)
{
	DEFER(waiting_done)
	struct waiting_list list = { 0 };
	if (!read_lane(desk, incident->service_id, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct waiting *one = &list.items[i];
		if (one->incident_id == incident->id && one->kind == KIND_DISRUPTION &&
		    one->state == DELIVERY_HELD &&
		    !lane_release(desk, one->id, t_ms, err))
			return false;
	}
	return store_incident_read(desk->store, incident->id, incident, err);
}

bool lane_drop_held_recovery(struct desk *desk, const struct incident *incident,
			     const char *because, int64_t t_ms, struct err *err)
{
	DEFER(waiting_done)
	struct waiting_list list = { 0 };
	if (!read_lane(desk, incident->service_id, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct waiting *one = &list.items[i];
		if (one->incident_id != incident->id || one->kind != KIND_RECOVERY ||
		    one->state != DELIVERY_HELD)
			continue;
		if (!lane_end(desk, one->id, DELIVERY_ON_SUPERSEDE, because, t_ms, err))
			return false;
	}
	return true;
}

bool lane_has_waiting(struct desk *desk, const struct incident *incident,
		      enum delivery_kind kind, bool *ret, struct err *err)
{
	DEFER(waiting_done) struct waiting_list list = { 0 };
	if (!read_lane(desk, incident->service_id, &list, err))
		return false;
	*ret = false;
	for (size_t i = 0; i < list.count; i++)
		*ret |= list.items[i].incident_id == incident->id &&
			list.items[i].kind == kind;
	return true;
}

/* ---- what a refusal blocks ---- */

static bool is_blocked(const struct waiting_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].state == DELIVERY_FAILED)
			return true;
	return false;
}

/* Of the recoveries that wait unheld: incidents that are or may be public, oldest first.
 */
static bool read_unrecovered(struct desk *desk, const struct waiting_list *list,
			     struct id_list *ret, struct err *err)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct waiting *one = &list->items[i];
		if (one->kind != KIND_RECOVERY || one->state == DELIVERY_HELD)
			continue;
		struct incident incident;
		if (!store_incident_read(desk->store, one->incident_id, &incident, err))
			return false;
		if (incident.status == INCIDENT_MONITORING &&
		    reach_is_public(incident.reach))
			(void)id_list_add(ret, incident.id);
	}
	return true;
}

static bool read_blocked_lane(struct desk *desk, int64_t service_id,
			      struct waiting_list *ret, bool *ret_blocked,
			      struct err *err)
{
	bool any;
	if (!desk_any_failed(desk, &any, err))
		return false;
	*ret_blocked = false;
	if (!any)
		return true;
	if (!read_lane(desk, service_id, ret, err))
		return false;
	*ret_blocked = is_blocked(ret);
	return true;
}

/* The newest of them that is not another monitor's own. */
static bool find_reopenable(struct desk *desk, const struct id_list *ids,
			    int64_t monitor_id, struct incident *ret, bool *ret_found,
			    struct err *err)
{
	*ret_found = false;
	for (size_t i = ids->count; i > 0 && !*ret_found; i--) {
		if (!store_incident_read(desk->store, ids->items[i - 1], ret, err))
			return false;
		*ret_found = ret->policy != POLICY_PER_MONITOR ||
			     ret->monitor_id == monitor_id;
	}
	return true;
}

bool lane_unrecovered(struct desk *desk, int64_t service_id, int64_t monitor_id,
		      struct incident *ret, bool *ret_found, struct err *err)
{
	DEFER(waiting_done)
	struct waiting_list list = { 0 };
	DEFER(id_list_done)
	struct id_list ids = { 0 };
	bool blocked;
	return read_blocked_lane(desk, service_id, &list, &blocked, err) &&
	       (!blocked || read_unrecovered(desk, &list, &ids, err)) &&
	       find_reopenable(desk, &ids, monitor_id, ret, ret_found, err);
}

bool lane_clear_refused(struct desk *desk, int64_t service_id, int64_t t_ms,
			struct err *err)
{
	DEFER(waiting_done)
	struct waiting_list list = { 0 };
	bool blocked;
	if (!read_blocked_lane(desk, service_id, &list, &blocked, err))
		return false;
	if (!blocked)
		return true;
	return read_unrecovered(desk, &list, &desk->unrecovered, err) &&
	       lane_end_service(desk, service_id, "a new disruption takes its place",
				t_ms, NULL, err);
}
