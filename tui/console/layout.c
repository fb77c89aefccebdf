#include "tui/console/layout.h"

enum {
	TALL_COLUMNS = 60,
	STACKED_COLUMNS = 100,
	BESIDE_COLUMNS = 160,
	LINE_COLUMNS = 30, /* narrower and lower than these: a line */
	LINE_ROWS = 8,
	LEAST_COLUMNS = 16, /* narrower or lower than these: a line, too */
	LEAST_ROWS = 4,
	MESSAGE_ROWS = 12, /* from here on messages have a row of their own */
	TABS_ROWS = 6,
	LIST_ROWS_LEAST = 8, /* of a list over its detail */
	DETAIL_ROWS_LEAST = 5,
};

static enum layout_shape shape_of(int columns, int rows)
{
	if ((columns < LINE_COLUMNS && rows < LINE_ROWS) || columns < LEAST_COLUMNS ||
	    rows < LEAST_ROWS)
		return LAYOUT_LINE;
	if (columns < TALL_COLUMNS)
		return LAYOUT_TALL;
	if (columns < STACKED_COLUMNS)
		return LAYOUT_LIST;
	return columns < BESIDE_COLUMNS ? LAYOUT_STACKED : LAYOUT_BESIDE;
}

struct layout layout_screen(int columns, int rows)
{
	struct layout l = { .shape = shape_of(columns, rows) };
	int above = 0;
	int below = rows;

	if (columns <= 0 || rows <= 0)
		return l;
	bool line = l.shape == LAYOUT_LINE;
	if (!line && rows >= TABS_ROWS)
		l.tabs = (struct rect){ above++, 0, 1, columns };
	l.place = (struct rect){ above++, 0, 1, columns };
	if (!line)
		l.hints = (struct rect){ --below, 0, 1, columns };
	l.message_in_hints = rows < MESSAGE_ROWS;
	if (!line && !l.message_in_hints)
		l.message = (struct rect){ --below, 0, 1, columns };
	l.body = (struct rect){ above, 0, below - above, columns };
	return l;
}

struct layout layout_of_screen(void)
{
	struct rect screen = paint_screen();

	return layout_screen(screen.columns, screen.rows);
}

static struct panes beside(struct rect body)
{
	int list = body.columns * 11 / 20;

	return (struct panes){
		.list = { body.y, body.x, body.rows, list },
		.rule = { body.y, body.x + list, body.rows, 1 },
		.detail = { body.y, body.x + list + 2, body.rows,
			    body.columns - list - 2 },
	};
}

static struct panes stacked(struct rect body)
{
	int list = body.rows * 3 / 5;

	if (list < LIST_ROWS_LEAST)
		list = LIST_ROWS_LEAST;
	if (body.rows - list - 1 < DETAIL_ROWS_LEAST)
		return (struct panes){ .list = body };
	return (struct panes){
		.list = { body.y, body.x, list, body.columns },
		.rule = { body.y + list, body.x, 1, body.columns },
		.detail = { body.y + list + 1, body.x, body.rows - list - 1,
			    body.columns },
	};
}

struct panes layout_panes(enum layout_shape shape, struct rect body, bool zoomed,
			  bool detail_focused)
{
	struct panes both = { .list = body };

	if (shape == LAYOUT_BESIDE)
		both = beside(body);
	else if (shape == LAYOUT_STACKED)
		both = stacked(body);
	if (!zoomed)
		return both;
	if (detail_focused && both.detail.rows > 0)
		return (struct panes){ .detail = body };
	return (struct panes){ .list = body };
}
