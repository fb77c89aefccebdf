#include "tui/console/list.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

enum { CELL_MAX = 2048, MARKER_COLUMNS = 2 };

void list_init(struct list *list, const struct column *columns, size_t column_count,
	       size_t row_size)
{
	*list = (struct list){ .columns = columns,
			       .column_count = column_count,
			       .row_size = row_size };
}

void list_done(struct list *list)
{
	free(list->rows);
	list->rows = NULL;
	list->count = list->capacity = 0;
}

void list_begin(struct list *list)
{
	list->count = 0;
}

void list_add(struct list *list, const void *row)
{
	if (list->count == list->capacity)
		list->rows = vec_grow(list->rows, &list->capacity, list->row_size);
	memcpy(list->rows + list->count * list->row_size, row, list->row_size);
	list->count++;
}

const void *list_row(const struct list *list, size_t index)
{
	return index < list->count ? list->rows + index * list->row_size : NULL;
}

static int64_t row_id(const struct list *list, size_t index)
{
	int64_t id;

	memcpy(&id, list_row(list, index), sizeof(id));
	return id;
}

static void move_to(struct list *list, size_t index)
{
	list->cursor =
		index < list->count ? index : (list->count > 0 ? list->count - 1 : 0);
	list->cursor_id = list->count > 0 ? row_id(list, list->cursor) : 0;
	list->kept = true;
}

void list_end(struct list *list)
{
	if (!list->kept) {
		list->cursor = 0;
		return;
	}
	if (list->cursor_id != 0)
		for (size_t i = 0; i < list->count; i++)
			if (row_id(list, i) == list->cursor_id) {
				list->cursor = i;
				return;
			}
	move_to(list, list->cursor);
}

void list_select(struct list *list, int64_t id)
{
	list->cursor_id = id;
	list->kept = true;
}

const void *list_current(const struct list *list)
{
	return list_row(list, list->cursor);
}

/* Which columns fit: dropped from the highest priority number down until the rest does.
 * ret_fill: what the column without a width gets. */
static int choose_columns(const struct list *list, int columns, int *ret_fill)
{
	for (int limit = 9;; limit--) {
		int used = MARKER_COLUMNS;
		int least = 0;
		for (size_t i = 0; i < list->column_count; i++) {
			if (list->columns[i].priority > limit)
				continue;
			used += list->columns[i].width + 1;
			if (list->columns[i].width == 0)
				least = 12;
		}
		if (used + least <= columns || limit == 0) {
			*ret_fill = columns > used ? columns - used : 0;
			return limit;
		}
	}
}

static void draw_cells(const struct list *list, struct rect line, const void *row,
		       bool bold, int64_t now_ms)
{
	int fill = 0;
	int limit = choose_columns(list, line.columns, &fill);
	int x = line.x + MARKER_COLUMNS;

	for (size_t i = 0; i < list->column_count; i++) {
		const struct column *column = &list->columns[i];
		if (column->priority > limit)
			continue;
		int width = column->width > 0 ? column->width : fill;
		DEFER(buf_done)
		struct buf text = BUF_INIT(CELL_MAX);
		if (row == NULL)
			buf_adds(&text, column->title);
		else
			column->text(row, now_ms, &text);
		enum role role = row == NULL            ? ROLE_DIM
				 : column->role != NULL ? column->role(row)
							: ROLE_TEXT;
		paint_bold(bold);
		if (x < line.x + line.columns)
			(void)paint_text(line.y, x, width, role, buf_text(&text));
		paint_bold(false);
		x += width + 1;
	}
}

static void keep_cursor_in_sight(struct list *list)
{
	size_t height = list->height > 0 ? (size_t)list->height : 1;

	if (list->cursor < list->top)
		list->top = list->cursor;
	if (list->cursor >= list->top + height)
		list->top = list->cursor - height + 1;
	if (list->top > 0 && list->top + height > list->count)
		list->top = list->count > height ? list->count - height : 0;
}

void list_draw(struct list *list, struct rect area, bool focused, bool header,
	       int64_t now_ms, const char *empty)
{
	struct rect line = { area.y, area.x, 1, area.columns };

	if (header && area.rows > 1 && list->count > 0) {
		draw_cells(list, line, NULL, false, now_ms);
		line.y++;
		area.rows--;
	}
	if (focused && !list->kept && list->count > 0)
		move_to(list, list->cursor);
	list->height = area.rows;
	keep_cursor_in_sight(list);
	if (list->count == 0)
		(void)paint_text(line.y, area.x + MARKER_COLUMNS,
				 area.columns - MARKER_COLUMNS, ROLE_DIM, empty);
	for (int i = 0; i < area.rows && list->top + (size_t)i < list->count;
	     i++, line.y++) {
		bool current = focused && list->top + (size_t)i == list->cursor;
		if (current)
			(void)paint_text(line.y, area.x, 1, ROLE_TITLE, ">");
		draw_cells(list, line, list_row(list, list->top + (size_t)i), false,
			   now_ms);
	}
}

bool list_act(struct list *list, enum action action)
{
	size_t page = list->height > 1 ? (size_t)list->height - 1 : 1;
	size_t last = list->count > 0 ? list->count - 1 : 0;

	switch ((int)action) {
	case ACTION_MOVE_DOWN: move_to(list, list->cursor + 1); return true;
	case ACTION_MOVE_UP:
		move_to(list, list->cursor > 0 ? list->cursor - 1 : 0);
		return true;
	case ACTION_PAGE_DOWN: move_to(list, list->cursor + page); return true;
	case ACTION_PAGE_UP:
		move_to(list, list->cursor > page ? list->cursor - page : 0);
		return true;
	case ACTION_MOVE_FIRST: move_to(list, 0); return true;
	case ACTION_MOVE_LAST: move_to(list, last); return true;
	default: return false;
	}
}
