/* A long list that is narrowed down or sorted: its rows are read one by one, a slice at a time,
 * so that keys are answered in between. What is found is shown at once where the filter is a
 * new one, else when all has been looked at; the end is the same as if all of it had been read
 * at a time. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store.h"
#include "tui/console/list.h"

enum { SLICE_ROWS = 64 }; /* so long no key is answered: less than a millisecond */

void list_search_done(struct list *list)
{
	free(list->search.from);
	free(list->search.found);
	free(list->search.text);
	free(list->all);
	free(list->row);
	list->search = (struct list_search){ 0 };
	list->all = NULL;
	list->row = NULL;
}

bool list_wants_ids(struct list *list, bool changed)
{
	if (list->all == NULL)
		return true;
	if (list->rows_only)
		return false;
	list->held = false;
	if (list->asked || !changed)
		return list->asked;
	list->held = list->hold && list->is_ranked;
	return !list->held;
}

/* ---- what is looked through ---- */

static int64_t *copy_of(const int64_t *ids, size_t count)
{
	int64_t *copy = mem_new(count + 1, sizeof(copy[0]));

	if (count > 0)
		memcpy(copy, ids, count * sizeof(ids[0]));
	return copy;
}

/* They are kept as long as they are needed, whatever comes anew meanwhile. */
static void look_through_all(struct list *list)
{
	struct list_search *s = &list->search;

	free(s->from);
	s->from = NULL;
	s->count = list->total;
}

static const int64_t *looked_through(const struct list *list)
{
	return list->search.from != NULL ? list->search.from : list->all;
}

void list_search_keep_all(struct list *list)
{
	struct list_search *s = &list->search;

	if (s->running && s->from == NULL)
		s->from = TAKE(list->all);
}

/* What the last filter kept, and what it had not come to. */
static void look_through_kept(struct list *list)
{
	struct list_search *s = &list->search;
	size_t rest = s->running ? s->count - s->at : 0;
	int64_t *from = list->ids;

	if (rest > 0) {
		from = mem_new(list->count + rest, sizeof(from[0]));
		memcpy(from, list->ids, list->count * sizeof(from[0]));
		memcpy(from + list->count, looked_through(list) + s->at,
		       rest * sizeof(from[0]));
		free(list->ids);
	}
	list->ids = NULL;
	free(s->from);
	s->from = from;
	s->count = list->count + rest;
}

/* Does whatever meets the filter stand among what is shown? */
static bool narrows(const struct list *list)
{
	const struct list_search *s = &list->search;
	bool whole = !s->stale && (!s->running || s->shows);
	struct row_filter *last = mem_new(1, sizeof(*last));

	row_filter_parse(last, s->text != NULL ? s->text : "");
	bool narrower =
		s->text != NULL && whole && row_filter_narrows(last, &list->filter);
	free(last);
	return narrower;
}

/* ---- beginning ---- */

/* Where the list stands, before what is found takes its place. */
static void remember_place(struct list *list)
{
	struct list_search *s = &list->search;

	if (s->running && s->shows)
		return;
	s->cursor = list->cursor;
	s->top = list->top;
	s->cursor_id = list->cursor_id;
	s->top_id = list->top < list->count ? list->ids[list->top] : 0;
}

static void make_room(struct list *list)
{
	free(list->ids);
	list->ids = mem_new(1, sizeof(list->ids[0]));
	list->count = 0;
	list->ids_capacity = 1;
	list->loaded = 0;
	list->cursor = list->top = 0;
}

/* Back to that place, unless somebody has moved the cursor since. Returns what is on top. */
static int64_t recall_place(struct list *list)
{
	struct list_search *s = &list->search;

	if (list->cursor_id != s->cursor_id)
		return list->top < list->count ? list->ids[list->top] : 0;
	list->cursor = s->cursor;
	list->top = s->top;
	return s->top_id;
}

static void begin(struct list *list, bool shows, bool by_user)
{
	struct list_search *s = &list->search;

	if (shows)
		remember_place(list);
	if (shows && narrows(list))
		look_through_kept(list);
	else
		look_through_all(list);
	if (shows)
		make_room(list);
	list_forget_keys(list);
	free(s->text);
	free(s->found);
	s->text = mem_strdup(field_edit_text(&list->typed));
	s->found = NULL;
	s->at = s->found_count = s->found_capacity = 0;
	s->running = true;
	s->stale = s->asked = false;
	s->shows = shows;
	s->by_user = by_user;
}

/* Neither filtered nor sorted: all of them, as the store has them. */
static void show_all(struct list *list, bool by_user)
{
	struct list_search *s = &list->search;

	remember_place(list);
	int64_t top_id = recall_place(list);
	free(list->old_ids);
	list->old_ids = list->ids;
	list->old_count = list->count;
	list->ids = copy_of(list->all, list->total);
	list->count = list->total;
	list->ids_capacity = list->total + 1;
	list->loaded = 0;
	list_forget_keys(list);
	free(s->from);
	free(s->text);
	s->from = NULL;
	s->text = NULL;
	s->running = s->stale = s->asked = false;
	list_settle(list, top_id, by_user);
}

/* ---- going on ---- */

static void keep_found(struct list *list, int64_t id)
{
	struct list_search *s = &list->search;

	if (list_is_sorted(list))
		list_add_key(list, list->row, s->shows ? list->count : s->found_count);
	if (!s->shows) {
		VEC_PUSH(s->found, s->found_count, s->found_capacity) = id;
		return;
	}
	if (list->kept && !list->follow && id == list->cursor_id)
		list->cursor = list->count;
	VEC_PUSH(list->ids, list->count, list->ids_capacity) = id;
}

static bool read_row(struct list *list, struct store *store, int64_t id, int64_t *ret_id,
		     struct err *err)
{
	if (list->row == NULL)
		list->row = mem_new(1, list->row_size);
	memset(list->row, 0, list->row_size);
	if (!list->read(store, id, list->now_ms, list->row, err))
		return false;
	memcpy(ret_id, list->row, sizeof(*ret_id));
	return true;
}

static bool look_at_next(struct list *list, struct store *store, struct err *err)
{
	int64_t id = 0;

	if (!read_row(list, store, looked_through(list)[list->search.at++], &id, err))
		return false;
	if (id != 0 &&
	    (list->filter.count == 0 || list_meets(list, &list->filter, list->row)))
		keep_found(list, id);
	return true;
}

static void finish(struct list *list)
{
	struct list_search *s = &list->search;
	int64_t top_id = 0;

	if (s->shows) {
		top_id = recall_place(list);
	} else {
		top_id = list->top < list->count ? list->ids[list->top] : 0;
		list->old_ids = list->ids;
		list->old_count = list->count;
		list->ids = TAKE(s->found);
		list->count = s->found_count;
		list->ids_capacity = s->found_capacity;
	}
	free(s->from);
	s->from = NULL;
	s->running = false;
	list->loaded = 0;
	list_settle(list, top_id, s->by_user);
	if (s->marks_all)
		(void)list_marks_act(list, ACTION_MARK_ALL);
	s->marks_all = false;
}

/* So many rows, or until there is a page to show. */
static bool look(struct list *list, struct store *store, struct err *err)
{
	struct list_search *s = &list->search;
	const size_t page = list_page(list);
	bool filled = false;
	DEFER(store_abort) struct transaction tx = { 0 };
	bool read = store_begin_reading(store, &tx, err);

	for (int i = 0; i < SLICE_ROWS && read && !filled && s->at < s->count; i++) {
		size_t before = list->count;
		read = look_at_next(list, store, err);
		filled = before < page && list->count >= page;
	}
	return read;
}

bool list_search(struct list *list, struct store *store, struct err *err)
{
	struct list_search *s = &list->search;

	if (!s->running)
		return true;
	bool read = look(list, store, err);
	if (!read || s->at >= s->count)
		finish(list);
	else
		list_keep_in_sight(list);
	return read;
}

/* ---- what is shown ---- */

/* One that is there no longer goes at once; the ids come anew with the next load. */
static void drop(struct list *list, size_t position)
{
	list->count--;
	memmove(list->ids + position, list->ids + position + 1,
		(list->count - position) * sizeof(list->ids[0]));
	if (list->cursor > position)
		list->cursor--;
}

static bool read_window(struct list *list, struct store *store, struct err *err)
{
	size_t begin = 0;
	size_t end = 0;
	size_t count = list->count;
	DEFER(store_abort) struct transaction tx = { 0 };

	list_window(list, &begin, &end);
	if (!store_begin_reading(store, &tx, err))
		return false;
	for (size_t i = begin; i < end && i < list->count;) {
		int64_t id = 0;
		if (list_holds(list, i)) {
			i++;
			continue;
		}
		if (!read_row(list, store, list->ids[i], &id, err))
			return false;
		if (id == 0 && !list->search.running)
			drop(list, i);
		else
			list_fill(list, i++, list->row);
	}
	if (list->count < count)
		list_move_to(list, list->cursor);
	return true;
}

/* Other rows are shown as they are found; another order, when all of them have it. */
static void begin_for_user(struct list *list)
{
	const char *last = list->search.text != NULL ? list->search.text : "";

	begin(list, list->ids == NULL || strcmp(last, field_edit_text(&list->typed)) != 0,
	      true);
}

/* What is sorted stays as it is while somebody is at the keys. */
static void follow_data(struct list *list)
{
	if (list->search.running)
		list->search.stale = true;
	else if (list->hold && list_is_sorted(list))
		list->held = true;
	else
		begin(list, false, false);
}

static void look_again(struct list *list)
{
	struct list_search *s = &list->search;
	bool by_user = s->asked || list->ids == NULL;
	bool all_is_new = s->all_is_new;

	s->all_is_new = false;
	if (list_is_plain(list) && (by_user || all_is_new))
		show_all(list, by_user);
	else if (list_is_plain(list))
		return;
	else if (by_user)
		begin_for_user(list);
	else if (!list->rows_only)
		follow_data(list);
}

bool list_read_rows(struct list *list, struct store *store, int64_t now_ms,
		    struct err *err)
{
	list->now_ms = now_ms;
	list->asked = false;
	look_again(list);
	if (list->search.running && list->search.at == 0 &&
	    !list_search(list, store, err))
		return false;
	return read_window(list, store, err);
}
