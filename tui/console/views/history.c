/* What the public was told and when, word for word, and beside it who changed what: the
 * audit. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/report.h"
#include "tui/console/lines.h"
#include "tui/console/record_history.h"
#include "tui/console/rows_history.h"

enum {
	WORDS_ROWS = 4, /* the words of the update under the cursor */
	ROWS_FOR_BOTH = 14,
	COLUMNS_FOR_BOTH = 150,
};

enum pane { PANE_TOLD, PANE_AUDIT, PANE_COUNT };

struct history_view {
	struct view view;
	struct list panes[PANE_COUNT];
	enum pane focus;
	int64_t worded_id; /* whose words are read */
	struct public_words *words;
	char service[ROW_NAME]; /* object_id's; empty: all */
};

static struct history_view *history_of(struct view *view)
{
	return (struct history_view *)view;
}

/* The words of one update at a time: they are as long as people like. */
static bool read_words(struct history_view *v, struct store *store, struct err *err)
{
	const struct told_line *line = list_current(&v->panes[PANE_TOLD]);

	if (line == NULL || v->worded_id == line->id)
		return true;
	if (!report_words(store, line->id, v->words, err))
		return false;
	v->worded_id = line->id;
	return true;
}

/* ---- the screen ---- */

static void history_init(struct view *view)
{
	struct history_view *v = history_of(view);

	told_list_init(&v->panes[PANE_TOLD]);
	audit_list_init(&v->panes[PANE_AUDIT]);
	v->words = mem_new(1, sizeof(*v->words));
}

static void history_done(struct view *view)
{
	struct history_view *v = history_of(view);

	for (int i = 0; i < PANE_COUNT; i++)
		list_done(&v->panes[i]);
	free(v->words);
}

static bool history_load(struct view *view, struct store *store, int64_t now_ms,
			 struct err *err)
{
	struct history_view *v = history_of(view);

	(void)now_ms;
	return told_list_load(&v->panes[PANE_TOLD], store, view->object_id, err) &&
	       read_words(v, store, err) &&
	       audit_list_load(&v->panes[PANE_AUDIT], store, err);
}

static void draw_told(struct history_view *v, struct rect area, int64_t now_ms)
{
	const struct list *list = &v->panes[PANE_TOLD];
	int words = area.rows > 2 * WORDS_ROWS && list->count > 0 ? WORDS_ROWS : 0;
	struct rect rows = { area.y + 1, area.x, area.rows - 1 - words, area.columns };
	DEFER(buf_done) struct buf note = BUF_INIT(64);
	DEFER(lines_done) struct lines said = { 0 };

	buf_addf(&note, "%s%zu", list->count >= HISTORY_ROWS_MAX ? "the newest " : "",
		 list->count);
	paint_rule(area.y, area.x, area.columns, "Told to the public", buf_text(&note));
	list_draw(&v->panes[PANE_TOLD], rows, v->focus == PANE_TOLD, true, now_ms,
		  "the public was told nothing yet");
	if (words == 0)
		return;
	lines_add(&said, ROLE_TITLE, " %s", v->words->title);
	lines_add(&said, ROLE_TEXT, " %s", v->words->description);
	rows = (struct rect){ area.y + area.rows - words, area.x, words, area.columns };
	lines_draw(&said, rows);
}

static void draw_audit(struct history_view *v, struct rect area, int64_t now_ms)
{
	const struct list *list = &v->panes[PANE_AUDIT];
	struct rect rows = { area.y + 1, area.x, area.rows - 1, area.columns };
	DEFER(buf_done) struct buf note = BUF_INIT(64);

	buf_addf(&note, "%s%zu", list->count >= HISTORY_ROWS_MAX ? "the newest " : "",
		 list->count);
	paint_rule(area.y, area.x, area.columns, "Audit", buf_text(&note));
	list_draw(&v->panes[PANE_AUDIT], rows, v->focus == PANE_AUDIT, true, now_ms,
		  "nobody changed anything yet");
}

static void history_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct history_view *v = history_of(view);
	struct rect told = area;
	struct rect audit = area;

	if (area.columns >= COLUMNS_FOR_BOTH) {
		told.columns = area.columns / 2;
		audit.x += told.columns + 1;
		audit.columns -= told.columns + 1;
	} else if (area.rows >= ROWS_FOR_BOTH) {
		told.rows = area.rows * 3 / 5;
		audit.y += told.rows;
		audit.rows -= told.rows;
	} else if (v->focus == PANE_TOLD) {
		audit.rows = 0;
	} else {
		told.rows = 0;
	}
	if (told.rows > 0)
		draw_told(v, told, now_ms);
	if (audit.rows > 0)
		draw_audit(v, audit, now_ms);
}

/* ---- one service, or all ---- */

struct step {
	int64_t from_id, to_id; /* 0: all services, before the first and after the last */
	bool forward, passed;
	char name[ROW_NAME];
};

static bool step_over(void *arg, const void *rec)
{
	struct step *step = arg;
	const struct service *service = rec;
	bool here = service->head.id == step->from_id;

	if (here || (step->forward && !step->passed)) {
		step->passed = here;
		return step->forward || !here;
	}
	step->to_id = service->head.id;
	(void)text_cut(step->name, sizeof(step->name), service->name, NAME_CHARS_MAX);
	return !step->forward;
}

static enum reaction choose_service(struct history_view *v, struct app *app, bool forward)
{
	struct step step = { .from_id = v->view.object_id,
			     .forward = forward,
			     .passed = v->view.object_id == 0 };

	if (!store_list(app->store, RECORD_SERVICE, 0, step_over, &step, &app->message))
		return REACTION_REDRAW;
	v->view.object_id = step.to_id;
	memcpy(v->service, step.name, sizeof(v->service));
	return REACTION_RELOAD;
}

/* ---- keys ---- */

static enum reaction open_audit(struct app *app, const struct audit_line *line)
{
	if (line->is_incident && line->object_id != 0)
		app_open(app, &view_incident, line->object_id);
	else if (line->is_delivery && line->object_id != 0)
		app_open(app, &view_delivery, line->object_id);
	else if (line->record_kind >= 0 && line->object_id != 0)
		record_history_open(app, (enum record_kind)line->record_kind,
				    line->object_id);
	else
		app_note(app, "This act is about no single record");
	return REACTION_RELOAD;
}

static enum reaction open_current(struct history_view *v, struct app *app)
{
	const void *row = list_current(&v->panes[v->focus]);

	if (row == NULL)
		return REACTION_REDRAW;
	if (v->focus == PANE_AUDIT)
		return open_audit(app, row);
	app_open(app, &view_delivery, ((const struct told_line *)row)->id);
	return REACTION_RELOAD;
}

static enum reaction history_act(struct view *view, struct app *app, enum action action)
{
	struct history_view *v = history_of(view);

	if (action == ACTION_NEXT_PANE)
		v->focus = (v->focus + 1) % PANE_COUNT;
	else if (action == ACTION_OPEN)
		return open_current(v, app);
	else if (action == ACTION_NEXT_SERVICE || action == ACTION_PREVIOUS_SERVICE)
		return choose_service(v, app, action == ACTION_NEXT_SERVICE);
	else if (!list_act(&v->panes[v->focus], action))
		return REACTION_IGNORED;
	(void)read_words(v, app->store, &app->message);
	return REACTION_REDRAW;
}

static void history_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct history_view *v = (const struct history_view *)view;

	(void)now_ms;
	buf_adds(ret, v->view.object_id != 0 ? v->service : "all services");
}

static struct list *history_list(struct view *view)
{
	struct history_view *v = history_of(view);

	return &v->panes[v->focus];
}

static const enum action hints[] = { ACTION_HELP,
				     ACTION_OPEN,
				     ACTION_NEXT_PANE,
				     ACTION_NEXT_SERVICE,
				     ACTION_PREVIOUS_SERVICE,
				     ACTION_QUIT,
				     ACTION_NONE };

const struct view_ops view_history = {
	.name = "told",
	.title = "History",
	.size = sizeof(struct history_view),
	.keys = &keymap_history,
	.hints = hints,
	.init = history_init,
	.done = history_done,
	.load = history_load,
	.draw = history_draw,
	.act = history_act,
	.list = history_list,
	.summary = history_summary,
};
