/* Recurring maintenance, and the windows that are made of it. */
#include "db/schedule.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "db/journal.h"
#include "db/record.h"

/* ---- one of them ---- */

static void read_schedule(const struct stmt *s, struct schedule *ret)
{
	*ret = (struct schedule){ .head = { column_int(s, 0), column_int(s, 1) },
				  .every = (enum schedule_every)column_int(s, 3) };
	column_copy(s, 2, ret->name, sizeof(ret->name));
	column_copy(s, 4, ret->days, sizeof(ret->days));
	column_copy(s, 5, ret->from, sizeof(ret->from));
	column_copy(s, 6, ret->until, sizeof(ret->until));
	column_copy(s, 7, ret->zone, sizeof(ret->zone));
	column_copy(s, 8, ret->first, sizeof(ret->first));
	column_copy(s, 9, ret->last, sizeof(ret->last));
	column_copy(s, 10, ret->note, sizeof(ret->note));
}

static void bind_schedule(struct stmt *s, const struct schedule *schedule)
{
	bind_text(s, ":name", schedule->name);
	bind_int(s, ":every", schedule->every);
	bind_text(s, ":days", schedule->days);
	bind_text(s, ":from", schedule->from);
	bind_text(s, ":until", schedule->until);
	bind_text(s, ":zone", schedule->zone);
	bind_text(s, ":first", schedule->first);
	bind_text(s, ":last", schedule->last);
	bind_text(s, ":note", schedule->note);
}

static bool names(struct store *store, enum query query, int64_t id, text_fn *row,
		  void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":id", id);
	int got;
	while ((got = stmt_step(s, err)) > 0 && row(arg, column_text(s, 0)))
		continue;
	return got >= 0;
}

bool store_window_targets(struct store *store, int64_t window_id, text_fn *row, void *arg,
			  struct err *err)
{
	return names(store, Q_WINDOW_TARGETS, window_id, row, arg, err);
}

bool store_schedule_targets(struct store *store, int64_t id, text_fn *row, void *arg,
			    struct err *err)
{
	return names(store, Q_SCHEDULE_TARGETS, id, row, arg, err);
}

bool schedule_covers(struct store *store, int64_t id, cover_fn *row, void *arg,
		     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_COVERS);
	bind_int(s, ":id", id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct maintenance_target target = { .kind = TARGET_GROUP };
		if (!column_is_null(s, 0))
			target.kind = TARGET_MONITOR;
		else if (!column_is_null(s, 1))
			target.kind = TARGET_SERVICE;
		if (target.kind == TARGET_GROUP)
			column_copy(s, 2, target.group, sizeof(target.group));
		else
			target.id = column_int(s, target.kind == TARGET_MONITOR ? 0 : 1);
		if (!row(arg, &target, column_text(s, 3)))
			break;
	}
	return got >= 0;
}

static bool add_name(void *arg, const char *name)
{
	struct buf *names = arg;
	buf_addf(names, "%s%s", names->len ? ", " : "", name);
	return true;
}

static bool fill_covers(struct store *store, struct schedule *schedule, struct err *err)
{
	DEFER(buf_done) struct buf names = BUF_INIT(4 * MESSAGE_SIZE);
	if (!store_schedule_targets(store, schedule->head.id, add_name, &names, err))
		return false;
	(void)text_cut(schedule->covers, sizeof(schedule->covers), buf_text(&names),
		       MESSAGE_CHARS_MAX);
	return true;
}

bool store_schedule_find(struct store *store, const char *name, struct schedule *ret,
			 bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_BY_NAME);
	bind_text(s, ":name", name);
	const int got = stmt_step(s, err);
	if (got < 0)
		return false;
	if (got > 0)
		read_schedule(s, ret);
	*ret_found = got > 0;
	return got == 0 || fill_covers(store, ret, err);
}

struct schedules {
	struct schedule *items;
	size_t count, capacity;
};

static void schedules_done(struct schedules *all)
{
	free(all->items);
}

bool store_list_schedules(struct store *store, schedule_fn *row, void *arg,
			  struct err *err)
{
	DEFER(schedules_done) struct schedules all = { 0 };
	int got;
	{
		DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULES);
		while ((got = stmt_step(s, err)) > 0)
			read_schedule(s, &VEC_PUSH(all.items, all.count, all.capacity));
	}
	for (size_t i = 0; got == 0 && i < all.count; i++) {
		if (!fill_covers(store, &all.items[i], err))
			return false;
		if (!row(arg, &all.items[i]))
			break;
	}
	return got == 0;
}

/* ---- changes ---- */

static bool save(struct store *store, struct schedule *schedule, struct err *err)
{
	const bool is_new = schedule->head.id == 0;
	DEFER(stmt_done)
	struct stmt *s = db_query(store, is_new ? Q_SCHEDULE_ADD : Q_SCHEDULE_SAVE);
	bind_schedule(s, schedule);
	if (is_new)
		return stmt_insert(s, &schedule->head.id, err);
	bind_int(s, ":id", schedule->head.id);
	return stmt_run(s, err);
}

static bool run_with_id(struct store *store, enum query query, int64_t id,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":id", id);
	return stmt_run(s, err);
}

static bool add_target(struct store *store, int64_t id,
		       const struct maintenance_target *target, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SCHEDULE_TARGET_ADD);
	bind_int(s, ":schedule", id);
	bind_id(s, ":monitor", target->kind == TARGET_MONITOR ? target->id : 0);
	bind_id(s, ":service", target->kind == TARGET_SERVICE ? target->id : 0);
	bind_text(s, ":group", target->kind == TARGET_GROUP ? target->group : NULL);
	return stmt_run(s, err);
}

/* The name is nobody else's. */
static bool check_name(struct store *store, const struct schedule *schedule,
		       struct err *err)
{
	struct schedule other;
	bool found;
	if (!store_schedule_find(store, schedule->name, &other, &found, err))
		return false;
	return !found || other.head.id == schedule->head.id ||
	       fail(err, ERR_REFUSED,
		    "Recurring maintenance '%s' exists already; choose another name, or "
		    "`hublink maintenance delete` it first",
		    schedule->name);
}

bool store_schedule_put(struct store *store, struct schedule *schedule,
			const struct maintenance_target *targets, size_t count,
			struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) || !check_name(store, schedule, err) ||
	    !save(store, schedule, err) ||
	    !run_with_id(store, Q_SCHEDULE_TARGETS_CLEAR, schedule->head.id, err))
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
	       run_with_id(store, Q_SCHEDULE_DELETE, id, err) &&
	       record_configuration_changed(store, err) && store_commit(&tx, err);
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
