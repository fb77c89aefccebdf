#include "tui/console/link_work.h"

#include <stdlib.h>

#include "core/base/text.h"

void link_changes_add(struct link_changes *changes, struct link_change change)
{
	VEC_PUSH(changes->items, changes->count, changes->capacity) = change;
}

void link_changes_done(struct link_changes *changes)
{
	free(changes->items);
	*changes = (struct link_changes){ 0 };
}

void link_work_done(struct link_work *work)
{
	link_changes_done(&work->changes);
}

/* ---- places ---- */

static bool find_place(void *arg, const void *rec)
{
	struct link_place *place = arg;
	const struct placement *placement = rec;

	if (placement->integration_id == place->integration_id)
		place->placement_id = placement->head.id;
	return place->placement_id == 0;
}

/* Where this change leads to; looked up once. */
static struct link_place *place_of(struct link_work *work, struct store *store,
				   const struct link_change *change, struct err *err)
{
	for (size_t i = 0; i < work->place_count; i++)
		if (work->places[i].level_id == change->level_id &&
		    work->places[i].integration_id == change->integration_id)
			return &work->places[i];
	struct link_place place = { change->level_id, change->integration_id, 0 };
	if (work->place_count == LINK_PLACES_MAX) {
		(void)fail(err, ERR_REFUSED,
			   "These links belong to more than %d levels; take fewer at a "
			   "time",
			   LINK_PLACES_MAX);
		return NULL;
	}
	if (!store_list(store, RECORD_PLACEMENT, change->level_id, find_place, &place,
			err))
		return NULL;
	work->places[work->place_count] = place;
	return &work->places[work->place_count++];
}

static bool find_places(struct link_work *work, struct store *store, struct err *err)
{
	work->place_count = 0;
	for (size_t i = 0; i < work->changes.count; i++)
		if (work->changes.items[i].level_id != 0 &&
		    place_of(work, store, &work->changes.items[i], err) == NULL)
			return false;
	return true;
}

/* As everywhere: what is newly placed tells nobody anything until it is ticked. */
static bool place_it(struct store *store, struct link_place *place, struct err *err)
{
	struct placement placement;

	record_defaults(RECORD_PLACEMENT, &placement);
	placement.level_id = place->level_id;
	placement.integration_id = place->integration_id;
	placement.active = false;
	if (!store_put(store, RECORD_PLACEMENT, &placement, err))
		return false;
	place->placement_id = placement.head.id;
	return true;
}

/* ---- doing ---- */

static bool remove_link(struct link_work *work, struct store *store, int64_t link_id,
			struct err *err)
{
	work->removed++;
	return store_delete(store, RECORD_LINK, link_id, err);
}

static bool put_link(struct link_work *work, struct store *store,
		     const struct link_change *change, int64_t placement_id,
		     struct err *err)
{
	struct link link = { 0 };

	if (change->link_id != 0 &&
	    !store_get(store, RECORD_LINK, change->link_id, &link, err))
		return false;
	if (change->link_id == 0)
		link.critical = change->critical;
	work->moved += change->link_id != 0;
	work->added += change->link_id == 0;
	link.placement_id = placement_id;
	link.monitor_id = change->monitor_id;
	link.service_id = change->service_id;
	if (!store_put(store, RECORD_LINK, &link, err))
		return false;
	work->last_id = link.head.id;
	return true;
}

static bool change_one(struct link_work *work, struct store *store,
		       const struct link_change *change, struct err *err)
{
	int64_t twin_id;

	if (change->level_id == 0)
		return remove_link(work, store, change->link_id, err);
	struct link_place *place = place_of(work, store, change, err);
	if (place == NULL || (place->placement_id == 0 && !place_it(store, place, err)) ||
	    !store_link_find(store, place->placement_id, change->monitor_id,
			     change->service_id, &twin_id, err))
		return false;
	if (twin_id == 0)
		return put_link(work, store, change, place->placement_id, err);
	return change->link_id == 0 || twin_id == change->link_id ||
	       remove_link(work, store, change->link_id, err);
}

bool link_work_apply(void *arg, struct store *store, struct err *err)
{
	struct link_work *work = arg;

	work->added = work->removed = work->moved = 0;
	if (!find_places(work, store, err))
		return false;
	for (size_t i = 0; i < work->changes.count; i++)
		if (!change_one(work, store, &work->changes.items[i], err))
			return false;
	return true;
}

/* ---- telling ---- */

static bool describe_place(struct store *store, const struct link_place *place,
			   struct buf *ret, struct err *err)
{
	struct level level;
	struct definition definition;
	struct integration *integration = mem_new(1, sizeof(*integration));
	bool read = store_get(store, RECORD_LEVEL, place->level_id, &level, err) &&
		    store_get(store, RECORD_DEFINITION, level.definition_id, &definition,
			      err) &&
		    store_get(store, RECORD_INTEGRATION, place->integration_id,
			      integration, err);

	if (read)
		buf_addf(ret, "%s is not placed in level %lld of %s yet. ",
			 integration->name, (long long)level.number, definition.name);
	free(integration);
	return read;
}

bool link_work_describe(struct link_work *work, struct store *store, struct buf *ret,
			struct err *err)
{
	size_t missing = 0;

	if (!find_places(work, store, err))
		return false;
	for (size_t i = 0; i < work->place_count; i++) {
		if (work->places[i].placement_id != 0)
			continue;
		missing++;
		if (!describe_place(store, &work->places[i], ret, err))
			return false;
	}
	if (missing > 0)
		buf_adds(ret, "Place it there? It is inactive until you tick it (x in "
			      "Alert definitions): until then these links tell nobody "
			      "anything.");
	return true;
}

static void add_count(struct buf *ret, size_t count, const char *what)
{
	if (count > 0)
		buf_addf(ret, "%s%zu %s", ret->len > 0 ? ", " : "", count, what);
}

void link_work_add_counts(const struct link_work *work, struct buf *ret)
{
	add_count(ret, work->added, "added");
	add_count(ret, work->moved, "moved");
	add_count(ret, work->removed, "taken away");
	if (ret->len == 0)
		buf_adds(ret, "all were there already");
}
