#include "tui/console/list.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

/* So much of a page is loaded above and below what is shown: as little as keeps the load of a key
 * that scrolls short, as much as keeps it rare. */
enum { HEIGHT_UNKNOWN = 64, BESIDE_PART = 4 };

void list_init(struct list *list, const struct column *columns, size_t column_count,
	       size_t row_size)
{
	*list = (struct list){ .columns = columns,
			       .column_count = column_count,
			       .row_size = row_size,
			       .sort = -1,
			       .limit = INT32_MAX };
	field_edit_init(&list->typed, ROW_FILTER_BYTES - 1, false);
}

void list_done(struct list *list)
{
	list_order_done(list);
	list_search_done(list);
	list_find_done(list);
	list_marks_done(list);
	field_edit_done(&list->typed);
	free(list->rows);
	free(list->ids);
	list->rows = NULL;
	list->ids = NULL;
	list->count = list->loaded = list->capacity = list->ids_capacity = 0;
}

const void *list_row(const struct list *list, size_t index)
{
	if (index < list->first || index - list->first >= list->loaded)
		return NULL;
	const char *row = list->rows + (index - list->first) * list->row_size;
	int64_t id;
	memcpy(&id, row, sizeof(id));
	return id != 0 ? row : NULL;
}

const void *list_current(const struct list *list)
{
	return list_row(list, list->cursor);
}

void list_select(struct list *list, int64_t id)
{
	list->cursor_id = id;
	list->kept = true;
}

/* ---- where it stands ---- */

size_t list_page(const struct list *list)
{
	return list->height > 0 ? (size_t)list->height : HEIGHT_UNKNOWN;
}

void list_keep_in_sight(struct list *list)
{
	size_t height = list_page(list);

	if (list->cursor < list->top)
		list->top = list->cursor;
	if (list->cursor >= list->top + height)
		list->top = list->cursor - height + 1;
	if (list->top > 0 && list->top + height > list->count)
		list->top = list->count > height ? list->count - height : 0;
	if (list->top == 0 && list->count > 0)
		list->seen_id = list->ids[0];
	size_t end = list->top + height < list->count ? list->top + height : list->count;
	list->wants_rows =
		list->is_long && (list->search.asked || list->top < list->first ||
				  end > list->first + list->loaded);
}

void list_move_to(struct list *list, size_t index)
{
	list->cursor =
		index < list->count ? index : (list->count > 0 ? list->count - 1 : 0);
	list->cursor_id = list->count > 0 ? list->ids[list->cursor] : 0;
	list->kept = true;
	list_keep_in_sight(list);
}

static void reserve_rows(struct list *list, size_t count)
{
	while (list->capacity < count)
		list->rows = vec_grow(list->rows, &list->capacity, list->row_size);
}

/* Where nothing but the place has changed, rows that were loaded stay; the others are empty. */
static void move_window(struct list *list, size_t begin, size_t end)
{
	size_t loaded_end = list->first + list->loaded;
	size_t from = list->first > begin ? list->first : begin;
	size_t until = loaded_end < end ? loaded_end : end;
	size_t before = from - begin;

	list->loaded = 0;
	if (list->rows_only && from < until) {
		list->loaded = until - begin;
		reserve_rows(list, list->loaded);
		memmove(list->rows + before * list->row_size,
			list->rows + (from - list->first) * list->row_size,
			(until - from) * list->row_size);
		memset(list->rows, 0, before * list->row_size);
	}
	list->first = begin;
}

void list_window(struct list *list, size_t *ret_begin, size_t *ret_end)
{
	size_t height = list_page(list);
	size_t beside = height / BESIDE_PART + 1;

	*ret_begin = list->top > beside ? list->top - beside : 0;
	*ret_end = list->top + height + beside;
	if (*ret_end > list->count)
		*ret_end = list->count;
	move_window(list, *ret_begin, *ret_end);
	list->wants_rows = false;
}

bool list_holds(const struct list *list, size_t position)
{
	const void *row = list_row(list, position);

	return row != NULL && memcmp(row, &list->ids[position], sizeof(int64_t)) == 0;
}

void list_fill(struct list *list, size_t position, const void *row)
{
	size_t index = position - list->first;

	while (list->loaded <= index) {
		reserve_rows(list, list->loaded + 1);
		memset(list->rows + list->loaded * list->row_size, 0, list->row_size);
		list->loaded++;
	}
	memcpy(list->rows + index * list->row_size, row, list->row_size);
}

/* ---- keys ---- */

enum { REACH_TIMES = 10 };

bool list_is_cut(const struct list *list)
{
	return list->reach > 0 && list->total >= list->reach;
}

/* Whoever goes to the end of what was looked at wants to see what is behind it. */
static void reach_further(struct list *list)
{
	list->reach *= REACH_TIMES;
	list->asked = true;
}

static bool move(struct list *list, enum action action)
{
	size_t page = list->height > 1 ? (size_t)list->height - 1 : 1;
	size_t last = list->count > 0 ? list->count - 1 : 0;
	size_t at = list->cursor;

	switch ((int)action) {
	case ACTION_MOVE_DOWN: at += 1; break;
	case ACTION_MOVE_UP: at = at > 0 ? at - 1 : 0; break;
	case ACTION_PAGE_DOWN: at += page; break;
	case ACTION_PAGE_UP: at = at > page ? at - page : 0; break;
	case ACTION_MOVE_FIRST: at = 0; break;
	case ACTION_MOVE_LAST: at = last; break;
	default: return false;
	}
	list->follow = false;
	if (at >= last && action != ACTION_MOVE_FIRST && list_is_cut(list))
		reach_further(list);
	list_move_to(list, at);
	return true;
}

bool list_column_is_hidden(const struct list *list, int column)
{
	return (list->hidden & (1U << column)) != 0;
}

bool list_hide_column(struct list *list, int column, bool hidden)
{
	if (column < 0 || column >= (int)list->column_count ||
	    list->columns[column].priority == 0)
		return false;
	list->hidden &= ~(1U << column);
	list->hidden |= hidden ? 1U << column : 0;
	return true;
}

/* Is the column there, as wide as the screen is now? */
static bool can_sort_by(const struct list *list, int column)
{
	const struct column *c = &list->columns[column];

	return c->priority <= list->limit && c->title[0] != '\0' &&
	       !list_column_is_hidden(list, column);
}

void list_ask(struct list *list)
{
	if (list->is_long)
		list->search.asked = list->wants_rows = true;
	else
		list->asked = true;
}

static void sort_by_next(struct list *list)
{
	do
		list->sort++;
	while (list->sort < (int)list->column_count && !can_sort_by(list, list->sort));
	if (list->sort == (int)list->column_count)
		list->sort = -1;
	list->reverse = false;
	list_ask(list);
}

static void reverse(struct list *list)
{
	list->reverse = !list->reverse;
	list_ask(list);
}

static void follow(struct list *list)
{
	list->follow = !list->follow;
	list->asked = true;
}

static bool arrange(struct list *list, enum action action)
{
	if (action == ACTION_SORT && list->depth == NULL)
		sort_by_next(list);
	else if (action == ACTION_SORT_REVERSE && list->sort >= 0)
		reverse(list);
	else if (action == ACTION_FOLLOW && list->newest_first)
		follow(list);
	else
		return false;
	return true;
}

bool list_act(struct list *list, enum action action)
{
	return move(list, action) || arrange(list, action) ||
	       list_marks_act(list, action) || list_find_act(list, action);
}

bool list_wants_load(const struct list *list)
{
	return list->asked || list->wants_rows;
}

/* Rows above what is shown that were not there when the top was last seen. */
static size_t new_above(const struct list *list)
{
	size_t count = 0;

	while (list->newest_first && count < list->top && list->sort < 0 &&
	       list->ids[count] > list->seen_id)
		count++;
	return count;
}

/* Texts with two blanks between them. */
PRINTF_LIKE(2, 3)
static void add_text(struct buf *ret, const char *format, ...)
{
	va_list args;

	if (ret->len > 0)
		buf_adds(ret, "  ");
	va_start(args, format);
	buf_vaddf(ret, format, args);
	va_end(args);
}

bool list_is_narrowed(const struct list *list)
{
	return list->filter.count > 0 || list->typing;
}

void list_status(const struct list *list, struct buf *ret)
{
	size_t above = new_above(list);

	if (list->sort >= 0 && !list->has_header)
		add_text(ret, "by %s%s", list->columns[list->sort].title,
			 list->reverse ? ", reversed" : "");
	if (list->marks.count > 0)
		add_text(ret, "%zu marked", list->marks.count);
	if (list->marks.range_from != 0)
		add_text(ret, "range: V ends it");
	if (above > 0)
		add_text(ret, "%zu new above", above);
	if (list->follow)
		add_text(ret, "follows the newest");
	if (list->search.running && list->search.by_user)
		add_text(ret, "searching");
	if (list_is_narrowed(list))
		add_text(ret, "%zu of %s%zu  /%s", list->count,
			 list_is_cut(list) ? "the newest " : "", list->total,
			 field_edit_text(&list->typed));
}
