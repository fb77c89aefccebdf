/* The matrix of links of one alert definition and one integration. */
#include "tui/console/link_matrix.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "tui/console/matrix_draw.h"
#include "tui/console/matrix_source.h"
#include "tui/console/prompt.h"

struct matrix_view {
	struct view view;
	struct matrix matrix;
	struct matrix_source source;
	int64_t copied_id; /* monitor whose row was copied; 0: none */
	size_t page_rows, page_cells;
};

static const struct view_ops view_link_matrix;

static struct matrix_view *matrix_of(struct view *view)
{
	return (struct matrix_view *)view;
}

static void matrix_view_init(struct view *view)
{
	matrix_of(view)->matrix.level = 1;
}

static void matrix_view_done(struct view *view)
{
	struct matrix_view *v = matrix_of(view);

	matrix_done(&v->matrix);
	matrix_source_done(&v->source);
}

static bool matrix_view_load(struct view *view, struct store *store, int64_t now_ms,
			     struct err *err)
{
	struct matrix_view *v = matrix_of(view);
	int64_t placement_id = view->object_id;

	(void)now_ms;
	view->object_id = 0; /* what it was opened on; Tab leads on from there */
	return matrix_source_read(&v->source, &v->matrix, placement_id, store, err);
}

/* ---- drawing ---- */

static const char *name_of(const struct names *names, int64_t id)
{
	const struct name_item *item = names_find_id(names, id);

	return item != NULL ? item->name : "none";
}

static void add_level(const struct matrix_view *v, struct buf *ret)
{
	int number = v->matrix.level;
	const struct level_facts *level = &v->source.levels[number];
	int64_t count =
		level->after_errors > 0 ? level->after_errors : level->after_minutes;

	buf_addf(ret, "paint level %d: ", number);
	if (v->matrix.level_ids[number] == 0) {
		buf_adds(ret, "there is none");
		return;
	}
	buf_addf(ret, "after %lld %s%s, ", (long long)count,
		 level->after_errors > 0 ? "error" : "minute", count == 1 ? "" : "s");
	buf_adds(ret, !level->active      ? "level is OFF"
		      : !level->is_placed ? "NOT PLACED there"
		      : level->is_ticked  ? "ticked"
					  : "NOT TICKED");
}

static void matrix_view_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct matrix_view *v = matrix_of(view);
	DEFER(buf_done) struct buf line = BUF_INIT(2048);
	struct rect grid = { area.y + 1, area.x, area.rows - 1, area.columns };
	struct matrix_grid shared = matrix_grid_of(&v->matrix, grid);

	(void)now_ms;
	v->page_rows = (size_t)shared.rows;
	v->page_cells = (size_t)shared.cells;
	add_level(v, &line);
	buf_addf(&line, "   %s x %s",
		 name_of(&v->source.definitions, v->source.definition_id),
		 name_of(&v->source.integrations, v->matrix.integration_id));
	(void)paint_text(area.y, area.x + 1, area.columns - 1, ROLE_TITLE,
			 buf_text(&line));
	if (v->matrix.monitors.count == 0 || v->matrix.services.count == 0)
		(void)paint_text(area.y + 2, area.x + 2, area.columns - 2, ROLE_DIM,
				 v->matrix.services.count == 0
					 ? "no service in this integration yet"
					 : "no monitor in this definition yet");
	else
		matrix_draw(&v->matrix, grid);
}

static void add_filter(const struct axis *axis, const char *what, struct buf *ret)
{
	size_t marked = axis_marked(axis);

	if (marked > 0)
		buf_addf(ret, "%zu %s marked  ", marked, what);
	if (axis->filter != NULL)
		buf_addf(ret, "%zu of %zu %s: %s  ", axis->shown_count, axis->count, what,
			 axis->filter);
}

static void matrix_view_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct matrix_view *v = (const struct matrix_view *)view;

	(void)now_ms;
	add_filter(&v->matrix.monitors, "monitors", ret);
	add_filter(&v->matrix.services, "services", ret);
}

/* ---- keys ---- */

static bool level_exists(struct matrix_view *v, struct app *app)
{
	if (v->matrix.level_ids[v->matrix.level] != 0)
		return true;
	return fail(&app->message, ERR_REFUSED,
		    "%.120s has no level %d: choose another with ] and [, or add it in "
		    "Alert definitions",
		    name_of(&v->source.definitions, v->source.definition_id),
		    v->matrix.level);
}

static enum reaction paint(struct matrix_view *v, struct app *app)
{
	DEFER(link_changes_done) struct link_changes changes = { 0 };

	if (!level_exists(v, app))
		return REACTION_REDRAW;
	matrix_paint(&v->matrix, &changes);
	if (changes.count > 0)
		link_changes_start(app, &changes);
	return REACTION_RELOAD;
}

static enum reaction copy_row(struct matrix_view *v, struct app *app)
{
	const struct axis_item *row = axis_current(&v->matrix.monitors);

	if (row != NULL) {
		v->copied_id = row->id;
		app_note(app, "Copied the row of %s; p gives it to another", row->name);
	}
	return REACTION_REDRAW;
}

static enum reaction paste_row(struct matrix_view *v, struct app *app)
{
	DEFER(link_changes_done) struct link_changes changes = { 0 };

	if (v->copied_id == 0) {
		app_note(app, "No row was copied yet: y copies one");
		return REACTION_REDRAW;
	}
	matrix_paste(&v->matrix, v->copied_id, &changes);
	if (changes.count == 0)
		app_note(app, "It links the same already");
	else
		link_changes_start(app, &changes);
	return REACTION_RELOAD;
}

static void narrow(struct app *app, void *arg, const char *text)
{
	struct matrix_view *v = matrix_of(app_view(app));

	if (v->view.ops == &view_link_matrix)
		axis_set_filter(*(const bool *)arg ? &v->matrix.services
						   : &v->matrix.monitors,
				text);
}

static enum reaction ask_filter(struct app *app, bool columns)
{
	bool *kept = mem_new(1, sizeof(*kept));
	const struct prompt_question question = {
		.title = columns ? "Services" : "Monitors",
		.help = "Part of the name; nothing: all.",
		.max_bytes = NAME_SIZE - 1,
		.entered = narrow,
		.arg = kept,
		.free_arg = free,
	};

	*kept = columns;
	prompt_ask(app, &question);
	return REACTION_REDRAW;
}

/* Every integration of a definition, then the next definition. */
static enum reaction next_pair(struct matrix_view *v)
{
	const struct names *definitions = &v->source.definitions;
	const struct names *integrations = &v->source.integrations;

	if (definitions->count == 0 || integrations->count == 0)
		return REACTION_REDRAW;
	size_t d = (size_t)(names_find_id(definitions, v->source.definition_id) -
			    definitions->items);
	size_t i = (size_t)(names_find_id(integrations, v->matrix.integration_id) -
			    integrations->items);
	i = (i + 1) % integrations->count;
	if (i == 0)
		d = (d + 1) % definitions->count;
	v->source.definition_id = definitions->items[d].id;
	v->matrix.integration_id = integrations->items[i].id;
	return REACTION_RELOAD;
}

static void next_level(struct matrix_view *v, bool forward)
{
	int step = forward ? 0 : LEVELS_MAX - 2;

	v->matrix.level = (v->matrix.level + step) % LEVELS_MAX + 1;
}

static bool move(struct matrix_view *v, enum action action)
{
	struct axis *monitors = &v->matrix.monitors;
	struct axis *services = &v->matrix.services;

	switch ((int)action) {
	case ACTION_MOVE_DOWN: axis_move(monitors, 1); return true;
	case ACTION_MOVE_UP: axis_move(monitors, -1); return true;
	case ACTION_PAGE_DOWN: axis_move(monitors, (long)v->page_rows); return true;
	case ACTION_PAGE_UP: axis_move(monitors, -(long)v->page_rows); return true;
	case ACTION_MOVE_FIRST: axis_move(monitors, -(long)monitors->count); return true;
	case ACTION_MOVE_LAST: axis_move(monitors, (long)monitors->count); return true;
	case ACTION_MOVE_RIGHT: axis_move(services, 1); return true;
	case ACTION_MOVE_LEFT: axis_move(services, -1); return true;
	case ACTION_PAGE_RIGHT: axis_move(services, (long)v->page_cells); return true;
	case ACTION_PAGE_LEFT: axis_move(services, -(long)v->page_cells); return true;
	default: return false;
	}
}

static bool mark(struct matrix_view *v, enum action action)
{
	switch ((int)action) {
	case ACTION_MARK_ROW: axis_mark(&v->matrix.monitors); return true;
	case ACTION_MARK_COLUMN: axis_mark(&v->matrix.services); return true;
	case ACTION_UNMARK:
		axis_unmark(&v->matrix.monitors);
		axis_unmark(&v->matrix.services);
		return true;
	case ACTION_NEXT_LEVEL: next_level(v, true); return true;
	case ACTION_PREVIOUS_LEVEL: next_level(v, false); return true;
	default: return false;
	}
}

static enum reaction matrix_view_act(struct view *view, struct app *app,
				     enum action action)
{
	struct matrix_view *v = matrix_of(view);

	if (move(v, action) || mark(v, action))
		return REACTION_REDRAW;
	switch ((int)action) {
	case ACTION_PAINT: return paint(v, app);
	case ACTION_COPY_ROW: return copy_row(v, app);
	case ACTION_PASTE_ROW: return paste_row(v, app);
	case ACTION_FILTER: return ask_filter(app, false);
	case ACTION_FILTER_COLUMNS: return ask_filter(app, true);
	case ACTION_NEXT_PANE: return next_pair(v);
	case ACTION_MATRIX: return REACTION_CLOSE;
	default: return REACTION_IGNORED;
	}
}

static const enum action hints[] = {
	ACTION_HELP,           ACTION_PAINT,    ACTION_NEXT_LEVEL, ACTION_MARK_ROW,
	ACTION_MARK_COLUMN,    ACTION_COPY_ROW, ACTION_PASTE_ROW,  ACTION_FILTER,
	ACTION_FILTER_COLUMNS, ACTION_MATRIX,   ACTION_NONE
};

static const struct view_ops view_link_matrix = {
	.name = "link-matrix",
	.title = "Matrix",
	.size = sizeof(struct matrix_view),
	.keys = &keymap_matrix,
	.hints = hints,
	.init = matrix_view_init,
	.done = matrix_view_done,
	.load = matrix_view_load,
	.draw = matrix_view_draw,
	.act = matrix_view_act,
	.summary = matrix_view_summary,
};

void link_matrix_open(struct app *app, int64_t placement_id)
{
	(void)app_open(app, &view_link_matrix, placement_id);
}
