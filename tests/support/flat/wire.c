/* The wire: sending heads, a receiver that accepts, refuses or says nothing, and crashes.
 */
#include "core/base/random.h"
#include "core/judge/judge.h"
#include "tests/support/flat/run.h"

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

void run_send_head(struct run *run, int64_t service_id)
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

/* The receiver accepts it: for the first time in order (I7), again only where no answer
 * came (I6). */
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

void run_answer(struct run *run, int64_t service_id, int status, bool arrives)
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
	run_must(run,
		 judge_outcome(run->store, id, &outcome, run->now_ms,
			       random_step(&run->random), &decision, &err),
		 &err);
}

void op_send(struct run *run, const struct op *op)
{
	run_send_head(run, 1 + op->a % FLAT_SERVICES);
}

void op_answer(struct run *run, const struct op *op)
{
	static const int statuses[] = { 200, 200, 200, 503, 404, 0, 0 };
	const int status = statuses[op->b % COUNT_OF(statuses)];
	const bool arrives = status == 200 || (status == 0 && op->b / 8 % 2);
	run_answer(run, 1 + op->a % FLAT_SERVICES, status, arrives);
}

/* kill -9: what is in flight is forgotten, and may have arrived. Operators may act before
 * the next start. */
void op_crash(struct run *run, const struct op *op)
{
	for (int64_t s = 1; s <= FLAT_SERVICES; s++) {
		if (run->in_flight[s] != 0 && (op->b >> s & 1))
			arrive(run, s, run->in_flight[s]);
		run->in_flight[s] = 0;
	}
	run->store->engine_clean = 0;
}
