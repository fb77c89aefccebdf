#include "tui/console/dialog.h"

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/console/field_edit.h"

enum { TEXT_MAX = 256 * 1024, WIDTH_MAX = 76, MARGIN = 2, CHOICE_GAP = 3 };
enum { WORD_MS = 1000 }; /* from letter to letter of a word that is typed */

const struct dialog_choice dialog_yes[] = { { 'y', "yes", 1 }, { 0, NULL, 0 } };

struct dialog {
	struct view view;
	struct dialog_question question;
	struct field_edit text; /* for its rows */
	struct edit_rows rows;
	size_t top;
	int height;
	int answer;
};

static const struct view_ops view_dialog;

static void free_arg(const struct dialog_question *question)
{
	if (question->free_arg != NULL)
		question->free_arg(question->arg);
}

void dialog_ask(struct app *app, const struct dialog_question *question, const char *text)
{
	struct dialog *dialog = (struct dialog *)app_open(app, &view_dialog, 0);

	if (dialog == NULL) {
		free_arg(question);
		return;
	}
	dialog->question = *question;
	field_edit_set(&dialog->text, text);
	while (dialog->text.text.len > 0 &&
	       dialog->text.text.data[dialog->text.text.len - 1] == '\n')
		dialog->text.text.data[--dialog->text.text.len] = '\0';
}

static void dialog_init(struct view *view)
{
	field_edit_init(&((struct dialog *)view)->text, TEXT_MAX, true);
}

static void dialog_done(struct view *view)
{
	struct dialog *dialog = (struct dialog *)view;

	free_arg(&dialog->question);
	field_edit_done(&dialog->text);
	edit_rows_done(&dialog->rows);
}

/* ---- drawing ---- */

/* Where the next choice goes: beside the one before, or below where it has no room. */
struct pen {
	struct rect area; /* as many rows as may be written */
	int row, x;
	bool writes; /* else it measures */
};

static void put_choice(struct pen *pen, const char *key, const char *label)
{
	int width = text_width(key) + 1 + text_width(label);
	int y = pen->area.y + pen->row;

	if (pen->x > 0 && pen->x + width > pen->area.columns) {
		pen->row++;
		y++;
		pen->x = 0;
	}
	int x = pen->area.x + pen->x;
	int end = pen->area.x + pen->area.columns;
	pen->x += width + CHOICE_GAP;
	if (!pen->writes || pen->row >= pen->area.rows)
		return;
	paint_bold(true);
	x += paint_text(y, x, end - x, ROLE_TITLE, key) + 1;
	paint_bold(false);
	(void)paint_text(y, x, end - x, ROLE_TEXT, label);
}

static void put_choices(const struct dialog *dialog, struct pen *pen)
{
	char title[KEY_TITLE_SIZE];

	for (const struct dialog_choice *c = dialog->question.choices;
	     c != NULL && c->key != 0; c++)
		put_choice(pen, key_title(c->key, title), c->label);
	put_choice(pen, "Esc", dialog->question.escape);
}

/* Rows that they take: more than one only where the text keeps some. */
static int choice_rows(const struct dialog *dialog, int columns, int most)
{
	struct pen pen = { .area = { .columns = columns } };

	put_choices(dialog, &pen);
	return pen.row + 1 < most ? pen.row + 1 : most > 1 ? most : 1;
}

/* The rows that are shown, each safe for the terminal. */
static void draw_text(struct dialog *dialog, struct rect area)
{
	dialog->height = area.rows;
	for (int i = 0; i < area.rows; i++) {
		size_t index = dialog->top + (size_t)i;
		if (index >= dialog->rows.count)
			return;
		struct edit_row row = dialog->rows.items[index];
		DEFER(buf_done)
		struct buf line = BUF_INIT(TEXT_MAX);
		buf_add(&line, field_edit_text(&dialog->text) + row.begin,
			row.end - row.begin);
		(void)paint_text(area.y + i, area.x, area.columns, ROLE_TEXT,
				 buf_text(&line));
	}
}

static void dialog_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct dialog *dialog = (struct dialog *)view;
	struct rect box = area;

	(void)now_ms;
	box.columns = area.columns - 2 * MARGIN;
	if (box.columns > WIDTH_MAX)
		box.columns = WIDTH_MAX;
	if (area.columns < 30)
		box.columns = area.columns;
	field_edit_rows(&dialog->text, box.columns - 4, &dialog->rows);
	int choices = choice_rows(dialog, box.columns - 4, area.rows / 3);
	box.rows = (int)dialog->rows.count + 3 + choices;
	if (box.rows > area.rows)
		box.rows = area.rows;
	box.x = area.x + (area.columns - box.columns) / 2;
	box.y = area.y + (area.rows - box.rows) / 3;
	paint_frame(box, dialog->question.title);
	struct rect text = { box.y + 1, box.x + 2, box.rows - 3 - choices,
			     box.columns - 4 };
	draw_text(dialog, text);
	struct pen pen = { .area = { box.y + box.rows - 1 - choices, box.x + 2, choices,
				     box.columns - 4 },
			   .writes = true };
	put_choices(dialog, &pen);
	if (text.rows > 0 && dialog->rows.count > (size_t)text.rows)
		(void)paint_format(pen.area.y - 1, box.x + 2, box.columns - 4, ROLE_DIM,
				   "Up/Down: rows %zu to %zu of %zu", dialog->top + 1,
				   dialog->top + (size_t)text.rows, dialog->rows.count);
}

/* ---- keys ---- */

static bool scroll(struct dialog *dialog, enum action action)
{
	size_t page = dialog->height > 1 ? (size_t)dialog->height - 1 : 1;
	size_t last = dialog->rows.count > (size_t)dialog->height
			      ? dialog->rows.count - (size_t)dialog->height
			      : 0;
	size_t down = action == ACTION_PAGE_DOWN   ? page
		      : action == ACTION_MOVE_DOWN ? 1
						   : 0;
	size_t up = action == ACTION_PAGE_UP ? page : action == ACTION_MOVE_UP ? 1 : 0;

	if (down == 0 && up == 0)
		return false;
	dialog->top = dialog->top > up ? dialog->top - up : 0;
	dialog->top = dialog->top + down < last ? dialog->top + down : last;
	return true;
}

bool dialog_goes_on(struct app *app, int key)
{
	const char *rest = app->answered_word;
	bool goes_on = rest != NULL && *rest != '\0' && *rest == key &&
		       app->key_boot_ms - app->key_done_boot_ms < WORD_MS;

	app->answered_word = goes_on ? rest + 1 : NULL;
	return goes_on;
}

/* A key that is no answer does nothing: nothing else is reached while a question stands. */
static enum reaction dialog_key(struct view *view, struct app *app, int key)
{
	struct dialog *dialog = (struct dialog *)view;
	enum action action = keymap_find(&keymap_list, key);

	for (const struct dialog_choice *c = dialog->question.choices;
	     c != NULL && c->key != 0; c++)
		if (c->key == key) {
			dialog->answer = c->answer;
			app->answered_word = c->label[0] == key ? c->label + 1 : NULL;
			return REACTION_CLOSE;
		}
	if (action == ACTION_BACK || action == ACTION_QUIT)
		return REACTION_CLOSE;
	if (action == ACTION_SUSPEND || action == ACTION_REDRAW)
		return REACTION_IGNORED;
	(void)scroll(dialog, action);
	return REACTION_REDRAW;
}

static void dialog_closed(struct view *view, struct app *app)
{
	struct dialog *dialog = (struct dialog *)view;

	if (dialog->question.answered != NULL)
		dialog->question.answered(app, dialog->question.arg, dialog->answer);
}

static const enum action hints[] = { ACTION_BACK, ACTION_NONE };

static const struct view_ops view_dialog = {
	.name = "question",
	.title = "Question",
	.size = sizeof(struct dialog),
	.keys = &keymap_list,
	.hints = hints,
	.overlay = true,
	.init = dialog_init,
	.done = dialog_done,
	.draw = dialog_draw,
	.key = dialog_key,
	.closed = dialog_closed,
};
