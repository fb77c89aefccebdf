/* Maintenance windows (R11): what is muted now, what will be, what was. */
#include <string.h>

#include "core/base/text.h"
#include "tui/console/app.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_view.h"
#include "tui/console/rows.h"

enum { WINDOWS_MAX = 1000 };

struct window_line {
	int64_t id;
	int64_t from_ms, until_ms;
	char targets[ROW_NOTE], note[ROW_NOTE];
};

struct maintenance_view {
	struct view view;
	struct list list;
	int64_t running, planned;
};

static struct list *list_of(struct view *view)
{
	return &((struct maintenance_view *)view)->list;
}

static const char *const state_words[] = { "planned", "NOW", "over" };

/* 0 planned, 1 running, 2 over. Told by the minute, as everything on the screen. */
static int state_of(const struct window_line *line, int64_t now_ms)
{
	return line->until_ms <= now_ms ? 2 : line->from_ms <= now_ms ? 1 : 0;
}

static void window_state(const void *row, int64_t now_ms, struct buf *ret)
{
	buf_adds(ret, state_words[state_of(row, now_ms)]);
}

static void window_from(const void *row, int64_t now_ms, struct buf *ret)
{
	add_when(ret, ((const struct window_line *)row)->from_ms, now_ms);
}

static void window_until(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct window_line *line = row;

	add_when(ret, line->until_ms, now_ms);
}

static void window_ends(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct window_line *line = row;

	if (state_of(line, now_ms) == 1)
		add_until(ret, line->until_ms, now_ms);
	else if (state_of(line, now_ms) == 0)
		add_until(ret, line->from_ms, now_ms);
}

static void window_targets(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct window_line *)row)->targets);
}

static void window_note(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct window_line *)row)->note);
}

static const struct column columns[] = {
	{ "State", 7, 0, NULL, window_state }, { "Covers", 0, 0, NULL, window_targets },
	{ "From", 12, 2, NULL, window_from },  { "Until", 12, 1, NULL, window_until },
	{ "Next", 10, 3, NULL, window_ends },  { "Note", 24, 4, NULL, window_note },
};

static void maintenance_init(struct view *view)
{
	list_init(list_of(view), columns, COUNT_OF(columns), sizeof(struct window_line));
}

static void maintenance_done(struct view *view)
{
	list_done(list_of(view));
}

struct loading {
	struct maintenance_view *view;
	int64_t now_ms;
};

static bool add_window(void *arg, const struct maintenance *window)
{
	struct loading *loading = arg;
	struct window_line line = { .id = window->head.id,
				    .from_ms = window->from_ms,
				    .until_ms = window->until_ms };
	int state = state_of(&line, loading->now_ms);

	(void)text_cut(line.targets, sizeof(line.targets), window->targets, ROW_NOTE);
	(void)text_cut(line.note, sizeof(line.note), window->note, ROW_NOTE);
	loading->view->running += state == 1;
	loading->view->planned += state == 0;
	list_add(&loading->view->list, &line);
	return true;
}

static bool maintenance_load(struct view *view, struct store *store, int64_t now_ms,
			     struct err *err)
{
	struct loading loading = { (struct maintenance_view *)view, now_ms };
	struct filter newest = FILTER_ALL;

	newest.limit = WINDOWS_MAX;
	loading.view->running = loading.view->planned = 0;
	list_begin(list_of(view));
	bool loaded = store_list_maintenance(store, &newest, add_window, &loading, err);
	list_end(list_of(view));
	return loaded;
}

static void maintenance_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms,
		  "no maintenance window yet: a plans one");
}

static enum reaction maintenance_act(struct view *view, struct app *app,
				     enum action action)
{
	struct list *list = list_of(view);
	const struct window_line *line = list_current(list);

	if (action == ACTION_ADD || action == ACTION_ADD_INSIDE)
		return record_add(app, RECORD_MAINTENANCE, 0);
	if (list_act(list, action))
		return REACTION_REDRAW;
	if (line != NULL && action == ACTION_OPEN) {
		record_view_open(app, RECORD_MAINTENANCE, line->id);
		return REACTION_RELOAD;
	}
	return record_act(app, RECORD_MAINTENANCE, line != NULL ? line->id : 0, action);
}

static void maintenance_select(struct view *view, enum record_kind kind, int64_t id)
{
	if (kind == RECORD_MAINTENANCE)
		list_select(list_of(view), id);
}

static void maintenance_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct maintenance_view *v = (const struct maintenance_view *)view;

	(void)now_ms;
	buf_addf(ret, "%lld now, %lld planned", (long long)v->running,
		 (long long)v->planned);
}

static const enum action hints[] = { ACTION_HELP,   ACTION_ADD,  ACTION_EDIT,
				     ACTION_TOGGLE, ACTION_OPEN, ACTION_CLONE,
				     ACTION_QUIT,   ACTION_NONE };

static struct subject maintenance_subject(const struct view *view)
{
	const struct window_line *line =
		list_current(&((const struct maintenance_view *)view)->list);

	return line != NULL ? record_view_subject(RECORD_MAINTENANCE, line->id)
			    : (struct subject){ 0 };
}

const struct view_ops view_maintenance = {
	.name = "maintenance",
	.title = "Maintenance",
	.size = sizeof(struct maintenance_view),
	.keys = &keymap_records,
	.hints = hints,
	.init = maintenance_init,
	.done = maintenance_done,
	.select = maintenance_select,
	.list = list_of,
	.subject = maintenance_subject,
	.load = maintenance_load,
	.draw = maintenance_draw,
	.act = maintenance_act,
	.summary = maintenance_summary,
};
