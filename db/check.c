/* What is checked, and what the checks found last. */
#include "core/store_sources.h"
#include "db/columns.h"
#include "db/journal.h"

#define CHECK_COLUMN(member, type) ROW_COLUMN(check_result, member, type)
static const struct row_column check_columns[] = { CHECK_COLUMNS(CHECK_COLUMN) };

bool store_list_checks(struct store *store, check_plan_fn *row, void *arg,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_CHECKS);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		const struct check_plan plan = { .monitor_id = column_int(s, 0),
						 .revision = column_int(s, 1),
						 .every_ms = column_int(s, 2),
						 .in_error = column_bool(s, 3),
						 .is_ok = column_bool(s, 4) };
		if (!row(arg, &plan))
			return true;
	}
	return got == 0;
}

static bool forget(struct store *store, int64_t monitor_id, int64_t number,
		   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_CHECK_FORGET);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":number", number);
	return stmt_run(s, err);
}

static bool insert(struct store *store, const struct check_result *result,
		   int64_t *ret_number, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_CHECK_ADD);
	bind_int(s, ":monitor", result->monitor_id);
	row_bind(s, check_columns, COUNT_OF(check_columns), result);
	return stmt_number(s, 0, ret_number, err);
}

bool store_check_add(struct store *store, const struct check_result *result,
		     bool *ret_kept, struct err *err)
{
	int64_t number;
	if (!insert(store, result, &number, err))
		return false;
	*ret_kept = number != 0;
	return number <= CHECK_RESULTS_KEPT ||
	       forget(store, result->monitor_id, number - CHECK_RESULTS_KEPT, err);
}

bool store_list_check_results(struct store *store, int64_t monitor_id, int64_t limit,
			      check_result_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_CHECK_RESULTS);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":limit", limit);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct check_result result = { .monitor_id = monitor_id,
					       .number = column_int(s, 0) };
		row_read(s, 1, check_columns, COUNT_OF(check_columns), &result);
		if (!row(arg, &result))
			return true;
	}
	return got == 0;
}
