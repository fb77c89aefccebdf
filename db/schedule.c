/* Recurring maintenance, and the windows that are made of it. */
#include "db/schedule.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "db/group.h"
#include "db/journal.h"
#include "db/name.h"
#include "db/record.h"

/* ---- finding ---- */

bool store_schedule_find(struct store *store, const char *name, struct schedule *ret,
			 bool *ret_found, struct err *err)
{
	int64_t id;
	if (!name_find(store, RECORD_SCHEDULE, name, &id, err))
		return false;
	*ret_found = id != 0;
	return id == 0 || store_get(store, RECORD_SCHEDULE, id, ret, err);
}

struct schedules {
	struct schedule *items;
	size_t count, capacity;
};

static void schedules_done(struct schedules *all)
{
	free(all->items);
}

static bool keep_schedule(void *arg, const void *rec)
{
	struct schedules *all = arg;
	VEC_PUSH(all->items, all->count, all->capacity) = *(const struct schedule *)rec;
	return true;
}

bool store_list_schedules(struct store *store, schedule_fn *row, void *arg,
			  struct err *err)
{
	DEFER(schedules_done) struct schedules all = { 0 };
	if (!store_list(store, RECORD_SCHEDULE, 0, keep_schedule, &all, err))
		return false;
	for (size_t i = 0; i < all.count; i++)
		if (!row(arg, &all.items[i]))
			break;
	return true;
}

/* ---- changes ---- */

static bool run_with_id(struct store *store, enum query query, int64_t id,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":id", id);
	return stmt_run(s, err);
}

static void bind_target(struct stmt *s, int64_t id,
			const struct maintenance_target *target)
{
	bind_int(s, ":schedule", id);
	bind_id(s, ":monitor", target->kind == TARGET_MONITOR ? target->id : 0);
	bind_id(s, ":service", target->kind == TARGET_SERVICE ? target->id : 0);
	bind_text(s, ":group", target->kind == TARGET_GROUP ? target->group : NULL);
}

static bool add_target(struct store *store, int64_t id,
		       const struct maintenance_target *target, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_TARGET_ADD);
	bind_target(s, id, target);
	return stmt_run(s, err);
}

bool store_schedule_put(struct store *store, struct schedule *schedule,
			const struct maintenance_target *targets, size_t count,
			struct err *err)
{
	bool is_stale;
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !record_check_whole(store, RECORD_SCHEDULE, schedule, err) ||
	    !record_save(store, RECORD_SCHEDULE, schedule, &is_stale, err))
		return false;
	if (is_stale)
		return fail(err, ERR_REFUSED,
			    "Recurring maintenance '%s' was changed meanwhile; repeat "
			    "your change",
			    schedule->name);
	if (!run_with_id(store, Q_SCHEDULE_TARGETS_CLEAR, schedule->head.id, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!add_target(store, schedule->head.id, &targets[i], err))
			return false;
	return record_configuration_changed(store, err) && store_commit(&tx, err);
}

bool store_schedule_delete(struct store *store, int64_t id, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin(store, &tx, err) &&
	       record_remove(store, RECORD_SCHEDULE, id, err) &&
	       record_configuration_changed(store, err) && store_commit(&tx, err);
}

static bool has_target(struct store *store, int64_t id,
		       const struct maintenance_target *target, bool *ret,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_HAS_TARGET);
	bind_target(s, id, target);
	return stmt_any(s, ret, err);
}

static bool remove_target(struct store *store, int64_t id,
			  const struct maintenance_target *target, struct err *err)
{
	bool removed;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_TARGET_REMOVE);
	bind_target(s, id, target);
	return stmt_any(s, &removed, err);
}

/* As the audit names it: by what it is, a service with its integration. */
static bool audit_target(struct store *store, const struct schedule *schedule,
			 const struct maintenance_target *target, bool member,
			 struct err *err)
{
	const bool is_monitor = target->kind == TARGET_MONITOR;
	const enum record_kind kind = is_monitor ? RECORD_MONITOR : RECORD_SERVICE;
	DEFER(mem_free) void *rec = record_new(kind);
	DEFER(buf_done) struct buf name = BUF_INIT(2 * NAME_SIZE);
	if (target->kind == TARGET_GROUP)
		return group_audit(store, RECORD_SCHEDULE, schedule, member, "group",
				   target->group, err);
	if (!store_get(store, kind, target->id, rec, err))
		return false;
	if (!is_monitor)
		buf_addf(&name, "%s/", ((const struct service *)rec)->integration);
	buf_adds(&name, record_name(kind, rec));
	return group_audit(store, RECORD_SCHEDULE, schedule, member,
			   is_monitor ? "monitor" : "service", buf_text(&name), err);
}

bool store_schedule_set_target(struct store *store, int64_t id,
			       const struct maintenance_target *target, bool member,
			       struct err *err)
{
	struct schedule schedule;
	bool is_there;
	DEFER(store_abort) struct transaction tx = { 0 };
	if ((target->kind == TARGET_GROUP && !group_check(target->group, err)) ||
	    !store_begin(store, &tx, err) ||
	    !store_get(store, RECORD_SCHEDULE, id, &schedule, err) ||
	    !has_target(store, id, target, &is_there, err))
		return false;
	if (is_there == member)
		return store_commit(&tx, err);
	return (member ? add_target(store, id, target, err)
		       : remove_target(store, id, target, err)) &&
	       audit_target(store, &schedule, target, member, err) &&
	       run_with_id(store, Q_SCHEDULE_MAKE_ANEW, id, err) &&
	       store_commit(&tx, err);
}

/* ---- its windows ---- */

bool store_schedule_made(struct store *store, int64_t id, struct schedule_made *ret,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_MADE);
	bind_int(s, ":id", id);
	const int got = stmt_step(s, err);
	*ret = (struct schedule_made){ 0 };
	if (got > 0)
		*ret = (struct schedule_made){ column_bool(s, 0), column_int(s, 1) };
	return got >= 0;
}

bool store_schedules_due(struct store *store, int64_t now_ms, bool *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULES_DUE);
	bind_int(s, ":now", now_ms);
	return stmt_any(s, ret, err);
}

bool store_schedule_unmake(struct store *store, int64_t id, int64_t after_ms,
			   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_UNMAKE);
	bind_int(s, ":id", id);
	bind_int(s, ":after", after_ms);
	return stmt_run(s, err);
}

static bool has_window(struct store *store, int64_t id, int64_t from_ms, bool *ret,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_HAS_WINDOW);
	bind_int(s, ":id", id);
	bind_int(s, ":from", from_ms);
	return stmt_any(s, ret, err);
}

static bool note_window(struct store *store, int64_t id, int64_t window_id,
			int64_t from_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_WINDOW_NOTE);
	bind_int(s, ":window", window_id);
	bind_int(s, ":id", id);
	bind_int(s, ":from", from_ms);
	return stmt_run(s, err);
}

static bool copy_targets(struct store *store, int64_t id, int64_t window_id,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_WINDOW_TARGETS);
	bind_int(s, ":window", window_id);
	bind_int(s, ":id", id);
	return stmt_run(s, err);
}

bool store_schedule_add_window(struct store *store, int64_t id,
			       const struct maintenance *window, struct err *err)
{
	int64_t window_id;
	bool is_there;
	if (!has_window(store, id, window->from_ms, &is_there, err))
		return false;
	if (is_there)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_WINDOW_ADD);
	bind_int(s, ":from", window->from_ms);
	bind_int(s, ":until", window->until_ms);
	bind_filled(s, ":note", window->note);
	bind_filled(s, ":by", window->created_by);
	return stmt_insert(s, &window_id, err) &&
	       note_window(store, id, window_id, window->from_ms, err) &&
	       copy_targets(store, id, window_id, err);
}

bool store_schedule_set_made(struct store *store, int64_t id, int64_t until_ms,
			     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_SET_MADE);
	bind_int(s, ":id", id);
	bind_int(s, ":until", until_ms);
	return stmt_run(s, err);
}
