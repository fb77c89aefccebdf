/* What may happen in a history of the twin, and how likely each is. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/engine/engine_parts.h" /* has it stored all that was answered? */
#include "tests/support/disk.h"
#include "tests/support/twin_parts.h"

/* ---- operations ---- */

static bool record(struct twin *t, int monitor, enum event_state state, struct err *err)
{
	enum event_verdict verdict;
	bool conflict;
	struct event event = { .monitor_id = t->fleet.first_monitor_id + monitor,
			       .state = state,
			       .confirmed = true };
	(void)snprintf(event.id, sizeof(event.id), "event-%d", t->events);
	return twin_open_operator(t, 0, err) &&
	       store_event_add(t->fleet.place.store, &event, t->wall_ms, &verdict,
			       &conflict, err);
}

static bool record_error(struct twin *t, uint32_t a, struct err *err)
{
	return record(t, (int)(a % MODEL_MONITORS), EVENT_ERROR, err);
}

static bool record_ok(struct twin *t, uint32_t a, struct err *err)
{
	return record(t, (int)(a % MODEL_MONITORS), EVENT_OK, err);
}

bool twin_turn(struct twin *t, uint32_t a, struct err *err)
{
	(void)a;
	if (!t->engine)
		return true;
	do {
		if (!engine_turn(t->engine, twin_now(t), &t->turn, err))
			return false;
	} while (t->turn.again);
	t->is_pending = false;
	if (t->engine->landed_ms == 0)
		t->fresh_count = 0;
	return true;
}

/* Events that wait are judged by their times (R2), which a clock that was set back makes
 * other than their order: then each is judged before the next comes. */
static void event_came(struct twin *t)
{
	t->events++;
	t->is_pending = true;
	if (!t->was_set_back)
		return;
	twin_insist(t, twin_start_engine, 0);
	twin_insist(t, twin_turn, 0);
}

static void op_error(struct twin *t, const struct op *op)
{
	twin_insist(t, record_error, op->a);
	model_error(&t->model, (int)(op->a % MODEL_MONITORS));
	event_came(t);
}

static void op_ok(struct twin *t, const struct op *op)
{
	twin_insist(t, record_ok, op->a);
	model_ok(&t->model, (int)(op->a % MODEL_MONITORS));
	event_came(t);
}

static void op_time(struct twin *t, const struct op *op)
{
	static const int64_t steps_ms[] = { 30, SECOND_MS, 30 * SECOND_MS, 5 * MINUTE_MS,
					    20 * MINUTE_MS };
	const int64_t step_ms = steps_ms[op->a % COUNT_OF(steps_ms)];
	t->wall_ms += step_ms;
	t->boot_ms += step_ms;
}

static void op_turn(struct twin *t, const struct op *op)
{
	twin_insist(t, twin_turn, op->a);
}

struct fake_sent *twin_in_flight(struct twin *t, uint32_t a)
{
	const size_t count = t->fake ? fake_in_flight(t->fake) : 0;
	size_t left = count ? a % count : 0;
	for (size_t i = 0; count && i < t->fake->count; i++)
		if (!t->fake->sent[i].is_over && left-- == 0)
			return &t->fake->sent[i];
	return NULL;
}

static void answer_silence(struct twin *t, struct fake_sent *sent)
{
	if (twin_tossed(t))
		twin_arrive(t, sent);
	twin_make_unsure(t, sent);
	if (t->bug == TWIN_TAKES_SILENCE_FOR_YES)
		fake_answer(t->fake, sent, 200);
	else
		fake_lose(t->fake, sent, true);
}

static void op_answer(struct twin *t, const struct op *op)
{
	enum { ACCEPTED = 4, UNAVAILABLE, LATER, NOBODY, SILENCE, WAYS };
	struct fake_sent *sent = twin_in_flight(t, op->a);
	if (!sent)
		return;
	const uint32_t way = op->b % WAYS;
	t->fresh[t->fresh_count++] = (size_t)(sent - t->fake->sent);
	if (way <= ACCEPTED) {
		twin_arrive(t, sent);
		fake_answer(t->fake, sent, 200);
	} else if (way == UNAVAILABLE) {
		fake_answer(t->fake, sent, 503);
	} else if (way == LATER) {
		fake_answer_later(t->fake, sent, 429, (op->b >> 8) % 100 * SECOND_MS);
	} else if (way == NOBODY) {
		fake_lose(t->fake, sent, false);
	} else {
		answer_silence(t, sent);
	}
}

static void op_stop(struct twin *t, const struct op *op)
{
	(void)op;
	struct err err = { 0 };
	if (!t->engine)
		return;
	engine_stop_sending(t->engine);
	if (!engine_close(t->engine, twin_now(t), &err) && !disk_is_dead())
		disk_use(&(struct disk_plan){ .spares = true });
	twin_drop_engine(t);
}

static void op_start(struct twin *t, const struct op *op)
{
	twin_insist(t, twin_start_engine, op->a);
}

static void arm(const struct op *op, enum disk_fault fault, bool for_good)
{
	disk_use(&(struct disk_plan){ .fault = fault,
				      .at = 1 + (long)(op->b >> 8) % 24,
				      .for_good = for_good,
				      .seed = op->a,
				      .spares = true });
}

/* The engine alone, between two turns; or everybody, at some step of what comes next. */
static void op_kill(struct twin *t, const struct op *op)
{
	if (op->b % 3 == 0)
		twin_drop_engine(t);
	else
		arm(op, DISK_KILLS, false);
}

static void op_power(struct twin *t, const struct op *op)
{
	(void)t;
	arm(op, DISK_LOSES_POWER, false);
}

static void op_disk_fails(struct twin *t, const struct op *op)
{
	(void)t;
	arm(op, DISK_FAILS, op->b % 2);
}

static void op_disk_full(struct twin *t, const struct op *op)
{
	(void)t;
	arm(op, DISK_IS_FULL, op->b % 2);
}

/* What was judged before the clock is set is in order whatever it says afterwards. */
static void op_clock(struct twin *t, const struct op *op)
{
	static const int64_t jumps_ms[] = { HOUR_MS, -HOUR_MS, 10 * DAY_MS, -10 * DAY_MS,
					    30 * SECOND_MS };
	const int64_t jump_ms = jumps_ms[op->a % COUNT_OF(jumps_ms)];
	if (t->is_pending)
		return;
	t->wall_ms += jump_ms;
	t->was_set_back |= jump_ms < 0;
}

bool twin_set_mode(struct twin *t, uint32_t mode, struct err *err)
{
	return twin_open_operator(t, 0, err) &&
	       store_set_mode(t->fleet.place.store, (enum mode)mode, t->wall_ms, err);
}

static void op_pause(struct twin *t, const struct op *op)
{
	twin_insist(t, twin_set_mode, op->a % 3 == 0 ? MODE_PAUSED : MODE_LIVE);
}

/* Somebody begins to read, or ends it: the log cannot be emptied meanwhile. */
static void op_read(struct twin *t, const struct op *op)
{
	(void)op;
	struct err err = { 0 };
	if (t->reader)
		twin_stop_reading(t);
	else if (!store_open(t->fleet.place.path, STORE_READ, &t->reader, &err) ||
		 !store_begin_reading(t->reader, &t->reading, &err))
		twin_stop_reading(t);
}

static const struct {
	const char *name;
	void (*run)(struct twin *t, const struct op *op);
	uint32_t weight;
} operations[TWIN_OPS] = {
	[TWIN_ERROR] = { "error", op_error, 20 },
	[TWIN_OK] = { "ok", op_ok, 18 },
	[TWIN_TIME] = { "time", op_time, 16 },
	[TWIN_TURN] = { "turn", op_turn, 8 },
	[TWIN_ANSWER] = { "answer", op_answer, 26 },
	[TWIN_STOP] = { "stop", op_stop, 2 },
	[TWIN_START] = { "start", op_start, 4 },
	[TWIN_KILL] = { "kill", op_kill, 4 },
	[TWIN_POWER] = { "power lost", op_power, 3 },
	[TWIN_DISK_FAILS] = { "disk fails", op_disk_fails, 2 },
	[TWIN_DISK_FULL] = { "disk full", op_disk_full, 2 },
	[TWIN_CLOCK] = { "clock set", op_clock, 3 },
	[TWIN_PAUSE] = { "mode", op_pause, 3 },
	[TWIN_READ] = { "reader", op_read, 2 },
};

static enum twin_op operation_of(uint32_t kind)
{
	uint32_t weights[TWIN_OPS];
	for (size_t i = 0; i < TWIN_OPS; i++)
		weights[i] = operations[i].weight;
	return (enum twin_op)history_pick(kind, weights, TWIN_OPS);
}

void twin_run_op(struct twin *t, const struct op *op)
{
	operations[operation_of(op->kind)].run(t, op);
}

const char *twin_op_name(enum twin_op op)
{
	return operations[op].name;
}

struct op twin_op(enum twin_op op, uint32_t a, uint32_t b)
{
	uint32_t kind = 0;
	for (int i = 0; i < (int)op; i++)
		kind += operations[i].weight;
	return (struct op){ .kind = kind, .a = a, .b = b };
}

void twin_print(const struct history *history, void *unused)
{
	(void)unused;
	for (int i = 0; i < history->count; i++)
		printf("  %-12s a %u b %u\n",
		       twin_op_name(operation_of(history->ops[i].kind)),
		       history->ops[i].a, history->ops[i].b);
}
