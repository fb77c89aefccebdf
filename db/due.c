/* When deliveries may go, and what moves the times of all of them. */
#include "core/base/text.h"
#include "core/rules/url.h"
#include "db/journal.h"

/* Hands over the rows of Q_DUE and Q_HEAD_DUE. */
static bool each_due(struct stmt *s, due_fn *row, void *arg, struct err *err)
{
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct due_delivery due = {
			.id = column_int(s, 0),
			.service_id = column_int(s, 1),
			.kind = (enum delivery_kind)column_int(s, 2),
			.attempts = column_int(s, 3),
			.age_from_ms = column_int(s, 4),
			.next_attempt_ms = column_int(s, 5),
			.integration_id = column_int(s, 6),
			.max_per_second = column_int(s, 7),
		};
		column_copy(s, 8, due.url, sizeof(due.url));
		go_on = row(arg, &due);
	}
	return got >= 0;
}

bool store_deliveries_due(struct store *store, int64_t now_ms, int64_t after_ms,
			  int64_t after_id, int limit, due_fn *row, void *arg,
			  struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DUE);
	bind_int(s, ":now", now_ms);
	bind_int(s, ":after", after_ms);
	bind_int(s, ":after_id", after_id);
	bind_int(s, ":limit", limit);
	return each_due(s, row, arg, err);
}

bool store_lane_due(struct store *store, int64_t service_id, int64_t now_ms, due_fn *row,
		    void *arg, struct err *err)
{
	int64_t first_id;
	if (!journal_lane_first(store, service_id, &first_id, err))
		return false;
	if (first_id == 0)
		return true;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_HEAD_DUE);
	bind_int(s, ":id", first_id);
	bind_int(s, ":now", now_ms);
	return each_due(s, row, arg, err);
}

bool store_delivery_outgoing(struct store *store, int64_t id, int64_t now_ms,
			     struct outgoing *ret, struct buf *ret_body, bool *ret_due,
			     struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_OUTGOING);
	bind_int(s, ":id", id);
	bind_int(s, ":now", now_ms);
	if (!stmt_any(s, ret_due, err))
		return false;
	if (!*ret_due)
		return true;
	column_copy(s, 0, ret->key, sizeof(ret->key));
	column_copy(s, 1, ret->url, sizeof(ret->url));
	buf_reset(ret_body);
	buf_adds(ret_body, column_text(s, 2));
	return true;
}

bool store_next_due(struct store *store, int64_t after_ms, int64_t *ret_ms,
		    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_NEXT_DUE);
	bind_int(s, ":after", after_ms);
	return stmt_number(s, 0, ret_ms, err);
}

bool store_clamp_due(struct store *store, int64_t latest_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_CLAMP_DUE);
	bind_int(s, ":latest", latest_ms);
	return stmt_run(s, err);
}

/* ---- a host answers again ---- */

static bool make_due(struct store *store, int64_t id, int64_t now_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_DELIVERY_DUE_AT);
	bind_int(s, ":id", id);
	bind_int(s, ":at", now_ms);
	return stmt_run(s, err);
}

/* The heads that wait to be tried again and whose service is on the host. */
static bool find_waiting(struct store *store, const char *host, int64_t now_ms,
			 struct id_list *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_RETRYING_HEADS);
	bind_int(s, ":now", now_ms);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		char its_host[HOST_SIZE];
		if (url_host(column_text(s, 1), its_host, sizeof(its_host)) &&
		    text_equal(its_host, host))
			id_list_add(ret, column_int(s, 0));
	}
	return got == 0;
}

bool store_host_recovered(struct store *store, const char *host, int64_t now_ms,
			  struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(id_list_done) struct id_list ids = { 0 };
	if (!journal_begin(store, &tx, err) ||
	    !find_waiting(store, host, now_ms, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count; i++)
		if (!make_due(store, ids.items[i], now_ms, err))
			return false;
	return journal_commit(&tx, err);
}

/* ---- all at once ---- */

static bool mark_maybe_public(struct store *store, int64_t now_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MARK_MAYBE_PUBLIC);
	bind_int(s, ":now", now_ms);
	return stmt_run(s, err);
}

static bool mark_heads(struct store *store, int64_t now_ms, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MARK_AMBIGUOUS);
	bind_int(s, ":now", now_ms);
	if (!stmt_run(s, err))
		return false;
	*ret = stmt_changes(s);
	return true;
}

bool store_mark_ambiguous(struct store *store, int64_t now_ms, int64_t *ret,
			  struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	int64_t count;
	if (!journal_begin(store, &tx, err) || !mark_maybe_public(store, now_ms, err) ||
	    !mark_heads(store, now_ms, &count, err) || !journal_commit(&tx, err))
		return false;
	*ret = count;
	return true;
}

bool store_shift_clock(struct store *store, int64_t delta_ms, struct err *err)
{
	static const enum query shifts[] = { Q_SHIFT_LEVELS, Q_SHIFT_DELIVERIES,
					     Q_SHIFT_REMINDERS, Q_SHIFT_WINDOWS_JUDGED };
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!journal_begin(store, &tx, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(shifts); i++) {
		DEFER(stmt_done) struct stmt *s = db_query(store, shifts[i]);
		bind_int(s, ":delta", delta_ms);
		if (!stmt_run(s, err))
			return false;
	}
	return journal_commit(&tx, err);
}

bool store_add_paused_time(struct store *store, int64_t paused_since_ms, int64_t now_ms,
			   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_ADD_PAUSED_TIME);
	bind_int(s, ":since", paused_since_ms);
	bind_int(s, ":now", now_ms);
	return stmt_run(s, err);
}
