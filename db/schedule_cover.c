/* What recurring maintenance and its windows cover. */
#include "core/base/text.h"
#include "db/journal.h"
#include "db/schedule.h"

bool store_window_targets(struct store *store, int64_t window_id, text_fn *row, void *arg,
			  struct err *err)
{
	return row_texts(store, Q_WINDOW_TARGETS, window_id, row, arg, err);
}

bool store_schedule_targets(struct store *store, int64_t id, text_fn *row, void *arg,
			    struct err *err)
{
	return row_texts(store, Q_SCHEDULE_TARGETS, id, row, arg, err);
}

bool store_schedule_covers(struct store *store, int64_t id, cover_fn *row, void *arg,
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

bool schedule_fill(struct store *store, struct schedule *schedule, struct err *err)
{
	DEFER(buf_done) struct buf names = BUF_INIT(4 * MESSAGE_SIZE);
	if (!store_schedule_targets(store, schedule->head.id, add_name, &names, err))
		return false;
	(void)text_cut(schedule->covers, sizeof(schedule->covers), buf_text(&names),
		       MESSAGE_CHARS_MAX);
	return true;
}
