/* The steps between the judge's loop and the lanes: one event, one timer, one monitor.
 * Each works on a desk; t_ms is the step's own time, which may be long before
 * desk->now_ms (R2). */
#ifndef JUDGE_STEP_H
#define JUDGE_STEP_H

#include "core/judge/desk.h"
#include "core/rules/incident.h"

/* ---- step.c ---- */

/* An accepted event: its episode, its levels, the incidents that its monitor joined. That
 * it is judged is the caller's to store. */
bool step_event(struct desk *desk, const struct event *event, struct err *err) CHECKED;

/* Everything about the monitor's running episode as of t_ms: serves level timers, changed
 * configuration and ended windows alike (R2, R3, R11, R20). */
bool step_monitor(struct desk *desk, int64_t monitor_id, int64_t t_ms, struct err *err)
	CHECKED;

/* step_monitor for every monitor in error. */
bool step_all_in_error(struct desk *desk, int64_t t_ms, struct err *err) CHECKED;

/* ---- timer.c ---- */

/* A timer that is due; afterwards it is due no more. */
bool step_timer(struct desk *desk, const struct timer *timer, struct err *err) CHECKED;

/* ---- levels.c ---- */

/* One judgement of a monitor's running episode. */
struct judgement {
	struct monitor_state *state; /* its timer_ms is set; saving it is the caller's */
	int64_t t_ms;
	bool begins; /* the episode began in this step: no alert of it exists */
};

/* Raise what is met, reach what is open, find the next deadline. */
bool judge_levels(struct desk *desk, const struct judgement *judgement, struct err *err)
	CHECKED;

/* ---- opening.c ---- */

/* An Error alert whose gates are all open to path->service_id, which it has not reached
 * yet. ret_silence: why nothing will come of it (static text), or NULL. */
bool judge_reach(struct desk *desk, const struct judgement *judgement,
		 const struct alert *alert, const struct path *path,
		 const char **ret_silence, struct err *err) CHECKED;

/* ---- joined.c ---- */

/* The monitor's first confirmed error of an episode: what it means where it has joined
 * (R16). */
bool judge_joined_error(struct desk *desk, const struct monitor_state *state,
			int64_t t_ms, struct err *err) CHECKED;

/* The incident is reopened: monitors that joined it and are in error count again, but for
 * those whose say an operator ended while their episode runs on (R7, R10). */
bool judge_rejoin(struct desk *desk, const struct incident *incident, int64_t t_ms,
		  struct err *err) CHECKED;

/* A monitor's join to an incident that is known to have it. */
bool judge_get_join(struct desk *desk, int64_t incident_id, int64_t monitor_id,
		    struct join *ret, struct err *err) CHECKED;

/* ---- ending.c ---- */

/* Its OK: Ok alerts, and what they mean where it has joined (R6-R9). state: of the
 * episode that has just ended. */
bool judge_joined_ok(struct desk *desk, const struct monitor_state *state, int64_t t_ms,
		     struct err *err) CHECKED;

/* What it means for the incident, as it is in *incident, that its joined monitors are as
 * they are: it recovers, waits, is over … Saves it. cause: the Ok alert, or NULL. */
bool judge_settle(struct desk *desk, struct incident *incident, const struct alert *cause,
		  int64_t t_ms, enum incident_ending *ret, struct err *err) CHECKED;

#endif
