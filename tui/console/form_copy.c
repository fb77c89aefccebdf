#include "tui/console/form_copy.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/text.h"

struct ids {
	int64_t *items;
	size_t count, capacity;
};

static void ids_done(struct ids *ids)
{
	free(ids->items);
}

static bool keep_id(void *arg, const void *rec)
{
	struct ids *ids = arg;

	VEC_PUSH(ids->items, ids->count, ids->capacity) =
		((const struct record_head *)rec)->id;
	return true;
}

static bool copy_one(struct store *store, enum record_kind kind, int64_t id,
		     int64_t parent_id, struct err *err)
{
	DEFER(mem_free) void *rec = mem_new(1, record_types[kind].size);
	struct record_head *head = rec;

	if (!store_get(store, kind, id, rec, err))
		return false;
	*head = (struct record_head){ 0 };
	field_set_number(field_by_column(kind, record_types[kind].parent), rec,
			 parent_id);
	return store_put(store, kind, rec, err) &&
	       form_copy_children(store, kind, id, head->id, err);
}

bool form_copy_children(struct store *store, enum record_kind kind, int64_t from_id,
			int64_t to_id, struct err *err)
{
	static const enum record_kind children[RECORD_KIND_COUNT] = {
		[RECORD_DEFINITION] = RECORD_LEVEL,
		[RECORD_LEVEL] = RECORD_PLACEMENT,
		[RECORD_PLACEMENT] = RECORD_LINK,
	};
	enum record_kind child = children[kind];
	DEFER(ids_done) struct ids ids = { 0 };

	if (child == RECORD_MONITOR) /* the table's zero: no children */
		return true;
	if (!store_list(store, child, from_id, keep_id, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count; i++)
		if (!copy_one(store, child, ids.items[i], to_id, err))
			return false;
	return true;
}
