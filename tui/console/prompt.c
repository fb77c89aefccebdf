#include "tui/console/prompt.h"

#include "core/base/text.h"
#include "tui/console/field_edit.h"
#include "tui/console/file_offers.h"
#include "tui/console/sentence.h"

enum {
	BOX_ROWS = 4,
	SAID_ROWS = 4,
	WIDTH_MAX = 76,
	TEXT_MAX = 65536,
	OFFERS_SHOWN = 40, /* names; more have no room in SAID_ROWS */
};

struct prompt {
	struct view view;
	struct prompt_question question;
	struct field_edit line;
	struct err fault;  /* why what was entered last was not taken */
	struct buf offers; /* what it may become, until the next key */
	bool entered;
};

static const struct view_ops view_prompt;

static struct prompt *prompt_of(struct view *view)
{
	return (struct prompt *)view;
}

void prompt_ask(struct app *app, const struct prompt_question *question)
{
	struct prompt *prompt = (struct prompt *)app_open(app, &view_prompt, 0);

	if (prompt == NULL) {
		if (question->free_arg != NULL)
			question->free_arg(question->arg);
		return;
	}
	prompt->question = *question;
	prompt->offers = (struct buf)BUF_INIT(TEXT_MAX);
	field_edit_init(&prompt->line, question->max_bytes, false);
	if (question->text != NULL)
		field_edit_set(&prompt->line, question->text);
	field_edit_offer(&prompt->line);
}

static void prompt_done(struct view *view)
{
	struct prompt *prompt = prompt_of(view);

	if (prompt->question.free_arg != NULL)
		prompt->question.free_arg(prompt->question.arg);
	field_edit_done(&prompt->line);
	buf_done(&prompt->offers);
}

/* A secret is typed at its end, and as a mark for each character. */
static void draw_secret(const struct prompt *prompt, int y, int x, int columns)
{
	size_t typed = text_length(field_edit_text(&prompt->line));
	int shown = typed < (size_t)(columns - 1) ? (int)typed : columns - 1;

	for (int i = 0; i < shown; i++)
		(void)paint_text(y, x + i, 1, ROLE_TEXT, "*");
	paint_cursor(y, x + shown);
}

static void draw_line(const struct prompt *prompt, int y, int x, int columns)
{
	DEFER(buf_done) struct buf shown = BUF_INIT(TEXT_MAX);
	size_t begin = field_edit_window(&prompt->line, columns - 1);

	buf_adds(&shown, field_edit_text(&prompt->line) + begin);
	(void)paint_text(y, x, columns, ROLE_TEXT, buf_text(&shown));
	paint_cursor(y, x + field_edit_width(&prompt->line, begin, prompt->line.at));
}

/* Whole: its end is the remedy. */
static const char *said_under(const struct prompt *prompt, enum role *ret_role)
{
	if (prompt->fault.code != ERR_NONE) {
		*ret_role = ROLE_BAD;
		return prompt->fault.text;
	}
	*ret_role = prompt->offers.len > 0 ? ROLE_TEXT : ROLE_DIM;
	return prompt->offers.len > 0 ? buf_text(&prompt->offers) : prompt->question.help;
}

static void prompt_draw(struct view *view, struct rect area, int64_t now_ms)
{
	const struct prompt *prompt = prompt_of(view);
	enum role role;
	const char *said = said_under(prompt, &role);
	int columns = area.columns > WIDTH_MAX ? WIDTH_MAX : area.columns;
	int rows = sentence_rows(said, columns - 4, SAID_ROWS);
	struct rect box = { area.y + (area.rows - BOX_ROWS - rows) / 3,
			    area.x + (area.columns - columns) / 2, BOX_ROWS + rows,
			    columns };

	(void)now_ms;
	if (box.y < area.y)
		box.y = area.y;
	paint_blank(box);
	paint_rule(box.y, box.x, box.columns, prompt->question.title, "");
	(prompt->question.secret ? draw_secret : draw_line)(prompt, box.y + 1, box.x + 2,
							    box.columns - 4);
	struct rect under = { box.y + 2, box.x + 2, rows, box.columns - 4 };
	(void)sentence_draw(under, role, said);
	(void)paint_text(box.y + 2 + rows, box.x + 2, box.columns - 4, ROLE_TITLE,
			 prompt->question.file ? "Enter done   Tab complete   Esc back"
					       : "Enter done   Esc back");
	paint_rule(box.y + 3 + rows, box.x, box.columns, "", "");
}

/* ---- names of files ---- */

static void show_offers(struct prompt *prompt, const struct file_offers *offers)
{
	const struct names *names = &offers->names;

	buf_addf(&prompt->offers, "%zu%s fit:", names->count,
		 offers->cut ? " or more" : "");
	for (size_t i = 0; i < names->count && i < OFFERS_SHOWN; i++)
		buf_addf(&prompt->offers, "  %s", names->items[i].name);
}

/* What stands before the cursor goes on as far as there is one way; then the ways are told. */
static void complete(struct prompt *prompt)
{
	struct field_edit *line = &prompt->line;
	DEFER(file_offers_done) struct file_offers offers = { 0 };
	DEFER(buf_done) struct buf typed = BUF_INIT(TEXT_MAX);

	if (line->offered)
		line->at = line->text.len;
	line->offered = false;
	buf_add(&typed, field_edit_text(line), line->at);
	if (!file_offers_read(buf_text(&typed), &offers, &prompt->fault))
		return;
	if (offers.names.count == 0 && !offers.cut)
		(void)fail(&prompt->fault, ERR_NOT_FOUND, "No file there begins so");
	else if (offers.more.len == 0 && (offers.names.count > 1 || offers.cut))
		show_offers(prompt, &offers);
	else if (!field_edit_insert(line, buf_text(&offers.more)))
		(void)fail(&prompt->fault, ERR_INVALID,
			   "The name of the file is too long");
}

/* ---- keys ---- */

static enum reaction enter(struct prompt *prompt)
{
	const struct prompt_question *question = &prompt->question;

	prompt->entered = question->check == NULL ||
			  question->check(question->arg, field_edit_text(&prompt->line),
					  &prompt->fault);
	return prompt->entered ? REACTION_CLOSE : REACTION_REDRAW;
}

static enum reaction prompt_key(struct view *view, struct app *app, int key)
{
	struct prompt *prompt = prompt_of(view);
	enum action action = keymap_find(&keymap_form, key);

	(void)app;
	buf_reset(&prompt->offers);
	if (keymap_find(&keymap_list, key) == ACTION_OPEN)
		return enter(prompt);
	if (action == ACTION_BACK)
		return REACTION_CLOSE;
	if (action == ACTION_SUSPEND || action == ACTION_REDRAW)
		return REACTION_IGNORED;
	if (prompt->question.secret)
		prompt->line.at = prompt->line.text.len;
	if (prompt->question.file && key == '\t') {
		prompt->fault.code = ERR_NONE;
		complete(prompt);
	} else if (field_edit_key(&prompt->line, key) == EDIT_CHANGED)
		prompt->fault.code = ERR_NONE;
	return REACTION_REDRAW;
}

static enum reaction prompt_paste(struct view *view, struct app *app, const char *text)
{
	DEFER(buf_done) struct buf line = BUF_INIT(TEXT_MAX);

	for (; *text != '\0'; text++)
		buf_addc(&line,
			 *text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text);
	if (buf_overflowed(&line) ||
	    !field_edit_insert(&prompt_of(view)->line, buf_text(&line)))
		app_note(app, "That is too long to paste here");
	return REACTION_REDRAW;
}

static void prompt_closed(struct view *view, struct app *app)
{
	const struct prompt *prompt = prompt_of(view);

	if (prompt->entered)
		prompt->question.entered(app, prompt->question.arg,
					 field_edit_text(&prompt->line));
}

static const enum action hints[] = { ACTION_BACK, ACTION_NONE };

static const struct view_ops view_prompt = {
	.name = "prompt",
	.title = "Words",
	.size = sizeof(struct prompt),
	.keys = &keymap_form,
	.hints = hints,
	.overlay = true,
	.done = prompt_done,
	.draw = prompt_draw,
	.key = prompt_key,
	.paste = prompt_paste,
	.closed = prompt_closed,
};
