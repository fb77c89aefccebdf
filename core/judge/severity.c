/* How bad it is for a service (R9, R21): the facts that core/rules/severity.h asks for,
 * and the update that tells a change. Every incident that keeps a service from reading
 * operational says the same of it: what an update tells, the others take over. */
#include "core/rules/severity.h"

#include "core/judge/lane.h"

/* Without degrees there is only down or not, which one row tells. */
static bool is_down(struct desk *desk, const struct incident *incident, bool counts,
		    enum service_status *ret, struct err *err)
{
	bool down = counts;
	if (!down && !store_service_down(desk->store, incident->service_id, incident->id,
					 &down, err))
		return false;
	*ret = down ? SERVICE_DISRUPTION : SERVICE_OPERATIONAL;
	return true;
}

bool lane_service_status(struct desk *desk, const struct incident *incident,
			 enum incident_status says, int64_t joins,
			 enum service_status *ret, struct err *err)
{
	const bool counts = incident_is_open(says) || says == INCIDENT_DETACHED;
	const struct service *service;
	struct severity_facts facts;
	bool degrees;
	if (!desk_any_degrees(desk, &degrees, err))
		return false;
	if (!degrees || incident->service_id == 0)
		return is_down(desk, incident, counts, ret, err);
	if (!desk_service(desk, incident->service_id, &service, err) ||
	    !store_severity_facts(desk->store, incident->service_id, incident->id, counts,
				  joins, &facts, err))
		return false;
	if (counts && incident->id == 0) { /* it is not stored yet */
		facts.standing++;
		facts.by_hand |= incident->by_hand;
	}
	*ret = severity_of(service, &facts);
	return true;
}

bool lane_align_severity(struct desk *desk, const struct incident *incident,
			 const struct delivery *delivery, struct err *err)
{
	bool degrees;
	if (!desk_any_degrees(desk, &degrees, err))
		return false;
	const bool unseen = incident_is_open(delivery->incident_status) &&
			    incident->reach < REACH_WAITING;
	if (!degrees || unseen || delivery->service_status == SERVICE_OPERATIONAL)
		return true;
	return store_put_severity(desk->store, incident->service_id,
				  delivery->service_status, err);
}

/* ---- a change is told ---- */

struct held_update {
	struct delivery delivery;
	int64_t incident_id;
	bool found;
};

static bool find_held(void *arg, const struct delivery *delivery)
{
	struct held_update *held = arg;
	held->found = delivery->incident_id == held->incident_id &&
		      delivery->state == DELIVERY_HELD &&
		      delivery->kind == KIND_DISRUPTION;
	if (held->found)
		held->delivery = *delivery;
	return !held->found;
}

/* Nothing is sent: a person handles its page, or what is held gets its bytes when it is
 * let out. */
static bool note_quietly(struct desk *desk, struct incident *incident,
			 enum service_status now, struct err *err)
{
	struct held_update held = { .incident_id = incident->id };
	incident->service_status = incident->severity = now;
	if (!store_incident_put(desk->store, incident, err) ||
	    !store_lane(desk->store, incident->service_id, find_held, &held, err))
		return false;
	held.delivery.service_status = now;
	return !held.found || store_delivery_put(desk->store, &held.delivery, err);
}

static bool tell_incident(struct desk *desk, int64_t incident_id,
			  const struct alert *cause, int64_t t_ms, struct err *err)
{
	struct incident incident;
	enum service_status now;
	if (!store_incident_get(desk->store, incident_id, &incident, err))
		return false;
	const bool open = incident_is_open(incident.status);
	const bool held = incident.status == INCIDENT_HELD;
	const struct update update = { .kind = KIND_SEVERITY,
				       .says = held ? INCIDENT_INVESTIGATING
						    : incident.status,
				       .alert = cause };
	if (!lane_service_status(desk, &incident, update.says, 0, &now, err))
		return false;
	if (now == incident.service_status)
		return true;
	return open ? lane_add(desk, &incident, &update, t_ms, NULL, err)
		    : note_quietly(desk, &incident, now, err);
}

bool lane_tell_severity(struct desk *desk, int64_t service_id, const struct alert *cause,
			int64_t t_ms, struct err *err)
{
	DEFER(id_list_done)
	struct id_list standing = { 0 };
	bool degrees;
	if (!desk_any_degrees(desk, &degrees, err))
		return false;
	if (!degrees)
		return true;
	if (!store_standing(desk->store, service_id, id_list_add, &standing, err))
		return false;
	for (size_t i = 0; i < standing.count; i++)
		if (!tell_incident(desk, standing.items[i], cause, t_ms, err))
			return false;
	return true;
}

bool lane_tell_severities(struct desk *desk, int64_t t_ms, struct err *err)
{
	DEFER(id_list_done)
	struct id_list services = { 0 };
	bool degrees;
	if (!desk_any_degrees(desk, &degrees, err))
		return false;
	if (!degrees)
		return true;
	if (!store_standing_services(desk->store, id_list_add, &services, err))
		return false;
	for (size_t i = 0; i < services.count; i++)
		if (!lane_tell_severity(desk, services.items[i], NULL, t_ms, err))
			return false;
	return true;
}
