#include "tui/console/record_holdings.h"

#include <stdlib.h>

#include "core/base/buf.h"

/* Counted over the lists of levels, placements and links: what belongs to a record that
 * goes, goes. */
struct holdings {
	enum record_kind kind;
	int64_t id;
	struct id_set {
		int64_t *items;
		size_t count, capacity;
	} gone[RECORD_KIND_COUNT];
};

static void holdings_done(struct holdings *h)
{
	for (int i = 0; i < RECORD_KIND_COUNT; i++)
		free(h->gone[i].items);
}

static void add_gone(struct holdings *h, enum record_kind kind, int64_t id)
{
	struct id_set *set = &h->gone[kind];

	VEC_PUSH(set->items, set->count, set->capacity) = id;
}

static bool is_gone(const struct holdings *h, enum record_kind kind, int64_t id)
{
	for (size_t i = 0; i < h->gone[kind].count; i++)
		if (h->gone[kind].items[i] == id)
			return true;
	return false;
}

struct counting {
	struct holdings *holdings;
	enum record_kind kind; /* of the rows */
};

/* A row goes when something that it refers to does. */
static bool count_row(void *arg, const void *rec)
{
	const struct counting *counting = arg;
	const struct record_type *type = &record_types[counting->kind];

	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (field->type != FIELD_REFERENCE ||
		    !is_gone(counting->holdings, field->reference,
			     field_number(field, rec)))
			continue;
		add_gone(counting->holdings, counting->kind,
			 ((const struct record_head *)rec)->id);
		break;
	}
	return true;
}

static void add_count(struct buf *ret, bool *first, size_t count, const char *one,
		      const char *many)
{
	if (count == 0)
		return;
	buf_addf(ret, "%s%zu %s", *first ? "It takes with it " : ", ", count,
		 count == 1 ? one : many);
	*first = false;
}

bool record_add_holdings(struct store *store, enum record_kind kind, int64_t id,
			 struct buf *ret, struct err *err)
{
	/* In this order each refers only to those before it. */
	static const enum record_kind order[] = { RECORD_SERVICE, RECORD_LEVEL,
						  RECORD_PLACEMENT, RECORD_LINK };
	static const char *const words[RECORD_KIND_COUNT][2] = {
		[RECORD_SERVICE] = { "service and its URL", "services and their URLs" },
		[RECORD_LEVEL] = { "level", "levels" },
		[RECORD_PLACEMENT] = { "placed integration", "placed integrations" },
		[RECORD_LINK] = { "link", "links" },
	};
	DEFER(holdings_done) struct holdings h = { .kind = kind, .id = id };
	bool first = true;

	add_gone(&h, kind, id);
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		struct counting counting = { &h, order[i] };
		if (order[i] == kind)
			continue;
		if (!store_list(store, order[i], 0, count_row, &counting, err))
			return false;
		add_count(ret, &first, h.gone[order[i]].count, words[order[i]][0],
			  words[order[i]][1]);
	}
	buf_adds(ret, first ? "Nothing hangs on it." : ".");
	return true;
}
