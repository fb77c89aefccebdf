/* Marked rows: by id, so that marks stay on their objects whatever moves. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/list.h"

/* Where id is, or would be. */
static size_t place_of(const struct list_marks *marks, int64_t id)
{
	size_t low = 0;
	size_t high = marks->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (marks->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has(const struct list_marks *marks, size_t place, int64_t id)
{
	return place < marks->count && marks->ids[place] == id;
}

bool list_is_marked(const struct list *list, int64_t id)
{
	return has(&list->marks, place_of(&list->marks, id), id);
}

static void mark(struct list_marks *marks, int64_t id)
{
	size_t place = place_of(marks, id);

	if (has(marks, place, id))
		return;
	VEC_PUSH(marks->ids, marks->count, marks->capacity) = id;
	memmove(marks->ids + place + 1, marks->ids + place,
		(marks->count - 1 - place) * sizeof(marks->ids[0]));
	marks->ids[place] = id;
}

static void unmark(struct list_marks *marks, size_t place)
{
	marks->count--;
	memmove(marks->ids + place, marks->ids + place + 1,
		(marks->count - place) * sizeof(marks->ids[0]));
}

static int compare_ids(const void *a, const void *b)
{
	const int64_t *left = a;
	const int64_t *right = b;

	return (*left > *right) - (*left < *right);
}

static void mark_shown(struct list_marks *marks, const int64_t *ids, size_t count)
{
	free(marks->ids);
	marks->ids = mem_new(count + 1, sizeof(marks->ids[0]));
	marks->capacity = count + 1;
	marks->count = count;
	if (count > 0)
		memcpy(marks->ids, ids, count * sizeof(ids[0]));
	qsort(marks->ids, count, sizeof(marks->ids[0]), compare_ids);
}

static void toggle(struct list *list)
{
	int64_t id = list->ids[list->cursor];
	size_t place = place_of(&list->marks, id);

	if (has(&list->marks, place, id))
		unmark(&list->marks, place);
	else
		mark(&list->marks, id);
	list_move_to(list, list->cursor + 1);
}

/* The first time from here, the second time to here. */
static void mark_range(struct list *list)
{
	int64_t from = list->marks.range_from;
	size_t begin = 0;

	list->marks.range_from = from == 0 ? list->ids[list->cursor] : 0;
	if (from == 0)
		return;
	while (begin < list->count && list->ids[begin] != from)
		begin++;
	if (begin == list->count)
		begin = list->cursor; /* it has left the list */
	size_t end = list->cursor;
	size_t first = begin < end ? begin : end;
	size_t last = begin < end ? end : begin;
	for (size_t i = first; i <= last; i++)
		mark(&list->marks, list->ids[i]);
}

bool list_marks_act(struct list *list, enum action action)
{
	if (action == ACTION_UNMARK) {
		list->marks.count = 0;
		list->marks.range_from = 0;
		return true;
	}
	if (action != ACTION_MARK && action != ACTION_MARK_RANGE &&
	    action != ACTION_MARK_ALL)
		return false;
	if (action == ACTION_MARK_ALL && list->search.running && list->search.by_user) {
		list->search.marks_all = true;
		return true;
	}
	if (list->count == 0)
		return true;
	if (action == ACTION_MARK)
		toggle(list);
	else if (action == ACTION_MARK_RANGE)
		mark_range(list);
	else
		mark_shown(&list->marks, list->ids, list->count);
	return true;
}

void list_marks_done(struct list *list)
{
	free(list->marks.ids);
	list->marks = (struct list_marks){ 0 };
}
