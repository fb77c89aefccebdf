#include "core/judge/simulate.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/clock.h"
#include "core/judge/delivery_list.h"
#include "core/judge/desk.h"
#include "core/judge/judge.h"
#include "core/judge/recur.h"

/* The receiver of a simulation takes everything at once, so a lane never waits. The clock
 * goes from one thing to the next: a check of the monitor, or a timer of the judge. */

enum { SIMULATED_CHECKS_MAX = 100000, SIMULATED_TIMERS_MAX = 100000 };

struct simulation {
	struct store *store;
	int64_t monitor_id;
	int64_t from_ms, ok_ms, every_ms;
	int64_t check_ms; /* the next check; 0: all done */
	struct {
		struct simulated_update *items;
		size_t count, capacity;
	} updates;
};

static void simulation_done(struct simulation *sim)
{
	free(sim->updates.items);
	store_close(sim->store);
}

/* ---- deliveries: taken at once, in the order in which they were decided ---- */

static int by_place(const void *a, const void *b)
{
	const struct delivery *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static bool load_pending(struct simulation *sim, struct delivery_list *ret,
			 struct err *err)
{
	if (!delivery_list_unfinished(sim->store, 0, 0, ret, err))
		return false;
	if (ret->count)
		qsort(ret->items, ret->count, sizeof(*ret->items), by_place);
	return true;
}

static enum alert_type alert_of_kind(enum delivery_kind kind)
{
	if (kind == KIND_REMINDER)
		return ALERT_REMINDER;
	return kind == KIND_RECOVERY ? ALERT_OK : ALERT_ERROR;
}

/* In order of time; of the same time in the order in which they were noted. */
static void insert_update(struct simulation *sim, const struct simulated_update *update)
{
	size_t i = sim->updates.count;

	VEC_PUSH(sim->updates.items, sim->updates.count, sim->updates.capacity) = *update;
	for (; i > 0 && sim->updates.items[i - 1].at_ms > update->at_ms; i--)
		sim->updates.items[i] = sim->updates.items[i - 1];
	sim->updates.items[i] = *update;
}

static bool note_update(struct simulation *sim, const struct delivery *delivery,
			int64_t at_ms, struct err *err)
{
	struct simulated_update update = {
		.at_ms = at_ms,
		.after_ms = at_ms - sim->from_ms,
		.alert = alert_of_kind(delivery->kind),
		.service_status = delivery->service_status,
		.incident_status = delivery->incident_status,
		.held = delivery->state == DELIVERY_HELD,
	};
	struct alert cause = { 0 };

	if (delivery->alert_id &&
	    !store_alert_get(sim->store, delivery->alert_id, &cause, err))
		return false;
	update.level = cause.level;
	memcpy(update.definition, cause.definition, sizeof(update.definition));
	memcpy(update.integration, delivery->integration, sizeof(update.integration));
	memcpy(update.service, delivery->service, sizeof(update.service));
	insert_update(sim, &update);
	return true;
}

static bool deliver_waiting(struct simulation *sim, int64_t now_ms, struct err *err)
{
	static const struct outcome taken = { .http_status = 200, .request_sent = true };
	DEFER(delivery_list_done)
	struct delivery_list pending = { 0 };
	struct retry_decision decision;

	if (!load_pending(sim, &pending, err))
		return false;
	for (size_t i = 0; i < pending.count; i++) {
		const struct delivery *delivery = &pending.items[i];
		struct outcome outcome = taken;

		outcome.started_ms = now_ms;
		if (delivery->state == DELIVERY_HELD)
			continue;
		if (!note_update(sim, delivery, now_ms, err) ||
		    !judge_outcome(sim->store, delivery->id, &outcome, now_ms, 0,
				   &decision, err))
			return false;
	}
	return true;
}

/* What nobody and no timer would ever release. */
static bool note_still_held(struct simulation *sim, struct err *err)
{
	DEFER(delivery_list_done)
	struct delivery_list pending = { 0 };

	if (!load_pending(sim, &pending, err))
		return false;
	for (size_t i = 0; i < pending.count; i++)
		if (!note_update(sim, &pending.items[i], pending.items[i].created_ms,
				 err))
			return false;
	return true;
}

/* ---- the clock ---- */

static bool run_check(struct simulation *sim, struct err *err)
{
	int64_t at_ms = sim->check_ms;
	struct event event = { .monitor_id = sim->monitor_id,
			       .state = at_ms >= sim->ok_ms ? EVENT_OK : EVENT_ERROR,
			       .confirmed = true,
			       .explicit_at = true,
			       .at_ms = at_ms };
	enum event_verdict verdict;
	bool conflict;

	sim->check_ms = event.state == EVENT_OK ? 0 : at_ms + sim->every_ms;
	return store_event_add(sim->store, &event, at_ms, &verdict, &conflict, err);
}

/* The next moment at which something happens; 0: nothing will any more. At equal times
 * the event goes first (R2), which judge_run sees to. */
static bool next_moment(struct simulation *sim, int64_t *ret_ms, struct err *err)
{
	struct timer timer;

	if (!store_next_timer(sim->store, &timer, err))
		return false;
	*ret_ms = sim->check_ms;
	if (timer.kind != TIMER_NONE && (!*ret_ms || timer.at_ms < *ret_ms))
		*ret_ms = timer.at_ms;
	return true;
}

static bool run_clock(struct simulation *sim, struct err *err)
{
	int64_t now_ms = 0, moment_ms;

	for (int64_t i = 0; i < SIMULATED_CHECKS_MAX + SIMULATED_TIMERS_MAX; i++) {
		if (!next_moment(sim, &moment_ms, err))
			return false;
		if (!moment_ms)
			return true;
		now_ms = moment_ms > now_ms ? moment_ms : now_ms;
		if (moment_ms == sim->check_ms && !run_check(sim, err))
			return false;
		if (!judge_all(sim->store, now_ms, err) ||
		    !deliver_waiting(sim, now_ms, err))
			return false;
	}
	return fail(err, ERR_INVALID,
		    "The simulation does not end; simulate a shorter outage");
}

static bool check_times(int64_t error_for_ms, int64_t every_ms, struct err *err)
{
	if (error_for_ms <= 0)
		return fail(err, ERR_INVALID,
			    "The outage lasts no time; give a duration such as 10m");
	if (every_ms < SECOND_MS)
		return fail(err, ERR_INVALID,
			    "Checks come less than 1s apart; give 1s or more");
	if (error_for_ms / every_ms >= SIMULATED_CHECKS_MAX)
		return fail(err, ERR_INVALID,
			    "The outage has more than %d checks; simulate a shorter one, "
			    "or check less often",
			    SIMULATED_CHECKS_MAX);
	return true;
}

static bool keep_id(void *arg, const struct schedule *schedule)
{
	return id_list_add(arg, schedule->head.id);
}

/* What recurs would do so for ever: its windows up to the OK are all that matters. */
static bool stop_recurring(struct simulation *sim, struct err *err)
{
	DEFER(id_list_done) struct id_list ids = { 0 };

	if (!recur_make_windows(sim->store, sim->ok_ms, err) ||
	    !store_list_schedules(sim->store, keep_id, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count; i++)
		if (!store_schedule_delete(sim->store, ids.items[i], err))
			return false;
	return true;
}

static bool run(struct simulation *sim, struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };

	return store_begin(sim->store, &tx, err) && stop_recurring(sim, err) &&
	       run_clock(sim, err) && note_still_held(sim, err) && store_commit(&tx, err);
}

bool simulate(struct store *source, int64_t monitor_id, int64_t from_ms,
	      int64_t error_for_ms, int64_t every_ms, simulated_fn *row, void *arg,
	      struct err *err)
{
	DEFER(simulation_done)
	struct simulation sim = { .monitor_id = monitor_id,
				  .from_ms = from_ms,
				  .every_ms = every_ms,
				  .check_ms = from_ms };
	int64_t checks;

	if (!check_times(error_for_ms, every_ms, err) ||
	    !store_open_scratch(source, monitor_id, &sim.store, err))
		return false;
	checks = (error_for_ms + every_ms - 1) / every_ms;
	sim.ok_ms = from_ms + checks * every_ms;
	if (!run(&sim, err))
		return fail_in(err, "simulating");
	for (size_t i = 0; i < sim.updates.count; i++)
		if (!row(arg, &sim.updates.items[i]))
			break;
	return true;
}
