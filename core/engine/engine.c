#include "core/engine/engine.h"

#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/random.h"
#include "core/engine/claims.h"
#include "core/engine/flights.h"
#include "core/engine/timekeeper.h"
#include "core/judge/judge.h"

struct engine {
	struct store *store;
	struct transport *transport;
	struct claims claims;
	struct flights flights;
	struct timekeeper clocks;
	int64_t jump_ms; /* the wall clock was set by this much; not stored yet */
	enum mode mode;
	bool is_stopping;
	bool must_judge; /* another process committed, or more is left than a turn's steps */
	int64_t timer_ms; /* wall clock: the judge's next timer; 0: none */
	uint64_t random;
	struct buf body; /* of the request being sent */
};

/* ---- sending ---- */

static bool expire(struct engine *e, const struct claim *claim, struct instant now,
		   bool *ret_expired, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(e->store, &tx, err) ||
	    !judge_expire(e->store, claim->delivery_id, now.wall_ms, ret_expired, err) ||
	    !store_commit(&tx, err))
		return false;
	e->must_judge = e->must_judge || *ret_expired;
	return true;
}

/* *ret_due: its request is ret and e->body. */
static bool prepare(struct engine *e, const struct claim *claim, struct instant now,
		    struct outgoing *ret, bool *ret_due, struct err *err)
{
	bool is_expired = false;
	*ret_due = false;
	if (claim->may_expire && !expire(e, claim, now, &is_expired, err))
		return false;
	return is_expired ||
	       store_delivery_outgoing(e->store, claim->delivery_id, now.wall_ms, ret,
				       &e->body, ret_due, err);
}

static void start(struct engine *e, const struct claim *claim,
		  const struct outgoing *outgoing, struct instant now)
{
	const struct flight flight = { .delivery_id = claim->delivery_id,
				       .service_id = claim->service_id,
				       .host = claim->host,
				       .started_ms = now.wall_ms };
	unsigned place = flights_start(&e->flights, &flight);
	const struct request request = { .id = place,
					 .url = outgoing->url,
					 .key = outgoing->key,
					 .body = buf_text(&e->body) };
	struct err err = { 0 };
	host_take(claim->host, now.boot_ms);
	if (e->transport->ops->send(e->transport, &request, &err))
		return;
	const struct outcome not_sent = { .error = err.text };
	flights_land(&e->flights, place, &not_sent);
}

static bool send_claim(struct engine *e, const struct claim *claim, struct instant now,
		       struct err *err)
{
	struct outgoing outgoing;
	bool is_due = false;
	bool ok = prepare(e, claim, now, &outgoing, &is_due, err);
	if (ok && is_due) {
		start(e, claim, &outgoing, now);
		return true;
	}
	/* Ended since it was listed, or unreadable now: whatever stands there next
	 * time is looked at again. */
	claims_look_again(&e->claims);
	return claims_release(&e->claims, claim->service_id, now.wall_ms,
			      ok ? err : NULL) &&
	       ok;
}

/* Not while the clock has been set: what is due is known when the jump is stored. */
static bool may_send(const struct engine *e)
{
	return e->mode == MODE_LIVE && !e->is_stopping && e->jump_ms == 0;
}

static bool send_due(struct engine *e, struct instant now, struct err *err)
{
	if (!may_send(e) || flights_room(&e->flights) == 0)
		return true;
	bool ok = claims_fill(&e->claims, flights_room(&e->flights), now.wall_ms, err);
	while (ok && flights_room(&e->flights) > 0) {
		struct claim *claim = claims_take(&e->claims, now.boot_ms);
		if (!claim)
			return true;
		ok = send_claim(e, claim, now, err);
		claim_free(claim);
	}
	return ok;
}

static void take_outcome(void *arg, int64_t id, const struct outcome *outcome)
{
	struct engine *e = arg;
	flights_land(&e->flights, (unsigned)id, outcome);
}

/* ---- storing what happened ---- */

static bool store_jump(struct engine *e, struct err *err)
{
	return e->jump_ms == 0 || store_shift_clock(e->store, e->jump_ms, err);
}

static void log_refusal(const struct flight *flight)
{
	log_line(LOG_LEVEL_WARNING,
		 "Delivery %lld was refused (%s); it is tried again in an hour, "
		 "`hublink delivery show %lld` tells more",
		 (long long)flight->delivery_id,
		 flight->error ? flight->error : "no reason given",
		 (long long)flight->delivery_id);
}

static bool store_outcome(struct engine *e, struct flight *flight, struct instant now,
			  struct err *err)
{
	struct retry_decision decision;
	if (!judge_outcome(e->store, flight->delivery_id, &flight->outcome, now.wall_ms,
			   random_step(&e->random), &decision, err))
		return fail_in(err, "storing the outcome of delivery %lld",
			       (long long)flight->delivery_id);
	flight->has_succeeded = decision.verdict == RETRY_DELIVERED;
	if (decision.verdict == RETRY_REFUSED)
		log_refusal(flight);
	if (!flight->has_succeeded || !host_recovers(flight->host, now.boot_ms))
		return true;
	claims_look_again(&e->claims);
	return store_host_recovered(e->store, flight->host->name, now.wall_ms, err);
}

static bool store_outcomes(struct engine *e, struct instant now, struct err *err)
{
	bool ok = true;
	for (unsigned i = 0; ok && i < e->flights.landed_count; i++)
		ok = store_outcome(e, &e->flights.places[e->flights.landed[i]], now, err);
	return ok;
}

/* What was stored is settled: its services may send again. */
static bool release_landed(struct engine *e, struct instant now, struct err *err)
{
	bool ok = true;
	for (unsigned i = 0; i < e->flights.landed_count; i++) {
		const struct flight *flight = &e->flights.places[e->flights.landed[i]];
		if (flight->has_succeeded)
			host_succeeded(flight->host, now.boot_ms);
		ok = claims_release(&e->claims, flight->service_id, now.wall_ms,
				    ok ? err : NULL) &&
		     ok;
	}
	flights_clear_landed(&e->flights);
	return ok;
}

static void note_jump(struct engine *e)
{
	if (e->jump_ms == 0)
		return;
	log_line(LOG_LEVEL_WARNING,
		 "The clock was set by %lld ms; what waits was moved with it, so nothing "
		 "is lost "
		 "or sent early",
		 (long long)e->jump_ms);
	e->jump_ms = 0;
	claims_refresh(&e->claims);
}

/* State and outbox, outcomes and decisions: one transaction for all that happened
 * since the last turn. */
static bool settle(struct engine *e, struct instant now, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct judge_report report = { 0 };
	if (!store_begin(e->store, &tx, err) || !store_jump(e, err) ||
	    !store_outcomes(e, now, err) ||
	    !judge_run(e->store, now.wall_ms, STEPS_PER_TURN, &report, err))
		return false;
	bool has_news =
		report.steps > 0 || e->flights.landed_count > 0 || e->jump_ms != 0;
	if (has_news && !timekeeper_save(&e->clocks, e->store, e->jump_ms != 0, err))
		return false;
	if (!store_commit(&tx, err))
		return false;

	note_jump(e);
	if (report.steps > 0 && !report.more)
		claims_look_again(&e->claims);
	e->must_judge = report.more;
	e->timer_ms = report.next_ms;
	return release_landed(e, now, err);
}

/* ---- a turn ---- */

static bool notice(struct engine *e, struct instant now, struct err *err)
{
	e->jump_ms += timekeeper_turn(&e->clocks, now.wall_ms, now.boot_ms);
	if (!store_changed(e->store))
		return true;
	e->must_judge = true;
	claims_refresh(&e->claims);
	return store_mode(e->store, &e->mode, err);
}

static bool has_to_settle(const struct engine *e, struct instant now)
{
	bool is_timer_due = e->timer_ms != 0 && e->timer_ms <= now.wall_ms;
	return e->must_judge || is_timer_due || e->jump_ms != 0 ||
	       e->flights.landed_count > 0;
}

static int64_t sooner(int64_t wait_ms, int64_t at_ms, int64_t now_ms)
{
	if (at_ms == 0)
		return wait_ms;
	int64_t left_ms = at_ms > now_ms ? at_ms - now_ms : 0;
	return wait_ms < 0 || left_ms < wait_ms ? left_ms : wait_ms;
}

/* Contract section 2: no stored due time is honoured further ahead than an hour. */
static bool next_due(struct engine *e, struct instant now, int64_t *ret_ms,
		     struct err *err)
{
	int64_t latest_ms = now.wall_ms + DUE_AHEAD_MAX_MS;
	int64_t beyond_ms;
	if (!store_next_due(e->store, latest_ms, &beyond_ms, err))
		return false;
	if (beyond_ms != 0 && !store_clamp_due(e->store, latest_ms, err))
		return false;
	return store_next_due(e->store, now.wall_ms, ret_ms, err);
}

static bool plan(struct engine *e, struct instant now, struct engine_turn *ret,
		 struct err *err)
{
	bool has_room = flights_room(&e->flights) > 0;
	bool can_claim = may_send(e) && has_room && e->claims.look_again;
	int64_t wait_ms = sooner(-1, e->timer_ms, now.wall_ms);
	if (may_send(e)) {
		int64_t due_ms;
		if (!next_due(e, now, &due_ms, err))
			return false;
		wait_ms = sooner(wait_ms, due_ms, now.wall_ms);
		wait_ms = sooner(wait_ms, claims_next_ms(&e->claims), now.boot_ms);
	}
	bool again = has_to_settle(e, now) || can_claim;
	*ret = (struct engine_turn){
		.again = again,
		.idle = !again && e->flights.flying == 0 && e->claims.busy.count == 0,
		.wait_ms = wait_ms,
	};
	return true;
}

bool engine_turn(struct engine *e, struct instant now, struct engine_turn *ret,
		 struct err *err)
{
	return notice(e, now, err) && send_due(e, now, err) &&
	       (!has_to_settle(e, now) || settle(e, now, err)) && send_due(e, now, err) &&
	       plan(e, now, ret, err);
}

/* ---- life ---- */

static bool note_unclean_end(struct engine *e, struct instant now, struct err *err)
{
	int64_t was_clean, count = 0;
	if (!store_fact(e->store, FACT_ENGINE_CLEAN, 1, &was_clean, err))
		return false;
	if (was_clean != 0)
		return true;
	if (!store_mark_ambiguous(e->store, now.wall_ms, &count, err))
		return false;
	log_line(LOG_LEVEL_WARNING,
		 "The engine before this one did not end cleanly; %lld updates that were "
		 "due count "
		 "as tried without an answer",
		 (long long)count);
	return true;
}

/* Clocks first: what was due is told by today's clock. */
static bool take_over(struct engine *e, struct instant now, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(e->store, &tx, err) ||
	    !timekeeper_load(&e->clocks, e->store, now.wall_ms, now.boot_ms, err))
		return false;
	e->jump_ms = timekeeper_turn(&e->clocks, now.wall_ms, now.boot_ms);
	if (!store_jump(e, err) || !note_unclean_end(e, now, err) ||
	    !store_set_fact(e->store, FACT_ENGINE_CLEAN, 0, err) ||
	    !store_set_fact(e->store, FACT_ENGINE_SINCE, now.wall_ms, err) ||
	    !timekeeper_save(&e->clocks, e->store, true, err) ||
	    !store_mode(e->store, &e->mode, err) || !store_commit(&tx, err))
		return false;
	note_jump(e);
	return true;
}

bool engine_new(struct store *store, struct transport *transport, unsigned max_in_flight,
		struct instant now, struct engine **ret, struct err *err)
{
	struct engine *e = mem_new(1, sizeof(*e));
	e->store = store;
	e->transport = transport;
	e->must_judge = true;
	e->random = random_u64();
	e->body = BUF_INIT(BODY_MAX);
	claims_init(&e->claims, store);
	flights_init(&e->flights, max_in_flight);
	if (!take_over(e, now, err)) {
		engine_free(e);
		return fail_in(err, "starting the engine");
	}
	transport->done = take_outcome;
	transport->done_arg = e;
	*ret = e;
	return true;
}

void engine_free(struct engine *e)
{
	if (!e)
		return;
	claims_done(&e->claims);
	flights_done(&e->flights);
	buf_done(&e->body);
	free(e);
}

void engine_stop_sending(struct engine *e)
{
	e->is_stopping = true;
}

unsigned engine_in_flight(const struct engine *e)
{
	return e->flights.flying;
}

bool engine_close(struct engine *e, struct instant now, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	engine_stop_sending(e);
	flights_land_all(&e->flights);
	e->jump_ms += timekeeper_turn(&e->clocks, now.wall_ms, now.boot_ms);
	if (!store_begin(e->store, &tx, err) || !store_jump(e, err) ||
	    !store_outcomes(e, now, err) ||
	    !store_set_fact(e->store, FACT_ENGINE_CLEAN, 1, err) ||
	    !timekeeper_save(&e->clocks, e->store, true, err) || !store_commit(&tx, err))
		return fail_in(err, "stopping the engine");
	flights_clear_landed(&e->flights);
	return true;
}
