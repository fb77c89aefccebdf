#include "core/judge/step.h"

#include "core/rules/alert.h"

static bool save(struct desk *desk, const struct monitor_state *state,
		 int64_t timer_before_ms, struct err *err)
{
	desk->timers_moved |= state->timer_ms != timer_before_ms;
	return store_put_monitor_state(desk->store, state, err);
}

/* What the change means beyond the monitor's own state. */
static bool follow(struct desk *desk, struct monitor_state *state,
		   enum episode_change change, int64_t t_ms, struct err *err)
{
	const bool begins = change == EPISODE_BEGINS;
	const struct judgement judgement = { .state = state,
					     .t_ms = t_ms,
					     .begins = begins };
	if (change == EPISODE_UNCHANGED)
		return true;
	if (change == EPISODE_ENDS)
		return judge_joined_ok(desk, state, t_ms, err);
	/* A monitor's first episode ever finds it joined to nothing. */
	if (begins && state->episode > 1 && !judge_joined_error(desk, state, t_ms, err))
		return false;
	return judge_levels(desk, &judgement, err);
}

bool step_event(struct desk *desk, const struct event *event, struct err *err)
{
	struct monitor_state state;
	if (!store_monitor_state(desk->store, event->monitor_id, &state, err))
		return false;
	state.monitor_id = event->monitor_id;
	const int64_t timer_ms = state.timer_ms;
	const enum episode_change change = episode_step(&state, event, desk->now_ms);
	desk->state = &state;
	const bool ok = follow(desk, &state, change, event->at_ms, err);
	desk->state = NULL;
	return ok && save(desk, &state, timer_ms, err);
}

bool step_monitor(struct desk *desk, int64_t monitor_id, int64_t t_ms, struct err *err)
{
	struct monitor_state state;
	if (!store_monitor_state(desk->store, monitor_id, &state, err))
		return false;
	state.monitor_id = monitor_id;
	if (!state.in_error)
		return true;
	const int64_t timer_ms = state.timer_ms;
	const struct judgement judgement = { .state = &state, .t_ms = t_ms };
	desk->state = &state;
	const bool ok = judge_levels(desk, &judgement, err);
	desk->state = NULL;
	return ok && (state.timer_ms == timer_ms || save(desk, &state, timer_ms, err));
}

bool step_all_in_error(struct desk *desk, int64_t t_ms, struct err *err)
{
	DEFER(id_list_done)
	struct id_list monitors = { 0 };
	if (!store_monitors_in_error(desk->store, id_list_add, &monitors, err))
		return false;
	for (size_t i = 0; i < monitors.count; i++)
		if (!step_monitor(desk, monitors.items[i], t_ms, err))
			return false;
	return true;
}
