/* Who changed a record, when, from where, because of what, and what it was before. */
#include "tui/console/record_history.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/judge/audit_words.h"
#include "tui/console/lines.h"
#include "tui/console/record_words.h"

enum { ROWS_MAX = 500, WORDS_MAX = 64 * 1024 };

struct history_view {
	struct view view;
	enum record_kind kind;
	struct lines lines;
	size_t rows;
	char title[FORM_TITLE_SIZE];
};

static const struct view_ops view_record_history;

void record_history_open(struct app *app, enum record_kind kind, int64_t id)
{
	struct history_view *v =
		(struct history_view *)app_open(app, &view_record_history, id);

	if (v != NULL)
		v->kind = kind;
}

static void history_done(struct view *view)
{
	lines_done(&((struct history_view *)view)->lines);
}

static bool add_row(void *arg, const struct audit_row *row, const char *before,
		    const char *after)
{
	struct history_view *v = arg;
	char when[TIME_TEXT_SIZE];
	DEFER(buf_done)
	struct buf words = BUF_INIT(WORDS_MAX);

	v->rows++;
	lines_add(&v->lines, ROLE_TITLE, " %.16s  %s by %s (%s)%s%s",
		  time_format_local(when, row->at_ms), row->action, row->actor,
		  row->source, row->because[0] != '\0' ? ": " : "", row->because);
	audit_add_words(&words, row, before, after, false);
	if (words.len > 0)
		lines_add(&v->lines, ROLE_TEXT, "                   %s",
			  buf_text(&words));
	return true;
}

static bool history_load(struct view *view, struct store *store, int64_t now_ms,
			 struct err *err)
{
	struct history_view *v = (struct history_view *)view;
	DEFER(buf_done) struct buf title = BUF_INIT(FORM_TITLE_SIZE - 1);

	(void)now_ms;
	if (!record_read_title(store, v->kind, view->object_id, &title, err))
		return false;
	(void)text_cut(v->title, sizeof(v->title), buf_text(&title), FORM_TITLE_SIZE);
	lines_reset(&v->lines);
	v->rows = 0;
	if (!store_list_audit_of(store, record_types[v->kind].name, view->object_id,
				 ROWS_MAX, add_row, v, err))
		return false;
	if (v->rows == 0)
		lines_add(&v->lines, ROLE_DIM, " No change by hand yet.");
	lines_add(&v->lines, ROLE_DIM,
		  " Imports are one row each for all that they change: hublink list "
		  "audit");
	return true;
}

static void history_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct history_view *)view)->lines, area);
}

static enum reaction history_act(struct view *view, struct app *app, enum action action)
{
	(void)app;
	return lines_act(&((struct history_view *)view)->lines, action)
		       ? REACTION_REDRAW
		       : REACTION_IGNORED;
}

static void history_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%s, newest first", ((const struct history_view *)view)->title);
}

static const enum action hints[] = { ACTION_HELP,      ACTION_BACK, ACTION_MOVE_DOWN,
				     ACTION_PAGE_DOWN, ACTION_QUIT, ACTION_NONE };

static const struct view_ops view_record_history = {
	.name = "record-history",
	.title = "History",
	.size = sizeof(struct history_view),
	.keys = &keymap_list,
	.hints = hints,
	.done = history_done,
	.load = history_load,
	.draw = history_draw,
	.act = history_act,
	.summary = history_summary,
};
