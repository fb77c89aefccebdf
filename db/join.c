/* The monitors that incidents stand for, and the lines of their timeline that people
 * make. */
#include "db/columns.h"
#include "db/journal.h"

#include <stdlib.h>

#define JOIN_COLUMN(member, type) ROW_COLUMN(join, member, type)
static const struct row_column join_columns[] = { JOIN_COLUMNS(JOIN_COLUMN) };

static int join_read(const struct stmt *stmt, struct join *ret)
{
	*ret = (struct join){ .incident_id = column_int(stmt, 0),
			      .monitor_id = column_int(stmt, 1) };
	return row_read(stmt, 2, join_columns, COUNT_OF(join_columns), ret);
}

bool store_join_get(struct store *store, int64_t incident_id, int64_t monitor_id,
		    struct join *ret, bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JOIN_GET);
	bind_int(s, ":incident", incident_id);
	bind_int(s, ":monitor", monitor_id);
	if (!stmt_any(s, ret_found, err))
		return false;
	if (*ret_found)
		join_read(s, ret);
	return true;
}

/* *ret_changed: the question found something to do. */
static bool put(struct store *store, enum query query, const struct join *join,
		bool *ret_changed, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":incident", join->incident_id);
	bind_int(s, ":monitor", join->monitor_id);
	row_bind(s, join_columns, COUNT_OF(join_columns), join);
	if (!stmt_run(s, err))
		return false;
	*ret_changed = stmt_changes(s) > 0;
	return true;
}

static bool overtake(struct store *store, int64_t incident_id, const struct join *join,
		     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JOIN_OVERTAKEN);
	bind_int(s, ":incident", incident_id);
	bind_int(s, ":monitor", join->monitor_id);
	bind_int(s, ":newer", join->incident_id);
	return stmt_run(s, err);
}

/* It takes the monitor from the service's incidents that nobody resolved. */
static bool overtake_all(struct store *store, const struct join *join, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JOINS_BEFORE);
	bind_int(s, ":monitor", join->monitor_id);
	bind_int(s, ":incident", join->incident_id);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		if (!overtake(store, column_int(s, 0), join, err))
			return false;
	return got == 0;
}

bool store_join_put(struct store *store, const struct join *join, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	bool is_new, saved;
	if (!journal_begin(store, &tx, err) ||
	    !put(store, Q_JOIN_ADD, join, &is_new, err))
		return false;
	const bool ok = is_new ? overtake_all(store, join, err)
			       : put(store, Q_JOIN_SAVE, join, &saved, err);
	return ok && journal_commit(&tx, err);
}

bool store_joined_in_error(struct store *store, int64_t incident_id, int64_t *ret_count,
			   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JOINED_IN_ERROR);
	bind_int(s, ":incident", incident_id);
	return stmt_number(s, 0, ret_count, err);
}

bool store_episode_let_go(struct store *store, int64_t service_id, int64_t monitor_id,
			  int64_t episode, int64_t *ret_incident_id, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_EPISODE_LET_GO);
	bind_int(s, ":service", service_id);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":episode", episode);
	return stmt_number(s, 0, ret_incident_id, err);
}

struct named_join {
	struct join join;
	char monitor[NAME_SIZE];
};

/* All are read before the first is handed out, so that row may write. */
bool store_joins(struct store *store, int64_t incident_id,
		 bool (*row)(void *arg, const struct join *, const char *monitor),
		 void *arg, struct err *err)
{
	struct named_join *joins = NULL;
	size_t count = 0, capacity = 0;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JOINS);
	bind_int(s, ":incident", incident_id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct named_join *j = &VEC_PUSH(joins, count, capacity);
		int at = join_read(s, &j->join);
		column_copy(s, at, j->monitor, sizeof(j->monitor));
	}
	bool go_on = got == 0;
	for (size_t i = 0; go_on && i < count; i++)
		go_on = row(arg, &joins[i].join, joins[i].monitor);
	free(joins);
	return got == 0;
}

bool store_incidents_of_monitor(struct store *store, int64_t monitor_id, id_fn *row,
				void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENTS_OF_MONITOR);
	bind_int(s, ":monitor", monitor_id);
	return row_ids_hand_out(s, row, arg, err);
}

bool store_timeline_add(struct store *store, int64_t incident_id, int64_t at_ms,
			const char *kind, const char *text, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TIMELINE_ADD);
	bind_int(s, ":incident", incident_id);
	bind_int(s, ":at", at_ms);
	bind_text(s, ":kind", kind);
	bind_text(s, ":text", text);
	bind_text(s, ":actor", store->actor.name);
	return stmt_run(s, err);
}
