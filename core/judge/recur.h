/* Recurring maintenance comes round: its windows are made ahead of time, so that everything
 * else knows windows only. */
#ifndef JUDGE_RECUR_H
#define JUDGE_RECUR_H

#include "core/store_schedule.h"

/* Makes every window that has begun by now_ms and was not made yet, and the next one of
 * each schedule: also those that came round while no engine ran (R2). One that was changed
 * takes back what has not begun. Inside a transaction; cheap when nothing is to be made. */
bool recur_make_windows(struct store *store, int64_t now_ms, struct err *err) CHECKED;

/* When it comes round next, or goes on now; *ret_found false: never again. */
bool recur_next(const struct schedule *schedule, int64_t now_ms, int64_t *ret_from_ms,
		int64_t *ret_until_ms, bool *ret_found, struct err *err) CHECKED;

#endif
