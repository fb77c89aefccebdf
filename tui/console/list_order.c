/* Loading a list: which rows meet its filter, in which order they stand, and where the
 * cursor is then. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/list.h"

enum { SCRATCH_MAX = 64 * 1024, KEY_TEXTS_MAX = 256 * 1024 * 1024 };

struct list_key {
	int64_t number;
	size_t text;  /* in key_texts */
	size_t place; /* in which the row came */
};

void list_order_done(struct list *list)
{
	buf_done(&list->scratch);
	buf_done(&list->key_texts);
	free(list->keys);
	free(list->old_ids);
	free(list->ancestors);
	list->keys = NULL;
	list->old_ids = NULL;
	list->ancestors = NULL;
	list->keys_capacity = 0;
}

/* ---- which rows ---- */

struct cells {
	struct filter_cell items[LIST_FACETS_MAX + LIST_COLUMNS_MAX];
	size_t begins[LIST_FACETS_MAX + LIST_COLUMNS_MAX]; /* of their texts */
	size_t count;
};

static void add_cell(struct list *list, struct cells *cells, const char *title,
		     void (*text)(const void *, int64_t, struct buf *), const void *row)
{
	cells->begins[cells->count] = list->scratch.len;
	cells->items[cells->count++].title = title;
	text(row, list->now_ms, &list->scratch);
	buf_addc(&list->scratch, '\0');
}

bool list_meets(struct list *list, const struct row_filter *filter, const void *row)
{
	struct cells cells = { .count = 0 };
	size_t facets = filter->names_columns ? list->facet_count : 0;

	list->scratch.max = SCRATCH_MAX;
	buf_reset(&list->scratch);
	for (size_t i = 0; i < facets; i++)
		add_cell(list, &cells, list->facets[i].name, list->facets[i].text, row);
	for (size_t i = 0; i < list->column_count; i++)
		add_cell(list, &cells, list->columns[i].title, list->columns[i].text,
			 row);
	for (size_t i = 0; i < cells.count; i++)
		cells.items[i].text = buf_text(&list->scratch) + cells.begins[i];
	return row_filter_meets(filter, cells.items, cells.count);
}

static list_number_fn *number_of(const struct list *list)
{
	if (list->sort < 0)
		return list->natural;
	return list->numbers != NULL ? list->numbers[list->sort] : NULL;
}

bool list_is_sorted(const struct list *list)
{
	return list->sort >= 0 || list->natural != NULL;
}

/* Can live data change the order of its rows? */
static bool may_move(const struct list *list)
{
	return list_is_sorted(list) || list->is_ranked;
}

void list_add_key(struct list *list, const void *row, size_t place)
{
	list_number_fn *number = number_of(list);
	struct list_key key = { .place = place, .text = list->key_texts.len };

	if (number != NULL) {
		key.number = number(row);
	} else {
		list->key_texts.max = KEY_TEXTS_MAX;
		list->columns[list->sort].text(row, list->now_ms, &list->key_texts);
		buf_addc(&list->key_texts, '\0');
	}
	VEC_PUSH(list->keys, place, list->keys_capacity) = key;
}

void list_forget_keys(struct list *list)
{
	free(list->keys);
	list->keys = NULL;
	list->keys_capacity = 0;
	buf_done(&list->key_texts);
}

static void keep_row(struct list *list, const void *row)
{
	int64_t id;

	memcpy(&id, row, sizeof(id));
	if (list_is_sorted(list))
		list_add_key(list, row, list->count);
	VEC_PUSH(list->ids, list->count, list->ids_capacity) = id;
	list_fill(list, list->count - 1, row);
}

/* What holds the row has come before it, and did not meet the filter. */
static void keep_ancestors(struct list *list, int depth)
{
	for (int i = 0; i < depth; i++)
		if (list->pending[i])
			keep_row(list, list->ancestors + (size_t)i * list->row_size);
}

void list_add(struct list *list, const void *row)
{
	bool meets = list->filter.count == 0 || list_meets(list, &list->filter, row);
	int depth = list->depth != NULL ? list->depth(row) : 0;

	list->total++;
	if (meets && list->depth != NULL)
		keep_ancestors(list, depth);
	if (meets)
		keep_row(list, row);
	if (list->depth == NULL)
		return;
	memset(list->pending + (meets ? 0 : depth), 0,
	       (size_t)(LIST_DEPTHS - (meets ? 0 : depth)) * sizeof(list->pending[0]));
	if (meets)
		return;
	memcpy(list->ancestors + (size_t)depth * list->row_size, row, list->row_size);
	list->pending[depth] = true;
}

bool list_add_id(void *arg, int64_t id)
{
	struct list *list = arg;

	VEC_PUSH(list->all, list->total, list->all_capacity) = id;
	return true;
}

bool list_is_plain(const struct list *list)
{
	return list->filter.count == 0 && !list_is_sorted(list);
}

/* ---- in which order ---- */

static int compare_texts(const char *a, const char *b)
{
	for (;; a++, b++) {
		unsigned char x = (unsigned char)*a;
		unsigned char y = (unsigned char)*b;
		x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + ('a' - 'A')) : x;
		y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + ('a' - 'A')) : y;
		if (x != y)
			return x < y ? -1 : 1;
		if (x == '\0')
			return 0;
	}
}

/* Nothing at all comes last, whichever way; equals stay as they came. */
static int compare_keys(const void *a, const void *b, void *arg)
{
	const struct list *list = arg;
	const struct list_key *left = a;
	const struct list_key *right = b;
	bool by_number = number_of(list) != NULL;
	const char *texts = buf_text(&list->key_texts);
	const char *left_text = by_number ? "" : texts + left->text;
	const char *right_text = by_number ? "" : texts + right->text;
	bool left_none = by_number ? left->number == LIST_NO_NUMBER : *left_text == '\0';
	bool right_none =
		by_number ? right->number == LIST_NO_NUMBER : *right_text == '\0';
	int order = by_number ? (left->number > right->number) -
					(left->number < right->number)
			      : compare_texts(left_text, right_text);

	if (left_none != right_none)
		return left_none ? 1 : -1;
	if (order != 0)
		return list->reverse ? -order : order;
	return left->place < right->place ? -1 : 1;
}

/* Rows and ids to where order says: order[i] is what comes to place i. */
static void arrange(struct list *list, const size_t *order)
{
	int64_t *ids = mem_new(list->count + 1, sizeof(ids[0]));
	char *rows = list->is_long ? NULL : mem_new(list->count + 1, list->row_size);

	for (size_t i = 0; i < list->count; i++) {
		ids[i] = list->ids[order[i]];
		if (rows != NULL)
			memcpy(rows + i * list->row_size,
			       list->rows + order[i] * list->row_size, list->row_size);
	}
	free(list->ids);
	list->ids = ids;
	list->ids_capacity = list->count + 1;
	if (rows == NULL)
		return;
	free(list->rows);
	list->rows = rows;
	list->capacity = list->count + 1;
}

static void sort(struct list *list)
{
	size_t *order = mem_new(list->count + 1, sizeof(order[0]));

	qsort_r(list->keys, list->count, sizeof(list->keys[0]), compare_keys, list);
	for (size_t i = 0; i < list->count; i++)
		order[i] = list->keys[i].place;
	arrange(list, order);
	free(order);
	list_forget_keys(list);
}

/* ---- held still ---- */

struct placed {
	int64_t id;
	size_t now, before;
};

static int compare_placed_ids(const void *a, const void *b)
{
	const struct placed *left = a;
	const struct placed *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

static int compare_placed_before(const void *a, const void *b)
{
	const struct placed *left = a;
	const struct placed *right = b;

	return (left->before > right->before) - (left->before < right->before);
}

/* Those of the old rows that are still there, with where they are now. Returns how many. */
static size_t find_known(const struct list *list, struct placed *ret)
{
	struct placed *old = mem_new(list->old_count + 1, sizeof(old[0]));
	size_t known = 0;

	for (size_t i = 0; i < list->old_count; i++)
		old[i] = (struct placed){ .id = list->old_ids[i], .before = i };
	qsort(old, list->old_count, sizeof(old[0]), compare_placed_ids);
	for (size_t i = 0; i < list->count; i++) {
		struct placed wanted = { .id = list->ids[i] };
		const struct placed *found = bsearch(&wanted, old, list->old_count,
						     sizeof(old[0]), compare_placed_ids);
		if (found == NULL)
			continue;
		ret[known] = *found;
		ret[known++].now = i;
	}
	free(old);
	return known;
}

/* The known rows share the places that they have now, in the order that they had. */
static void hold_still(struct list *list)
{
	struct placed *known = mem_new(list->count + 1, 2 * sizeof(known[0]));
	size_t *order = mem_new(list->count + 1, sizeof(order[0]));
	size_t count = find_known(list, known);
	struct placed *before = known + count;

	memcpy(before, known, count * sizeof(known[0]));
	qsort(before, count, sizeof(before[0]), compare_placed_before);
	for (size_t i = 0; i < list->count; i++)
		order[i] = i;
	for (size_t i = 0; i < count; i++) {
		order[known[i].now] = before[i].now;
		list->held |= before[i].now != known[i].now;
	}
	if (list->held)
		arrange(list, order);
	free(order);
	free(known);
}

/* ---- beginning and end ---- */

static void begin_ids(struct list *list)
{
	list_search_keep_all(list);
	free(list->all);
	list->all = NULL;
	list->total = list->all_capacity = 0;
}

void list_begin(struct list *list)
{
	if (list->is_long) {
		begin_ids(list);
		return;
	}
	free(list->old_ids);
	list->old_ids = list->ids;
	list->old_count = list->count;
	list->ids = NULL;
	list->count = list->ids_capacity = list->total = 0;
	list->held = false;
	list->first = list->loaded = 0;
	memset(list->pending, 0, sizeof(list->pending));
	if (list->depth != NULL && list->ancestors == NULL)
		list->ancestors = mem_new(LIST_DEPTHS, list->row_size);
}

/* The place of id near where it was; count: it is gone. */
static size_t find_id(const struct list *list, int64_t id)
{
	size_t i = 0;

	while (i < list->count && list->ids[i] != id)
		i++;
	return i;
}

/* What is shown stays where it is on the screen, what is new comes above or below. */
static void keep_place(struct list *list, int64_t top_id)
{
	if (list->follow || !list->kept) {
		list->cursor = list->top = 0;
		list->kept = false;
		list_keep_in_sight(list);
		return;
	}
	size_t top = find_id(list, top_id);
	if (list->top > 0 && top < list->count)
		list->top = top;
	size_t cursor =
		list->cursor_id != 0 ? find_id(list, list->cursor_id) : list->count;
	list_move_to(list, cursor < list->count ? cursor : list->cursor);
}

void list_settle(struct list *list, int64_t top_id, bool by_user)
{
	if (list->ids == NULL)
		list->ids = mem_new(1, sizeof(list->ids[0]));
	if (list_is_sorted(list) && list->count > 0)
		sort(list);
	if (list->hold && !by_user && may_move(list) && list->count > 0)
		hold_still(list);
	keep_place(list, top_id);
	free(list->old_ids);
	list->old_ids = NULL;
	list->old_count = 0;
}

static void end_ids(struct list *list)
{
	if (list->all == NULL)
		list->all = mem_new(1, sizeof(list->all[0]));
	list->search.all_is_new = true;
}

static void end_rows(struct list *list)
{
	int64_t top_id = list->top < list->old_count ? list->old_ids[list->top] : 0;

	list_settle(list, top_id, list->asked);
}

void list_end(struct list *list)
{
	if (list->is_long)
		end_ids(list);
	else
		end_rows(list);
	list->asked = false;
}
