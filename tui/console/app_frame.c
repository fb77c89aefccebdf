/* The rows around a view: screens and mode above, messages and hints below. */
#include "tui/console/app_detail.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/console/rows.h"
#include "tui/console/alarm.h"
#include "tui/console/layout.h"
#include "tui/console/list.h"
#include "tui/console/sentence.h"
#include "tui/console/tabs.h"

static const char *const mode_words[MODE_COUNT] = {
	[MODE_DRY_RUN] = "DRY-RUN",
	[MODE_PAUSED] = "PAUSED",
	[MODE_LIVE] = "LIVE",
};

static const enum role mode_roles[MODE_COUNT] = {
	[MODE_DRY_RUN] = ROLE_INFO,
	[MODE_PAUSED] = ROLE_WARN,
	[MODE_LIVE] = ROLE_OK,
};

/* " hublink.db@ops3", as much of it as there is room for: the host goes first. */
static void add_place(const struct app *app, int room, struct buf *ret)
{
	const char *path = store_path(app->store);
	const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;

	buf_addf(ret, " %s", name);
	if (text_width(buf_text(ret)) + 1 + text_width(app->host) <= room)
		buf_addf(ret, "@%s", app->host);
}

/* The screens, and "LIVE READ-ONLY FROZEN hublink.db@ops3", right aligned: the mode stands
 * on every screen, whatever else has no room (R19). */
static void draw_top(const struct app *app, int columns)
{
	const char *mode = mode_words[app->mode];
	int room = columns - tabs_draw(app->stack[0]->ops, columns) - 1;
	DEFER(buf_done)
	struct buf rest = BUF_INIT(512);

	if (app->options->read_only)
		buf_adds(&rest, " READ-ONLY");
	if (app->frozen)
		buf_adds(&rest, " FROZEN");
	if (columns >= 100 && app->options->as != NULL)
		buf_addf(&rest, " %s (%s)", app->options->as,
			 gate_role_text(app->options->role));
	room -= (int)strlen(mode);
	if (columns >= 60)
		add_place(app, room, &rest);
	if (columns >= 100 && app->options->shows_clock) {
		buf_addc(&rest, ' ');
		add_when(&rest, app_now(app), app_now(app));
	}
	int width = text_width(buf_text(&rest));
	if (width > room && room > 0 && columns >= 60)
		width = room;
	int x = columns - width - (int)strlen(mode);
	x = x > 0 ? x : 0;
	paint_bold(true);
	x += paint_text(0, x, columns - x, mode_roles[app->mode], mode);
	paint_bold(false);
	(void)paint_text(0, x, columns - x, ROLE_DIM, buf_text(&rest));
}

/* What the view says of itself, or how its list is narrowed; and what is marked in it. */
static void add_status(const struct app *app, int64_t now_ms, struct buf *ret)
{
	const struct view *view = app_view(app);
	const struct list *list = app_list(app);
	bool narrowed = list != NULL && list_is_narrowed(list);

	if (view->ops->summary != NULL && !narrowed)
		view->ops->summary(view, now_ms, ret);
	if (list != NULL)
		list_status(list, ret);
}

/* In the filter that is being typed: it ends the line. */
static void draw_filter_cursor(const struct app *app, int y, int end)
{
	const struct list *list = app_list(app);

	if (list == NULL || !list->typing)
		return;
	const struct field_edit *typed = &list->typed;
	paint_cursor(y, end - field_edit_width(typed, typed->at, typed->text.len));
}

/* Where the screen is and what it says of itself; on the right what is wrong with the
 * whole, as much of the sentence as there is room for: the fact comes first. */
static void draw_place(const struct app *app, struct rect line, int64_t now_ms)
{
	DEFER(buf_done) struct buf summary = BUF_INIT(1024);
	DEFER(buf_done) struct buf sentence = BUF_INIT(256);
	DEFER(buf_done) struct buf brief = BUF_INIT(256);
	int columns = line.columns;
	int x = 1;

	for (int i = 0; i < app->depth; i++) {
		if (i > 0)
			x += paint_text(line.y, x, columns - x, ROLE_DIM, " > ");
		x += paint_text(line.y, x, columns - x, ROLE_TITLE,
				app->stack[i]->ops->title);
	}
	add_status(app, now_ms, &summary);
	alarm_add(app, now_ms, &sentence, &brief);
	int wanted = x + 3 + text_width(buf_text(&summary));
	bool room = wanted + text_width(buf_text(&sentence)) < columns;
	const char *alarm = buf_text(room ? &sentence : &brief);
	int left = columns - x - 2 - text_width(alarm);
	x += paint_format(line.y, x, left, ROLE_TEXT, "  %s", buf_text(&summary));
	draw_filter_cursor(app, line.y, x);
	(void)paint_text(line.y, columns - text_width(alarm) - 1, columns, ROLE_BAD,
			 alarm);
	/* Over the end of a long place it leaves nothing of that behind. */
	if (alarm[0] != '\0')
		(void)paint_text(line.y, columns - 1, 1, ROLE_TEXT, " ");
}

static bool has_object(struct view *view, enum action action)
{
	const struct list *list = view->ops->list ? view->ops->list(view) : NULL;

	return list == NULL || list_current(list) != NULL || !action_is_of_row(action);
}

/* "? help  Enter open  q quit": the first hint is the last to go. What is refused here is
 * grey, what has nothing to act on is left out. */
static void draw_hints(const struct app *app, int y, int columns)
{
	struct view *view = app_focus(app);
	int x = 1;

	for (const enum action *hint = view->ops->hints; *hint != ACTION_NONE; hint++) {
		char title[KEY_TITLE_SIZE];
		int key = keys_key_of(&app->options->keys, view->ops->keys, *hint);
		if (key == 0 || !has_object(view, *hint))
			continue;
		const char *shown = key_title(key, title);
		const char *name = action_infos[*hint].name;
		if (x + text_width(shown) + 1 + text_width(name) > columns)
			return;
		bool greyed = (app->options->read_only && action_changes(*hint)) ||
			      !gate_role_may(app->options->role, action_role(*hint));
		x += paint_text(y, x, columns - x, greyed ? ROLE_DIM : ROLE_TEXT, shown) +
		     1;
		x += paint_text(y, x, columns - x, ROLE_DIM, name) + 2;
	}
}

/* The shown view; under a dialog what it was opened from. */
static void draw_views(struct app *app, struct rect area, int64_t now_ms)
{
	int top = app->depth - 1;

	if (area.rows <= 0)
		return;
	app_detail_draw(app, area, now_ms);
	while (top > 0 && app->stack[top]->ops->overlay)
		top--;
	for (int i = top + 1; i < app->depth; i++)
		app->stack[i]->ops->draw(app->stack[i], area, now_ms);
}

/* What was said last, and above the row that is kept for it as many more as it needs: its
 * end is the remedy. What they cover is there again with the next key. */
static void draw_answer(const struct layout *l, enum role role, const char *text)
{
	struct rect area = l->message_in_hints ? l->hints : l->message;
	int rows = sentence_rows(text, area.columns - 1, l->body.rows + 1);

	area.y -= rows - 1;
	area.rows = rows;
	if (rows > 1)
		paint_blank(area);
	area.x++;
	area.columns--;
	(void)sentence_draw(area, role, text);
}

/* The last failure, what went well, or a demonstration's words; false: nothing of it. */
static bool draw_message(const struct app *app, const struct layout *l)
{
	struct rect line = l->message_in_hints ? l->hints : l->message;

	if (app->message.code != ERR_NONE)
		draw_answer(l, ROLE_BAD, app->message.text);
	else if (app->note[0] != '\0')
		draw_answer(l, ROLE_OK, app->note);
	else
		return paint_text(line.y, 1, line.columns - 1, ROLE_INFO, app->caption) >
		       0;
	return true;
}

static void draw_below(const struct app *app, const struct layout *l)
{
	bool said = draw_message(app, l);

	if (!said || !l->message_in_hints)
		draw_hints(app, l->hints.y, l->hints.columns);
}

/* One line that still says what matters; the mode where it is not the usual one (R19). */
static void draw_line(const struct app *app, struct rect line, int64_t now_ms)
{
	if (draw_message(app, &(struct layout){ .message = line }))
		return;
	DEFER(buf_done) struct buf text = BUF_INIT(512);
	if (app->mode != MODE_LIVE)
		buf_addf(&text, "%s ", mode_words[app->mode]);
	alarm_add_summary(app, now_ms, &text);
	bool well = app->engine_running && app->pulse.services_down == 0;
	(void)paint_text(line.y, 0, line.columns, well ? ROLE_TEXT : ROLE_BAD,
			 buf_text(&text));
}

/* The sooner of the two, where 0 is never. */
static int64_t sooner_ms(int64_t a_ms, int64_t b_ms)
{
	return b_ms != 0 && (a_ms == 0 || b_ms < a_ms) ? b_ms : a_ms;
}

static int64_t view_changes_ms(const struct view *view, int64_t now_ms)
{
	return view != NULL && view->ops->changes_ms != NULL
		       ? view->ops->changes_ms(view, now_ms)
		       : 0;
}

/* The next whole minute, or sooner what the views or an alarm tell. */
static int64_t next_change_ms(const struct app *app, int64_t now_ms)
{
	int64_t next_ms = (now_ms / MINUTE_MS + 1) * MINUTE_MS;

	next_ms = sooner_ms(next_ms, alarm_changes_ms(app, now_ms));
	next_ms = sooner_ms(next_ms, view_changes_ms(app_view(app), now_ms));
	return sooner_ms(next_ms, view_changes_ms(app->detail.view, now_ms));
}

void app_draw(struct app *app, int64_t now_ms)
{
	struct rect screen = paint_screen();
	struct layout l = layout_of_screen();

	app->needs_draw = false;
	app->change_ms = next_change_ms(app, now_ms);
	paint_clear();
	if (l.shape == LAYOUT_LINE) {
		draw_line(app, l.place, now_ms);
	} else {
		if (l.tabs.rows > 0)
			draw_top(app, screen.columns);
		draw_place(app, l.place, now_ms);
	}
	draw_views(app, l.body, now_ms);
	if (l.shape != LAYOUT_LINE)
		draw_below(app, &l);
}
