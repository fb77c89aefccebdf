/* What time itself brings about: a level's minutes, the end of a hold or of a maintenance
 * window, a reminder. */
#include "core/judge/lane.h"
#include "core/judge/step.h"

static bool level_is_due(struct desk *desk, const struct timer *timer, struct err *err)
{
	return step_monitor(desk, timer->id, timer->at_ms, err);
}

static bool hold_is_over(struct desk *desk, const struct timer *timer, struct err *err)
{
	return lane_release(desk, timer->id, timer->at_ms, err);
}

/* R11: what still lasts is judged now, with its true start. */
static bool window_has_ended(struct desk *desk, const struct timer *timer,
			     struct err *err)
{
	return step_all_in_error(desk, timer->at_ms, err) &&
	       store_set_fact(desk->store, FACT_WINDOWS_JUDGED, timer->at_ms, err);
}

/* ---- reminders (R5) ---- */

static bool gather_opener(struct desk *desk, const struct alert *opening, int64_t t_ms,
			  bool *ret_in_error, bool *ret_muted, struct err *err)
{
	struct monitor_state state;
	if (!store_monitor_state(desk->store, opening->monitor_id, &state, err))
		return false;
	*ret_in_error = state.in_error && state.episode == opening->episode;
	return desk_muted(desk, opening->monitor_id, t_ms, ret_muted, err);
}

/* The reminder is an alert like its opening one, and an update with the incident's
 * status. */
static bool remind(struct desk *desk, struct incident *incident,
		   const struct alert *opening, int64_t t_ms, struct err *err)
{
	bool is_new;
	struct alert reminder = *opening;
	reminder.id = 0;
	reminder.guid[0] = '\0';
	reminder.reason[0] = '\0';
	reminder.type = ALERT_REMINDER;
	reminder.at_ms = t_ms;
	desk->report.alerts++;
	if (!store_alert_add(desk->store, &reminder, err) ||
	    !store_alert_reach_add(desk->store, reminder.id, incident->service_id,
				   incident->id, &is_new, err))
		return false;
	const struct update update = {
		.kind = KIND_REMINDER,
		.says = incident->status,
		.alert = &reminder,
	};
	return lane_add(desk, incident, &update, t_ms, NULL, err);
}

static bool reminder_is_due(struct desk *desk, const struct timer *timer, struct err *err)
{
	struct incident incident;
	struct alert opening;
	bool in_error, muted;
	if (!store_incident_read(desk->store, timer->id, &incident, err) ||
	    !store_alert_get(desk->store, incident.opening_alert_id, &opening, err) ||
	    !gather_opener(desk, &opening, timer->at_ms, &in_error, &muted, err))
		return false;
	const enum remind what = incident_on_reminder(&incident, in_error, muted);
	incident_reminded(&incident, what, timer->at_ms);
	return what == REMIND_SEND ? remind(desk, &incident, &opening, timer->at_ms, err)
				   : store_incident_put(desk->store, &incident, err);
}

bool step_timer(struct desk *desk, const struct timer *timer, struct err *err)
{
	static bool (*const steps[])(struct desk * desk, const struct timer *timer,
				     struct err *err) = {
		[TIMER_LEVEL] = level_is_due,
		[TIMER_HOLD] = hold_is_over,
		[TIMER_REMINDER] = reminder_is_due,
		[TIMER_WINDOW] = window_has_ended,
	};
	desk->timers_moved = true;
	return steps[timer->kind](desk, timer, err);
}
