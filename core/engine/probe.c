#include "core/engine/probe.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "core/engine/probe_parts.h"
#include "core/rules/check_judge.h"

/* ---- landing ---- */

/* What the prober calls; the plan hears of it with the next turn, which knows the time. */
static void take_result(void *arg, int64_t id, const struct check_result *result)
{
	struct probe *probe = arg;
	struct probe_flight *flight = &probe->flights[id];
	struct probe_landing landing = { .result = *result, .place = (int)id };
	landing.result.monitor_id = flight->monitor_id;
	landing.result.at_ms = flight->started_ms;
	VEC_PUSH(probe->landed, probe->landed_count, probe->landed_capacity) = landing;
	flight->is_flying = false;
	probe->flying--;
}

/* R1: a failure counts once it was found before. */
static enum check_verdict verdict_of(const struct probe_target *target,
				     const struct probe_flight *flight,
				     enum check_verdict found)
{
	if (found == CHECK_PASSED || target->is_failing || flight->recheck_ms == 0)
		return found;
	return CHECK_UNCONFIRMED;
}

static int64_t next_ms(const struct probe_target *target,
		       const struct probe_flight *flight, enum check_verdict verdict,
		       int64_t boot_ms)
{
	int64_t turn_ms = check_next_ms(target->monitor_id, target->every_ms, boot_ms);
	int64_t again_ms = boot_ms + flight->recheck_ms;
	return verdict == CHECK_UNCONFIRMED && again_ms < turn_ms ? again_ms : turn_ms;
}

/* False: nobody asks any more what was found. */
static bool hear(struct probe *probe, struct probe_landing *landing, int64_t boot_ms)
{
	const struct probe_flight *flight = &probe->flights[landing->place];
	struct probe_target *target = probe_find(probe, flight->monitor_id);
	struct check_result *result = &landing->result;
	if (target == NULL || target->flight != landing->place ||
	    target->revision != flight->revision)
		return false;
	landing->is_routine = result->verdict == CHECK_PASSED && target->has_passed;
	result->verdict = verdict_of(target, flight, result->verdict);
	target->has_passed = result->verdict == CHECK_PASSED;
	target->is_failing = !target->has_passed;
	target->flight = PROBE_GROUNDED;
	probe_schedule(probe, target, next_ms(target, flight, result->verdict, boot_ms));
	return true;
}

static void hear_landed(struct probe *probe, int64_t boot_ms, struct metrics *metrics)
{
	size_t kept = probe->heard;
	for (size_t i = probe->heard; i < probe->landed_count; i++) {
		struct probe_landing *landing = &probe->landed[i];
		if (!hear(probe, landing, boot_ms))
			continue;
		if (kept == 0)
			probe->first_landed_ms = boot_ms;
		probe->urgent += !landing->is_routine;
		metrics_check(metrics, &landing->result);
		probe->landed[kept++] = *landing;
	}
	probe->landed_count = probe->heard = kept;
}

/* ---- starting ---- */

static int free_place(const struct probe *probe)
{
	int place = 0;
	while (probe->flights[place].is_flying)
		place++;
	return place;
}

static bool has_room(const struct probe *probe)
{
	return !probe->is_stopping && probe->flying < probe->max_in_flight &&
	       probe->landed_count + probe->flying < PROBE_RESULTS_MAX;
}

/* It could not even be started: that says nothing about the target. */
static void postpone(struct probe *probe, struct probe_target *target, int64_t boot_ms)
{
	probe_schedule(probe, target,
		       check_next_ms(target->monitor_id, target->every_ms, boot_ms));
}

static bool start(struct probe *probe, struct store *store, struct probe_target *target,
		  struct instant now, struct err *err)
{
	struct monitor monitor;
	struct err failure = { 0 };
	int place = free_place(probe);
	if (!store_get(store, RECORD_MONITOR, target->monitor_id, &monitor, &failure)) {
		if (failure.code == ERR_NOT_FOUND)
			return true;
		probe_schedule(probe, target, target->due_ms); /* it still is */
		return fail(err, failure.code, "%s", failure.text);
	}
	probe->flights[place] =
		(struct probe_flight){ .is_flying = true,
				       .monitor_id = target->monitor_id,
				       .revision = monitor.head.revision,
				       .recheck_ms = monitor.check_recheck_ms,
				       .started_ms = now.wall_ms };
	target->flight = place;
	probe->flying++;
	if (probe->prober->ops->start(probe->prober, place, &monitor, &failure))
		return true;
	probe->flights[place].is_flying = false;
	probe->flying--;
	target->flight = PROBE_GROUNDED;
	postpone(probe, target, now.boot_ms);
	return true;
}

/* Is the entry still its target's time? */
static bool is_current(const struct probe *probe, const struct due *due)
{
	const struct probe_target *target = &probe->targets[due->target];
	return target->flight == PROBE_GROUNDED && target->due_ms == due->at_ms;
}

static const struct due *first_due(struct probe *probe)
{
	while (probe->due.count > 0 && !is_current(probe, &probe->due.items[0]))
		due_pop(&probe->due);
	return probe->due.count > 0 ? &probe->due.items[0] : NULL;
}

/* All was in time and now much is late: the machine slept, or the database was locked for
 * long. What is overdue would come at once. */
static void spread_overdue(struct probe *probe, int64_t boot_ms)
{
	const struct due *first = first_due(probe);
	if (!probe->keeps_up || first == NULL || boot_ms - first->at_ms < PROBE_AWAY_MS)
		return;
	for (size_t i = 0; i < probe->target_count; i++) {
		struct probe_target *target = &probe->targets[i];
		if (target->flight == PROBE_GROUNDED && target->due_ms < boot_ms)
			probe_schedule(probe, target,
				       check_soon_ms(target->monitor_id, target->every_ms,
						     boot_ms));
	}
}

static bool start_due(struct probe *probe, struct store *store, struct instant now,
		      struct metrics *metrics, struct err *err)
{
	const struct due *first;
	bool ok = true;
	spread_overdue(probe, now.boot_ms);
	while (ok && has_room(probe) && (first = first_due(probe)) != NULL &&
	       first->at_ms <= now.boot_ms) {
		struct due due = due_pop(&probe->due);
		metrics_check_late(metrics, now.boot_ms - due.at_ms);
		ok = start(probe, store, &probe->targets[due.target], now, err);
	}
	first = first_due(probe);
	probe->keeps_up = first == NULL || first->at_ms > now.boot_ms;
	return ok;
}

bool probe_turn(struct probe *probe, struct store *store, struct instant now,
		struct metrics *metrics, struct err *err)
{
	if (!probe || probe->is_stopping)
		return true;
	if (!probe_plan(probe, store, now.boot_ms, err))
		return false;
	hear_landed(probe, now.boot_ms, metrics);
	return start_due(probe, store, now, metrics, err);
}

/* ---- storing ---- */

/* What an OK would tell: the end of an episode, whoever began it; the first state of all;
 * or that the failure before was none. */
static bool tells(const struct probe_landing *landing, const struct monitor_state *state)
{
	return !landing->is_routine || state->in_error || state->judged_ms == 0;
}

static bool add_event(const struct probe_landing *landing, struct store *store,
		      int64_t now_ms, struct err *err)
{
	const struct check_result *result = &landing->result;
	struct monitor_state state;
	struct event event = { .monitor_id = result->monitor_id,
			       .state = result->verdict == CHECK_PASSED ? EVENT_OK
									: EVENT_ERROR,
			       .confirmed = result->verdict != CHECK_UNCONFIRMED };
	enum event_verdict verdict;
	bool conflict;
	if (event.state == EVENT_OK &&
	    !store_monitor_state(store, result->monitor_id, &state, err))
		return false;
	if (event.state == EVENT_OK && !tells(landing, &state))
		return true;
	text_cut(event.message, sizeof(event.message), result->message,
		 MESSAGE_CHARS_MAX);
	return store_event_add(store, &event, now_ms, &verdict, &conflict, err);
}

bool probe_store(struct probe *probe, struct store *store, int64_t now_ms,
		 struct err *err)
{
	for (size_t i = 0; probe && i < probe->heard; i++) {
		bool kept;
		if (!store_check_add(store, &probe->landed[i].result, &kept, err) ||
		    (kept && !add_event(&probe->landed[i], store, now_ms, err)))
			return false;
	}
	return true;
}

/* Those that landed since are kept. */
void probe_settled(struct probe *probe)
{
	if (!probe)
		return;
	for (size_t i = probe->heard; i < probe->landed_count; i++)
		probe->landed[i - probe->heard] = probe->landed[i];
	probe->landed_count -= probe->heard;
	probe->heard = 0;
	probe->urgent = 0;
}

/* ---- waiting ---- */

/* When what has landed is to be stored, by the boot clock. */
static int64_t store_due_ms(const struct probe *probe)
{
	int64_t wait_ms = probe->urgent > 0 ? PROBE_NEWS_WAIT_MS : PROBE_STORE_WAIT_MS;
	return probe->heard > 0 ? probe->first_landed_ms + wait_ms : INT64_MAX;
}

bool probe_has_news(const struct probe *probe, int64_t boot_ms)
{
	return probe && store_due_ms(probe) <= boot_ms;
}

int64_t probe_wait_ms(const struct probe *probe, int64_t boot_ms)
{
	if (!probe)
		return -1;
	int64_t at_ms = store_due_ms(probe);
	if (has_room(probe) && probe->due.count > 0 && probe->due.items[0].at_ms < at_ms)
		at_ms = probe->due.items[0].at_ms;
	if (at_ms == INT64_MAX)
		return -1;
	return at_ms > boot_ms ? at_ms - boot_ms : 0;
}

/* ---- life ---- */

void probe_look_again(struct probe *probe)
{
	if (probe)
		probe->must_look = true;
}

void probe_stop(struct probe *probe)
{
	if (probe)
		probe->is_stopping = true;
}

struct probe *probe_new(struct prober *prober, unsigned max_in_flight)
{
	struct probe *probe = mem_new(1, sizeof(*probe));
	probe->prober = prober;
	probe->max_in_flight = max_in_flight;
	probe->flights = mem_new(max_in_flight, sizeof(*probe->flights));
	probe->revision = -1;
	probe->must_look = true;
	prober->done = take_result;
	prober->done_arg = probe;
	return probe;
}

void probe_free(struct probe *probe)
{
	if (!probe)
		return;
	due_done(&probe->due);
	free(probe->targets);
	free(probe->flights);
	free(probe->landed);
	free(probe);
}
