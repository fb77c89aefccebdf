/* Recurring maintenance (R11): made and deleted. A single time of it is a window like any
 * other: act_maintenance_extend and _end move it. */
#ifndef JUDGE_ACT_RECURRING_H
#define JUDGE_ACT_RECURRING_H

#include "core/judge/act.h"
#include "core/rules/schedule.h"

/* schedule: its name (empty: one is made of what it says), rule and note; zone empty: the
 * machine's own. Fills the rest. ret->window_id: the time that it comes round next, or that
 * goes on now. ERR_INVALID if it never does. */
bool act_recurring_add(struct store *store, struct schedule *schedule,
		       const struct maintenance_target *targets, size_t count,
		       int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;

/* Does it ever come round? ERR_INVALID if not, or if it is no rule. */
bool act_recurring_check(const struct schedule *schedule, int64_t now_ms, struct err *err)
	CHECKED;

/* Paused it makes no windows, and takes back what has not begun. ERR_REFUSED if it is so
 * already. */
bool act_recurring_pause(struct store *store, const char *name, bool paused,
			 int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;

/* What goes on now goes on to its end. */
bool act_recurring_delete(struct store *store, const char *name, int64_t now_ms,
			  struct act_result *ret, struct err *err) CHECKED;

#endif
