#include "tui/console/picker.h"

#include <string.h>

enum { WIDTH_MAX = 76, RULES_AND_LINE = 3 };

static void draw_typed(const struct field_edit *typed, int y, int x, int columns)
{
	size_t begin = field_edit_window(typed, columns - 3);

	x += paint_text(y, x, columns, ROLE_TITLE, ": ");
	(void)paint_text(y, x, columns - 2, ROLE_TEXT, field_edit_text(typed) + begin);
	paint_cursor(y, x + field_edit_width(typed, begin, typed->at));
}

static void place(struct picker *picker, struct rect area)
{
	int columns = area.columns > WIDTH_MAX ? WIDTH_MAX : area.columns;
	int rows = area.rows < picker->rows_max ? area.rows : picker->rows_max;
	int left = rows - RULES_AND_LINE - picker->foot_rows;

	picker->box = (struct rect){ area.y, area.x + (area.columns - columns) / 2, rows,
				     columns };
	picker->height = left > 0 ? (size_t)left : 1;
	if (picker->at >= picker->top + picker->height)
		picker->top = picker->at - picker->height + 1;
	if (picker->at < picker->top)
		picker->top = picker->at;
}

struct rect picker_begin(struct picker *picker, struct rect area, const char *title,
			 const char *note)
{
	place(picker, area);
	struct rect line = { picker->box.y + 2, picker->box.x + 1, 1,
			     picker->box.columns - 2 };

	paint_blank_for(area, picker->box);
	paint_rule(picker->box.y, picker->box.x, picker->box.columns, title, note);
	draw_typed(&picker->typed, line.y - 1, line.x, line.columns);
	return line;
}

void picker_end(const struct picker *picker, const char *more, const char *keys)
{
	const struct rect *box = &picker->box;
	int last = box->y + box->rows - 1;

	if (more != NULL)
		(void)paint_text(last - 2, box->x + 2, box->columns - 4, ROLE_DIM, more);
	(void)paint_text(last - 1, box->x + 2, box->columns - 4, ROLE_TITLE, keys);
	paint_rule(last, box->x, box->columns, "", "");
}

void picker_move(struct picker *picker, bool down, size_t count)
{
	if (count > 0)
		picker->at = (picker->at + (down ? 1 : count - 1)) % count;
}

bool picker_paste(struct picker *picker, struct app *app, const char *text)
{
	if (strpbrk(text, "\r\n\t") == NULL && field_edit_insert(&picker->typed, text))
		return true;
	app_note(app, "That is too long to paste here, or more than a line");
	return false;
}
