#include "tui/console/column_chooser.h"

#include "core/base/text.h"
#include "tui/console/list.h"

enum { WIDTH = 44, FRAME_ROWS = 4 };

struct column_chooser {
	struct view view;
	struct list *list; /* of the view under it, which stays there meanwhile */
	int at;
};

static const struct view_ops view_columns;

/* Columns that can be told from others, and left out. */
static bool is_offered(const struct list *list, int column)
{
	return column >= 0 && column < (int)list->column_count &&
	       list->columns[column].title[0] != '\0';
}

static int step(const struct list *list, int from, int by)
{
	int at = from + by;

	while (at >= 0 && at < (int)list->column_count && !is_offered(list, at))
		at += by;
	return is_offered(list, at) ? at : from;
}

void column_chooser_open(struct app *app)
{
	struct list *list = app_list(app);

	if (list == NULL || (!list->has_header && list->row_lines < 2)) {
		app_note(app, "There are no columns to choose from here");
		return;
	}
	struct column_chooser *v =
		(struct column_chooser *)app_open(app, &view_columns, 0);
	if (v == NULL)
		return;
	v->list = list;
	v->at = step(list, -1, 1);
}

/* "[x] Since", and why it is not there though it may be. */
static void draw_row(const struct column_chooser *v, struct rect line, int column)
{
	const struct list *list = v->list;
	bool hidden = list_column_is_hidden(list, column);
	const char *why = list->columns[column].priority == 0 ? "always shown"
			  : !hidden && list->columns[column].priority > list->limit
				  ? "no room for it now"
				  : "";

	if (column == v->at)
		(void)paint_text(line.y, line.x, 1, ROLE_TITLE, ">");
	paint_bold(column == v->at);
	int x = line.x + 2;
	x += paint_format(line.y, x, line.columns - 2, ROLE_TEXT, "[%c] %s  ",
			  hidden ? ' ' : 'x', list->columns[column].title);
	paint_bold(false);
	(void)paint_text(line.y, x, line.x + line.columns - x, ROLE_DIM, why);
}

static void columns_draw(struct view *view, struct rect area, int64_t now_ms)
{
	const struct column_chooser *v = (const struct column_chooser *)view;
	struct rect box = area;
	int shown = 0;

	(void)now_ms;
	for (int i = 0; i < (int)v->list->column_count; i++)
		shown += is_offered(v->list, i);
	box.rows = shown + FRAME_ROWS < area.rows ? shown + FRAME_ROWS : area.rows;
	box.columns = area.columns < WIDTH ? area.columns : WIDTH;
	box.y += (area.rows - box.rows) / 3;
	box.x += (area.columns - box.columns) / 2;
	paint_blank_for(area, box);
	paint_rule(box.y, box.x, box.columns, "Columns", "");
	struct rect line = { box.y + 1, box.x + 1, 1, box.columns - 2 };
	for (int i = 0; i < (int)v->list->column_count && line.y < box.y + box.rows - 2;
	     i++)
		if (is_offered(v->list, i)) {
			draw_row(v, line, i);
			line.y++;
		}
	(void)paint_text(box.y + box.rows - 2, box.x + 2, box.columns - 4, ROLE_TITLE,
			 "Space shows or hides it   Esc done");
	paint_rule(box.y + box.rows - 1, box.x, box.columns, "", "");
}

static enum reaction columns_act(struct view *view, struct app *app, enum action action)
{
	struct column_chooser *v = (struct column_chooser *)view;

	if (action == ACTION_MOVE_DOWN || action == ACTION_MOVE_UP)
		v->at = step(v->list, v->at, action == ACTION_MOVE_DOWN ? 1 : -1);
	else if (action == ACTION_MARK || action == ACTION_OPEN ||
		 action == ACTION_TOGGLE) {
		if (!list_hide_column(v->list, v->at,
				      !list_column_is_hidden(v->list, v->at)))
			app_note(app, "Without '%s' a row says nothing",
				 v->list->columns[v->at].title);
	} else if (action == ACTION_COLUMNS)
		return REACTION_CLOSE;
	else
		return REACTION_IGNORED;
	return REACTION_REDRAW;
}

static const enum action hints[] = { ACTION_MARK, ACTION_BACK, ACTION_NONE };

static const struct view_ops view_columns = {
	.name = "columns",
	.title = "Columns",
	.size = sizeof(struct column_chooser),
	.keys = &keymap_list,
	.hints = hints,
	.overlay = true,
	.draw = columns_draw,
	.act = columns_act,
};
