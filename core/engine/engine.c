#include "core/engine/engine.h"

#include <malloc.h>
#include <stdlib.h>

#include "core/base/log.h"
#include "core/base/random.h"
#include "core/engine/engine_parts.h"

enum {
	REST_AFTER_MS = 1000, /* of silence after work */
	EMPTY_LOG_EVERY_MS = 60 * 1000,
};

/* ---- a turn ---- */

static bool notice(struct engine *e, struct instant now, struct err *err)
{
	e->jump_ms += timekeeper_turn(&e->clocks, now.wall_ms, now.boot_ms);
	if (e->landed_ms == 0 && e->flights.landed_count > 0)
		e->landed_ms = now.boot_ms;
	if (!store_changed(e->store))
		return true;
	e->must_judge = true;
	e->worked_ms = now.boot_ms; /* somebody did: what they leave is tidied up, too */
	probe_look_again(e->probe);
	follow_look_again(e->follow);
	sweeper_look_again(e->sweeper);
	claims_refresh(&e->claims);
	return store_mode(e->store, &e->mode, err);
}

static int64_t sooner(int64_t wait_ms, int64_t at_ms, int64_t now_ms)
{
	if (at_ms == 0)
		return wait_ms;
	int64_t left_ms = at_ms > now_ms ? at_ms - now_ms : 0;
	return engine_soonest(wait_ms, left_ms);
}

/* A due time more than an hour ahead is not honoured: settling moves it. */
static bool next_due(struct engine *e, struct instant now, int64_t *ret_ms,
		     struct err *err)
{
	int64_t beyond_ms;
	if (!store_next_due(e->store, now.wall_ms + DUE_AHEAD_MAX_MS, &beyond_ms, err))
		return false;
	e->has_far_due = beyond_ms != 0;
	return store_next_due(e->store, now.wall_ms, ret_ms, err);
}

static bool plan(struct engine *e, struct instant now, struct engine_turn *ret,
		 struct err *err)
{
	bool has_room = flights_room(&e->flights) > 0;
	bool can_claim = engine_may_send(e) && has_room && e->claims.look_again;
	int64_t wait_ms = sooner(-1, e->timer_ms, now.wall_ms);
	if (e->landed_ms != 0)
		wait_ms = sooner(wait_ms, e->landed_ms + OUTCOMES_WAIT_MS, now.boot_ms);
	wait_ms = engine_soonest(wait_ms, probe_wait_ms(e->probe, now.boot_ms));
	wait_ms = engine_soonest(wait_ms, follow_wait_ms(e->follow, now.boot_ms));
	if (engine_may_send(e)) {
		int64_t due_ms;
		if (!next_due(e, now, &due_ms, err))
			return false;
		wait_ms = sooner(wait_ms, due_ms, now.wall_ms);
		wait_ms = sooner(wait_ms, claims_next_ms(&e->claims), now.boot_ms);
	}
	bool again = engine_has_to_settle(e, now) || can_claim;
	*ret = (struct engine_turn){
		.again = again,
		.idle = !again && e->flights.flying == 0 && e->claims.busy.count == 0,
		.wait_ms = wait_ms,
	};
	return true;
}

/* One snapshot for all that is read while sending. */
static bool send_now(struct engine *e, struct instant now, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!engine_may_send(e) || flights_room(&e->flights) == 0)
		return true;
	return store_begin_reading(e->store, &tx, err) && engine_send_due(e, now, err);
}

static bool finish(struct engine *e, struct instant now, bool has_settled,
		   struct engine_turn *ret, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	bool ok = store_begin_reading(e->store, &tx, err);
	if (has_settled)
		ok = engine_release_settled(e, now, ok ? err : NULL) && ok;
	return ok && engine_send_due(e, now, err) && plan(e, now, ret, err);
}

/* Once after work: an idle engine holds little. */
static void rest(struct engine *e, struct instant now)
{
	if (e->worked_ms == 0 || now.boot_ms - e->worked_ms < REST_AFTER_MS)
		return;
	bool also_log = now.boot_ms - e->log_emptied_ms >= EMPTY_LOG_EVERY_MS;
	const bool done = store_rest(e->store, also_log);
	malloc_trim(0);
	if (also_log)
		e->log_emptied_ms = now.boot_ms;
	e->worked_ms = done ? 0 : now.boot_ms;
}

/* What is committed leaves first: receivers answer while the rest is judged and
 * stored. */
bool engine_turn(struct engine *e, struct instant now, struct engine_turn *ret,
		 struct err *err)
{
	if (!notice(e, now, err) || !send_now(e, now, err) ||
	    !probe_turn(e->probe, e->store, now, ingest_metrics(e->ingest), err) ||
	    !follow_turn(e->follow, e->store, now, err))
		return false;
	const bool settles = engine_has_to_settle(e, now);
	if ((settles && !engine_settle(e, now, err)) ||
	    !finish(e, now, settles, ret, err))
		return false;
	sweeper_turn(e->sweeper, e->store, now);
	ret->wait_ms =
		engine_soonest(ret->wait_ms, sweeper_wait_ms(e->sweeper, now.boot_ms));
	if (ret->idle)
		rest(e, now);
	ret->rest_ms = ret->idle && e->worked_ms != 0
			       ? sooner(-1, e->worked_ms + REST_AFTER_MS, now.boot_ms)
			       : -1;
	return true;
}

static void take_outcome(void *arg, int64_t id, const struct outcome *outcome)
{
	struct engine *e = arg;
	const struct flight *flight = &e->flights.places[id];
	flights_land(&e->flights, (unsigned)id, outcome);
	landings_note(e->landings, flight->delivery_id, flight->key, &flight->outcome);
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
		 "The engine before this one did not end cleanly; updates that were due "
		 "and "
		 "count as tried without an answer: %lld",
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
	if (!engine_store_jump(e, err) || !note_unclean_end(e, now, err) ||
	    !store_set_fact(e->store, FACT_ENGINE_CLEAN, 0, err) ||
	    !store_set_fact(e->store, FACT_ENGINE_SINCE, now.wall_ms, err) ||
	    !timekeeper_save(&e->clocks, e->store, true, err) ||
	    !store_mode(e->store, &e->mode, err) || !store_commit(&tx, err))
		return false;
	engine_note_jump(e);
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
	flights_init(&e->flights, max_in_flight, OUTCOMES_PER_COMMIT);
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
	struct claim *claim;
	while ((claim = claim_list_pop(&e->aged)))
		claim_free(claim);
	claims_done(&e->claims);
	flights_done(&e->flights);
	buf_done(&e->body);
	free(e);
}

void engine_note(struct engine *e, struct landings *landings)
{
	e->landings = landings;
}

void engine_listen(struct engine *e, struct ingest *ingest)
{
	e->ingest = ingest;
}

void engine_check(struct engine *e, struct probe *probe)
{
	e->probe = probe;
}

void engine_follow(struct engine *e, struct follow *follow)
{
	e->follow = follow;
}

void engine_sweep(struct engine *e, struct sweeper *sweeper)
{
	e->sweeper = sweeper;
}

void engine_stop_sending(struct engine *e)
{
	probe_stop(e->probe);
	follow_stop(e->follow);
	e->sweeper = NULL;
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
	if (!store_begin(e->store, &tx, err) || !engine_store_jump(e, err) ||
	    !engine_store_outcomes(e, now, err) ||
	    !probe_store(e->probe, e->store, now.wall_ms, err) ||
	    !store_set_fact(e->store, FACT_ENGINE_CLEAN, 1, err) ||
	    !timekeeper_save(&e->clocks, e->store, true, err) || !store_commit(&tx, err))
		return fail_in(err, "stopping the engine");
	flights_clear_landed(&e->flights, e->stored_count);
	probe_settled(e->probe);
	return true;
}
