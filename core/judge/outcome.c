/* What an attempt's end means: for its delivery, for its incident, for what waits behind
 * it (R13, R22). */
#include "core/base/text.h"
#include "core/judge/lane.h"
#include "core/judge/step.h"

static struct attempt attempt_of(const struct delivery *delivery,
				 const struct outcome *outcome,
				 const struct retry_decision *decision)
{
	struct attempt attempt = {
		.delivery_id = delivery->id,
		.at_ms = outcome->started_ms,
		.duration_ms = outcome->duration_ms,
		.http_status = outcome->http_status,
		.no_answer = decision->ambiguous,
		.retry_after_ms = outcome->has_retry_after ? outcome->retry_after_ms : 0,
	};
	(void)text_cut(attempt.error, sizeof(attempt.error),
		       outcome->error ? outcome->error : "", REASON_SIZE);
	(void)text_cut(attempt.answer, sizeof(attempt.answer),
		       outcome->answer ? outcome->answer : "", ANSWER_KEPT);
	return attempt;
}

static const enum delivery_cause cause_of[] = {
	[RETRY_DELIVERED] = DELIVERY_ON_ACCEPTED,
	[RETRY_TEMPORARY] = DELIVERY_ON_TEMPORARY,
	[RETRY_REFUSED] = DELIVERY_ON_REFUSED,
};

/* True if the delivery's state took the outcome; false if it had been ended meanwhile. */
static bool take_outcome(struct delivery *delivery, const struct outcome *outcome,
			 const struct retry_decision *decision, int64_t now_ms)
{
	const bool live = delivery_is_unfinished(delivery->state);
	(void)delivery_move(delivery, cause_of[decision->verdict], now_ms);
	delivery->attempts++;
	delivery->ambiguous |= decision->ambiguous;
	delivery->http_status = outcome->http_status;
	delivery->sent_ms = outcome->started_ms;
	if (delivery->first_sent_ms == 0)
		delivery->first_sent_ms = outcome->started_ms;
	if (!live)
		return false;
	delivery->retry_after = decision->by_receiver;
	delivery->next_attempt_ms = decision->next_attempt_ms;
	const bool delivered = decision->verdict == RETRY_DELIVERED;
	(void)text_cut(delivery->error, sizeof(delivery->error),
		       delivered || !outcome->error ? "" : outcome->error, REASON_SIZE);
	return true;
}

/* ---- the incident ---- */

static void tell_published(struct incident *incident, const struct delivery *delivery,
			   int64_t now_ms)
{
	incident->is_published = true;
	incident->published_status = delivery->incident_status;
	incident->published_service_status = delivery->service_status;
	incident->published_at_ms = now_ms;
}

/* Its disruption had been ended as unaccepted, and the public has, or may have, read it
 * all the same: it is open again, and ends as what is public ends. */
static bool reopen_found(struct desk *desk, struct incident *incident, int64_t now_ms,
			 struct err *err)
{
	enum incident_ending ending;
	incident->let_go = false;
	incident->service_status = incident->severity;
	return store_incident_put(desk->store, incident, err) &&
	       judge_rejoin(desk, incident, now_ms, err) &&
	       judge_settle(desk, incident, NULL, now_ms, &ending, err);
}

/* It has recovered, and the page may read something older that was ended too late. */
static bool take_back(struct desk *desk, struct incident *incident, int64_t now_ms,
		      struct err *err)
{
	bool waits;
	if (!lane_has_waiting(desk, incident, KIND_RECOVERY, &waits, err))
		return false;
	return waits ? store_incident_put(desk->store, incident, err)
		     : lane_recover_again(desk, incident, now_ms, err);
}

/* Does the page, which has or may have read the update, say of a recovered incident what is
 * not so: that it lasts, or that the service is down although nothing keeps it down (R9)? */
static bool is_untrue(struct desk *desk, const struct incident *incident,
		      const struct delivery *delivery, bool *ret, struct err *err)
{
	enum service_status now_reads;
	if (!lane_service_status(desk, incident, INCIDENT_MONITORING, 0, &now_reads, err))
		return false;
	*ret = delivery->incident_status != INCIDENT_MONITORING ||
	       (now_reads == SERVICE_OPERATIONAL &&
		delivery->service_status != now_reads);
	return true;
}

/* An update that was ended while it was in flight has, or may have, arrived all the same:
 * the page is told what was decided since. */
static bool reconcile_incident(struct desk *desk, struct incident *incident,
			       const struct delivery *delivery, int64_t now_ms,
			       struct err *err)
{
	bool untrue = false;
	if (incident_move(incident, CAUSE_FOUND_PUBLIC, now_ms))
		return reopen_found(desk, incident, now_ms, err);
	if (incident->status == INCIDENT_MONITORING &&
	    !is_untrue(desk, incident, delivery, &untrue, err))
		return false;
	return untrue ? take_back(desk, incident, now_ms, err)
		      : store_incident_put(desk->store, incident, err);
}

/* What counts again now may make the service worse (R21). */
static bool reconcile(struct store *store, struct incident *incident,
		      const struct delivery *delivery, int64_t now_ms, struct err *err)
{
	DEFER(desk_done) struct desk desk = { 0 };
	return desk_open(store, now_ms, &desk, err) &&
	       reconcile_incident(&desk, incident, delivery, now_ms, err) &&
	       lane_tell_severity(&desk, incident->service_id, NULL, now_ms, err);
}

/* What is accepted is public, whatever was before: nothing has to be read. */
static bool put_published(struct store *store, const struct delivery *delivery,
			  int64_t now_ms, struct err *err)
{
	struct incident incident = {
		.id = delivery->incident_id,
		.reach = reach_next(REACH_WAITING, REACH_ON_ACCEPTED),
	};
	tell_published(&incident, delivery, now_ms);
	return store_incident_put_published(store, &incident, err);
}

/* What the attempt means for the incident; most that fail mean nothing. live: the
 * delivery had not been ended meanwhile. */
static bool tell_incident(struct store *store, const struct delivery *delivery, bool live,
			  const struct retry_decision *decision, int64_t now_ms,
			  struct err *err)
{
	const bool delivered = decision->verdict == RETRY_DELIVERED;
	if (delivery->incident_id == 0 || !(delivered || decision->ambiguous))
		return true;
	if (live && delivered)
		return put_published(store, delivery, now_ms, err);
	struct incident incident;
	if (!store_incident_read(store, delivery->incident_id, &incident, err))
		return false;
	incident.reach = reach_next(incident.reach,
				    delivered ? REACH_ON_ACCEPTED : REACH_ON_NO_ANSWER);
	if (delivered)
		tell_published(&incident, delivery, now_ms);
	return live ? store_incident_put(store, &incident, err)
		    : reconcile(store, &incident, delivery, now_ms, err);
}

bool judge_expire(struct store *store, int64_t delivery_id, int64_t now_ms,
		  bool *ret_expired, struct err *err)
{
	struct delivery delivery;
	if (!store_delivery_read(store, delivery_id, &delivery, err))
		return false;
	const bool expires =
		delivery.kind == KIND_DISRUPTION &&
		delivery_is_unfinished(delivery.state) &&
		delivery.state != DELIVERY_HELD &&
		retry_expired(delivery.age_from_ms, delivery.attempts, now_ms);
	if (expires) {
		DEFER(desk_done)
		struct desk desk = { 0 };
		if (!desk_open(store, now_ms, &desk, err) ||
		    !lane_end(&desk, delivery_id, DELIVERY_ON_EXPIRY,
			      "not accepted in 72 hours and 20 attempts", now_ms, err))
			return false;
	}
	*ret_expired = expires;
	return true;
}

bool judge_outcome(struct store *store, int64_t delivery_id,
		   const struct outcome *outcome, int64_t now_ms, uint64_t random,
		   struct retry_decision *ret, struct err *err)
{
	struct delivery delivery;
	if (!store_delivery_read(store, delivery_id, &delivery, err))
		return false;
	const struct retry_decision decision =
		retry_decide(outcome, delivery.attempts + 1, now_ms, random);
	struct attempt attempt = attempt_of(&delivery, outcome, &decision);
	const bool live = take_outcome(&delivery, outcome, &decision, now_ms);
	bool expired;
	if (!store_attempt_add(store, &attempt, err) ||
	    !store_delivery_put(store, &delivery, err) ||
	    !tell_incident(store, &delivery, live, &decision, now_ms, err))
		return false;
	if (live && decision.verdict != RETRY_DELIVERED &&
	    delivery.kind == KIND_DISRUPTION &&
	    !judge_expire(store, delivery_id, now_ms, &expired, err))
		return false;
	*ret = decision;
	return true;
}
