/* What recurring maintenance covers, undone: one thing more, or less, as the audit names it. */
#ifndef JUDGE_UNDO_TARGET_H
#define JUDGE_UNDO_TARGET_H

#include "core/base/json.h"
#include "core/store.h"

/* {"group": NAME}, {"monitor": NAME} or {"service": NAME}. */
bool undo_target_named(struct store *store, int64_t schedule_id, const struct json *told,
		       bool member, struct err *err) CHECKED;

/* The same with ids for monitors and services, of what is there again; told may name the
 * schedule itself, and then says what went. */
bool undo_target_again(struct store *store, int64_t schedule_id, const struct json *told,
		       struct err *err) CHECKED;

#endif
