/* The rules R1-R22 and the invariants that tests/faults.txt lists, asked of the flat
 * store as a whole: each from rows alone, by another way than the judge took. */
#include "core/rules/status.h"
#include "tests/support/flat/store.h"

static void check_timers(struct store *store, int64_t now_ms)
{
	struct timer timer;
	if (store_next_timer(store, &timer, NULL) && timer.kind != TIMER_NONE &&
	    timer.at_ms <= now_ms)
		flat_broken(store, "R2: timer %d is overdue", (int)timer.kind);
	for (int i = 0; i < store->event_count; i++)
		if (store->events[i].effect == EFFECT_PENDING)
			flat_broken(store, "R2: event %d was not judged", i + 1);
}

/* I19: states are the fold of the events in order of time. */
static void check_states(struct store *store)
{
	int64_t errors[FLAT_MONITORS + 1] = { 0 }, episodes[FLAT_MONITORS + 1] = { 0 };
	bool in_error[FLAT_MONITORS + 1] = { false };
	for (int i = 0; i < store->event_count; i++) {
		const struct event *event = &store->events[i];
		const int64_t m = event->monitor_id;
		const bool error = event->state == EVENT_ERROR;
		episodes[m] += error && !in_error[m];
		errors[m] = error ? (in_error[m] ? errors[m] + 1 : 1) : errors[m];
		in_error[m] = error;
	}
	for (int m = 1; m <= FLAT_MONITORS; m++) {
		const struct monitor_state *state = &store->states[m];
		if (state->in_error != in_error[m] || state->episode != episodes[m] ||
		    (in_error[m] && state->errors != errors[m]))
			flat_broken(store, "I19: monitor %d is not what its events say",
				    m);
	}
}

/* What the deliveries of the incident say of its reach. */
static enum reach reach_of(const struct store *store, int64_t incident_id)
{
	enum reach reach = REACH_NONE;
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		enum reach its = REACH_NONE;
		if (one->incident_id != incident_id)
			continue;
		if (one->state == DELIVERY_DELIVERED)
			its = REACH_YES;
		else if (one->ambiguous)
			its = REACH_MAYBE;
		else if (one->kind == KIND_DISRUPTION && one->state == DELIVERY_HELD)
			its = REACH_HELD;
		else if (one->kind == KIND_DISRUPTION &&
			 delivery_is_unfinished(one->state))
			its = REACH_WAITING;
		reach = its > reach ? its : reach;
	}
	return reach;
}

static void check_delivery(struct store *store, const struct delivery *one)
{
	const struct incident *incident = &store->incidents[one->incident_id - 1];
	if ((one->dry || one->state == DELIVERY_HELD) && one->attempts > 0)
		flat_broken(store, "I3: delivery %d is dry or held, and was tried",
			    (int)one->id);
	const bool waits = one->state == DELIVERY_QUEUED || one->state == DELIVERY_FAILED;
	if (waits && incident->reach == REACH_NONE)
		flat_broken(store,
			    "R22: delivery %d waits, and incident %d is not public",
			    (int)one->id, (int)incident->id);
	if (one->state == DELIVERY_HELD && one->kind == KIND_RECOVERY &&
	    !incident_is_open(incident->status))
		flat_broken(store, "R16: a recovery of incident %d is held, which is %s",
			    (int)incident->id, incident_status_text(incident->status));
}

static void check_incident(struct store *store, const struct incident *incident)
{
	if (incident->reach != reach_of(store, incident->id))
		flat_broken(store, "reach of incident %d is %s, its deliveries say %s",
			    (int)incident->id, reach_text(incident->reach),
			    reach_text(reach_of(store, incident->id)));
	if ((incident->status == INCIDENT_HELD) != (incident->reach == REACH_HELD) &&
	    flat_is_standing(incident) && incident->status != INCIDENT_DETACHED)
		flat_broken(store, "R16: incident %d is %s and its disruption %s",
			    (int)incident->id, incident_status_text(incident->status),
			    reach_text(incident->reach));
	if (incident->status == INCIDENT_NEVER_PUBLIC && incident->is_published)
		flat_broken(store, "R16: incident %d is never public and published",
			    (int)incident->id);
	if (incident->remind_left < 0)
		flat_broken(store, "R5: incident %d reminds too often",
			    (int)incident->id);
}

/* R4, R9: one page for what one alert would join; but for what was public all the same
 * when it was ended, and what a person detached after it had recovered. */
static bool stands_alone(const struct store *store, const struct incident *incident)
{
	return flat_is_standing(incident) && incident->status != INCIDENT_DETACHED &&
	       !incident->by_hand && !store->found_public[incident->id - 1];
}

static void check_alone(struct store *store, const struct incident *incident)
{
	for (int64_t i = incident->id; i < store->incident_count; i++) {
		const struct incident *other = &store->incidents[i];
		if (other->service_id == incident->service_id &&
		    other->policy == incident->policy &&
		    other->monitor_id == incident->monitor_id &&
		    stands_alone(store, incident) && stands_alone(store, other))
			flat_broken(store, "R4: incidents %d and %d stand for the same",
				    (int)incident->id, (int)other->id);
	}
}

/* R9: a joined monitor counts from any confirmed error to its OK, where hublink still has
 * a say. */
static void check_join(struct store *store, const struct join *join)
{
	const struct incident *incident = &store->incidents[join->incident_id - 1];
	const struct monitor_state *state = &store->states[join->monitor_id];
	if (!flat_is_standing(incident) || incident->let_go)
		return;
	if (join->in_error && (!state->in_error || state->episode != join->episode))
		flat_broken(store, "R9: monitor %d is OK, and incident %d waits for it",
			    (int)join->monitor_id, (int)incident->id);
	if (!join->in_error && state->in_error && state->episode != join->episode)
		flat_broken(store,
			    "R9: monitor %d is in error, and incident %d does not know",
			    (int)join->monitor_id, (int)incident->id);
}

/* What is wrong with the service, counted from rows. */
struct wrong {
	bool bad[FLAT_MONITORS + 1]; /* in error, as one of its incidents knows */
	bool by_hand, critical;
	int in_error, linked;
};

static bool is_of(const struct incident *incident, int64_t service_id)
{
	return incident->service_id == service_id && flat_is_counted(incident);
}

static struct wrong count_wrong(const struct store *store, int64_t s)
{
	struct wrong ret = { 0 };
	for (int i = 0; i < store->join_count; i++) {
		const struct join *join = &store->joins[i];
		ret.bad[join->monitor_id] |=
			is_of(&store->incidents[join->incident_id - 1], s) &&
			flat_is_affected(store, join);
	}
	for (int i = 0; i < store->incident_count; i++)
		ret.by_hand |=
			is_of(&store->incidents[i], s) && store->incidents[i].by_hand;
	for (int m = 1; m <= FLAT_MONITORS; m++) {
		const bool reaches = flat_is_linked(store, m, s);
		ret.in_error += ret.bad[m];
		ret.linked += reaches;
		ret.critical |= ret.bad[m] && reaches && store->services[s].critical[m];
	}
	return ret;
}

/* R21: what they all say of their service is what counting says. */
static void check_severity(struct store *store, const struct incident *incident)
{
	const struct flat_service *service = &store->services[incident->service_id];
	const struct wrong wrong = count_wrong(store, incident->service_id);
	const bool enough = service->disruption_percent
				    ? wrong.in_error * 100 >=
					      wrong.linked * service->disruption_percent
				    : wrong.in_error >= service->disruption_monitors;
	const enum service_status expected = wrong.by_hand || wrong.critical || enough
						     ? SERVICE_DISRUPTION
						     : SERVICE_DEGRADED;
	if (flat_is_counted(incident) && (wrong.by_hand || wrong.in_error > 0) &&
	    incident->service_status != expected)
		flat_broken(store, "R21: incident %d says %s, counting says %s",
			    (int)incident->id,
			    service_status_text(incident->service_status),
			    service_status_text(expected));
}

void flat_check(struct store *store, int64_t now_ms)
{
	check_timers(store, now_ms);
	check_states(store);
	for (int i = 0; i < store->incident_count; i++) {
		check_incident(store, &store->incidents[i]);
		check_alone(store, &store->incidents[i]);
		check_severity(store, &store->incidents[i]);
	}
	for (int i = 0; i < store->join_count; i++)
		check_join(store, &store->joins[i]);
	for (int i = 0; i < store->delivery_count; i++)
		check_delivery(store, &store->deliveries[i]);
}

/* ---- the end ---- */

static void check_told(struct store *store, const struct incident *incident)
{
	if (incident->let_go || incident->status == INCIDENT_DETACHED ||
	    incident->status == INCIDENT_RESOLVED)
		return; /* a person has the last word */
	const bool may_stand = incident->by_hand || incident->ok_not_sent;
	if (flat_is_standing(incident) && !may_stand)
		flat_broken(store, "I15: incident %d is %s though all is over",
			    (int)incident->id, incident_status_text(incident->status));
	if (incident->status == INCIDENT_MONITORING && reach_is_public(incident->reach) &&
	    incident->published_status != INCIDENT_MONITORING)
		flat_broken(store, "I8: incident %d has recovered, and the page says %s",
			    (int)incident->id,
			    incident_status_text(incident->published_status));
}

/* Was a person's hand on the service's page? Then what it reads is theirs. */
static bool is_touched(const struct store *store, int64_t service_id)
{
	for (int i = 0; i < store->incident_count; i++) {
		const struct incident *one = &store->incidents[i];
		if (one->service_id == service_id &&
		    ((one->let_go && one->status != INCIDENT_NEVER_PUBLIC) ||
		     one->by_hand || one->status == INCIDENT_DETACHED ||
		     one->status == INCIDENT_RESOLVED))
			return true;
	}
	return false;
}

/* R9: the last word on the service is that it operates normally, when nothing says otherwise. */
static void check_service(struct store *store, int64_t service_id)
{
	bool down;
	const struct delivery *last = NULL;
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		if (one->service_id == service_id && one->state == DELIVERY_DELIVERED &&
		    (!last || one->place > last->place))
			last = one;
	}
	if (last && !is_touched(store, service_id) &&
	    store_service_down(store, service_id, 0, &down, NULL) && !down &&
	    last->service_status != SERVICE_OPERATIONAL)
		flat_broken(store,
			    "R9: service %d reads disruption, and nothing is wrong",
			    (int)service_id);
}

void flat_check_end(struct store *store)
{
	for (int s = 1; s <= FLAT_SERVICES; s++)
		check_service(store, s);
	for (int i = 0; i < store->delivery_count; i++)
		if (delivery_is_unfinished(store->deliveries[i].state))
			flat_broken(store, "I15: delivery %d is still %s", i + 1,
				    delivery_state_text(store->deliveries[i].state));
	for (int i = 0; i < store->incident_count; i++)
		check_told(store, &store->incidents[i]);
}
