/* A list on the screen: which columns fit, its header, its rows. */
#include <string.h>

#include "core/base/text.h"
#include "tui/console/list.h"
#include "tui/console/sentence.h"

enum { CELL_MAX = 2048, MARKER_COLUMNS = 2, LIMIT_MAX = 9, FILL_LEAST = 12 };

/* On a narrow screen a row takes two lines rather than leave out what matters. */
enum { TALL_LEAST = 30, TALL_MOST = 59, TALL_ROWS = 4, MATTERS_MOST = 1, SECOND_GAP = 2 };

/* What a line of a row shows: columns of these priorities, what the column without a width
 * gets, and the first one of the next priority in what is left over then. */
struct line_plan {
	int from, limit, fill;
	int extra, extra_columns; /* -1: none */
};

/* Which columns fit: dropped from the highest priority number down until the rest does. */
static struct line_plan plan_line(const struct list *list, int columns, int from,
				  int limit)
{
	for (;; limit--) {
		int used = MARKER_COLUMNS;
		int least = 0;
		for (size_t i = 0; i < list->column_count; i++) {
			if (list->columns[i].priority < from ||
			    list->columns[i].priority > limit ||
			    list_column_is_hidden(list, (int)i))
				continue;
			used += list->columns[i].width + 1;
			if (list->columns[i].width == 0)
				least = FILL_LEAST;
		}
		if (used + least <= columns || limit == from)
			return (struct line_plan){
				.from = from,
				.limit = limit,
				.fill = columns > used ? columns - used : 0,
				.extra = -1,
			};
	}
}

static int next_column(const struct list *list, int limit)
{
	int next = -1;

	for (int i = 0; i < (int)list->column_count; i++) {
		int priority = list->columns[i].priority;
		if (priority > limit && !list_column_is_hidden(list, i) &&
		    (next < 0 || priority < list->columns[next].priority))
			next = i;
	}
	return next;
}

/* The second line of a row: what the first one leaves out. */
static struct line_plan plan_second(const struct list *list, int columns)
{
	struct line_plan plan = plan_line(list, columns, 1, LIMIT_MAX);
	int next = next_column(list, plan.limit);
	bool filled = false;

	for (size_t i = 0; i < list->column_count; i++)
		filled |= list->columns[i].width == 0 && list->columns[i].priority > 0;
	if (filled || next < 0 || plan.fill < FILL_LEAST)
		return plan;
	plan.extra = next;
	plan.extra_columns = plan.fill;
	return plan;
}

static int columns_of(const struct list *list, const struct line_plan *plan, int column)
{
	const struct column *c = &list->columns[column];

	if (column == plan->extra)
		return plan->extra_columns;
	if (c->priority < plan->from || c->priority > plan->limit ||
	    list_column_is_hidden(list, column))
		return 0;
	return c->width > 0 ? c->width : plan->fill;
}

/* Would one line leave out what matters? */
static bool is_tall(const struct list *list, struct rect area)
{
	if (area.columns < TALL_LEAST || area.columns > TALL_MOST ||
	    area.rows < TALL_ROWS)
		return false;
	int limit = plan_line(list, area.columns, 0, LIMIT_MAX).limit;
	int next = next_column(list, limit);
	return next >= 0 && list->columns[next].priority <= MATTERS_MOST;
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

/* Returns the columns that it took. */
static int draw_cell(const struct column *column, const void *row, struct rect cell,
		     int64_t now_ms)
{
	DEFER(buf_done) struct buf text = BUF_INIT(CELL_MAX);

	column->text(row, now_ms, &text);
	return paint_text(cell.y, cell.x, cell.columns,
			  column->role != NULL ? column->role(row) : ROLE_TEXT,
			  buf_text(&text));
}

/* What the columns behind this one need on the second line. */
static int columns_behind(const struct list *list, const struct line_plan *plan,
			  int column)
{
	int needed = 0;

	for (int i = column + 1; i < (int)list->column_count; i++) {
		int columns = columns_of(list, plan, i);
		bool gives_way = i == plan->extra || list->columns[i].width == 0;
		if (columns > 0)
			needed += 1 + (gives_way && columns > FILL_LEAST ? FILL_LEAST
									 : columns);
	}
	return needed;
}

/* The second line of a row has no header above it: one text follows the other, and may be
 * as long as those behind it leave. */
static void draw_second(const struct list *list, struct rect line,
			const struct line_plan *plan, const void *row, int64_t now_ms)
{
	int end = line.x + line.columns;
	struct rect cell = { line.y, line.x + MARKER_COLUMNS, 1, 0 };

	for (int i = 0; i < (int)list->column_count; i++) {
		if (columns_of(list, plan, i) == 0)
			continue;
		int behind = columns_behind(list, plan, i);
		cell.columns = end - behind - cell.x;
		int used = draw_cell(&list->columns[i], row, cell, now_ms);
		if (used == 0)
			continue;
		bool tight = cell.x + used + SECOND_GAP - 1 + behind > end;
		cell.x += used + (tight ? 1 : SECOND_GAP);
	}
}

/* row NULL: the header. */
static void draw_line(const struct list *list, struct rect line,
		      const struct line_plan *plan, const void *row, int64_t now_ms)
{
	struct rect cell = { line.y, line.x + MARKER_COLUMNS, 1, 0 };

	for (int i = 0; i < (int)list->column_count; i++) {
		cell.columns = columns_of(list, plan, i);
		if (cell.columns == 0)
			continue;
		if (cell.x >= line.x + line.columns)
			return;
		if (row == NULL)
			draw_title(list, i, cell);
		else
			(void)draw_cell(&list->columns[i], row, cell, now_ms);
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

	if (row < 0)
		return false;
	row /= list->row_lines > 0 ? list->row_lines : 1;
	if (row >= list->height || list->top + (size_t)row >= list->count)
		return false;
	list_move_to(list, list->top + (size_t)row);
	return true;
}

static const char *nothing(const struct list *list, const char *empty)
{
	if (list->search.running)
		return "nothing yet: searching";
	return list->filter.count > 0 && list->total > 0
		       ? "nothing meets the filter: Esc shows all"
		       : empty;
}

/* Rows from the top on, in lines of one plan or of two. */
static void draw_rows(const struct list *list, struct rect line,
		      const struct line_plan *plans, bool focused, int64_t now_ms)
{
	for (int shown = 0; shown < list->height; shown++) {
		size_t index = list->top + (size_t)shown;
		const void *row = list_row(list, index);
		if (index >= list->count)
			return;
		draw_markers(list, line, index, focused);
		if (row != NULL)
			draw_line(list, line, &plans[0], row, now_ms);
		line.y++;
		if (row != NULL && list->row_lines > 1)
			draw_second(list, line, &plans[1], row, now_ms);
		line.y += list->row_lines - 1;
	}
}

static void draw_header(const struct list *list, struct rect *area,
			const struct line_plan *plan, int64_t now_ms)
{
	if (!list->has_header || area->rows < 2 || list->count == 0)
		return;
	draw_line(list, *area, plan, NULL, now_ms);
	area->y++;
	area->rows--;
}

/* Whole where there are rows for it: its end says which key leads on. */
static void draw_nothing(struct rect area, const char *text)
{
	area.x += MARKER_COLUMNS;
	area.columns -= MARKER_COLUMNS;
	if (area.rows > 1)
		(void)sentence_draw(area, ROLE_DIM, text);
	else
		(void)paint_text(area.y, area.x, area.columns, ROLE_DIM, text);
}

void list_draw(struct list *list, struct rect area, bool focused, bool header,
	       int64_t now_ms, const char *empty)
{
	bool tall = header && is_tall(list, area);
	struct line_plan plans[2] = { plan_line(list, area.columns, 0,
						tall ? 0 : LIMIT_MAX),
				      plan_second(list, area.columns) };

	list->now_ms = now_ms;
	list->has_header = header && !tall;
	list->row_lines = tall ? 2 : 1;
	list->limit = plans[tall ? 1 : 0].limit;
	draw_header(list, &area, &plans[0], now_ms);
	list->height = area.rows / list->row_lines;
	list->first_y = area.y;
	list->first_x = area.x;
	if (focused && !list->kept && list->count > 0)
		list_move_to(list, list->cursor);
	list_keep_in_sight(list);
	if (list->count == 0)
		draw_nothing(area, nothing(list, empty));
	draw_rows(list, area, plans, focused, now_ms);
}
