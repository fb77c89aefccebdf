#include "tests/support/flat/history.h"

#include <stdio.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/judge/judge.h"
#include "tests/support/flat/run.h"

enum { IDLE_STEPS = 20 }; /* of ten minutes: longer than any hold */

void run_must(struct run *run, bool ok, const struct err *err)
{
	if (!ok && err->code != ERR_REFUSED)
		flat_broken(run->store, "failed: %s", err->text);
}

void run_judge(struct run *run)
{
	struct err err = { 0 };
	struct judge_report report = { 0 };
	run_must(run, judge_run(run->store, run->now_ms, 1000, &report, &err), &err);
	if (report.more)
		flat_broken(run->store, "R2: the judge does not come to rest");
}

/* ---- making and running ---- */

static const struct {
	const char *name;
	void (*run)(struct run *run, const struct op *op);
	uint32_t weight;
} operations[] = {
	{ "error", op_error, 24 },      { "ok", op_ok, 14 },
	{ "time", op_time, 22 },        { "long time", op_long_time, 1 },
	{ "shift clock", op_shift, 1 }, { "configure", op_configure, 8 },
	{ "mute", op_mute, 2 },         { "mode", op_mode, 2 },
	{ "word", op_word, 4 },         { "delivery", op_delivery, 4 },
	{ "resync", op_resync, 1 },     { "send", op_send, 16 },
	{ "answer", op_answer, 16 },    { "crash", op_crash, 2 },
};

static size_t operation_of(uint32_t kind)
{
	uint32_t weights[COUNT_OF(operations)];
	for (size_t i = 0; i < COUNT_OF(operations); i++)
		weights[i] = operations[i].weight;
	return history_pick(kind, weights, COUNT_OF(operations));
}

void history_print(const struct history *history)
{
	for (int i = 0; i < history->count; i++)
		printf("  %-12s a %u b %u\n",
		       operations[operation_of(history->ops[i].kind)].name,
		       history->ops[i].a, history->ops[i].b);
}

/* A configuration in which most gates are open. */
static void configure(struct store *store, uint64_t *random)
{
	for (int m = 1; m <= FLAT_MONITORS; m++)
		store->monitor_active[m] = true;
	store->definition_active = true;
	for (int l = 1; l <= FLAT_LEVELS; l++) {
		struct flat_level *level = &store->levels[l];
		const uint64_t bits = random_step(random);
		level->active = level->ticked = true;
		level->send_ok = bits % 8 != 0;
		level->send_reminders = bits >> 3 & 1;
		level->remind_every_minutes = 2;
		level->remind_max = 2;
		level->after_errors = l < 3 ? l : 0;
		level->after_minutes = l < 3 ? 0 : 3;
		for (int m = 1; m <= FLAT_MONITORS; m++)
			for (int s = 1; s <= FLAT_SERVICES; s++)
				level->links[m][s] = bits >> (8 + m * 8 + s) & 1;
	}
	struct run run = { .store = store };
	for (uint32_t s = 0; s < FLAT_SERVICES; s++) {
		const struct op op = { 0, s, (uint32_t)random_step(random) };
		op_set_service(&run, &op);
	}
}

/* Every monitor is OK, every gate of time is passed, everything is answered. */
static void end(struct run *run)
{
	struct store *store = run->store;
	run->now_ms += DAY_MS * 3;
	store->mode = MODE_LIVE;
	for (int64_t m = 1; m <= FLAT_MONITORS; m++) {
		const int64_t newest_ms = store->states[m].newest_ms;
		flat_event(store, m, EVENT_OK,
			   newest_ms > run->now_ms ? newest_ms : run->now_ms);
	}
	for (int idle = 0; idle < IDLE_STEPS && store->broken[0] == '\0';) {
		bool any = false;
		run_judge(run);
		for (int64_t s = 1; s <= FLAT_SERVICES; s++) {
			run_send_head(run, s);
			any |= run->in_flight[s] != 0;
			run_answer(run, s, 200, true);
		}
		idle += !any;
		run->now_ms += any ? 0 : 10 * MINUTE_MS;
	}
	flat_check(store, run->now_ms);
	flat_check_end(store);
}

const char *history_run(const struct history *history, struct store *store)
{
	struct run run = { .store = store,
			   .now_ms = HISTORY_T0,
			   .random = history->seed ^ 0x5eed };
	flat_reset(store);
	uint64_t random = history->seed + 1;
	configure(store, &random);
	for (int i = 0; i < history->count && store->broken[0] == '\0'; i++) {
		const struct op *op = &history->ops[i];
		if (!flat_has_room(store))
			break;
		operations[operation_of(op->kind)].run(&run, op);
		if (op->kind >> 29 == 0)
			continue; /* the engine is down for a while */
		run_judge(&run);
		flat_check(store, run.now_ms);
	}
	if (store->broken[0] == '\0')
		end(&run);
	return store->broken[0] == '\0' ? NULL : store->broken;
}

void history_events(struct store *store, uint64_t seed, bool at_once)
{
	uint64_t random = seed;
	struct run run = { .store = store, .now_ms = HISTORY_T0 };
	flat_reset(store);
	configure(store, &random);
	store->storm_max_new = (int64_t)(random_step(&random) % 3);
	store->storm_within_ms = store->storm_release_after_ms = 4 * MINUTE_MS;
	store->windows[store->window_count++] =
		(struct flat_window){ 1, HISTORY_T0 + 5 * MINUTE_MS,
				      HISTORY_T0 + 12 * MINUTE_MS };
	for (int i = 0; i < 40; i++) {
		const uint64_t bits = random_step(&random);
		/* Never at the instant of a timer: which of them the engine sees first then
		 * depends on when it looks. */
		run.now_ms += (int64_t)(bits % 7) * 30 * SECOND_MS + 7;
		flat_event(store, 1 + (int64_t)(bits >> 8) % FLAT_MONITORS,
			   bits >> 16 & 1 ? EVENT_ERROR : EVENT_OK, run.now_ms);
		if (at_once)
			run_judge(&run);
	}
	run.now_ms += HOUR_MS;
	run_judge(&run);
	flat_check(store, run.now_ms);
}
