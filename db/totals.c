/* Numbers of what has ever happened, for metrics: read from the ends of tables and from
 * numbers that are kept. */
#include "core/store_sources.h"
#include "db/db.h"

static bool read_ends(struct store *store, struct totals *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TOTALS);
	int got = stmt_step(s, err);
	if (got > 0) {
		ret->events = column_int(s, 0);
		ret->incidents = column_int(s, 1);
	}
	return got >= 0;
}

bool store_totals(struct store *store, struct totals *ret, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct totals totals = { 0 };
	if (!store_begin_reading(store, &tx, err) || !read_ends(store, &totals, err) ||
	    !tally_read(store, TALLY_CANCELLED, &totals.cancelled, err) ||
	    !tally_read(store, TALLY_SUPERSEDED, &totals.superseded, err) ||
	    !tally_read(store, TALLY_EXPIRED, &totals.expired, err) ||
	    !tally_read(store, TALLY_DRY_RUN, &totals.dry_run, err))
		return false;
	*ret = totals;
	return true;
}

bool store_count_alerts(struct store *store, struct alert_totals *totals, struct err *err)
{
	struct alert_totals counted = *totals;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_COUNT_ALERTS);
	bind_int(s, ":after", totals->last_id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		int64_t *count = column_bool(s, 1) ? counted.reached : counted.silent;
		count[column_int(s, 0)] += column_int(s, 2);
		if (column_int(s, 3) > counted.last_id)
			counted.last_id = column_int(s, 3);
	}
	if (got == 0)
		*totals = counted;
	return got == 0;
}
