#include "core/judge/desk.h"

#include <stdlib.h>

struct desk_records {
	struct service service;
	struct integration integration;
};

bool desk_open(struct store *store, int64_t now_ms, struct desk *ret, struct err *err)
{
	enum mode mode;
	if (!store_mode(store, &mode, err))
		return false;
	*ret = (struct desk){
		.store = store,
		.now_ms = now_ms,
		.mode = mode,
		.body = BUF_INIT(BODY_MAX),
	};
	return true;
}

void desk_done(struct desk *desk)
{
	buf_done(&desk->body);
	id_list_done(&desk->unrecovered);
	free(desk->records);
	desk->records = NULL;
}

static struct desk_records *records_of(struct desk *desk)
{
	if (!desk->records)
		desk->records = mem_new(1, sizeof(*desk->records));
	return desk->records;
}

/* Fill the slot with the record, unless it holds it already. */
static bool take(struct desk *desk, enum record_kind kind, int64_t id,
		 struct record_head *slot, struct err *err)
{
	if (slot->id == id)
		return true;
	slot->id = 0;
	return store_get(desk->store, kind, id, slot, err);
}

bool desk_service(struct desk *desk, int64_t id, const struct service **ret,
		  struct err *err)
{
	struct service *slot = &records_of(desk)->service;
	if (!take(desk, RECORD_SERVICE, id, &slot->head, err))
		return false;
	*ret = slot;
	return true;
}

bool desk_integration(struct desk *desk, int64_t id, const struct integration **ret,
		      struct err *err)
{
	struct integration *slot = &records_of(desk)->integration;
	if (!take(desk, RECORD_INTEGRATION, id, &slot->head, err))
		return false;
	*ret = slot;
	return true;
}

bool desk_monitor(struct desk *desk, int64_t id, const struct monitor_card **ret,
		  struct err *err)
{
	*ret = &desk->monitor;
	return desk->monitor.id == id ||
	       store_monitor_card(desk->store, id, &desk->monitor, err);
}

static bool ask_windows(struct desk *desk, int64_t t_ms, struct err *err)
{
	int64_t end_ms;
	if (!store_next_window_end(desk->store, t_ms, &end_ms, err))
		return false;
	desk->asked_windows = true;
	desk->unmuted_from_ms = end_ms == 0 ? t_ms : 0;
	return true;
}

bool desk_muted(struct desk *desk, int64_t monitor_id, int64_t t_ms, bool *ret,
		struct err *err)
{
	if (!desk->asked_windows && !ask_windows(desk, t_ms, err))
		return false;
	if (desk->unmuted_from_ms != 0 && t_ms >= desk->unmuted_from_ms) {
		*ret = false;
		return true;
	}
	int64_t until_ms;
	if (!store_muted(desk->store, monitor_id, t_ms, &until_ms, err))
		return false;
	*ret = until_ms != 0;
	return true;
}

bool desk_any_failed(struct desk *desk, bool *ret, struct err *err)
{
	if (!desk->asked_failed && !store_any_failed(desk->store, &desk->any_failed, err))
		return false;
	desk->asked_failed = true;
	*ret = desk->any_failed;
	return true;
}

bool desk_any_degrees(struct desk *desk, bool *ret, struct err *err)
{
	if (!desk->asked_degrees &&
	    !store_any_degrees(desk->store, &desk->any_degrees, err))
		return false;
	desk->asked_degrees = true;
	*ret = desk->any_degrees;
	return true;
}
