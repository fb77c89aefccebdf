#include "tui/console/choose.h"

#include <string.h>

#include "tui/console/field_edit.h"

enum { WIDTH_MAX = 76, ROWS_MAX = 16, FRAME_ROWS = 5, SHOWN_MAX = 200, TEXT_MAX = 65536 };

struct chooser {
	struct view view;
	struct choose_question question;
	struct field_edit text;
	const struct name_item *fits[SHOWN_MAX];
	size_t fit_count; /* in all: SHOWN_MAX of them can be chosen */
	size_t at, top;
	bool chosen;
};

static const struct view_ops view_chooser;

static struct chooser *chooser_of(struct view *view)
{
	return (struct chooser *)view;
}

static size_t shown(const struct chooser *chooser)
{
	return chooser->fit_count < SHOWN_MAX ? chooser->fit_count : SHOWN_MAX;
}

static void narrow(struct chooser *chooser)
{
	chooser->fit_count =
		names_match(&chooser->question.names, field_edit_text(&chooser->text),
			    chooser->fits, SHOWN_MAX);
	chooser->at = chooser->top = 0;
}

static void question_done(struct choose_question *question)
{
	names_done(&question->names);
	if (question->free_arg != NULL)
		question->free_arg(question->arg);
}

void choose_ask(struct app *app, const struct choose_question *question)
{
	struct choose_question kept = *question;
	struct chooser *chooser = chooser_of(app_open(app, &view_chooser, 0));

	if (chooser == NULL) {
		question_done(&kept);
		return;
	}
	chooser->question = kept;
	field_edit_init(&chooser->text, NAME_SIZE, false);
	narrow(chooser);
}

static void chooser_done(struct view *view)
{
	question_done(&chooser_of(view)->question);
	field_edit_done(&chooser_of(view)->text);
}

/* ---- drawing ---- */

static void draw_typed(const struct chooser *chooser, int y, int x, int columns)
{
	size_t begin = field_edit_window(&chooser->text, columns - 3);

	x += paint_text(y, x, columns, ROLE_TITLE, ": ");
	(void)paint_text(y, x, columns - 2, ROLE_TEXT,
			 field_edit_text(&chooser->text) + begin);
	paint_cursor(y, x + field_edit_width(&chooser->text, begin, chooser->text.at));
}

static void draw_names(struct chooser *chooser, struct rect line, size_t height)
{
	if (chooser->at >= chooser->top + height)
		chooser->top = chooser->at - height + 1;
	if (chooser->at < chooser->top)
		chooser->top = chooser->at;
	for (size_t i = chooser->top; i < shown(chooser) && i < chooser->top + height;
	     i++, line.y++) {
		bool current = i == chooser->at;
		if (current)
			(void)paint_text(line.y, line.x, 1, ROLE_TITLE, ">");
		paint_bold(current);
		(void)paint_text(line.y, line.x + 2, line.columns - 2, ROLE_TEXT,
				 chooser->fits[i]->name);
		paint_bold(false);
	}
}

static void chooser_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct chooser *chooser = chooser_of(view);
	int columns = area.columns > WIDTH_MAX ? WIDTH_MAX : area.columns;
	int rows = area.rows < ROWS_MAX ? area.rows : ROWS_MAX;
	struct rect box = { area.y, area.x + (area.columns - columns) / 2, rows,
			    columns };
	struct rect line = { box.y + 2, box.x + 1, 1, columns - 2 };
	DEFER(buf_done) struct buf found = BUF_INIT(64);

	(void)now_ms;
	buf_addf(&found, "%zu of %zu", chooser->fit_count, chooser->question.names.count);
	paint_blank_for(area, box);
	paint_rule(box.y, box.x, columns, chooser->question.title, buf_text(&found));
	draw_typed(chooser, box.y + 1, box.x + 1, columns - 2);
	draw_names(chooser, line, rows > FRAME_ROWS ? (size_t)(rows - FRAME_ROWS) : 1);
	(void)paint_text(box.y + rows - 3, box.x + 2, columns - 4, ROLE_DIM,
			 chooser->question.help);
	(void)paint_text(box.y + rows - 2, box.x + 2, columns - 4, ROLE_TITLE,
			 "Enter choose   Up/Down move   Esc back");
	paint_rule(box.y + rows - 1, box.x, columns, "", "");
}

/* ---- keys ---- */

static void move(struct chooser *chooser, bool down)
{
	size_t count = shown(chooser);

	if (count > 0)
		chooser->at = (chooser->at + (down ? 1 : count - 1)) % count;
}

static enum reaction chooser_key(struct view *view, struct app *app, int key)
{
	struct chooser *chooser = chooser_of(view);
	enum action action = keymap_find(&keymap_form, key);

	(void)app;
	if (keymap_find(&keymap_list, key) == ACTION_OPEN) {
		chooser->chosen = chooser->fit_count > 0;
		return chooser->chosen ? REACTION_CLOSE : REACTION_REDRAW;
	}
	if (action == ACTION_BACK)
		return REACTION_CLOSE;
	if (action == ACTION_SUSPEND || action == ACTION_REDRAW)
		return REACTION_IGNORED;
	if (action == ACTION_NEXT_FIELD || action == ACTION_PREVIOUS_FIELD)
		move(chooser, action == ACTION_NEXT_FIELD);
	else if (field_edit_key(&chooser->text, key) == EDIT_CHANGED)
		narrow(chooser);
	return REACTION_REDRAW;
}

static enum reaction chooser_paste(struct view *view, struct app *app, const char *text)
{
	struct chooser *chooser = chooser_of(view);

	if (strpbrk(text, "\r\n\t") != NULL || !field_edit_insert(&chooser->text, text))
		app_note(app, "That is too long to paste here, or more than a line");
	else
		narrow(chooser);
	return REACTION_REDRAW;
}

static void chooser_closed(struct view *view, struct app *app)
{
	const struct chooser *chooser = chooser_of(view);

	if (chooser->chosen)
		chooser->question.chosen(app, chooser->question.arg,
					 chooser->fits[chooser->at]);
}

static const enum action hints[] = { ACTION_BACK, ACTION_NONE };

static const struct view_ops view_chooser = {
	.name = "choose",
	.title = "Choose",
	.size = sizeof(struct chooser),
	.keys = &keymap_form,
	.hints = hints,
	.overlay = true,
	.done = chooser_done,
	.draw = chooser_draw,
	.key = chooser_key,
	.paste = chooser_paste,
	.closed = chooser_closed,
};
