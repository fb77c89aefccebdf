#include "db/tally.h"

#include <assert.h>
#include <string.h>

#include "db/db.h"

static const char *const names[] = {
	[TALLY_MONITORING] = "monitoring", [TALLY_DELIVERED] = "delivered",
	[TALLY_CANCELLED] = "cancelled",   [TALLY_SUPERSEDED] = "superseded",
	[TALLY_EXPIRED] = "expired",       [TALLY_DRY_RUN] = "dry-run",
};
_Static_assert(COUNT_OF(names) == TALLY_COUNT, "every tally has its name");

void tally_add(struct store *store, enum tally tally, int64_t count)
{
	assert(store->depth > 0);
	store->tallied[tally] += count;
}

static bool write_one(struct store *store, enum tally tally, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TALLY_ADD);
	bind_int(s, ":count", store->tallied[tally]);
	bind_text(s, ":name", names[tally]);
	if (!stmt_run(s, err))
		return false;
	store->tallied[tally] = 0;
	return true;
}

bool tally_flush(struct store *store, struct err *err)
{
	for (enum tally i = 0; i < TALLY_COUNT; i++)
		if (store->tallied[i] != 0 && !write_one(store, i, err))
			return false;
	return true;
}

void tally_forget(struct store *store)
{
	memset(store->tallied, 0, sizeof(store->tallied));
}

bool tally_read(struct store *store, enum tally tally, int64_t *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_TALLY);
	bind_text(s, ":name", names[tally]);
	return stmt_number(s, 0, ret, err);
}
