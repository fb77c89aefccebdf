/* The contract with db/, continued: recurring maintenance and the windows made of it.
 * store.h's rules hold. */
#ifndef CORE_STORE_SCHEDULE_H
#define CORE_STORE_SCHEDULE_H

#include "core/rules/schedule.h"
#include "core/store.h"

/* id 0: creates (fills id, revision); else changes. Its targets become these. Counts as a
 * change of configuration; the audit row is the caller's. Operators change the record with
 * store_put and store_schedule_set_target, which write their own. */
bool store_schedule_put(struct store *store, struct schedule *schedule,
			const struct maintenance_target *targets, size_t count,
			struct err *err) CHECKED;
/* One thing more, or less, that it covers; its audit row is a membership's. Its windows that
 * have not begun are made anew. */
bool store_schedule_set_target(struct store *store, int64_t id,
			       const struct maintenance_target *target, bool member,
			       struct err *err) CHECKED;
/* With its window that has not begun; the audit row is the caller's. */
bool store_schedule_delete(struct store *store, int64_t id, struct err *err) CHECKED;

typedef bool schedule_fn(void *arg, const struct schedule *schedule);
/* By name. row may write. */
bool store_list_schedules(struct store *store, schedule_fn *row, void *arg,
			  struct err *err) CHECKED;
/* *ret_found false: none has this name. */
bool store_schedule_find(struct store *store, const char *name, struct schedule *ret,
			 bool *ret_found, struct err *err) CHECKED;

/* ---- its windows ---- */

struct schedule_made {
	bool current;     /* its windows were made by what it says today */
	int64_t until_ms; /* the last one made begins then; 0: none is */
};
bool store_schedule_made(struct store *store, int64_t id, struct schedule_made *ret,
			 struct err *err) CHECKED;
/* Is any window to be made: what was made last has begun, or says something else today? */
bool store_schedules_due(struct store *store, int64_t now_ms, bool *ret, struct err *err)
	CHECKED;
/* Takes back the windows that begin after after_ms. */
bool store_schedule_unmake(struct store *store, int64_t id, int64_t after_ms,
			   struct err *err) CHECKED;
/* A window that covers what the schedule covers, unless one of it begins then already. */
bool store_schedule_add_window(struct store *store, int64_t id,
			       const struct maintenance *window, struct err *err) CHECKED;
bool store_schedule_set_made(struct store *store, int64_t id, int64_t until_ms,
			     struct err *err) CHECKED;

typedef bool cover_fn(void *arg, const struct maintenance_target *target,
		      const char *name);
/* What a schedule covers, by name, as documents and forms name it: "Shop", "group:web",
 * "service:Statushub/Website"; a monitor whose name begins like one of those is
 * "monitor:group:web". */
bool store_schedule_covers(struct store *store, int64_t id, cover_fn *row, void *arg,
			   struct err *err) CHECKED;

/* What a window (or a schedule, by its id) names, one after the other: "Shop",
 * "group:web", "service:Website". */
bool store_window_targets(struct store *store, int64_t window_id, text_fn *row, void *arg,
			  struct err *err) CHECKED;
bool store_schedule_targets(struct store *store, int64_t id, text_fn *row, void *arg,
			    struct err *err) CHECKED;

#endif
