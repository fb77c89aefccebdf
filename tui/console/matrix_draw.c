#include "tui/console/matrix_draw.h"

#include <string.h>

#include "core/base/text.h"

enum { CELL_LEAST = 6, CELL_MOST = 20, MARKERS = 2, SUM = 6, FOOT_ROWS = 2 };

/* As wide as lets all of them be seen, where that is possible. */
static int cell_width(int room, size_t services)
{
	const int each = services > 0 ? room / (int)services : CELL_MOST;
	if (each < CELL_LEAST)
		return CELL_LEAST;
	return each < CELL_MOST ? each : CELL_MOST;
}

struct matrix_grid matrix_grid_of(const struct matrix *matrix, struct rect area)
{
	const size_t services = matrix->services.shown_count;
	struct matrix_grid grid = {
		.label_columns = area.columns >= 100  ? 34
				 : area.columns >= 60 ? 24
						      : 12,
		.header_rows = area.rows >= 14 ? 3 : 1,
	};
	const int room = area.columns - MARKERS - grid.label_columns - SUM;

	grid.cell_columns = cell_width(room, services);
	grid.cells = room / grid.cell_columns;
	if (services > 0 && (size_t)grid.cells > services)
		grid.cells = (int)services;
	grid.rows = area.rows - grid.header_rows - FOOT_ROWS;
	if (grid.cells < 1)
		grid.cells = 1;
	if (grid.rows < 1)
		grid.rows = 1;
	return grid;
}

static int cell_x(struct rect area, struct matrix_grid grid, size_t at)
{
	return area.x + MARKERS + grid.label_columns + (int)at * grid.cell_columns;
}

/* A part of a name as wide as a cell's inside, for the header's row'th row. */
static void add_chunk(struct buf *ret, const char *name, int row, int columns)
{
	int skip = row * columns;

	for (int taken = 0; *name != '\0' && taken < columns;) {
		uint32_t point = 0;
		size_t bytes = utf8_decode(name, strlen(name), &point);
		bytes = bytes > 0 ? bytes : 1;
		if (skip > 0)
			skip--;
		else {
			buf_add(ret, name, bytes);
			taken++;
		}
		name += bytes;
	}
}

static void draw_header(const struct matrix *matrix, struct rect area,
			struct matrix_grid grid)
{
	const struct axis *services = &matrix->services;

	for (int i = 0; i < grid.cells; i++) {
		size_t at = services->first + (size_t)i;
		const struct axis_item *item = axis_at(services, at);
		if (item == NULL)
			break;
		bool here = at == services->cursor;
		int x = cell_x(area, grid, (size_t)i);
		for (int row = 0; row < grid.header_rows; row++) {
			DEFER(buf_done) struct buf part = BUF_INIT(64);
			add_chunk(&part, item->name, row, grid.cell_columns - 1);
			paint_bold(here);
			(void)paint_text(area.y + row, x + 1, grid.cell_columns - 1,
					 here ? ROLE_TITLE : ROLE_DIM, buf_text(&part));
			paint_bold(false);
		}
		if (item->marked || here)
			(void)paint_text(area.y, x, 1, ROLE_TITLE,
					 item->marked ? "*" : ">");
	}
	(void)paint_text(area.y + grid.header_rows - 1,
			 cell_x(area, grid, (size_t)grid.cells) + 1, SUM - 1, ROLE_DIM,
			 "sum");
}

static void draw_cell(const struct matrix *matrix, int64_t monitor_id, int64_t service_id,
		      int y, int x, int columns, bool here)
{
	DEFER(buf_done) struct buf text = BUF_INIT(16);
	unsigned levels = matrix_levels(matrix, monitor_id, service_id);
	bool painted = (levels >> matrix->level & 1U) != 0;

	matrix_add_cell(levels, &text);
	if (here) {
		(void)paint_text(y, x, 1, ROLE_TITLE, "[");
		(void)paint_text(y, x + columns - 1, 1, ROLE_TITLE, "]");
	}
	(void)paint_text(y, x + 1, columns - 2,
			 painted       ? ROLE_OK
			 : levels != 0 ? ROLE_TEXT
				       : ROLE_DIM,
			 buf_text(&text));
}

static void draw_row(const struct matrix *matrix, size_t at, struct rect area, int y,
		     struct matrix_grid grid)
{
	const struct axis *services = &matrix->services;
	const struct axis_item *monitor = axis_at(&matrix->monitors, at);
	bool here = at == matrix->monitors.cursor;

	if (here)
		(void)paint_text(y, area.x, 1, ROLE_TITLE, ">");
	if (monitor->marked)
		(void)paint_text(y, area.x + 1, 1, ROLE_TITLE, "*");
	(void)paint_text(y, area.x + MARKERS, grid.label_columns - 1,
			 here ? ROLE_TITLE : ROLE_TEXT, monitor->name);
	for (int i = 0; i < grid.cells; i++) {
		size_t column = services->first + (size_t)i;
		const struct axis_item *service = axis_at(services, column);
		if (service == NULL)
			break;
		draw_cell(matrix, monitor->id, service->id, y,
			  cell_x(area, grid, (size_t)i), grid.cell_columns,
			  here && column == services->cursor);
	}
	(void)paint_format(y, cell_x(area, grid, (size_t)grid.cells) + 1, SUM - 1,
			   monitor->links == 0 ? ROLE_WARN : ROLE_DIM, "%zu%s",
			   monitor->links, monitor->links == 0 ? " !" : "");
}

static void draw_sums(const struct matrix *matrix, struct rect area, int y,
		      struct matrix_grid grid)
{
	const struct axis *services = &matrix->services;

	(void)paint_text(y, area.x + MARKERS, grid.label_columns, ROLE_DIM, "sum");
	for (int i = 0; i < grid.cells; i++) {
		const struct axis_item *item =
			axis_at(services, services->first + (size_t)i);
		if (item == NULL)
			return;
		(void)paint_format(y, cell_x(area, grid, (size_t)i) + 1,
				   grid.cell_columns - 1, ROLE_DIM, "%zu", item->links);
	}
}

/* "rows 1-10 of 2000  columns 1-7 of 500  Shop x Website: levels 12". */
static void draw_place(const struct matrix *matrix, struct rect area, int y,
		       struct matrix_grid grid)
{
	const struct axis *monitors = &matrix->monitors;
	const struct axis *services = &matrix->services;
	const struct axis_item *monitor = axis_current(monitors);
	const struct axis_item *service = axis_current(services);
	DEFER(buf_done) struct buf line = BUF_INIT(2048);
	size_t last_row = monitors->first + (size_t)grid.rows;
	size_t last_column = services->first + (size_t)grid.cells;

	if (last_row > monitors->shown_count)
		last_row = monitors->shown_count;
	if (last_column > services->shown_count)
		last_column = services->shown_count;
	buf_addf(&line, " rows %zu-%zu of %zu, columns %zu-%zu of %zu",
		 monitors->shown_count > 0 ? monitors->first + 1 : 0, last_row,
		 monitors->shown_count,
		 services->shown_count > 0 ? services->first + 1 : 0, last_column,
		 services->shown_count);
	if (monitor != NULL && service != NULL) {
		unsigned levels = matrix_levels(matrix, monitor->id, service->id);
		buf_addf(&line, "  %s x %s: ", monitor->name, service->name);
		if (levels == 0)
			buf_adds(&line, "not linked");
		else
			buf_adds(&line, "level ");
		if (levels != 0)
			matrix_add_cell(levels, &line);
	}
	(void)paint_text(y, area.x, area.columns, ROLE_INFO, buf_text(&line));
}

void matrix_draw(struct matrix *matrix, struct rect area)
{
	struct matrix_grid grid = matrix_grid_of(matrix, area);
	int y = area.y + grid.header_rows;

	axis_scroll(&matrix->monitors, (size_t)grid.rows);
	axis_scroll(&matrix->services, (size_t)grid.cells);
	draw_header(matrix, area, grid);
	for (int i = 0; i < grid.rows; i++, y++) {
		size_t at = matrix->monitors.first + (size_t)i;
		if (at >= matrix->monitors.shown_count)
			break;
		draw_row(matrix, at, area, y, grid);
	}
	draw_sums(matrix, area, area.y + area.rows - 2, grid);
	draw_place(matrix, area, area.y + area.rows - 1, grid);
}
