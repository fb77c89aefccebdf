/* The palette over the screen. What it offers is bounded, so many of each kind of object; of
 * the configuration it is read anew with every letter, of the journal once. */
#include "tui/console/palette_view.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/bulk.h"
#include "tui/console/list.h"
#include "tui/console/palette_journal.h"
#include "tui/console/picker.h"

enum { ROWS_MAX = 14, FOOT_ROWS = 1, LABEL_COLUMNS = 30, KEY_COLUMNS = 8 };
enum { TEXT_MAX = 200, LETTERS_LEAST = 2, OBJECTS_MAX = 30 };

struct palette_view {
	struct view view;
	const struct keymap *keys; /* of the screen that it was opened from */
	struct picker picker;
	struct palette_items items;
	struct palette_journal journal;
	bool run;
	bool acts_only;           /* on rows */
	size_t marked;            /* how many */
	const struct view *shown; /* under it */
};

static const struct view_ops view_palette;

static struct palette_view *palette_of(struct view *view)
{
	return (struct palette_view *)view;
}

/* ---- what is offered ---- */

struct offering {
	struct palette_view *palette;
	const char *text;
	enum record_kind kind;
};

static const char *const words[RECORD_KIND_COUNT] = {
	[RECORD_MONITOR] = "monitor",
	[RECORD_SERVICE] = "service",
	[RECORD_DEFINITION] = "alert definition",
	[RECORD_INTEGRATION] = "integration",
};

static bool offer_record(void *arg, int64_t id, const char *name)
{
	const struct offering *offering = arg;
	struct palette_item item = { .kind = PALETTE_RECORD,
				     .record = offering->kind,
				     .id = id,
				     .about = words[offering->kind] };

	(void)text_cut(item.label, sizeof(item.label), name, PALETTE_LABEL);
	palette_offer(&offering->palette->items, &item, offering->text);
	return true;
}

static bool offer_objects(struct palette_view *palette, struct store *store,
			  const char *text, struct err *err)
{
	static const enum record_kind kinds[] = { RECORD_MONITOR, RECORD_SERVICE,
						  RECORD_DEFINITION, RECORD_INTEGRATION };
	struct offering offering = { palette, text, RECORD_MONITOR };

	if (!palette_offer_journal(&palette->journal, &palette->items, store, text, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		offering.kind = kinds[i];
		if (!store_find_names(store, kinds[i], text, OBJECTS_MAX, offer_record,
				      &offering, err))
			return false;
	}
	return true;
}

/* What is done to rows. */
static bool is_act(const struct palette_view *palette, enum action action)
{
	if (palette->marked > 0)
		return bulk_can(palette->shown, action);
	return action == ACTION_OPEN || action == ACTION_HISTORY ||
	       (action_changes(action) && action != ACTION_UNDO &&
		action != ACTION_REDO && action != ACTION_MODE);
}

static void keep_acts(struct palette_view *palette)
{
	size_t kept = 0;

	for (size_t i = 0; i < palette->items.count; i++)
		if (is_act(palette, palette->items.items[i].action))
			palette->items.items[kept++] = palette->items.items[i];
	palette->items.count = kept;
}

static void offer_recent(struct palette_view *palette,
			 const struct palette_recent *recent, const char *text)
{
	for (size_t i = 0; i < recent->count; i++)
		if (recent->items[i].kind != PALETTE_ACTION)
			palette_offer(&palette->items, &recent->items[i], text);
}

static void refresh(struct palette_view *palette, struct app *app)
{
	const char *text = field_edit_text(&palette->picker.typed);

	palette->items.count = 0;
	palette->picker.at = palette->picker.top = 0;
	palette_offer_actions(&palette->items, palette->keys, text);
	if (palette->acts_only)
		keep_acts(palette);
	else if (strlen(text) < LETTERS_LEAST)
		offer_recent(palette, app->recent, text);
	else
		(void)offer_objects(palette, app->store, text, &app->message);
	palette_sort(&palette->items, app->recent);
}

static void open_palette(struct app *app, bool acts_only)
{
	const struct view *shown = app_view(app);
	const struct list *list = app_list(app);
	struct palette_view *palette = palette_of(app_open(app, &view_palette, 0));

	if (palette == NULL)
		return;
	if (app->recent == NULL)
		app->recent = mem_new(1, sizeof(*app->recent));
	palette->keys = shown->ops->keys;
	palette->shown = shown;
	palette->acts_only = acts_only;
	palette->marked = list != NULL ? list->marks.count : 0;
	palette->picker = (struct picker){ .rows_max = ROWS_MAX, .foot_rows = FOOT_ROWS };
	field_edit_init(&palette->picker.typed, TEXT_MAX, false);
	refresh(palette, app);
}

void palette_open(struct app *app)
{
	open_palette(app, false);
}

void palette_open_acts(struct app *app)
{
	open_palette(app, true);
}

static void palette_done(struct view *view)
{
	field_edit_done(&palette_of(view)->picker.typed);
	palette_items_done(&palette_of(view)->items);
	palette_journal_done(&palette_of(view)->journal);
}

/* ---- drawing ---- */

static void draw_item(const struct palette_view *palette, size_t index, struct rect line)
{
	const struct palette_item *item = &palette->items.items[index];
	char title[KEY_TITLE_SIZE];
	bool chosen = index == palette->picker.at;
	bool wide = line.columns > LABEL_COLUMNS + KEY_COLUMNS + 12;
	int x = line.x + 2;
	int end = line.x + line.columns;
	int label = wide ? LABEL_COLUMNS : line.columns - 3;

	if (chosen)
		(void)paint_text(line.y, line.x, 1, ROLE_TITLE, ">");
	paint_bold(chosen);
	(void)paint_text(line.y, x, label, ROLE_TEXT, item->label);
	paint_bold(false);
	if (!wide)
		return;
	x += LABEL_COLUMNS + 1;
	(void)paint_text(line.y, x, end - KEY_COLUMNS - x - 1, ROLE_DIM, item->about);
	if (item->kind == PALETTE_ACTION)
		(void)paint_text(
			line.y, end - KEY_COLUMNS, KEY_COLUMNS, ROLE_DIM,
			key_title(keymap_key_of(palette->keys, item->action), title));
}

static void palette_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct palette_view *palette = palette_of(view);
	struct picker *picker = &palette->picker;
	DEFER(buf_done) struct buf note = BUF_INIT(64);
	DEFER(buf_done) struct buf title = BUF_INIT(64);

	(void)now_ms;
	buf_addf(&note, "%zu found", palette->items.count);
	if (palette->acts_only && palette->marked > 0)
		buf_addf(&title, "With the %zu marked", palette->marked);
	else
		buf_adds(&title, palette->acts_only ? "With this" : "Go to, do, find");
	struct rect line = picker_begin(picker, area, buf_text(&title), buf_text(&note));
	for (size_t i = picker->top;
	     i < palette->items.count && i < picker->top + picker->height; i++, line.y++)
		draw_item(palette, i, line);
	picker_end(picker, NULL, "Enter run   Tab complete   Up/Down choose   Esc back");
}

/* ---- keys ---- */

static void complete(struct palette_view *palette, struct app *app)
{
	if (palette->items.count == 0)
		return;
	char label[PALETTE_LABEL];
	(void)text_cut(label, sizeof(label),
		       palette->items.items[palette->picker.at].label, PALETTE_LABEL);
	field_edit_set(&palette->picker.typed, label);
	refresh(palette, app);
}

/* Enter: what is chosen is done once the palette is gone. */
static enum reaction run_chosen(struct palette_view *palette)
{
	palette->run = palette->items.count > 0;
	return palette->run ? REACTION_CLOSE : REACTION_REDRAW;
}

static void edit(struct palette_view *palette, struct app *app, int key)
{
	enum action action = keymap_find(&keymap_form, key);

	if (key == '\t')
		complete(palette, app);
	else if (key == ('p' & 0x1f) || action == ACTION_PREVIOUS_FIELD)
		picker_move(&palette->picker, false, palette->items.count);
	else if (key == ('n' & 0x1f) || action == ACTION_NEXT_FIELD)
		picker_move(&palette->picker, true, palette->items.count);
	else if (field_edit_key(&palette->picker.typed, key) == EDIT_CHANGED)
		refresh(palette, app);
}

static enum reaction palette_key(struct view *view, struct app *app, int key)
{
	enum action action = keymap_find(&keymap_form, key);

	if (action == ACTION_SUSPEND || action == ACTION_REDRAW)
		return REACTION_IGNORED;
	if (action == ACTION_BACK)
		return REACTION_CLOSE;
	if (keymap_find(&keymap_list, key) == ACTION_OPEN)
		return run_chosen(palette_of(view));
	edit(palette_of(view), app, key);
	return REACTION_REDRAW;
}

static enum reaction palette_paste(struct view *view, struct app *app, const char *text)
{
	struct palette_view *palette = palette_of(view);

	if (picker_paste(&palette->picker, app, text))
		refresh(palette, app);
	return REACTION_REDRAW;
}

static void palette_closed(struct view *view, struct app *app)
{
	const struct palette_view *palette = palette_of(view);

	if (!palette->run)
		return;
	struct palette_item item = palette->items.items[palette->picker.at];
	palette_remember(app->recent, &item);
	palette_go(app, &item);
}

static const enum action hints[] = { ACTION_BACK, ACTION_NONE };

static const struct view_ops view_palette = {
	.name = "palette",
	.title = "Palette",
	.size = sizeof(struct palette_view),
	.keys = &keymap_form,
	.hints = hints,
	.overlay = true,
	.done = palette_done,
	.draw = palette_draw,
	.key = palette_key,
	.paste = palette_paste,
	.closed = palette_closed,
};
