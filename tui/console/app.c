#include "tui/console/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/lock.h"
#include "core/base/text.h"
#include "tui/console/mode_dialog.h"
#include "tui/console/record_undo.h"
#include "tui/console/term.h"

struct view *app_view(const struct app *app)
{
	return app->stack[app->depth - 1];
}

static void view_free(struct view *view)
{
	if (view->ops->done != NULL)
		view->ops->done(view);
	free(view);
}

void app_done(struct app *app)
{
	while (app->depth > 0)
		view_free(app->stack[--app->depth]);
	drafts_done(&app->drafts);
}

static void app_close(struct app *app)
{
	view_free(app->stack[--app->depth]);
	app->needs_load = true;
}

void app_leave(struct app *app)
{
	struct view *view = app->stack[--app->depth];

	app->needs_load = true;
	if (view->ops->closed != NULL)
		view->ops->closed(view, app);
	view_free(view);
}

struct view *app_open(struct app *app, const struct view_ops *ops, int64_t object_id)
{
	if (app->depth == VIEW_STACK_MAX)
		return NULL;
	struct view *view = mem_new(1, ops->size);
	view->ops = ops;
	view->object_id = object_id;
	if (ops->init != NULL)
		ops->init(view);
	app->stack[app->depth++] = view;
	app->needs_load = true;
	return view;
}

void app_go(struct app *app, const struct view_ops *ops)
{
	while (app->depth > 0)
		app_close(app);
	(void)app_open(app, ops, 0);
}

void app_note(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(app->note, sizeof(app->note), format, args);
	va_end(args);
}

int64_t app_now(const struct app *app)
{
	return clock_now_ms(&app->options->clock);
}

bool app_may_change(struct app *app)
{
	if (!app->options->read_only)
		return true;
	return fail(&app->message, ERR_REFUSED,
		    "This console is read-only: start hublink without --read-only to "
		    "change anything");
}

void app_load(struct app *app, int64_t now_ms)
{
	struct view *view = app_view(app);

	app->engine_running = lock_holder(store_path(app->store)) != 0;
	app->needs_load = false;
	app->needs_draw = true;
	app->loaded_ms = now_ms;
	if (!store_mode(app->store, &app->mode, &app->message))
		return;
	if (view->ops->load != NULL)
		(void)view->ops->load(view, app->store, now_ms, &app->message);
}

/* ---- the rows around a view ---- */

struct tab {
	const struct view_ops *ops;
	const char *label;
};

static const struct tab tabs[] = {
	{ &view_dashboard, "1Dash" },     { &view_incidents, "2Incid" },
	{ &view_deliveries, "3Deliv" },   { &view_monitors, "4Monit" },
	{ &view_integrations, "5Integ" }, { &view_definitions, "6Alert" },
	{ &view_maintenance, "7Maint" },
};

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

/* "LIVE READ-ONLY FROZEN hublink.db@ops3", right aligned: the mode stands on every screen
 * (R19). Returns where it begins. */
static int draw_state(const struct app *app, int columns)
{
	const char *path = store_path(app->store);
	const char *name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path;
	DEFER(buf_done)
	struct buf rest = BUF_INIT(512);

	if (app->options->read_only)
		buf_adds(&rest, " READ-ONLY");
	if (app->frozen)
		buf_adds(&rest, " FROZEN");
	if (columns >= 60)
		buf_addf(&rest, " %s@%s", name, app->host);
	const char *mode = mode_words[app->mode];
	int width = (int)strlen(mode) + text_width(buf_text(&rest));
	int x = columns > width ? columns - width : 0;
	paint_bold(true);
	x += paint_text(0, x, columns - x, mode_roles[app->mode], mode);
	paint_bold(false);
	(void)paint_text(0, x, columns - x, ROLE_DIM, buf_text(&rest));
	return columns - width;
}

static void draw_tabs(const struct app *app, int columns)
{
	int end = draw_state(app, columns);
	int x = 1;

	for (size_t i = 0; i < COUNT_OF(tabs); i++) {
		bool here = app->stack[0]->ops == tabs[i].ops;
		int width = (int)strlen(tabs[i].label);
		if (x + width + 1 > end)
			return;
		paint_bold(here);
		x += paint_text(0, x, width, here ? ROLE_TITLE : ROLE_DIM,
				tabs[i].label) +
		     1;
		paint_bold(false);
	}
}

static void draw_place(const struct app *app, int columns, int64_t now_ms)
{
	/* As much of the sentence as there is room for: the fact comes first. */
	static const char none[] = "NO ENGINE RUNS: start one with `hublink engine`";
	static const char brief[] = "NO ENGINE";
	const struct view *view = app_view(app);
	DEFER(buf_done)
	struct buf line = BUF_INIT(1024);
	int x = 1;

	for (int i = 0; i < app->depth; i++) {
		if (i > 0)
			x += paint_text(1, x, columns - x, ROLE_DIM, " > ");
		x += paint_text(1, x, columns - x, ROLE_TITLE, app->stack[i]->ops->title);
	}
	if (view->ops->summary != NULL)
		view->ops->summary(view, now_ms, &line);
	int wanted = x + 2 + text_width(buf_text(&line));
	bool room = wanted + (int)sizeof(none) < columns;
	const char *engine = app->engine_running ? "" : room ? none : brief;
	int left = columns - x - 2 - (int)strlen(engine);
	(void)paint_format(1, x, left, ROLE_TEXT, "  %s", buf_text(&line));
	(void)paint_text(1, columns - (int)strlen(engine) - 1, columns, ROLE_BAD, engine);
}

/* "? help  Enter open  q quit": the first hint is the last to go. What a read-only console
 * refuses is grey. */
static void draw_hints(const struct app *app, int y, int columns)
{
	const struct view *view = app_view(app);
	int x = 1;

	for (const enum action *hint = view->ops->hints; *hint != ACTION_NONE; hint++) {
		char title[KEY_TITLE_SIZE];
		int key = keymap_key_of(view->ops->keys, *hint);
		if (key == 0)
			continue;
		const char *shown = key_title(key, title);
		const char *name = action_infos[*hint].name;
		if (x + text_width(shown) + 1 + text_width(name) > columns)
			return;
		bool greyed = app->options->read_only && action_changes(*hint);
		x += paint_text(y, x, columns - x, greyed ? ROLE_DIM : ROLE_TEXT, shown) +
		     1;
		x += paint_text(y, x, columns - x, ROLE_DIM, name) + 2;
	}
}

/* The shown view; under a dialog what it was opened from. */
static void draw_views(const struct app *app, struct rect area, int64_t now_ms)
{
	int first = app->depth - 1;

	while (first > 0 && app->stack[first]->ops->overlay)
		first--;
	for (int i = first; i < app->depth; i++)
		app->stack[i]->ops->draw(app->stack[i], area, now_ms);
}

static void draw_message(const struct app *app, int y, int columns)
{
	bool failed = app->message.code != ERR_NONE;
	bool noted = app->note[0] != '\0';

	(void)paint_text(y, 1, columns - 1,
			 failed  ? ROLE_BAD
			 : noted ? ROLE_OK
				 : ROLE_INFO,
			 failed  ? app->message.text
			 : noted ? app->note
				 : app->caption);
}

/* Less than 30x8: one line that still says what matters. */
static void draw_tiny(const struct app *app, struct rect screen)
{
	(void)paint_format(
		0, 0, screen.columns, app->engine_running ? ROLE_TEXT : ROLE_BAD, "%s %s",
		mode_words[app->mode], app->engine_running ? "engine runs" : "NO ENGINE");
	if (screen.rows > 1)
		(void)paint_text(1, 0, screen.columns, ROLE_TEXT,
				 app_view(app)->ops->title);
	struct rect rest = { 2, 0, screen.rows - 2, screen.columns };
	if (rest.rows > 0)
		draw_views(app, rest, app->loaded_ms);
}

void app_draw(struct app *app, int64_t now_ms)
{
	struct rect screen = paint_screen();

	app->needs_draw = false;
	paint_clear();
	if (screen.columns < 30 || screen.rows < 8) {
		draw_tiny(app, screen);
		return;
	}
	struct rect area = { 2, 0, screen.rows - 4, screen.columns };
	draw_tabs(app, screen.columns);
	draw_place(app, screen.columns, now_ms);
	draw_message(app, screen.rows - 2, screen.columns);
	draw_hints(app, screen.rows - 1, screen.columns);
	draw_views(app, area, now_ms);
}

/* ---- keys ---- */

static const struct view_ops *destination(enum action action)
{
	switch ((int)action) {
	case ACTION_GO_DASHBOARD: return &view_dashboard;
	case ACTION_GO_INCIDENTS: return &view_incidents;
	case ACTION_GO_DELIVERIES: return &view_deliveries;
	case ACTION_GO_MONITORS: return &view_monitors;
	case ACTION_GO_INTEGRATIONS: return &view_integrations;
	case ACTION_GO_DEFINITIONS: return &view_definitions;
	case ACTION_GO_MAINTENANCE: return &view_maintenance;
	default: return NULL;
	}
}

static void leave(struct app *app, bool may_quit)
{
	if (app->depth > 1)
		app_close(app);
	else if (may_quit)
		app->quit = true;
	else if (app_view(app)->ops != &view_dashboard)
		app_go(app, &view_dashboard);
}

static void act_everywhere(struct app *app, enum action action)
{
	const struct view_ops *to = destination(action);

	if (to != NULL)
		app_go(app, to);
	else if (action == ACTION_QUIT)
		leave(app, true);
	else if (action == ACTION_BACK)
		leave(app, false);
	else if (action == ACTION_HELP && app_view(app)->ops != &view_help)
		help_open(app, app_view(app)->ops->keys);
	else if (action == ACTION_UNDO || action == ACTION_REDO)
		record_undo(app, action == ACTION_REDO);
	else if (action == ACTION_MODE)
		mode_dialog(app);
	else if (action == ACTION_FREEZE)
		app->frozen = !app->frozen;
	else if (action == ACTION_SUSPEND)
		term_suspend();
	else if (action == ACTION_REDRAW)
		term_redraw();
	app->needs_draw = true;
}

static void react(struct app *app, enum action action, enum reaction reaction)
{
	if (reaction == REACTION_RELOAD)
		app->needs_load = true;
	else if (reaction == REACTION_IGNORED)
		act_everywhere(app, action);
	else if (reaction == REACTION_CLOSE)
		app_leave(app);
}

static void forget_message(struct app *app)
{
	app->message.code = ERR_NONE;
	app->note[0] = '\0';
	app->needs_draw = true;
}

void app_key(struct app *app, int key)
{
	struct view *view = app_view(app);
	enum action action = keymap_find(view->ops->keys, key);
	enum reaction reaction = REACTION_IGNORED;

	forget_message(app);
	if (view->ops->key != NULL)
		reaction = view->ops->key(view, app, key);
	if (reaction == REACTION_IGNORED && action == ACTION_NONE)
		return;
	if (reaction == REACTION_IGNORED && view->ops->act != NULL)
		reaction = view->ops->act(view, app, action);
	react(app, action, reaction);
}

void app_paste(struct app *app, const char *text)
{
	struct view *view = app_view(app);

	forget_message(app);
	if (view->ops->paste == NULL)
		(void)fail(&app->message, ERR_REFUSED,
			   "Pasted text goes into a field; here it was thrown away");
	else
		react(app, ACTION_NONE, view->ops->paste(view, app, text));
}
