/* Alerts, and which services they reached. */
#include <inttypes.h>
#include <stdlib.h>

#include "db/columns.h"
#include "db/journal.h"

#define ALERT_COLUMN(member, type) ROW_COLUMN(alert, member, type)
static const struct row_column alert_columns[] = { ALERT_COLUMNS(ALERT_COLUMN) };

void journal_read_alert(const struct stmt *stmt, struct alert *ret)
{
	*ret = (struct alert){ .id = column_int(stmt, 0) };
	int at = row_read(stmt, 1, alert_columns, COUNT_OF(alert_columns), ret);
	ret->definition_id = column_int(stmt, at);
	column_copy(stmt, at + 1, ret->monitor, sizeof(ret->monitor));
	column_copy(stmt, at + 2, ret->definition, sizeof(ret->definition));
}

bool store_alert_add(struct store *store, struct alert *alert, struct err *err)
{
	uuid_take(&store->random, alert->guid);
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ALERT_ADD);
	bind_int(s, ":definition", alert->definition_id);
	row_bind(s, alert_columns, COUNT_OF(alert_columns), alert);
	return stmt_insert(s, &alert->id, err);
}

/* The one alert that the question gives, if there is one. */
static bool find(struct stmt *s, struct alert *ret, bool *ret_found, struct err *err)
{
	if (!stmt_any(s, ret_found, err))
		return false;
	if (*ret_found)
		journal_read_alert(s, ret);
	return true;
}

bool store_alert_find(struct store *store, int64_t monitor_id, int64_t episode,
		      int64_t level_id, enum alert_type type, struct alert *ret,
		      bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ALERT_FIND);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":episode", episode);
	bind_int(s, ":level", level_id);
	bind_int(s, ":type", type);
	return find(s, ret, ret_found, err);
}

bool store_alert_get(struct store *store, int64_t id, struct alert *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ALERT_GET);
	bind_int(s, ":id", id);
	bool found;
	return find(s, ret, &found, err) &&
	       (found ||
		fail(err, ERR_NOT_FOUND,
		     "Alert %" PRId64 " does not exist; `hublink list alerts` shows all",
		     id));
}

bool store_alert_last_ok(struct store *store, int64_t incident_id, struct alert *ret,
			 bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ALERT_LAST_OK);
	bind_int(s, ":incident", incident_id);
	bind_int(s, ":ok", ALERT_OK);
	return find(s, ret, ret_found, err);
}

bool store_alert_set_reason(struct store *store, int64_t alert_id, const char *reason,
			    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ALERT_REASON);
	bind_int(s, ":id", alert_id);
	bind_filled(s, ":reason", reason == NULL ? "" : reason);
	return stmt_run(s, err);
}

/* All are read before the first is handed out: row raises further alerts of the
 * episode. */
bool store_alerts_of_episode(struct store *store, int64_t monitor_id, int64_t episode,
			     enum alert_type type,
			     bool (*row)(void *arg, const struct alert *), void *arg,
			     struct err *err)
{
	struct alert *alerts = NULL;
	size_t count = 0, capacity = 0;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ALERTS_OF_EPISODE);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":episode", episode);
	bind_int(s, ":type", type);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		journal_read_alert(s, &VEC_PUSH(alerts, count, capacity));
	bool go_on = got == 0;
	for (size_t i = 0; go_on && i < count; i++)
		go_on = row(arg, &alerts[i]);
	free(alerts);
	return got == 0;
}

bool store_alert_reach_add(struct store *store, int64_t alert_id, int64_t service_id,
			   int64_t incident_id, bool *ret_new, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_REACH_ADD);
	bind_int(s, ":alert", alert_id);
	bind_int(s, ":service", service_id);
	bind_int(s, ":incident", incident_id);
	if (!stmt_run(s, err))
		return false;
	*ret_new = stmt_changes(s) > 0;
	return true;
}

bool store_alert_reached(struct store *store, int64_t alert_id, int64_t service_id,
			 bool *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_REACHED);
	bind_int(s, ":alert", alert_id);
	bind_int(s, ":service", service_id);
	return stmt_any(s, ret, err);
}
