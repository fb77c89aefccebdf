/* How bad it is for a service (R21): what its standing incidents and their monitors say. */
#include "core/rules/severity.h"

#include "db/journal.h"

bool store_severity_facts(struct store *store, int64_t service_id, int64_t incident_id,
			  bool counts, int64_t joins, struct severity_facts *ret,
			  struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SEVERITY);
	bind_int(s, ":service", service_id);
	bind_int(s, ":incident", incident_id);
	bind_int(s, ":counts", counts);
	bind_int(s, ":joins", joins);
	int got = stmt_step(s, err);
	if (got > 0)
		*ret = (struct severity_facts){
			.standing = column_int(s, 0),
			.by_hand = column_bool(s, 1),
			.last = (enum service_status)column_int(s, 2),
			.in_error = column_int(s, 3),
			.critical = column_int(s, 4),
			.linked = column_int(s, 5),
		};
	return got > 0;
}

bool store_any_degrees(struct store *store, bool *ret, struct err *err)
{
	int64_t any;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ANY_DEGREES);
	if (!stmt_number(s, 0, &any, err))
		return false;
	*ret = any != 0;
	return true;
}

bool store_put_severity(struct store *store, int64_t service_id,
			enum service_status severity, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SEVERITY_PUT);
	bind_int(s, ":service", service_id);
	bind_int(s, ":severity", severity);
	return stmt_run(s, err);
}

bool store_standing(struct store *store, int64_t service_id, id_fn *row, void *arg,
		    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_STANDING);
	bind_int(s, ":service", service_id);
	return row_ids_hand_out(s, row, arg, err);
}

bool store_standing_services(struct store *store, id_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_STANDING_SERVICES);
	return row_ids_hand_out(s, row, arg, err);
}
