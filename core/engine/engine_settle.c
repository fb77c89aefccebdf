/* Storing what happened, and judging it, in one transaction. */
#include "core/base/log.h"
#include "core/base/random.h"
#include "core/engine/engine_parts.h"
#include "core/judge/judge.h"

bool engine_store_jump(struct engine *e, struct err *err)
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
	metrics_attempt(ingest_metrics(e->ingest), decision.verdict);
	if (flight->has_succeeded)
		metrics_delivered(ingest_metrics(e->ingest),
				  now.wall_ms - flight->decided_ms);
	if (decision.verdict == RETRY_REFUSED)
		log_refusal(flight);
	if (!flight->has_succeeded || !host_recovers(flight->host, now.boot_ms))
		return true;
	claims_look_again(&e->claims);
	return store_host_recovered(e->store, flight->host->name, now.wall_ms, err);
}

/* Those that land meanwhile are stored with the next ones. */
bool engine_store_outcomes(struct engine *e, struct instant now, struct err *err)
{
	const unsigned count = e->flights.landed_count;
	bool ok = true;
	for (unsigned i = 0; ok && i < count; i++) {
		ok = store_outcome(e, &e->flights.places[e->flights.landed[i]], now, err);
		if (ok && i % WORK_AT_ONCE == WORK_AT_ONCE - 1)
			ok = engine_keep_sending(e, now, err);
	}
	e->stored_count = count;
	return ok;
}

struct sending {
	struct engine *engine;
	struct instant now;
};

static bool keep_sending(void *arg, struct err *err)
{
	const struct sending *sending = arg;
	return engine_keep_sending(sending->engine, sending->now, err);
}

static bool judge(struct engine *e, struct instant now, struct judge_report *report,
		  struct err *err)
{
	struct sending sending = { e, now };
	const struct judge_interlude interlude = { .play = keep_sending,
						   .arg = &sending,
						   .every_steps = WORK_AT_ONCE };
	return judge_run_long(e->store, now.wall_ms, STEPS_PER_TURN, &interlude, report,
			      err);
}

static bool expire_aged(struct engine *e, struct instant now, struct err *err)
{
	for (struct claim *claim = e->aged.first; claim; claim = claim->next)
		if (!judge_expire(e->store, claim->delivery_id, now.wall_ms,
				  &claim->is_expired, err))
			return false;
	return true;
}

/* No stored due time is honoured further ahead than an hour. */
static bool clamp_due(struct engine *e, struct instant now, struct err *err)
{
	return !e->has_far_due ||
	       store_clamp_due(e->store, now.wall_ms + DUE_AHEAD_MAX_MS, err);
}

/* What is young enough after all leaves next. */
static bool release_aged(struct engine *e, struct instant now, struct err *err)
{
	bool ok = true;
	struct claim *claim;
	while ((claim = claim_list_pop(&e->aged))) {
		claim->may_expire = false;
		if (!claim->is_expired) {
			claims_put_back(&e->claims, claim);
			continue;
		}
		ok = claims_release(&e->claims, claim->service_id, now.wall_ms,
				    ok ? err : NULL) &&
		     ok;
		claim_free(claim);
	}
	return ok;
}

/* What was stored is settled: its services may send again. */
static bool release_landed(struct engine *e, struct instant now, struct err *err)
{
	bool ok = true;
	for (unsigned i = 0; i < e->stored_count; i++) {
		const struct flight *flight = &e->flights.places[e->flights.landed[i]];
		if (flight->has_succeeded)
			host_succeeded(flight->host, now.boot_ms);
		ok = claims_release(&e->claims, flight->service_id, now.wall_ms,
				    ok ? err : NULL) &&
		     ok;
	}
	flights_clear_landed(&e->flights, e->stored_count);
	return ok;
}

void engine_note_jump(struct engine *e)
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

/* In one transaction: what the operators see is always whole. */
static bool store_all(struct engine *e, struct instant now, struct judge_report *report,
		      struct err *err)
{
	return engine_store_jump(e, err) && clamp_due(e, now, err) &&
	       engine_store_outcomes(e, now, err) && expire_aged(e, now, err) &&
	       ingest_store(e->ingest, e->store, now.wall_ms, err) &&
	       probe_store(e->probe, e->store, now.wall_ms, err) &&
	       follow_store(e->follow, e->store, now, err) && judge(e, now, report, err);
}

/* The clocks go with whatever is written anyway; at once with a jump, and after a failure:
 * that they could be written says that there is room again. */
static bool save_clocks(struct engine *e, const struct judge_report *report,
			struct err *err)
{
	bool at_once = e->jump_ms != 0 || e->cannot_store;
	bool has_news = report->steps > 0 || e->stored_count > 0 || at_once;
	return !has_news || timekeeper_save(&e->clocks, e->store, at_once, err);
}

static bool store_in_transaction(struct engine *e, struct instant now,
				 struct judge_report *report, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin(e->store, &tx, err) && store_all(e, now, report, err) &&
	       save_clocks(e, report, err) && store_commit(&tx, err);
}

bool engine_settle(struct engine *e, struct instant now, struct err *err)
{
	struct judge_report report = { 0 };
	bool ok = store_in_transaction(e, now, &report, err);
	ingest_settled(e->ingest, ok);
	follow_settled(e->follow, ok);
	e->cannot_store = !ok;
	if (!ok)
		return false;
	probe_settled(e->probe);
	engine_note_jump(e);
	if ((report.steps > 0 && !report.more) || e->has_far_due)
		claims_look_again(&e->claims);
	if (report.steps > 0 || e->stored_count > 0)
		e->worked_ms = now.boot_ms;
	e->has_far_due = false;
	e->landed_ms = e->flights.landed_count > e->stored_count ? now.boot_ms : 0;
	e->must_judge = e->has_backlog = report.more;
	e->timer_ms = report.next_ms;
	return true;
}

bool engine_release_settled(struct engine *e, struct instant now, struct err *err)
{
	bool ok = release_landed(e, now, err);
	return release_aged(e, now, ok ? err : NULL) && ok;
}

/* A commit costs for many outcomes what it costs for one: they wait a little for others, while
 * more fly than have landed, or more is due than may fly. */
static bool outcomes_are_due(const struct engine *e, struct instant now)
{
	const struct flights *flights = &e->flights;
	const bool is_ebbing =
		flights_room(flights) > 0 && flights->landed_count >= flights->flying;
	return flights->landed_count > 0 &&
	       (is_ebbing || flights->landed_count >= OUTCOMES_PER_COMMIT ||
		now.boot_ms - e->landed_ms >= OUTCOMES_WAIT_MS);
}

bool engine_has_to_settle(const struct engine *e, struct instant now)
{
	bool is_timer_due = e->timer_ms != 0 && e->timer_ms <= now.wall_ms;
	return e->must_judge || e->cannot_store || is_timer_due || e->jump_ms != 0 ||
	       e->has_far_due || outcomes_are_due(e, now) || e->aged.count > 0 ||
	       ingest_has_news(e->ingest) || probe_has_news(e->probe, now.boot_ms) ||
	       follow_has_news(e->follow);
}
