/* Level-triggered: whatever is met and has no alert yet is raised, whatever is open and
 * not reached yet is reached. Asking twice changes nothing. */
#include <string.h>

#include "core/base/text.h"
#include "core/judge/step.h"
#include "core/rules/alert.h"
#include "core/rules/route.h"

/* The rows of one level: its placements and links. */
struct level_rows {
	const struct path *items;
	size_t count;
};

/* Why the alert reached nothing: the gate that the path which came furthest stopped at.
 */
static void say_why_not(const struct level_rows *level, char ret[REASON_SIZE])
{
	const struct path *best = level->items;
	for (size_t i = 1; i < level->count; i++)
		if (route_first_shut(&level->items[i]) > route_first_shut(best))
			best = &level->items[i];
	const enum route_gate gate = route_first_shut(best);
	if (gate == ROUTE_OPEN)
		return;
	DEFER(buf_done)
	struct buf why = BUF_INIT(2048);
	route_say(best, gate, &why);
	(void)text_cut(ret, REASON_SIZE, buf_text(&why), REASON_SIZE);
}

static bool raise_alert(struct desk *desk, const struct judgement *judgement,
			const struct level_rows *level, struct alert *ret,
			struct err *err)
{
	const struct path *path = level->items;
	const struct monitor_card *monitor;
	if (!desk_monitor(desk, path->monitor_id, &monitor, err))
		return false;
	*ret = (struct alert){
		.type = ALERT_ERROR,
		.at_ms = judgement->t_ms,
		.monitor_id = path->monitor_id,
		.episode = judgement->state->episode,
		.definition_id = path->definition_id,
		.level_id = path->level_id,
		.level = path->level,
	};
	memcpy(ret->monitor, monitor->name, sizeof(ret->monitor));
	memcpy(ret->definition, path->definition, sizeof(ret->definition));
	say_why_not(level, ret->reason);
	desk->report.alerts++;
	return store_alert_add(desk->store, ret, err);
}

/* What came of an alert's open paths in this judgement. */
struct outcome_of_paths {
	bool reached;
	const char
		*silence; /* why a service it could reach hears nothing of it, or NULL */
};

/* One path of a raised alert: to its service, if it is open and was not alerted yet (R3).
 */
static bool take_path(struct desk *desk, const struct judgement *judgement, bool raised,
		      const struct path *path, const struct alert *alert,
		      struct outcome_of_paths *sum, struct err *err)
{
	if (route_first_shut(path) != ROUTE_OPEN)
		return true;
	bool reached = false;
	if (!raised &&
	    !store_alert_reached(desk->store, alert->id, path->service_id, &reached, err))
		return false;
	if (reached)
		return true;
	const char *silence = NULL;
	if (!judge_reach(desk, judgement, alert, path, &silence, err))
		return false;
	sum->reached |= silence == NULL;
	sum->silence = silence ? silence : sum->silence;
	return true;
}

/* The reason that an alert keeps: none as soon as it has reached a service. */
static bool keep_reason(struct desk *desk, const struct alert *alert, bool raised,
			const struct outcome_of_paths *sum, struct err *err)
{
	const bool reached_nothing = raised || alert->reason[0] != '\0';
	const char *reason = alert->reason;
	if (sum->reached)
		reason = "";
	else if (sum->silence && reached_nothing)
		reason = sum->silence;
	return text_equal(reason, alert->reason) ||
	       store_alert_set_reason(desk->store, alert->id, reason, err);
}

static bool judge_level(struct desk *desk, const struct judgement *judgement,
			const struct level_rows *level, struct err *err)
{
	const struct path *path = level->items;
	if (!level_is_met(path, judgement->state, judgement->t_ms))
		return true;
	struct alert alert;
	bool found = false;
	if (!judgement->begins &&
	    !store_alert_find(desk->store, path->monitor_id, judgement->state->episode,
			      path->level_id, ALERT_ERROR, &alert, &found, err))
		return false;
	if (!found && !raise_alert(desk, judgement, level, &alert, err))
		return false;
	struct outcome_of_paths sum = { 0 };
	for (size_t i = 0; i < level->count; i++)
		if (!take_path(desk, judgement, !found, &level->items[i], &alert, &sum,
			       err))
			return false;
	return keep_reason(desk, &alert, !found, &sum, err);
}

/* The rows from first on that are of the same level. */
static struct level_rows level_at(const struct paths *paths, size_t first)
{
	size_t end = first + 1;
	while (end < paths->count &&
	       paths->items[end].level_id == paths->items[first].level_id)
		end++;
	return (struct level_rows){ &paths->items[first], end - first };
}

static void set_timer(const struct judgement *judgement, const struct paths *paths)
{
	int64_t next_ms = 0;
	for (size_t i = 0; i < paths->count; i++) {
		const int64_t at_ms = level_deadline(&paths->items[i], judgement->state);
		if (at_ms > judgement->t_ms)
			next_ms = sooner_ms(next_ms, at_ms);
	}
	judgement->state->timer_ms = next_ms;
}

static bool judge_paths(struct desk *desk, const struct judgement *judgement,
			const struct paths *paths, struct err *err)
{
	set_timer(judgement, paths);
	if (paths->count == 0 || !paths->items[0].monitor_active)
		return true; /* R20: it raises nothing */
	bool muted;
	if (!desk_muted(desk, judgement->state->monitor_id, judgement->t_ms, &muted, err))
		return false;
	if (muted)
		return true; /* R11: its window's end is a timer of its own */
	for (size_t i = 0; i < paths->count;) {
		const struct level_rows level = level_at(paths, i);
		if (level.items->level_id != 0 &&
		    !judge_level(desk, judgement, &level, err))
			return false;
		i += level.count;
	}
	return true;
}

bool judge_levels(struct desk *desk, const struct judgement *judgement, struct err *err)
{
	DEFER(paths_done)
	struct paths paths = { 0 };
	return store_paths(desk->store, judgement->state->monitor_id, &paths, err) &&
	       judge_paths(desk, judgement, &paths, err);
}
