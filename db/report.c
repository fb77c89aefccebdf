/* How much there is of everything: from indexes of what is unfinished and from numbers
 * that are kept. */
#include "db/journal.h"

enum { NUMBERS_MAX = 5 };

/* The first `count` numbers of the question's one row, each into its place. */
static bool numbers(struct stmt *s, int64_t *const *ret, int count, struct err *err)
{
	int got = stmt_step(s, err);
	for (int i = 0; got > 0 && i < count; i++)
		*ret[i] = column_int(s, i);
	return got >= 0;
}

static bool count_monitors(struct store *store, int64_t now_ms, struct counts *ret,
			   struct err *err)
{
	int64_t *const into[NUMBERS_MAX] = { &ret->monitors_ok, &ret->monitors_error,
					     &ret->monitors_unknown,
					     &ret->monitors_maintenance,
					     &ret->monitors_inactive };
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_COUNT_MONITORS);
	bind_int(s, ":now", now_ms);
	return numbers(s, into, NUMBERS_MAX, err);
}

static bool count_standing(struct store *store, struct counts *ret, struct err *err)
{
	int64_t *const into[] = { &ret->incidents_held, &ret->incidents_investigating,
				  &ret->incidents_identified };
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_COUNT_STANDING);
	return numbers(s, into, (int)COUNT_OF(into), err);
}

static bool count_unfinished(struct store *store, struct counts *ret, struct err *err)
{
	int64_t *const into[] = { &ret->deliveries_held, &ret->deliveries_queued,
				  &ret->deliveries_failed };
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_COUNT_UNFINISHED);
	return numbers(s, into, (int)COUNT_OF(into), err);
}

static bool count_pending(struct store *store, struct counts *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_COUNT_PENDING);
	return stmt_number(s, 0, &ret->events_pending, err);
}

static bool read_due(struct store *store, int64_t *ret_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MOST_OVERDUE);
	return stmt_number(s, 0, ret_ms, err);
}

static bool measure_overdue(struct store *store, int64_t now_ms, struct counts *ret,
			    struct err *err)
{
	int64_t due_ms;
	if (!read_due(store, &due_ms, err))
		return false;
	ret->overdue_ms = due_ms != 0 && due_ms < now_ms ? now_ms - due_ms : 0;
	return true;
}

bool store_counts(struct store *store, int64_t now_ms, struct counts *ret,
		  struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct counts counts = { 0 };
	if (!store_begin_reading(store, &tx, err) ||
	    !count_monitors(store, now_ms, &counts, err) ||
	    !count_standing(store, &counts, err) ||
	    !count_unfinished(store, &counts, err) ||
	    !count_pending(store, &counts, err) ||
	    !tally_read(store, TALLY_MONITORING, &counts.incidents_monitoring, err) ||
	    !tally_read(store, TALLY_DELIVERED, &counts.deliveries_delivered, err) ||
	    !measure_overdue(store, now_ms, &counts, err))
		return false;
	*ret = counts;
	return true;
}

static bool read_pulse(struct store *store, struct pulse *ret, struct err *err)
{
	int64_t *const into[] = { &ret->services_down, &ret->services_degraded,
				  &ret->held,          &ret->fresh,
				  &ret->retrying,      &ret->failed,
				  &ret->oldest_ms,     &ret->pending_ms,
				  &ret->hook_ms,       &ret->hook_duration_ms,
				  &ret->hook_status };
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_PULSE);
	return numbers(s, into, (int)COUNT_OF(into), err);
}

bool store_pulse(struct store *store, struct pulse *ret, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct pulse pulse = { 0 };
	if (!store_begin_reading(store, &tx, err) || !read_pulse(store, &pulse, err) ||
	    !read_due(store, &pulse.due_ms, err))
		return false;
	*ret = pulse;
	return true;
}
