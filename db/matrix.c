/* What a matrix of links is made of. */
#include "core/store.h"
#include "db/journal.h"

bool store_link_find(struct store *store, int64_t placement_id, int64_t monitor_id,
		     int64_t service_id, int64_t *ret_id, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LINK_TWIN);
	bind_int(s, ":placement", placement_id);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":service", service_id);
	int got = stmt_step(s, err);
	if (got >= 0)
		*ret_id = got > 0 ? column_int(s, 0) : 0;
	return got >= 0;
}

bool store_matrix_monitors(struct store *store, int64_t definition_id, name_fn *row,
			   void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MATRIX_MONITORS);
	bind_int(s, ":id", definition_id);
	return row_names(s, row, arg, err);
}

bool store_matrix_services(struct store *store, int64_t integration_id, name_fn *row,
			   void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MATRIX_SERVICES);
	bind_int(s, ":id", integration_id);
	return row_names(s, row, arg, err);
}

bool store_matrix_links(struct store *store, int64_t definition_id,
			int64_t integration_id,
			bool (*row)(void *, const struct link_cell *), void *arg,
			struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MATRIX_LINKS);
	bind_int(s, ":definition", definition_id);
	bind_int(s, ":integration", integration_id);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		const struct link_cell cell = { column_int(s, 0), column_int(s, 1),
						column_int(s, 2), column_int(s, 3) };
		go_on = row(arg, &cell);
	}
	return got >= 0;
}
