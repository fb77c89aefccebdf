/* The loop: the next of events and timers, in order of time, until nothing is due. */
#include "core/judge/judge.h"

#include <stdlib.h>

#include "core/judge/lane.h"
#include "core/judge/recur.h"
#include "core/judge/step.h"

enum { EVENTS_AT_FIRST = 4, EVENTS_AT_ONCE = 16, STEPS_AT_ONCE = 10000 };

/* Events read ahead, more each time: most runs find one or none, a burst finds thousands.
 * They are marked as judged all at once, when the last step is done. */
struct events {
	struct event *items;
	int room, count, next;
	bool drained;             /* the last read was not full: there are no more */
	struct event_place taken; /* the last one that was judged */
};

struct run {
	struct desk desk;
	struct events events;
	struct timer timer; /* the next one; kind TIMER_NONE: there is none */
};

static void run_free(struct run **run)
{
	desk_done(&(*run)->desk);
	free((*run)->events.items);
	free(*run);
}

static void make_room(struct events *events)
{
	const int more = events->room * 8;
	const int room = events->room == 0       ? EVENTS_AT_FIRST
			 : more < EVENTS_AT_ONCE ? more
						 : EVENTS_AT_ONCE;
	if (room == events->room)
		return;
	free(events->items);
	events->items = mem_new((size_t)room, sizeof(events->items[0]));
	events->room = room;
}

static bool read_events(struct run *run, struct err *err)
{
	struct events *events = &run->events;
	if (events->next < events->count || events->drained)
		return true;
	make_room(events);
	events->next = 0;
	events->count = store_events_pending(run->desk.store, events->taken,
					     events->items, events->room, err);
	events->drained = events->count < events->room;
	return events->count >= 0;
}

static bool read_timer(struct run *run, struct err *err)
{
	if (!run->desk.timers_moved)
		return true;
	run->desk.timers_moved = false;
	return store_next_timer(run->desk.store, &run->timer, err);
}

/* R2: the earlier first, at equal times the event. A pending event is always due. */
static bool step(struct run *run, bool *ret_stepped, struct err *err)
{
	if (!read_events(run, err) || !read_timer(run, err))
		return false;
	const struct events *events = &run->events;
	const struct event *event =
		events->next < events->count ? &events->items[events->next] : NULL;
	const bool timer_is_due =
		run->timer.kind != TIMER_NONE && run->timer.at_ms <= run->desk.now_ms;
	*ret_stepped = true;
	if (timer_is_due && !(event && event->at_ms <= run->timer.at_ms))
		return step_timer(&run->desk, &run->timer, err);
	if (!event) {
		*ret_stepped = false;
		return true;
	}
	run->events.next++;
	run->events.taken = (struct event_place){ event->at_ms, event->seq };
	return step_event(&run->desk, event, err);
}

static bool let_play(const struct judge_interlude *interlude, int64_t steps,
		     struct err *err)
{
	return interlude == NULL || steps % interlude->every_steps != 0 ||
	       interlude->play(interlude->arg, err);
}

static bool step_until_idle(struct run *run, int64_t max_steps,
			    const struct judge_interlude *interlude, struct err *err)
{
	for (int64_t steps = 0; steps < max_steps; steps++) {
		bool stepped;
		if (!step(run, &stepped, err))
			return false;
		if (!stepped)
			return true;
		run->desk.report.steps++;
		if (!let_play(interlude, steps + 1, err))
			return false;
	}
	run->desk.report.more = true;
	return true;
}

static bool store_judged(const struct run *run, struct err *err)
{
	return run->events.taken.seq == 0 ||
	       store_events_judged(run->desk.store, run->events.taken, err);
}

/* ---- changed configuration (R3) ---- */

static bool configuration_moved(struct store *store, int64_t *ret_revision,
				bool *ret_moved, struct err *err)
{
	int64_t judged;
	if (!store_fact(store, FACT_CONFIG_REVISION, 0, ret_revision, err) ||
	    !store_fact(store, FACT_JUDGED_REVISION, 0, &judged, err))
		return false;
	*ret_moved = judged != *ret_revision;
	return true;
}

/* Open episodes by the configuration of that revision, which is today's. */
static bool judge_again(struct desk *desk, int64_t revision, struct err *err)
{
	return step_all_in_error(desk, desk->now_ms, err) &&
	       lane_tell_severities(desk, desk->now_ms, err) &&
	       store_set_fact(desk->store, FACT_JUDGED_REVISION, revision, err);
}

/* Last, when everything older is judged: an OK that waits ends its episode first. */
static bool judge_changes(struct desk *desk, struct err *err)
{
	int64_t revision;
	bool moved;
	if (!configuration_moved(desk->store, &revision, &moved, err))
		return false;
	if (!moved)
		return true;
	return judge_again(desk, revision, err);
}

static void report_add(struct judge_report *report, const struct run *run)
{
	const struct judge_report *done = &run->desk.report;
	report->steps += done->steps;
	report->alerts += done->alerts;
	report->opened += done->opened;
	report->decided += done->decided;
	report->more = done->more;
	report->next_ms = run->timer.kind == TIMER_NONE ? 0 : run->timer.at_ms;
}

static bool run_begin(struct run *run, struct store *store, int64_t now_ms,
		      struct transaction *tx, struct err *err)
{
	if (!store_begin(store, tx, err) || !recur_make_windows(store, now_ms, err) ||
	    !desk_open(store, now_ms, &run->desk, err))
		return false;
	run->desk.timers_moved = true; /* the next timer is not known yet */
	return true;
}

static bool run_end(struct run *run, struct transaction *tx, struct judge_report *report,
		    struct err *err)
{
	if (!read_timer(run, err) || !store_commit(tx, err))
		return false;
	report_add(report, run);
	return true;
}

bool judge_run(struct store *store, int64_t now_ms, int64_t max_steps,
	       struct judge_report *report, struct err *err)
{
	return judge_run_long(store, now_ms, max_steps, NULL, report, err);
}

bool judge_all(struct store *store, int64_t now_ms, struct err *err)
{
	struct judge_report report = { .more = true };
	while (report.more)
		if (!judge_run(store, now_ms, STEPS_AT_ONCE, &report, err))
			return false;
	return true;
}

bool judge_run_long(struct store *store, int64_t now_ms, int64_t max_steps,
		    const struct judge_interlude *interlude, struct judge_report *report,
		    struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	DEFER(run_free)
	struct run *run = mem_new(1, sizeof(*run));
	if (!run_begin(run, store, now_ms, &tx, err) ||
	    !step_until_idle(run, max_steps, interlude, err) || !store_judged(run, err))
		return false;
	return (run->desk.report.more || judge_changes(&run->desk, err)) &&
	       run_end(run, &tx, report, err);
}

bool judge_configuration(struct store *store, int64_t now_ms, struct judge_report *report,
			 struct err *err)
{
	DEFER(store_abort)
	struct transaction tx = { 0 };
	DEFER(run_free)
	struct run *run = mem_new(1, sizeof(*run));
	int64_t revision;
	return run_begin(run, store, now_ms, &tx, err) &&
	       store_fact(store, FACT_CONFIG_REVISION, 0, &revision, err) &&
	       judge_again(&run->desk, revision, err) && run_end(run, &tx, report, err);
}
