/* An Error alert reaches a service: the facts that core/rules/incident.h asks for, and
 * what it decides, stored. */
#include "core/judge/lane.h"
#include "core/judge/step.h"

/* One alert on its way to one service. */
struct reaching {
	const struct judgement *judgement;
	const struct alert *alert;
	const struct path *path;
	struct alert_facts facts;
	/* What facts points to. */
	struct incident standing, latest, unrecovered;
};

static int64_t monitor_of(const struct reaching *r)
{
	return r->path->monitor_id;
}

/* ---- facts ---- */

static bool find_standing(struct desk *desk, struct reaching *r, struct err *err)
{
	bool found;
	if (!store_incident_standing(desk->store, r->path->service_id, monitor_of(r),
				     &r->standing, &found, err))
		return false;
	if (!found)
		return true;
	r->facts.standing = &r->standing;
	return store_incident_was_dry(desk->store, r->standing.id,
				      &r->facts.standing_was_dry, err);
}

static bool find_latest(struct desk *desk, struct reaching *r,
			const struct service *service, struct err *err)
{
	r->facts.latest = NULL;
	r->facts.reopen_within_ms = service->reopen_within_ms;
	if (service->reopen_within_ms == 0)
		return true;
	const bool per_monitor = service->policy == POLICY_PER_MONITOR;
	bool found;
	if (!store_incident_latest(desk->store, r->path->service_id,
				   per_monitor ? monitor_of(r) : 0, &r->latest, &found,
				   err))
		return false;
	r->facts.latest = found ? &r->latest : NULL;
	return true;
}

static bool find_unrecovered(struct desk *desk, struct reaching *r, struct err *err)
{
	bool found;
	if (!lane_unrecovered(desk, r->path->service_id, monitor_of(r), &r->unrecovered,
			      &found, err))
		return false;
	r->facts.unrecovered = found ? &r->unrecovered : NULL;
	return true;
}

static bool find_let_go(struct desk *desk, struct reaching *r, int64_t *ret_id,
			struct err *err)
{
	*ret_id = 0;
	return r->judgement->begins ||
	       store_episode_let_go(desk->store, r->path->service_id, monitor_of(r),
				    r->judgement->state->episode, ret_id, err);
}

/* ---- what is decided ---- */

static bool decide_hold(struct desk *desk, const struct reaching *r, struct hold *ret,
			struct err *err)
{
	const struct service *service;
	const struct integration *integration;
	if (!desk_service(desk, r->path->service_id, &service, err) ||
	    !desk_integration(desk, service->integration_id, &integration, err))
		return false;
	struct hold_facts facts = {
		.t_ms = r->judgement->t_ms,
		.publish_after_ms = service->publish_after_ms,
		.storm_max_new = integration->storm_max_new,
		.storm_release_after_ms = integration->storm_release_after_ms,
	};
	if (facts.storm_max_new > 0 &&
	    !store_disruptions_since(desk->store, integration->head.id,
				     facts.t_ms - integration->storm_within_ms,
				     &facts.decided, err))
		return false;
	*ret = incident_hold(&facts);
	return true;
}

static bool put_join(struct desk *desk, const struct reaching *r, int64_t incident_id,
		     int64_t joined_ms, struct err *err)
{
	const struct join join = {
		.incident_id = incident_id,
		.monitor_id = monitor_of(r),
		.episode = r->judgement->state->episode,
		.in_error = true,
		.joined_ms = joined_ms,
	};
	bool is_new;
	return store_join_put(desk->store, &join, err) &&
	       store_alert_reach_add(desk->store, r->alert->id, r->path->service_id,
				     incident_id, &is_new, err);
}

static bool publish(struct desk *desk, const struct reaching *r,
		    struct incident *incident, enum delivery_kind kind,
		    const struct hold *hold, struct err *err)
{
	const struct update update = {
		.kind = kind,
		.says = incident->status == INCIDENT_HELD ? INCIDENT_INVESTIGATING
							  : incident->status,
		.alert = r->alert,
		.joins = monitor_of(r),
		.hold = *hold,
	};
	desk->timers_moved |= incident->remind_at_ms != 0;
	return lane_add(desk, incident, &update, r->judgement->t_ms, NULL, err) &&
	       put_join(desk, r, incident->id, r->judgement->t_ms, err);
}

static bool open_new(struct desk *desk, const struct reaching *r, const struct hold *hold,
		     struct err *err)
{
	const struct service *service;
	if (!desk_service(desk, r->path->service_id, &service, err))
		return false;
	const bool per_monitor = service->policy == POLICY_PER_MONITOR;
	struct incident incident = {
		.service_id = r->path->service_id,
		.policy = service->policy,
		.monitor_id = per_monitor ? monitor_of(r) : 0,
		.status = hold->held ? INCIDENT_HELD : INCIDENT_INVESTIGATING,
		.opened_at_ms = r->judgement->t_ms,
		.start_ms = r->judgement->state->started_ms,
		.send_ok = r->path->send_ok,
		.opening_alert_id = r->alert->id,
	};
	incident_arm_reminders(&incident, r->path, r->judgement->t_ms);
	desk->report.opened++;
	return publish(desk, r, &incident, KIND_DISRUPTION, hold, err);
}

static bool reopen(struct desk *desk, const struct reaching *r,
		   const struct incident *from, enum delivery_kind kind, struct err *err)
{
	struct incident incident = *from;
	const int64_t t_ms = r->judgement->t_ms;
	if (!incident_move(&incident, CAUSE_REOPENED, t_ms))
		return fail(
			err, ERR_FAILED, "Incident #%lld is %s and cannot be reopened",
			(long long)incident.id, incident_status_text(incident.status));
	if (!judge_rejoin(desk, &incident, t_ms, err))
		return false;
	incident.let_go = false;
	incident.send_ok |= r->path->send_ok;
	incident.opening_alert_id = r->alert->id;
	incident_arm_reminders(&incident, r->path, t_ms);
	const struct hold at_once = { 0 };
	return publish(desk, r, &incident, kind, &at_once, err);
}

/* ---- joining ---- */

static const char *const say_is_over =
	"an operator has ended hublink's say for this episode of the monitor";

/* Has the episode joined before, and was its say ended since (R7)? */
static bool find_join(struct desk *desk, const struct reaching *r, int64_t *ret_joined_ms,
		      bool *ret_over, struct err *err)
{
	struct join join;
	bool found;
	if (!store_join_get(desk->store, r->standing.id, monitor_of(r), &join, &found,
			    err))
		return false;
	*ret_joined_ms = found ? join.joined_ms : r->judgement->t_ms;
	*ret_over =
		found && join.episode == r->judgement->state->episode && !join.in_error;
	return true;
}

static bool join(struct desk *desk, struct reaching *r,
		 const struct alert_decision *decision, const struct hold *hold,
		 const char **ret_silence, struct err *err)
{
	int64_t joined_ms;
	bool over;
	if (!find_join(desk, r, &joined_ms, &over, err))
		return false;
	if (over) {
		*ret_silence = say_is_over;
		return true;
	}
	struct incident *incident = &r->standing;
	const int64_t t_ms = r->judgement->t_ms;
	if (decision->opening == OPENING_PUBLISHES && incident->status == INCIDENT_HELD &&
	    !lane_record_held(desk, incident, t_ms, err))
		return false;
	if (!lane_drop_held_recovery(desk, incident, "another alert joined its incident",
				     t_ms, err))
		return false;
	incident->send_ok |= r->path->send_ok;
	incident->ok_not_sent = false;
	if (decision->opening == OPENING_JOINS)
		return store_incident_put(desk->store, incident, err) &&
		       put_join(desk, r, incident->id, joined_ms, err) &&
		       lane_tell_severity(desk, r->path->service_id, r->alert, t_ms, err);
	if (hold->held)
		(void)incident_move(incident, CAUSE_HELD_BACK, t_ms);
	return publish(desk, r, incident, decision->kind, hold, err);
}

/* The alert has reached the service, and nothing comes of it. */
static bool silence(struct desk *desk, const struct reaching *r, int64_t let_go_id,
		    const char **ret_silence, struct err *err)
{
	bool is_new;
	*ret_silence = say_is_over;
	return store_alert_reach_add(desk->store, r->alert->id, r->path->service_id,
				     let_go_id, &is_new, err);
}

/* ---- the whole ---- */

static bool decide(struct desk *desk, const struct reaching *r,
		   struct alert_decision *decision, struct hold *hold, struct err *err)
{
	*decision = incident_on_alert(&r->facts);
	*hold = (struct hold){ 0 };
	return !decision->may_be_held || decide_hold(desk, r, hold, err);
}

/* What opens or reopens first clears a lane that a refusal blocks: that can end what it
 * would have reopened (R22), so it is decided on what is left. */
static bool decide_on_clear_lane(struct desk *desk, struct reaching *r,
				 const struct service *service,
				 struct alert_decision *decision, struct hold *hold,
				 struct err *err)
{
	bool any_failed;
	if (!find_latest(desk, r, service, err) || !find_unrecovered(desk, r, err) ||
	    !decide(desk, r, decision, hold, err) ||
	    !desk_any_failed(desk, &any_failed, err))
		return false;
	if (!any_failed || hold->held)
		return true;
	return lane_clear_refused(desk, r->path->service_id, r->judgement->t_ms, err) &&
	       find_latest(desk, r, service, err) && decide(desk, r, decision, hold, err);
}

static bool reach(struct desk *desk, struct reaching *r, const char **ret_silence,
		  struct err *err)
{
	int64_t let_go_id;
	if (!find_let_go(desk, r, &let_go_id, err))
		return false;
	if (let_go_id != 0)
		return silence(desk, r, let_go_id, ret_silence, err);
	const struct service *service;
	if (!find_standing(desk, r, err) ||
	    !desk_service(desk, r->path->service_id, &service, err))
		return false;
	struct alert_decision decision;
	struct hold hold;
	if (r->facts.standing)
		return decide(desk, r, &decision, &hold, err) &&
		       join(desk, r, &decision, &hold, ret_silence, err);
	if (!decide_on_clear_lane(desk, r, service, &decision, &hold, err))
		return false;
	const bool ok = decision.opening == OPENING_REOPENS
				? reopen(desk, r, decision.incident, decision.kind, err)
				: open_new(desk, r, &hold, err);
	return ok && lane_recover_blocked(desk, r->judgement->t_ms, err);
}

bool judge_reach(struct desk *desk, const struct judgement *judgement,
		 const struct alert *alert, const struct path *path,
		 const char **ret_silence, struct err *err)
{
	struct reaching r = {
		.judgement = judgement,
		.alert = alert,
		.path = path,
		.facts = { .t_ms = judgement->t_ms, .mode = desk->mode },
	};
	return reach(desk, &r, ret_silence, err);
}
