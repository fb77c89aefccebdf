/* What recurring maintenance covers, as documents name it. */
#ifndef DB_SCHEDULE_H
#define DB_SCHEDULE_H

#include "core/store_schedule.h"
#include "db/db.h"

typedef bool cover_fn(void *arg, const struct maintenance_target *target,
		      const char *name);
/* By name: "Shop", "group:web", "service:Statushub/Website"; a monitor whose name begins
 * like one of those is "monitor:group:web". */
bool schedule_covers(struct store *store, int64_t id, cover_fn *row, void *arg,
		     struct err *err) CHECKED;

#endif
