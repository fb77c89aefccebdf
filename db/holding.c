#include "db/holding.h"

const struct holding holdings[] = {
	{ RECORD_INTEGRATION, RECORD_SERVICE, Q_SERVICE_IDS_OF_INTEGRATION },
	{ RECORD_INTEGRATION, RECORD_PLACEMENT, Q_PLACEMENT_IDS_OF_INTEGRATION },
	{ RECORD_DEFINITION, RECORD_LEVEL, Q_LEVEL_IDS_OF_DEFINITION },
	{ RECORD_LEVEL, RECORD_PLACEMENT, Q_PLACEMENT_IDS_OF_LEVEL },
	{ RECORD_PLACEMENT, RECORD_LINK, Q_LINK_IDS_OF_PLACEMENT },
	{ RECORD_MONITOR, RECORD_LINK, Q_LINK_IDS_OF_MONITOR },
	{ RECORD_SERVICE, RECORD_LINK, Q_LINK_IDS_OF_SERVICE },
};
const size_t holding_count = COUNT_OF(holdings);

bool held_ids(struct store *store, enum query query, int64_t id, struct id_list *ret,
	      struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, query);
	bind_int(s, ":id", id);
	return row_ids(s, ret, err);
}

/* A link hangs on its placement and on its service: of an integration it is counted once,
 * by the placement. */
static bool count_held(struct store *store, enum record_kind kind, int64_t id, bool links,
		       int64_t ret[RECORD_KIND_COUNT], struct err *err)
{
	for (size_t i = 0; i < holding_count; i++) {
		enum record_kind held = holdings[i].held;
		DEFER(id_list_done) struct id_list ids = { 0 };
		if (holdings[i].kind != kind || (held == RECORD_LINK && !links))
			continue;
		if (!held_ids(store, holdings[i].query, id, &ids, err))
			return false;
		ret[held] += (int64_t)ids.count;
		for (size_t k = 0; k < ids.count; k++)
			if (!count_held(store, held, ids.items[k], held != RECORD_SERVICE,
					ret, err))
				return false;
	}
	return true;
}

bool store_count_held(struct store *store, enum record_kind kind, int64_t id,
		      int64_t ret[RECORD_KIND_COUNT], struct err *err)
{
	for (int i = 0; i < RECORD_KIND_COUNT; i++)
		ret[i] = 0;
	return count_held(store, kind, id, true, ret, err);
}
