/* What lies between a monitor and the services it can reach, and what mutes it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/journal.h"

struct monitor_link {
	int64_t placement_id, service_id;
	char service[NAME_SIZE];
};

struct monitor_links {
	struct monitor_link *items;
	size_t count, capacity;
};

static void links_done(struct monitor_links *links)
{
	free(links->items);
}

static bool read_links(struct store *store, int64_t monitor_id, struct monitor_links *ret,
		       struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_LINKS_OF_MONITOR);
	bind_int(s, ":monitor", monitor_id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct monitor_link *link =
			&VEC_PUSH(ret->items, ret->count, ret->capacity);
		link->placement_id = column_int(s, 0);
		link->service_id = column_int(s, 1);
		column_copy(s, 2, link->service, sizeof(link->service));
	}
	return got == 0;
}

/* One row for each link of the placement; without one, a row that leads nowhere. */
static void add_paths(struct paths *paths, const struct path *placement,
		      const struct monitor_links *links)
{
	const size_t before = paths->count;
	for (size_t i = 0; i < links->count; i++) {
		const struct monitor_link *link = &links->items[i];
		if (link->placement_id != placement->placement_id)
			continue;
		struct path *path =
			&VEC_PUSH(paths->items, paths->count, paths->capacity);
		*path = *placement;
		path->service_id = link->service_id;
		memcpy(path->service, link->service, sizeof(path->service));
	}
	if (paths->count == before)
		VEC_PUSH(paths->items, paths->count, paths->capacity) = *placement;
}

static bool read_direct_holders(struct store *store, int64_t monitor_id,
				struct id_list *ret, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_HOLDERS_OF_MONITOR);
	bind_int(s, ":monitor", monitor_id);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		id_list_add_once(ret, column_int(s, 0));
	return got == 0;
}

/* A definition holds a monitor directly or by a group; by several, it still counts once. */
static bool read_holders(struct store *store, int64_t monitor_id, struct id_list *ret,
			 struct err *err)
{
	if (!read_direct_holders(store, monitor_id, ret, err))
		return false;
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_GROUPS_OF_MONITOR);
	bind_int(s, ":id", monitor_id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		const struct id_list *holders;
		if (!known_holders(store, column_text(s, 0), &holders, err))
			return false;
		for (size_t i = 0; i < holders->count; i++)
			id_list_add_once(ret, holders->items[i]);
	}
	return got == 0;
}

bool store_monitor_card(struct store *store, int64_t id, struct monitor_card *ret,
			struct err *err)
{
	const struct monitor_card *card;
	if (!known_monitor(store, id, &card, err))
		return false;
	if (card->id == 0)
		return record_missing_id(RECORD_MONITOR, id, err);
	*ret = *card;
	return true;
}

/* The definitions that hold the monitor, each with its placements and the monitor's links. */
static bool read_paths(struct store *store, int64_t monitor_id,
		       const struct monitor_links *links, struct paths *ret,
		       struct err *err)
{
	DEFER(id_list_done) struct id_list holders = { 0 };
	const struct monitor_card *card;
	if (!read_holders(store, monitor_id, &holders, err) ||
	    !known_monitor(store, monitor_id, &card, err))
		return false;
	for (size_t i = 0; i < holders.count; i++) {
		const struct paths *placements;
		if (!known_placements(store, holders.items[i], &placements, err))
			return false;
		for (size_t k = 0; k < placements->count; k++)
			add_paths(ret, &placements->items[k], links);
	}
	for (size_t i = 0; i < ret->count; i++) {
		ret->items[i].monitor_id = monitor_id;
		/* Nothing holds one that does not exist. */
		ret->items[i].monitor_active = card->active;
	}
	return true;
}

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
	const struct path *x = a, *y = b;
	int order = compare(x->definition_id, y->definition_id);
	if (order == 0)
		order = compare(x->level, y->level);
	if (order == 0)
		order = strcmp(x->integration, y->integration);
	return order != 0 ? order : strcmp(x->service, y->service);
}

bool store_paths(struct store *store, int64_t monitor_id, struct paths *ret,
		 struct err *err)
{
	DEFER(paths_done) struct paths paths = { 0 };
	DEFER(links_done) struct monitor_links links = { 0 };
	if (store->depth == 0)
		known_forget(store);
	if (!read_links(store, monitor_id, &links, err) ||
	    !read_paths(store, monitor_id, &links, &paths, err))
		return false;
	if (paths.count > 1)
		qsort(paths.items, paths.count, sizeof(paths.items[0]), by_place);
	*ret = paths;
	paths = (struct paths){ 0 };
	return true;
}

/* The last end of the windows that cover the monitor at one instant; 0: none. */
static bool covered_until(struct store *store, int64_t monitor_id, int64_t at_ms,
			  int64_t *ret_ms, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MUTED_UNTIL);
	bind_int(s, ":monitor", monitor_id);
	bind_int(s, ":at", at_ms);
	return stmt_number(s, 0, ret_ms, err);
}

/* A window that begins before the last one ends, or just then, goes on with it. */
bool store_muted(struct store *store, int64_t monitor_id, int64_t at_ms,
		 int64_t *ret_until_ms, struct err *err)
{
	int64_t until_ms = 0;
	int64_t next_ms;
	if (!covered_until(store, monitor_id, at_ms, &next_ms, err))
		return false;
	while (next_ms != 0) {
		until_ms = next_ms;
		if (!covered_until(store, monitor_id, until_ms, &next_ms, err))
			return false;
	}
	*ret_until_ms = until_ms;
	return true;
}

bool store_next_window_end(struct store *store, int64_t after_ms, int64_t *ret_ms,
			   struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_NEXT_WINDOW_END);
	bind_int(s, ":after", after_ms);
	return stmt_number(s, 0, ret_ms, err);
}

bool store_monitors_in_error(struct store *store, id_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITORS_IN_ERROR);
	return row_ids_hand_out(s, row, arg, err);
}

bool store_monitors_unjoined(struct store *store, id_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_MONITORS_UNJOINED);
	return row_ids_hand_out(s, row, arg, err);
}
