/* Incidents as decided, one row each; which of them stand, and what they do to their
 * service. */
#include <inttypes.h>

#include "db/columns.h"
#include "db/journal.h"

#define INCIDENT_COLUMN(member, type) ROW_COLUMN(incident, member, type)
static const struct row_column incident_columns[] = { INCIDENT_COLUMNS(INCIDENT_COLUMN) };
static const struct row_column course_columns[] = { INCIDENT_COURSE(INCIDENT_COLUMN) };
static const struct row_column published_columns[] = { INCIDENT_PUBLISHED(
	INCIDENT_COLUMN) };

/* From a row of INCIDENT_ROW; returns the column behind the service's id. */
static int read_row(const struct stmt *stmt, struct incident *ret)
{
	*ret = (struct incident){ .id = column_int(stmt, 0) };
	ret->status = (enum incident_status)column_int(stmt, 1);
	ret->over_ms = column_int(stmt, 2);
	int at = row_read(stmt, 3, incident_columns, COUNT_OF(incident_columns), ret);
	ret->service_id = column_int(stmt, at);
	return at + 1;
}

void journal_read_incident(const struct stmt *stmt, struct incident *ret)
{
	int at = read_row(stmt, ret);
	column_copy(stmt, at, ret->service, sizeof(ret->service));
	column_copy(stmt, at + 1, ret->integration, sizeof(ret->integration));
}

/* The row with that id, ready to be read. */
static bool step_to(struct stmt *s, int64_t id, struct err *err)
{
	bind_int(s, ":id", id);
	int got = stmt_step(s, err);
	return got > 0 ||
	       (got == 0 && fail(err, ERR_NOT_FOUND,
				 "Incident %" PRId64
				 " does not exist; `hublink list incidents` shows all",
				 id));
}

bool store_incident_get(struct store *store, int64_t id, struct incident *ret,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_GET);
	if (!step_to(s, id, err))
		return false;
	journal_read_incident(s, ret);
	return true;
}

bool store_incident_read(struct store *store, int64_t id, struct incident *ret,
			 struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_READ);
	if (!step_to(s, id, err))
		return false;
	(void)read_row(s, ret);
	return true;
}

/* The one incident that the question gives, if there is one. */
static bool find(struct stmt *s, struct incident *ret, bool *ret_found, struct err *err)
{
	if (!stmt_any(s, ret_found, err))
		return false;
	if (*ret_found)
		(void)read_row(s, ret);
	return true;
}

bool store_incident_standing(struct store *store, int64_t service_id, int64_t monitor_id,
			     struct incident *ret, bool *ret_found, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_STANDING);
	bind_int(s, ":service", service_id);
	bind_int(s, ":monitor", monitor_id);
	return find(s, ret, ret_found, err);
}

bool store_incident_latest(struct store *store, int64_t service_id, int64_t monitor_id,
			   struct incident *ret, bool *ret_found, struct err *err)
{
	enum query query = monitor_id == 0 ? Q_INCIDENT_LATEST : Q_INCIDENT_LATEST_OF;
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":service", service_id);
	if (monitor_id != 0)
		bind_int(s, ":monitor", monitor_id);
	return find(s, ret, ret_found, err);
}

static bool add(struct store *store, struct incident *incident, struct err *err)
{
	if (incident->key[0] == '\0')
		uuid_take(&store->random, incident->key);
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_ADD);
	bind_int(s, ":status", incident->status);
	bind_int(s, ":over_ms", incident->over_ms);
	bind_int(s, ":service", incident->service_id);
	row_bind(s, incident_columns, COUNT_OF(incident_columns), incident);
	tally_add(store, TALLY_MONITORING, incident->status == INCIDENT_MONITORING);
	return stmt_insert(s, &incident->id, err);
}

static bool save(struct store *store, enum query query, const struct incident *incident,
		 bool *ret_saved, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":over_ms", incident->over_ms);
	row_bind(s, course_columns, COUNT_OF(course_columns), incident);
	bind_int(s, ":id", incident->id);
	bind_int(s, ":status", incident->status);
	if (!stmt_run(s, err))
		return false;
	*ret_saved = stmt_changes(s) > 0;
	return true;
}

static bool is_finished(enum incident_status status, int64_t over_ms)
{
	return status == INCIDENT_RESOLVED || status == INCIDENT_NEVER_PUBLIC ||
	       (status == INCIDENT_DETACHED && over_ms > 0);
}

/* What befalls its monitors concerns a finished incident no more. */
static bool end_joins(struct store *store, const struct incident *incident, bool finished,
		      struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_JOINS_CURRENT);
	bind_int(s, ":current", !finished);
	bind_int(s, ":incident", incident->id);
	return stmt_run(s, err);
}

/* It leaves its status: what depends on that follows. */
static bool move(struct store *store, const struct incident *incident, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_STATUS);
	bind_int(s, ":id", incident->id);
	int got = stmt_step(s, err);
	if (got <= 0)
		return got == 0;
	const enum incident_status from = (enum incident_status)column_int(s, 0);
	const bool was_finished = is_finished(from, column_int(s, 1));
	const bool finished = is_finished(incident->status, incident->over_ms);
	bool saved;
	if (!save(store, Q_INCIDENT_MOVE, incident, &saved, err))
		return false;
	tally_add(store, TALLY_MONITORING,
		  (incident->status == INCIDENT_MONITORING) -
			  (from == INCIDENT_MONITORING));
	return finished == was_finished || end_joins(store, incident, finished, err);
}

/* Most saves leave it where it is, and cost one statement. */
static bool save_or_move(struct store *store, const struct incident *incident,
			 struct err *err)
{
	bool saved;
	return save(store, Q_INCIDENT_SAVE, incident, &saved, err) &&
	       (saved || move(store, incident, err));
}

bool store_incident_put(struct store *store, struct incident *incident, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!journal_begin(store, &tx, err))
		return false;
	const bool ok = incident->id == 0 ? add(store, incident, err)
					  : save_or_move(store, incident, err);
	return ok && journal_commit(&tx, err);
}

bool store_incident_put_published(struct store *store, const struct incident *incident,
				  struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_INCIDENT_PUBLISHED);
	bind_int(s, ":reach", incident->reach);
	row_bind(s, published_columns, COUNT_OF(published_columns), incident);
	bind_int(s, ":id", incident->id);
	return stmt_run(s, err);
}

bool store_service_down(struct store *store, int64_t service_id,
			int64_t except_incident_id, bool *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SERVICE_DOWN);
	bind_int(s, ":service", service_id);
	bind_int(s, ":except", except_incident_id);
	return stmt_any(s, ret, err);
}

bool store_disruptions_since(struct store *store, int64_t integration_id,
			     int64_t since_ms, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DISRUPTIONS_SINCE);
	bind_int(s, ":integration", integration_id);
	bind_int(s, ":since", since_ms);
	return stmt_number(s, 0, ret, err);
}
