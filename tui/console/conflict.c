#include "tui/console/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/dialog.h"
#include "tui/console/form_store.h"
#include "tui/console/form_view.h"
#include "tui/console/sentence.h"

enum { VALUE_MAX = 64 * 1024, ROWS_PER_FIELD = 4, LABEL_COLUMNS = 9 };

struct conflict {
	struct view view;
	struct form *form;              /* of the view under this one */
	void *stored;                   /* theirs */
	char sentence[512];             /* who, and when */
	size_t fields[FORM_FIELDS_MAX]; /* those that both changed */
	size_t count, at;
	size_t merged; /* fields that only they changed */
	bool take_theirs[FORM_FIELDS_MAX];
	bool settled;
};

static const struct view_ops view_conflict;

/* ---- gone ---- */

static void add_anew(struct app *app, void *arg, int answer)
{
	struct form *form = arg;

	if (answer == 0)
		return;
	*(struct record_head *)form->rec = (struct record_head){ 0 };
	*(struct record_head *)form->base = (struct record_head){ 0 };
	form_view_save_again(app);
}

static void ask_about_gone(struct app *app, struct form *form, const char *sentence)
{
	static const struct dialog_choice choices[] = { { 'n', "add it as a new one", 1 },
							{ 0, NULL, 0 } };
	struct dialog_question question = {
		.title = "Somebody deleted it meanwhile",
		.choices = choices,
		.escape = "back to the form",
		.answered = add_anew,
		.arg = form,
	};

	dialog_ask(app, &question, sentence);
}

/* ---- both changed it ---- */

static void find_fields(struct conflict *c)
{
	for (size_t i = 0; i < c->form->count; i++) {
		struct form_sides sides = form_compare(c->form, i, c->stored);
		if (sides.differ)
			c->fields[c->count++] = i;
		else if (sides.theirs && !sides.mine)
			c->merged++;
	}
}

void conflict_open(struct app *app, struct form *form, const char *sentence)
{
	void *stored = form_stored(form, app->store);

	if (stored == NULL) {
		ask_about_gone(app, form, sentence);
		return;
	}
	struct conflict *c = (struct conflict *)app_open(app, &view_conflict, 0);
	if (c == NULL) {
		free(stored);
		return;
	}
	c->form = form;
	c->stored = stored;
	(void)text_cut(c->sentence, sizeof(c->sentence), sentence, sizeof(c->sentence));
	find_fields(c);
}

static void conflict_done(struct view *view)
{
	free(((struct conflict *)view)->stored);
}

/* ---- drawing ---- */

static void draw_value(int y, struct rect area, const char *label, bool chosen,
		       const struct field *field, const void *rec)
{
	DEFER(buf_done)
	struct buf value = BUF_INIT(VALUE_MAX);

	field_format(field, rec, &value);
	(void)paint_format(y, area.x + 2, LABEL_COLUMNS + 4, ROLE_DIM, "%s %s",
			   chosen ? "(o)" : "( )", label);
	(void)paint_text(y, area.x + 2 + LABEL_COLUMNS + 4,
			 area.columns - LABEL_COLUMNS - 6,
			 chosen ? ROLE_TITLE : ROLE_TEXT, buf_text(&value));
}

static void draw_conflict_field(const struct conflict *c, size_t i, struct rect area)
{
	const struct form_field *f = &c->form->fields[c->fields[i]];
	bool theirs = c->take_theirs[c->fields[i]];
	DEFER(buf_done)
	struct buf was = BUF_INIT(VALUE_MAX);

	field_format(f->field, c->form->base, &was);
	if (i == c->at)
		(void)paint_text(area.y, area.x, 1, ROLE_TITLE, ">");
	paint_bold(i == c->at);
	(void)paint_format(area.y, area.x + 2, area.columns - 2, ROLE_TEXT,
			   "%s  (it was: %s)", f->label, buf_text(&was));
	paint_bold(false);
	if (area.rows > 1)
		draw_value(area.y + 1, area, "theirs", theirs, f->field, c->stored);
	if (area.rows > 2)
		draw_value(area.y + 2, area, "mine", !theirs, f->field, c->form->rec);
}

static void conflict_draw(struct view *view, struct rect area, int64_t now_ms)
{
	const struct conflict *c = (const struct conflict *)view;
	int y = area.y;

	(void)now_ms;
	struct rect head = { y, area.x + 1, 3, area.columns - 2 };
	y += sentence_draw(head, ROLE_WARN, c->sentence);
	if (c->merged > 0)
		(void)paint_format(
			y++, area.x + 1, area.columns - 1, ROLE_DIM,
			c->merged == 1
				? "%zu other change of theirs is taken as it is."
				: "%zu other changes of theirs are taken as they are.",
			c->merged);
	if (c->count == 0)
		(void)paint_text(y, area.x + 1, area.columns - 1, ROLE_TEXT,
				 "No field was changed by both: Ctrl-S saves yours too.");
	int fit = (area.y + area.rows - y) / ROWS_PER_FIELD;
	size_t first = fit > 0 && c->at >= (size_t)fit ? c->at - (size_t)fit + 1 : 0;
	for (size_t i = first; i < c->count && y < area.y + area.rows; i++) {
		struct rect rows = { y + 1, area.x, area.y + area.rows - y - 1,
				     area.columns };
		if (rows.rows > 0)
			draw_conflict_field(c, i, rows);
		y += ROWS_PER_FIELD;
	}
}

/* ---- keys ---- */

static void choose(struct conflict *c, int theirs)
{
	if (c->count == 0)
		return;
	bool *take = &c->take_theirs[c->fields[c->at]];
	*take = theirs < 0 ? !*take : theirs > 0;
}

static enum reaction conflict_key(struct view *view, struct app *app, int key)
{
	struct conflict *c = (struct conflict *)view;

	(void)app;
	if (key != ' ' && key != 't' && key != 'm')
		return REACTION_IGNORED;
	choose(c, key == ' ' ? -1 : key == 't');
	return REACTION_REDRAW;
}

static enum reaction conflict_act(struct view *view, struct app *app, enum action action)
{
	struct conflict *c = (struct conflict *)view;

	(void)app;
	if (action == ACTION_BACK)
		return REACTION_CLOSE;
	if (action == ACTION_SAVE) {
		c->settled = true;
		return REACTION_CLOSE;
	}
	if (action == ACTION_NEXT_FIELD && c->at + 1 < c->count)
		c->at++;
	else if (action == ACTION_PREVIOUS_FIELD && c->at > 0)
		c->at--;
	else if (action != ACTION_NEXT_FIELD && action != ACTION_PREVIOUS_FIELD)
		return REACTION_IGNORED;
	return REACTION_REDRAW;
}

static void conflict_closed(struct view *view, struct app *app)
{
	struct conflict *c = (struct conflict *)view;

	if (!c->settled)
		return;
	form_rebase(c->form, c->stored, c->take_theirs);
	form_view_save_again(app);
}

static void conflict_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct conflict *c = (const struct conflict *)view;

	(void)now_ms;
	buf_addf(ret, "%zu to choose: Space, t theirs, m mine", c->count);
}

static const enum action hints[] = { ACTION_SAVE, ACTION_BACK, ACTION_NEXT_FIELD,
				     ACTION_NONE };

static const struct view_ops view_conflict = {
	.name = "conflict",
	.title = "Both changed it",
	.size = sizeof(struct conflict),
	.keys = &keymap_form,
	.hints = hints,
	.done = conflict_done,
	.draw = conflict_draw,
	.act = conflict_act,
	.key = conflict_key,
	.closed = conflict_closed,
	.summary = conflict_summary,
};
