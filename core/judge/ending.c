/* A joined monitor is OK: Ok alerts, and what they mean where it has joined. */
#include <stdlib.h>

#include "core/judge/lane.h"
#include "core/judge/step.h"

/* The Ok alert of one Error alert, and whom that one had reached. */
struct ok_alert {
	int64_t error_id;
	struct alert alert;
	bool told;       /* a recovery came of it */
	const char *why; /* or why nothing did */
};

struct ok_alerts {
	struct ok_alert *items;
	size_t count, capacity;
	int64_t t_ms;
};

static void ok_alerts_done(struct ok_alerts *oks)
{
	free(oks->items);
}

static bool add_ok_alert(void *arg, const struct alert *error)
{
	struct ok_alerts *oks = arg;
	struct ok_alert *ok = &VEC_PUSH(oks->items, oks->count, oks->capacity);
	*ok = (struct ok_alert){
		.error_id = error->id,
		.alert = *error,
		.why = "its Error alert reached nothing that is still open"
	};
	ok->alert.id = 0;
	ok->alert.guid[0] = '\0';
	ok->alert.reason[0] = '\0';
	ok->alert.type = ALERT_OK;
	ok->alert.at_ms = oks->t_ms;
	return true;
}

/* R6: an Ok alert for every level that triggered. */
static bool raise_ok_alerts(struct desk *desk, const struct monitor_state *state,
			    struct ok_alerts *oks, struct err *err)
{
	if (!store_alerts_of_episode(desk->store, state->monitor_id, state->episode,
				     ALERT_ERROR, add_ok_alert, oks, err))
		return false;
	for (size_t i = 0; i < oks->count; i++)
		if (!store_alert_add(desk->store, &oks->items[i].alert, err))
			return false;
	desk->report.alerts += (int64_t)oks->count;
	return true;
}

/* The Ok alerts whose Error alerts reached the service have reached it too; ret: the
 * first of them, or NULL. */
static bool reach_with(struct desk *desk, struct ok_alerts *oks,
		       const struct incident *incident, struct ok_alert **ret,
		       struct err *err)
{
	*ret = NULL;
	for (size_t i = 0; i < oks->count; i++) {
		struct ok_alert *ok = &oks->items[i];
		bool reached, is_new;
		if (!store_alert_reached(desk->store, ok->error_id, incident->service_id,
					 &reached, err))
			return false;
		if (!reached)
			continue;
		if (!store_alert_reach_add(desk->store, ok->alert.id,
					   incident->service_id, incident->id, &is_new,
					   err))
			return false;
		*ret = *ret ? *ret : ok;
	}
	return true;
}

/* The OK of an episode that triggered nothing raises no alert (R16): the one before it is
 * the cause then. */
static bool recover(struct desk *desk, struct incident *incident,
		    const struct alert *cause, int64_t hold_ms, int64_t t_ms,
		    struct err *err)
{
	struct alert last;
	bool found = false;
	if (!cause && !store_alert_last_ok(desk->store, incident->id, &last, &found, err))
		return false;
	struct update update = {
		.kind = KIND_RECOVERY,
		.says = INCIDENT_MONITORING,
		.alert = cause   ? cause
			 : found ? &last
				 : NULL,
	};
	if (hold_ms > 0)
		update.hold = (struct hold){ .held = true, .until_ms = t_ms + hold_ms };
	else if (!incident_move(incident, CAUSE_RECOVERED, t_ms))
		return fail(err, ERR_FAILED, "Incident #%lld is %s and cannot recover",
			    (long long)incident->id,
			    incident_status_text(incident->status));
	return lane_add(desk, incident, &update, t_ms, NULL, err);
}

/* It ends unpublished: what was held or waited for it ends with it (R16). */
static bool end_unpublished(struct desk *desk, struct incident *incident, int64_t t_ms,
			    struct err *err)
{
	incident->reach = REACH_NONE;
	return lane_unpublish(desk, incident, CAUSE_UNPUBLISHED, t_ms, err) &&
	       store_incident_put(desk->store, incident, err) &&
	       lane_end_incident(desk, incident,
				 incident_ending_text(ENDING_NEVER_PUBLIC), t_ms, NULL,
				 err);
}

static bool carry_out(struct desk *desk, struct incident *incident,
		      enum incident_ending ending, const struct alert *cause,
		      const struct ok_facts *facts, int64_t t_ms, struct err *err)
{
	switch (ending) {
	case ENDING_NOT_OURS:
	case ENDING_WAITS:
	case ENDING_BY_HAND: return store_incident_put(desk->store, incident, err);
	case ENDING_NEVER_PUBLIC: return end_unpublished(desk, incident, t_ms, err);
	case ENDING_OVER:
		incident->over_ms = t_ms;
		return store_incident_put(desk->store, incident, err);
	case ENDING_NOT_SENT:
		incident->ok_not_sent = true;
		return store_incident_put(desk->store, incident, err);
	case ENDING_HOLDS:
	case ENDING_RECOVERS:
		return recover(desk, incident, cause, facts->recover_after_ms, t_ms, err);
	case ENDING_COUNT: break;
	}
	return true;
}

/* R5: no reminder after the OK of the episode that opened the incident. */
static void stop_reminders(struct desk *desk, struct incident *incident,
			   const struct ok_alerts *oks)
{
	for (size_t i = 0; i < oks->count; i++)
		if (oks->items[i].error_id == incident->opening_alert_id) {
			desk->timers_moved |= incident->remind_at_ms != 0;
			incident->remind_at_ms = 0;
			incident->remind_left = 0;
		}
}

static bool gather_ok_facts(struct desk *desk, const struct incident *incident,
			    struct ok_facts *facts, struct err *err)
{
	int64_t in_error;
	const struct service *service;
	if (!store_joined_in_error(desk->store, incident->id, &in_error, err) ||
	    !desk_service(desk, incident->service_id, &service, err))
		return false;
	if (incident->reach == REACH_NONE &&
	    !store_incident_was_dry(desk->store, incident->id, &facts->was_dry, err))
		return false;
	facts->incident = incident;
	facts->others_in_error = in_error > 0;
	facts->recover_after_ms = service->recover_after_ms;
	return true;
}

bool judge_settle(struct desk *desk, struct incident *incident, const struct alert *cause,
		  int64_t t_ms, enum incident_ending *ret, struct err *err)
{
	struct ok_facts facts = { 0 };
	if (!gather_ok_facts(desk, incident, &facts, err))
		return false;
	*ret = incident_on_ok(&facts);
	return carry_out(desk, incident, *ret, cause, &facts, t_ms, err);
}

static bool end_join(struct desk *desk, const struct monitor_state *state,
		     int64_t incident_id, bool *ret_was_in_error, int64_t t_ms,
		     struct err *err)
{
	struct join join;
	if (!judge_get_join(desk, incident_id, state->monitor_id, &join, err))
		return false;
	*ret_was_in_error = join.in_error;
	if (!join.in_error)
		return true;
	join.in_error = false;
	join.ok_ms = t_ms;
	return store_join_put(desk->store, &join, err);
}

static bool ok_for_incident(struct desk *desk, const struct monitor_state *state,
			    struct ok_alerts *oks, int64_t incident_id, struct err *err)
{
	struct incident incident;
	struct ok_alert *cause;
	bool was_in_error;
	enum incident_ending ending;
	if (!end_join(desk, state, incident_id, &was_in_error, oks->t_ms, err))
		return false;
	if (!was_in_error)
		return true;
	if (!store_incident_read(desk->store, incident_id, &incident, err) ||
	    !reach_with(desk, oks, &incident, &cause, err))
		return false;
	if (!incident_on_error(&incident))
		return true; /* recovered or let go: it is no longer ours */
	stop_reminders(desk, &incident, oks);
	if (!judge_settle(desk, &incident, cause ? &cause->alert : NULL, oks->t_ms,
			  &ending, err))
		return false;
	if (cause) {
		cause->told |= ending == ENDING_RECOVERS;
		cause->why = incident_ending_text(ending);
	}
	return lane_tell_severity(desk, incident.service_id, cause ? &cause->alert : NULL,
				  oks->t_ms, err);
}

/* The reason that an Ok alert keeps when no recovery came of it. */
static bool keep_reasons(struct desk *desk, const struct ok_alerts *oks, struct err *err)
{
	for (size_t i = 0; i < oks->count; i++)
		if (!oks->items[i].told &&
		    !store_alert_set_reason(desk->store, oks->items[i].alert.id,
					    oks->items[i].why, err))
			return false;
	return true;
}

bool judge_joined_ok(struct desk *desk, const struct monitor_state *state, int64_t t_ms,
		     struct err *err)
{
	DEFER(ok_alerts_done)
	struct ok_alerts oks = { .t_ms = t_ms };
	DEFER(id_list_done)
	struct id_list incidents = { 0 };
	if (!raise_ok_alerts(desk, state, &oks, err) ||
	    !store_incidents_of_monitor(desk->store, state->monitor_id, id_list_add,
					&incidents, err))
		return false;
	for (size_t i = 0; i < incidents.count; i++)
		if (!ok_for_incident(desk, state, &oks, incidents.items[i], err))
			return false;
	return keep_reasons(desk, &oks, err);
}
