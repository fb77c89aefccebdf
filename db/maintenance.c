/* Maintenance windows (R11): what they name, and what that covers. */
#include "db/filter.h"
#include "db/journal.h"
#include "db/record.h"

static bool add_window(struct store *store, struct maintenance *window, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MAINTENANCE_ADD);
	bind_int(s, ":from", window->from_ms);
	bind_int(s, ":until", window->until_ms);
	bind_filled(s, ":note", window->note);
	bind_filled(s, ":by", store->actor.name);
	return stmt_insert(s, &window->head.id, err);
}

static bool add_target(struct store *store, int64_t window_id,
		       const struct maintenance_target *target, struct err *err)
{
	bool is_group = target->kind == TARGET_GROUP;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MAINTENANCE_TARGET_ADD);
	bind_int(s, ":window", window_id);
	bind_id(s, ":monitor", target->kind == TARGET_MONITOR ? target->id : 0);
	bind_id(s, ":service", target->kind == TARGET_SERVICE ? target->id : 0);
	bind_text(s, ":group", is_group ? target->group : NULL);
	return stmt_run(s, err);
}

bool store_maintenance_add(struct store *store, struct maintenance *window,
			   const struct maintenance_target *targets, size_t count,
			   struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!journal_begin(store, &tx, err) || !add_window(store, window, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!add_target(store, window->head.id, &targets[i], err))
			return false;
	}
	window->head.revision = 1;
	return journal_commit(&tx, err);
}

/* Hands out the whole record behind each id that the question answers with. */
static bool hand_out(struct store *store, enum query query, int64_t window_id,
		     enum record_kind kind, record_fn *row, void *arg, struct err *err)
{
	if (row == NULL)
		return true;
	DEFER(mem_free) void *rec = record_new(kind);
	DEFER(stmt_done) struct stmt *s = db_query(store, query);
	bind_int(s, ":window", window_id);
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		bool found;
		if (!record_load(store, kind, column_int(s, 0), rec, &found, err))
			return false;
		go_on = !found || row(arg, rec);
	}
	return got >= 0;
}

bool store_maintenance_covers(struct store *store, int64_t maintenance_id,
			      record_fn *monitor, record_fn *service, void *arg,
			      struct err *err)
{
	return hand_out(store, Q_COVERED_MONITORS, maintenance_id, RECORD_MONITOR,
			monitor, arg, err) &&
	       hand_out(store, Q_COVERED_SERVICES, maintenance_id, RECORD_SERVICE,
			service, arg, err);
}

bool store_list_maintenance(struct store *store, const struct filter *filter,
			    bool (*row)(void *, const struct maintenance *), void *arg,
			    struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LIST_MAINTENANCE);
	filter_bind(s, filter, FILTER_PAGE | FILTER_OPEN | FILTER_TIME | FILTER_WHO);
	bind_int(s, ":now", db_now_ms(store));
	int got = 0;
	bool go_on = true;
	while (go_on && (got = stmt_step(s, err)) > 0) {
		struct maintenance window = {
			.head = { .id = column_int(s, 0), .revision = column_int(s, 1) },
			.from_ms = column_int(s, 2),
			.until_ms = column_int(s, 3),
		};
		column_copy(s, 4, window.note, sizeof(window.note));
		column_copy(s, 5, window.created_by, sizeof(window.created_by));
		column_copy(s, 6, window.targets, sizeof(window.targets));
		go_on = row(arg, &window);
	}
	return got >= 0;
}
