/* A list on the screen: which columns fit, its header, its rows. */
#include <string.h>

#include "core/base/text.h"
#include "tui/console/list.h"

enum { CELL_MAX = 2048, MARKER_COLUMNS = 2, LIMIT_MAX = 9, FILL_LEAST = 12 };

/* Which columns fit: dropped from the highest priority number down until the rest does.
 * ret_fill: what the column without a width gets. */
static int choose_columns(const struct list *list, int columns, int *ret_fill)
{
	for (int limit = LIMIT_MAX;; limit--) {
		int used = MARKER_COLUMNS;
		int least = 0;
		for (size_t i = 0; i < list->column_count; i++) {
			if (list->columns[i].priority > limit)
				continue;
			used += list->columns[i].width + 1;
			if (list->columns[i].width == 0)
				least = FILL_LEAST;
		}
		if (used + least <= columns || limit == 0) {
			*ret_fill = columns > used ? columns - used : 0;
			return limit;
		}
	}
}

/* The arrow stands behind the title, or in the blank between two columns. */
static void draw_title(const struct list *list, int column, struct rect cell)
{
	const char *title = list->columns[column].title;
	bool sorted = list->sort == column;
	int x = cell.x + paint_text(cell.y, cell.x, cell.columns, ROLE_DIM, title);

	if (sorted)
		(void)paint_text(cell.y, x, 1, ROLE_TITLE, list->reverse ? "v" : "^");
}

static void draw_cell(const struct column *column, const void *row, struct rect cell,
		      int64_t now_ms)
{
	DEFER(buf_done) struct buf text = BUF_INIT(CELL_MAX);

	column->text(row, now_ms, &text);
	(void)paint_text(cell.y, cell.x, cell.columns,
			 column->role != NULL ? column->role(row) : ROLE_TEXT,
			 buf_text(&text));
}

/* row NULL: the header. */
static void draw_line(struct list *list, struct rect line, const void *row,
		      int64_t now_ms)
{
	int fill = 0;

	list->limit = choose_columns(list, line.columns, &fill);
	struct rect cell = { line.y, line.x + MARKER_COLUMNS, 1, 0 };
	for (int i = 0; i < (int)list->column_count; i++) {
		const struct column *column = &list->columns[i];
		if (column->priority > list->limit)
			continue;
		cell.columns = column->width > 0 ? column->width : fill;
		if (cell.x >= line.x + line.columns)
			return;
		if (row == NULL)
			draw_title(list, i, cell);
		else
			draw_cell(column, row, cell, now_ms);
		cell.x += cell.columns + 1;
	}
}

static void draw_markers(const struct list *list, struct rect line, size_t index,
			 bool focused)
{
	if (focused && index == list->cursor)
		(void)paint_text(line.y, line.x, 1, ROLE_TITLE, ">");
	if (list_is_marked(list, list->ids[index]))
		(void)paint_text(line.y, line.x + 1, 1, ROLE_TITLE, "*");
}

bool list_click(struct list *list, int y)
{
	int row = y - list->first_y;

	if (row < 0 || row >= list->height || list->top + (size_t)row >= list->count)
		return false;
	list_move_to(list, list->top + (size_t)row);
	return true;
}

static const char *nothing(const struct list *list, const char *empty)
{
	return list->filter.count > 0 && list->total > 0
		       ? "nothing meets the filter: Esc shows all"
		       : empty;
}

void list_draw(struct list *list, struct rect area, bool focused, bool header,
	       int64_t now_ms, const char *empty)
{
	struct rect line = { area.y, area.x, 1, area.columns };

	list->now_ms = now_ms;
	list->has_header = header;
	if (header && area.rows > 1 && list->count > 0) {
		draw_line(list, line, NULL, now_ms);
		line.y++;
		area.rows--;
	}
	list->height = area.rows;
	list->first_y = line.y;
	if (focused && !list->kept && list->count > 0)
		list_move_to(list, list->cursor);
	list_keep_in_sight(list);
	if (list->count == 0)
		(void)paint_text(line.y, area.x + MARKER_COLUMNS,
				 area.columns - MARKER_COLUMNS, ROLE_DIM,
				 nothing(list, empty));
	for (int shown = 0; shown < area.rows; shown++, line.y++) {
		size_t index = list->top + (size_t)shown;
		const void *row = list_row(list, index);
		if (index >= list->count)
			return;
		draw_markers(list, line, index, focused);
		if (row != NULL)
			draw_line(list, line, row, now_ms);
	}
}
