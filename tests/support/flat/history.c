#include "tests/support/flat/history.h"

#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/judge/act.h"
#include "core/judge/judge.h"
#include "core/rules/status.h"

enum { IDLE_STEPS = 20 }; /* of ten minutes: longer than any hold */

/* in_flight: per service, the delivery that was sent and not answered yet. */
struct run {
	struct store *store;
	int64_t now_ms;
	int64_t in_flight[FLAT_SERVICES + 1];
	int64_t arrived_place[FLAT_SERVICES + 1];
	bool arrived[FLAT_DELIVERIES]; /* accepted by the receiver, answered or not */
	uint64_t random;
};

static void must(struct run *run, bool ok, const struct err *err)
{
	if (!ok && err->code != ERR_REFUSED)
		flat_broken(run->store, "failed: %s", err->text);
}

static void judge(struct run *run)
{
	struct err err = { 0 };
	struct judge_report report = { 0 };
	must(run, judge_run(run->store, run->now_ms, 1000, &report, &err), &err);
	if (report.more)
		flat_broken(run->store, "R2: the judge does not come to rest");
}

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

static void op_error(struct run *run, const struct op *op)
{
	add_event(run, op, EVENT_ERROR);
}

static void op_ok(struct run *run, const struct op *op)
{
	add_event(run, op, EVENT_OK);
}

static void op_time(struct run *run, const struct op *op)
{
	static const int64_t steps[] = {
		1,         500,           SECOND_MS,     20 * SECOND_MS,
		MINUTE_MS, 2 * MINUTE_MS, 7 * MINUTE_MS, HOUR_MS
	};
	run->now_ms += steps[op->a % COUNT_OF(steps)];
}

static void op_long_time(struct run *run, const struct op *op)
{
	run->now_ms += (1 + op->a % 40) * HOUR_MS;
}

static void op_shift(struct run *run, const struct op *op)
{
	const int64_t delta_ms = ((int64_t)(op->a % 7) - 3) * HOUR_MS;
	judge(run);
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

static void set_service(struct run *run, const struct op *op)
{
	static const int64_t times[] = { 0, 0, MINUTE_MS, 5 * MINUTE_MS };
	struct flat_service *service = &run->store->services[1 + op->a % FLAT_SERVICES];
	service->policy = op->b % 3 == 0 ? POLICY_PER_MONITOR : POLICY_PER_SERVICE;
	service->publish_after_ms = times[op->b / 4 % 4];
	service->recover_after_ms = times[op->b / 16 % 4];
	service->reopen_within_ms = times[op->b / 64 % 4];
}

static void set_storm(struct run *run, const struct op *op)
{
	run->store->storm_max_new = op->b % 3;
	run->store->storm_within_ms = 5 * MINUTE_MS;
	run->store->storm_release_after_ms = op->b / 4 % 2 * 3 * MINUTE_MS;
}

/* A change of configuration, judged with it or found later. */
static void op_configure(struct run *run, const struct op *op)
{
	static void (*const changes[])(struct run *, const struct op *) = {
		toggle, toggle, toggle, set_threshold, set_service, set_storm
	};
	struct err err = { 0 };
	struct judge_report report = { 0 };
	judge(run);
	changes[op->a / 64 % COUNT_OF(changes)](run, op);
	run->store->config_revision++;
	if (op->b % 2)
		must(run, judge_configuration(run->store, run->now_ms, &report, &err),
		     &err);
}

static void op_mute(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	const int64_t from_ms = run->now_ms + op->b % 3 * MINUTE_MS;
	const int64_t until_ms = from_ms + (1 + op->b % 9) * MINUTE_MS;
	judge(run);
	store->windows[store->window_count++] =
		(struct flat_window){ monitor_of(op), from_ms, until_ms };
}

/* R19: refused while something is public and open, or waits. Here also while an update that was
 * ended is still in flight: what it leaves on the page cannot be taken back in dry-run. */
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

static void op_mode(struct run *run, const struct op *op)
{
	const enum mode mode = (enum mode)(op->a % MODE_COUNT);
	judge(run);
	if (mode != MODE_DRY_RUN || may_go_dry(run))
		run->store->mode = mode;
}

/* ---- operators ---- */

static void op_word(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	struct err err = { 0 };
	struct act_result result = ACT_RESULT_INIT;
	const int64_t id = 1 + op->a % 8;
	bool ok = true;
	judge(run);
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
	must(run, ok || err.code == ERR_NOT_FOUND, &err);
	act_result_done(&result);
}

/* Recoveries are not cancelled here: then the page would rightly not tell what was decided. */
static void op_delivery(struct run *run, const struct op *op)
{
	struct store *store = run->store;
	struct err err = { 0 };
	struct act_result result = ACT_RESULT_INIT;
	bool ok = true;
	judge(run);
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
	must(run, ok, &err);
	act_result_done(&result);
}

static void op_resync(struct run *run, const struct op *op)
{
	struct err err = { 0 };
	struct act_result result = ACT_RESULT_INIT;
	const int64_t service_id = 1 + op->a % FLAT_SERVICES;
	judge(run);
	must(run,
	     act_resync(run->store, &service_id, 1, false, run->now_ms, &result, &err),
	     &err);
	act_result_done(&result);
}

/* ---- the wire ---- */

/* I8, R19: what a recovery takes back may have been read. */
static bool was_maybe_read(const struct store *store, int64_t incident_id)
{
	for (int i = 0; i < store->delivery_count; i++) {
		const struct delivery *one = &store->deliveries[i];
		if (one->incident_id == incident_id && one->kind != KIND_RECOVERY &&
		    (one->state == DELIVERY_DELIVERED || one->ambiguous))
			return true;
	}
	return false;
}

/* R22: an engine that starts after a crash knows only what was due. */
static void start_engine(struct run *run)
{
	int64_t count;
	if (run->store->engine_clean == 0 &&
	    store_mark_ambiguous(run->store, run->now_ms, &count, NULL))
		run->store->engine_clean = 1;
}

static void send_head(struct run *run, int64_t service_id)
{
	struct store *store = run->store;
	start_engine(run);
	const struct delivery *head = flat_head(store, service_id);
	if (run->in_flight[service_id] != 0 || !head || store->mode != MODE_LIVE ||
	    head->next_attempt_ms > run->now_ms)
		return;
	if (head->dry)
		flat_broken(store, "R19: delivery %d is dry, and sent", (int)head->id);
	if (head->kind == KIND_RECOVERY && !was_maybe_read(store, head->incident_id))
		flat_broken(store, "I8: recovery %d, and its disruption was never sent",
			    (int)head->id);
	run->in_flight[service_id] = head->id;
}

/* The receiver accepts it: for the first time in order (I7), again only where no answer came (I6). */
static void arrive(struct run *run, int64_t service_id, int64_t id)
{
	struct store *store = run->store;
	const struct delivery *one = &store->deliveries[id - 1];
	if (run->arrived[id - 1]) {
		if (!one->ambiguous)
			flat_broken(store, "I6: delivery %d arrived twice", (int)id);
		return;
	}
	run->arrived[id - 1] = true;
	if (one->place <= run->arrived_place[service_id])
		flat_broken(store, "I7: delivery %d was overtaken", (int)id);
	run->arrived_place[service_id] = one->place;
}

static void answer(struct run *run, int64_t service_id, int status, bool arrives)
{
	struct err err = { 0 };
	struct retry_decision decision;
	const int64_t id = run->in_flight[service_id];
	const struct outcome outcome = { .http_status = status,
					 .request_sent = true,
					 .started_ms = run->now_ms };
	if (id == 0)
		return;
	if (arrives)
		arrive(run, service_id, id);
	run->in_flight[service_id] = 0;
	must(run,
	     judge_outcome(run->store, id, &outcome, run->now_ms,
			   random_step(&run->random), &decision, &err),
	     &err);
}

static void op_send(struct run *run, const struct op *op)
{
	send_head(run, 1 + op->a % FLAT_SERVICES);
}

static void op_answer(struct run *run, const struct op *op)
{
	static const int statuses[] = { 200, 200, 200, 503, 404, 0, 0 };
	const int status = statuses[op->b % COUNT_OF(statuses)];
	const bool arrives = status == 200 || (status == 0 && op->b / 8 % 2);
	answer(run, 1 + op->a % FLAT_SERVICES, status, arrives);
}

/* kill -9: what is in flight is forgotten, and may have arrived. Operators may act before the
 * next start. */
static void op_crash(struct run *run, const struct op *op)
{
	for (int64_t s = 1; s <= FLAT_SERVICES; s++) {
		if (run->in_flight[s] != 0 && (op->b >> s & 1))
			arrive(run, s, run->in_flight[s]);
		run->in_flight[s] = 0;
	}
	run->store->engine_clean = 0;
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
	uint32_t all = 0;
	for (size_t i = 0; i < COUNT_OF(operations); i++)
		all += operations[i].weight;
	uint32_t left = kind % all;
	size_t row = 0;
	for (; left >= operations[row].weight; row++)
		left -= operations[row].weight;
	return row;
}

void history_make(struct history *ret, uint64_t seed)
{
	uint64_t random = seed;
	ret->seed = seed;
	ret->count = HISTORY_OPS_MAX;
	for (int i = 0; i < HISTORY_OPS_MAX; i++)
		ret->ops[i] = (struct op){ (uint32_t)random_step(&random),
					   (uint32_t)random_step(&random),
					   (uint32_t)random_step(&random) };
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
		set_service(&run, &op);
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
		judge(run);
		for (int64_t s = 1; s <= FLAT_SERVICES; s++) {
			send_head(run, s);
			any |= run->in_flight[s] != 0;
			answer(run, s, 200, true);
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
		judge(&run);
		flat_check(store, run.now_ms);
	}
	if (store->broken[0] == '\0')
		end(&run);
	return store->broken[0] == '\0' ? NULL : store->broken;
}
