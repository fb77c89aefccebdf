/* The last day of a service, as spans of what was decided of it: from the index of what was
 * told, however long the history. */
#include "db/journal.h"

static bool told_spans(struct store *store, int64_t service_id, int64_t since_ms,
		       span_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SERVICE_SPANS);
	bind_int(s, ":service", service_id);
	bind_int(s, ":since", since_ms);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		const struct service_span span = {
			.kind = (enum span_kind)column_int(s, 0),
			.from_ms = column_int(s, 1),
			.until_ms = column_int(s, 2),
		};
		go_on = row(arg, &span);
	}
	return got >= 0;
}

static bool muted_spans(struct store *store, int64_t service_id, int64_t since_ms,
			int64_t now_ms, span_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MUTED_SPANS);
	bind_int(s, ":service", service_id);
	bind_int(s, ":since", since_ms);
	bind_int(s, ":now", now_ms);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		const struct service_span span = { .kind = SPAN_MUTED,
						   .from_ms = column_int(s, 0),
						   .until_ms = column_int(s, 1) };
		go_on = row(arg, &span);
	}
	return got >= 0;
}

bool store_service_spans(struct store *store, int64_t service_id, int64_t since_ms,
			 int64_t now_ms, span_fn *row, void *arg, struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	return store_begin_reading(store, &tx, err) &&
	       told_spans(store, service_id, since_ms, row, arg, err) &&
	       muted_spans(store, service_id, since_ms, now_ms, row, arg, err);
}
