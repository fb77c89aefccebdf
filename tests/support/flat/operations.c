/* What senders, time, configuration and operators do in a history. */
#include "core/base/clock.h"
#include "core/judge/act.h"
#include "core/judge/judge.h"
#include "core/rules/status.h"
#include "tests/support/flat/run.h"

/* ---- events and time ---- */

static int64_t monitor_of(const struct op *op)
{
	return 1 + op->a % FLAT_MONITORS;
}

static void add_event(struct run *run, const struct op *op, enum event_state state)
{
	const int64_t m = monitor_of(op);
	const int64_t newest_ms = run->store->states[m].newest_ms;
	int64_t at_ms = run->now_ms;
	if (op->b % 8 == 0)
		at_ms -= op->b % 240 * SECOND_MS; /* it came late */
	if (op->b % 8 == 1)
		at_ms += op->b % 240 * SECOND_MS; /* its sender's clock is ahead */
	flat_event(run->store, m, state, at_ms > newest_ms ? at_ms : newest_ms);
}

void op_error(struct run *run, const struct op *op)
{
	add_event(run, op, EVENT_ERROR);
}

void op_ok(struct run *run, const struct op *op)
{
	add_event(run, op, EVENT_OK);
}

void op_time(struct run *run, const struct op *op)
{
	static const int64_t steps[] = {
		1,         500,           SECOND_MS,     20 * SECOND_MS,
		MINUTE_MS, 2 * MINUTE_MS, 7 * MINUTE_MS, HOUR_MS
	};
	run->now_ms += steps[op->a % COUNT_OF(steps)];
}

void op_long_time(struct run *run, const struct op *op)
{
	run->now_ms += (1 + op->a % 40) * HOUR_MS;
}

void op_shift(struct run *run, const struct op *op)
{
	const int64_t delta_ms = ((int64_t)(op->a % 7) - 3) * HOUR_MS;
	run_judge(run);
	flat_shift_clock(run->store, delta_ms);
	run->now_ms += delta_ms;
}

/* ---- configuration ---- */

static void toggle(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	struct flat_level *level = &store->levels[1 + op->a / 16 % FLAT_LEVELS];
	bool *link = &level->links[monitor_of(op)][1 + op->b % FLAT_SERVICES];
	bool *const gates[] = {
		&store->monitor_active[monitor_of(op)],
		&store->definition_active,
		&level->active,
		&level->ticked,
		&level->send_ok,
		link,
		link,
	};
	bool *gate = gates[op->b / 4 % COUNT_OF(gates)];
	*gate = !*gate;
}

static void set_threshold(struct run *run, const struct op *op)
{
	struct flat_level *level = &run->store->levels[1 + op->a % FLAT_LEVELS];
	const bool by_errors = op->b % 2;
	level->after_errors = by_errors ? 1 + op->b / 2 % 3 : 0;
	level->after_minutes = by_errors ? 0 : 1 + op->b / 2 % 5;
}

void op_set_service(struct run *run, const struct op *op)
{
	static const int64_t times[] = { 0, 0, MINUTE_MS, 5 * MINUTE_MS };
	struct flat_service *service = &run->store->services[1 + op->a % FLAT_SERVICES];
	service->policy = op->b % 3 == 0 ? POLICY_PER_MONITOR : POLICY_PER_SERVICE;
	service->publish_after_ms = times[op->b / 4 % 4];
	service->recover_after_ms = times[op->b / 16 % 4];
	service->reopen_within_ms = times[op->b / 64 % 4];
	service->disruption_percent = op->b / 256 % 4 == 3 ? 60 : 0;
	service->disruption_monitors =
		service->disruption_percent ? 0 : 1 + op->b / 256 % 4;
	service->critical[monitor_of(op)] = op->b / 1024 % 4 == 0;
}

static void set_storm(struct run *run, const struct op *op)
{
	run->store->storm_max_new = op->b % 3;
	run->store->storm_within_ms = 5 * MINUTE_MS;
	run->store->storm_release_after_ms = op->b / 4 % 2 * 3 * MINUTE_MS;
}

/* A change of configuration, judged with it or found later. */
void op_configure(struct run *run, const struct op *op)
{
	static void (*const changes[])(struct run *, const struct op *) = {
		toggle, toggle, toggle, set_threshold, op_set_service, set_storm
	};
	struct err err = { 0 };
	struct judge_report report = { 0 };
	run_judge(run);
	changes[op->a / 64 % COUNT_OF(changes)](run, op);
	run->store->config_revision++;
	if (op->b % 2)
		run_must(run, judge_configuration(run->store, run->now_ms, &report, &err),
			 &err);
}

void op_mute(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	const int64_t from_ms = run->now_ms + op->b % 3 * MINUTE_MS;
	const int64_t until_ms = from_ms + (1 + op->b % 9) * MINUTE_MS;
	run_judge(run);
	store->windows[store->window_count++] =
		(struct flat_window){ monitor_of(op), from_ms, until_ms };
}

/* R19: refused while something is public and open, or waits. Here also while an update
 * that was ended is still in flight: what it leaves on the page cannot be taken back in
 * dry-run. */
static bool may_go_dry(const struct run *run)
{
	const struct store *store = run->store;
	for (int s = 1; s <= FLAT_SERVICES; s++)
		if (run->in_flight[s] != 0)
			return false;
	for (int i = 0; i < store->incident_count; i++)
		if (flat_is_standing(&store->incidents[i]) &&
		    reach_is_public(store->incidents[i].reach))
			return false;
	for (int i = 0; i < store->delivery_count; i++)
		if (delivery_is_unfinished(store->deliveries[i].state) &&
		    !store->deliveries[i].dry)
			return false;
	return true;
}

void op_mode(struct run *run, const struct op *op)
{
	const enum mode mode = (enum mode)(op->a % MODE_COUNT);
	run_judge(run);
	if (mode != MODE_DRY_RUN || may_go_dry(run))
		run->store->mode = mode;
}

/* ---- operators ---- */

void op_word(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	struct err err = { 0 };
	struct act_result result = ACT_RESULT_INIT;
	const int64_t id = 1 + op->a % 8;
	bool ok = true;
	run_judge(run);
	if (op->b % 5 == 0)
		ok = act_identify(store, id, NULL, run->now_ms, &result, &err);
	if (op->b % 5 == 1)
		ok = act_detach(store, id, NULL, run->now_ms, &result, &err);
	if (op->b % 5 == 2)
		ok = act_resolve(store, id, NULL, op->b / 8 % 2, run->now_ms, &result,
				 &err);
	if (op->b % 5 == 3)
		ok = act_recover(store, id, NULL, op->b / 8 % 2, run->now_ms, &result,
				 &err);
	if (op->b % 5 == 4)
		ok = act_open(store, 1 + op->a % FLAT_SERVICES, "We are on it",
			      run->now_ms, &result, &err);
	run_must(run, ok || err.code == ERR_NOT_FOUND, &err);
	act_result_done(&result);
}

/* Recoveries are not cancelled here: then the page would rightly not tell what was
 * decided. */
void op_delivery(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	struct err err = { 0 };
	struct act_result result = ACT_RESULT_INIT;
	bool ok = true;
	run_judge(run);
	if (store->delivery_count > 0) {
		const struct delivery *one =
			&store->deliveries[op->a % (uint32_t)store->delivery_count];
		if (op->b % 3 == 0 && one->kind == KIND_DISRUPTION)
			ok = act_delivery_cancel(store, one->id, run->now_ms, &result,
						 &err);
		if (op->b % 3 == 1)
			ok = act_delivery_release(store, one->id, run->now_ms, &result,
						  &err);
		if (op->b % 3 == 2)
			ok = act_delivery_retry(store, one->id, run->now_ms, &result,
						&err);
	}
	run_must(run, ok, &err);
	act_result_done(&result);
}

void op_resync(struct run *run, const struct op *op)
{
	struct err err = { 0 };
	struct act_result result = ACT_RESULT_INIT;
	const int64_t service_id = 1 + op->a % FLAT_SERVICES;
	run_judge(run);
	run_must(
		run,
		act_resync(run->store, &service_id, 1, false, run->now_ms, &result, &err),
		&err);
	act_result_done(&result);
}
