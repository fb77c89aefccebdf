/* Recurring maintenance as a record. */
#ifndef DB_SCHEDULE_H
#define DB_SCHEDULE_H

#include "core/store_schedule.h"
#include "db/db.h"

/* What it shows beside its fields: what it covers. */
bool schedule_fill(struct store *store, struct schedule *schedule, struct err *err)
	CHECKED;

#endif
