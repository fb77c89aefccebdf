/* What Alertmanager says is firing: a set of fingerprints for each monitor. */
#include "core/store_sources.h"
#include "db/journal.h"

static void bind_owner(struct stmt *s, const struct firing_owner *owner)
{
	bind_int(s, ":monitor", owner->monitor_id);
	bind_int(s, ":unmatched", owner->unmatched_id);
}

bool store_firing_set(struct store *store, const struct firing_owner *owner,
		      const char *fingerprint, int64_t started_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_FIRING_SET);
	bind_owner(s, owner);
	bind_borrowed(s, ":fingerprint", fingerprint);
	bind_int(s, ":started", started_ms);
	return stmt_run(s, err);
}

static bool clear(struct store *store, const struct firing_owner *owner,
		  const char *fingerprint, int64_t started_ms, bool *ret_cleared,
		  struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_FIRING_CLEAR);
	bind_owner(s, owner);
	bind_borrowed(s, ":fingerprint", fingerprint);
	bind_int(s, ":started", started_ms);
	if (!stmt_run(s, err))
		return false;
	*ret_cleared = stmt_changes(s) > 0;
	return true;
}

bool store_firing_clear(struct store *store, const struct firing_owner *owner,
			const char *fingerprint, int64_t started_ms, bool *ret_last,
			struct err *err)
{
	bool cleared, others;
	if (!clear(store, owner, fingerprint, started_ms, &cleared, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_FIRING_ANY);
	bind_owner(s, owner);
	if (!stmt_any(s, &others, err))
		return false;
	*ret_last = cleared && !others;
	return true;
}
