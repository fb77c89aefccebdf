/* Which services a test of a record is of. */
#include <stdlib.h>

#include "tui/console/test_view.h"

struct ids {
	int64_t *items;
	size_t count, capacity;
};

static void ids_done(struct ids *ids)
{
	free(ids->items);
}

static void add_once(struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (ids->items[i] == id)
			return;
	VEC_PUSH(ids->items, ids->count, ids->capacity) = id;
}

static bool add_service(void *arg, const void *rec)
{
	struct ids *ids = arg;
	const struct service *service = rec;

	VEC_PUSH(ids->items, ids->count, ids->capacity) = service->head.id;
	return true;
}

static bool add_monitor(void *arg, const void *rec)
{
	const struct monitor *monitor = rec;

	add_once(arg, monitor->head.id);
	return true;
}

/* Where the links of a monitor lead; of one definition if it is not 0. */
static bool add_linked(struct store *store, int64_t monitor_id, int64_t definition_id,
		       struct ids *ret, struct err *err)
{
	DEFER(paths_done) struct paths paths = { 0 };

	if (!store_paths(store, monitor_id, &paths, err))
		return false;
	for (size_t i = 0; i < paths.count; i++) {
		const struct path *path = &paths.items[i];
		if (path->service_id != 0 &&
		    (definition_id == 0 || path->definition_id == definition_id))
			add_once(ret, path->service_id);
	}
	return true;
}

static bool add_of_definition(struct store *store, int64_t id, struct ids *ret,
			      struct err *err)
{
	DEFER(ids_done) struct ids monitors = { 0 };

	if (!store_list(store, RECORD_MONITOR, 0, add_monitor, &monitors, err))
		return false;
	for (size_t i = 0; i < monitors.count; i++)
		if (!add_linked(store, monitors.items[i], id, ret, err))
			return false;
	return true;
}

static bool find(struct store *store, enum record_kind kind, int64_t id, struct ids *ret,
		 struct err *err)
{
	if (kind == RECORD_MONITOR)
		return add_linked(store, id, 0, ret, err);
	if (kind == RECORD_DEFINITION)
		return add_of_definition(store, id, ret, err);
	if (kind == RECORD_SERVICE && id != 0) {
		add_once(ret, id);
		return true;
	}
	return store_list(store, RECORD_SERVICE, id, add_service, ret, err);
}

void test_open_object(struct app *app, enum record_kind kind, int64_t id)
{
	DEFER(ids_done) struct ids ids = { 0 };

	if (find(app->store, kind, id, &ids, &app->message))
		test_open_many(app, ids.items, ids.count);
}
