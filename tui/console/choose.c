#include "tui/console/choose.h"

#include "tui/console/picker.h"

enum { ROWS_MAX = 16, FOOT_ROWS = 2, SHOWN_MAX = 200 };

struct chooser {
	struct view view;
	struct choose_question question;
	struct picker picker;
	const struct name_item *fits[SHOWN_MAX];
	size_t fit_count; /* in all: SHOWN_MAX of them can be chosen */
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
	chooser->fit_count = names_match(&chooser->question.names,
					 field_edit_text(&chooser->picker.typed),
					 chooser->fits, SHOWN_MAX);
	chooser->picker.at = chooser->picker.top = 0;
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
	chooser->picker = (struct picker){ .rows_max = ROWS_MAX, .foot_rows = FOOT_ROWS };
	field_edit_init(&chooser->picker.typed, NAME_SIZE, false);
	narrow(chooser);
}

static void chooser_done(struct view *view)
{
	question_done(&chooser_of(view)->question);
	field_edit_done(&chooser_of(view)->picker.typed);
}

/* ---- drawing ---- */

static void draw_names(const struct chooser *chooser, struct rect line)
{
	const struct picker *picker = &chooser->picker;

	for (size_t i = picker->top;
	     i < shown(chooser) && i < picker->top + picker->height; i++, line.y++) {
		bool current = i == picker->at;
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
	DEFER(buf_done) struct buf found = BUF_INIT(64);

	(void)now_ms;
	buf_addf(&found, "%zu of %zu", chooser->fit_count, chooser->question.names.count);
	draw_names(chooser, picker_begin(&chooser->picker, area, chooser->question.title,
					 buf_text(&found)));
	picker_end(&chooser->picker, chooser->question.help,
		   "Enter choose   Up/Down move   Esc back");
}

/* ---- keys ---- */

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
		picker_move(&chooser->picker, action == ACTION_NEXT_FIELD,
			    shown(chooser));
	else if (field_edit_key(&chooser->picker.typed, key) == EDIT_CHANGED)
		narrow(chooser);
	return REACTION_REDRAW;
}

static enum reaction chooser_paste(struct view *view, struct app *app, const char *text)
{
	struct chooser *chooser = chooser_of(view);

	if (picker_paste(&chooser->picker, app, text))
		narrow(chooser);
	return REACTION_REDRAW;
}

static void chooser_closed(struct view *view, struct app *app)
{
	const struct chooser *chooser = chooser_of(view);

	if (chooser->chosen)
		chooser->question.chosen(app, chooser->question.arg,
					 chooser->fits[chooser->picker.at]);
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
