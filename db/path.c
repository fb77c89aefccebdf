/* What lies between a monitor and the services it can reach, and what mutes it. */
#include <stdlib.h>
#include <string.h>

#include "db/journal.h"

static void path_read(const struct stmt *s, struct path *ret)
{
	*ret = (struct path){
		.monitor_id = column_int(s, 0),
		.definition_id = column_int(s, 1),
		.level_id = column_int(s, 2),
		.placement_id = column_int(s, 3),
		.integration_id = column_int(s, 4),
		.service_id = column_int(s, 5),
		.level = column_int(s, 6),
		.monitor_active = column_bool(s, 7),
		.definition_active = column_bool(s, 8),
		.level_active = column_bool(s, 9),
		.placement_active = column_bool(s, 10),
		.after_errors = column_int(s, 11),
		.after_minutes = column_int(s, 12),
		.remind_every_minutes = column_int(s, 13),
		.remind_max = column_int(s, 14),
		.send_ok = column_bool(s, 15),
		.send_reminders = column_bool(s, 16),
	};
	column_copy(s, 17, ret->definition, sizeof(ret->definition));
	column_copy(s, 18, ret->integration, sizeof(ret->integration));
	column_copy(s, 19, ret->service, sizeof(ret->service));
}

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
	const struct path *x = a, *y = b;
	int order = compare(x->definition_id, y->definition_id);
	if (order == 0)
		order = compare(x->level, y->level);
	if (order == 0)
		order = strcmp(x->integration, y->integration);
	return order != 0 ? order : strcmp(x->service, y->service);
}

bool store_paths(struct store *store, int64_t monitor_id, struct paths *ret,
		 struct err *err)
{
	DEFER(paths_done) struct paths paths = { 0 };
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_PATHS);
	bind_int(s, ":monitor", monitor_id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		path_read(s, &VEC_PUSH(paths.items, paths.count, paths.capacity));
	}
	if (got < 0)
		return false;
	if (paths.count > 1)
		qsort(paths.items, paths.count, sizeof(paths.items[0]), by_place);
	*ret = paths;
	paths = (struct paths){ 0 };
	return true;
}

void paths_done(struct paths *paths)
{
	free(paths->items);
	*paths = (struct paths){ 0 };
}

/* The last end of the windows that cover the monitor at one instant; 0: none. */
static bool covered_until(struct store *store, int64_t monitor_id, int64_t at_ms,
			  int64_t *ret_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MUTED_UNTIL);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":at", at_ms);
	return stmt_number(s, 0, ret_ms, err);
}

/* A window that begins before the last one ends, or just then, goes on with it. */
bool store_muted(struct store *store, int64_t monitor_id, int64_t at_ms,
		 int64_t *ret_until_ms, struct err *err)
{
	int64_t until_ms = 0;
	int64_t next_ms;
	if (!covered_until(store, monitor_id, at_ms, &next_ms, err))
		return false;
	while (next_ms != 0) {
		until_ms = next_ms;
		if (!covered_until(store, monitor_id, until_ms, &next_ms, err))
			return false;
	}
	*ret_until_ms = until_ms;
	return true;
}

bool store_next_window_end(struct store *store, int64_t after_ms, int64_t *ret_ms,
			   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_NEXT_WINDOW_END);
	bind_int(s, ":after", after_ms);
	return stmt_number(s, 0, ret_ms, err);
}

bool store_monitors_in_error(struct store *store, id_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITORS_IN_ERROR);
	return row_ids_hand_out(s, row, arg, err);
}
