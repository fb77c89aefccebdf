#include "tui/console/app_detail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/lock.h"
#include "core/base/text.h"
#include "tui/console/document_view.h"
#include "tui/console/first_steps.h"
#include "tui/console/bulk.h"
#include "tui/console/column_chooser.h"
#include "tui/console/dialog.h"
#include "tui/console/jump.h"
#include "tui/console/list.h"
#include "tui/console/engine_control.h"
#include "tui/console/mode_dialog.h"
#include "tui/console/pace.h"
#include "tui/console/palette_view.h"
#include "tui/console/record_undo.h"
#include "tui/console/tabs.h"
#include "tui/console/term.h"
#include "tui/console/unmatched_view.h"
#include "tui/console/uptrends_view.h"

enum { SCREEN_PARTS_MAX = 8, WHEEL_ROWS = 3 };

struct view *app_view(const struct app *app)
{
	return app->stack[app->depth - 1];
}

struct list *app_shown_list(const struct app *app)
{
	struct view *view = app_view(app);

	return view->ops->list != NULL ? view->ops->list(view) : NULL;
}

struct list *app_list(const struct app *app)
{
	return app_focus(app) == app_view(app) ? app_shown_list(app) : NULL;
}

struct list *app_long_list(const struct app *app)
{
	struct view *view = app_view(app);
	struct list *list = view->ops->long_list != NULL ? view->ops->long_list(view)
							 : app_shown_list(app);

	return list != NULL && list->is_long ? list : NULL;
}

bool app_wants_rows(const struct app *app)
{
	const struct list *list = app_long_list(app);

	return list != NULL && list->wants_rows;
}

bool app_is_steady(const struct app *app)
{
	return clock_boot_ms() - app->key_boot_ms < STEADY_MS;
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

static bool may(struct app *app, enum gate_role needed, const char *what)
{
	bool changes = needed == GATE_RESPONDER || needed == GATE_ADMIN;

	if (!gate_role_check(app->options->role, needed, what, &app->message))
		return false;
	if (!app->options->read_only || !changes)
		return true;
	return fail(&app->message, ERR_REFUSED,
		    "This console is read-only: start hublink without --read-only to "
		    "change anything");
}

bool app_may(struct app *app, enum gate_role needed)
{
	return may(app, needed, "This");
}

bool app_may_act(struct app *app, enum action action)
{
	DEFER(buf_done) struct buf what = BUF_INIT(100);

	buf_addf(&what, "'%s'", action_infos[action].name);
	return may(app, action_role(action), buf_text(&what));
}

bool app_may_change(struct app *app)
{
	return app_may(app, GATE_ADMIN);
}

/* What stands around every view. */
static bool load_whole(struct app *app, int64_t now_ms)
{
	app->engine_running = lock_holder(store_path(app->store)) != 0;
	app->loaded_ms = now_ms;
	engine_control_look(app);
	app->trouble = store_trouble(app->store, NULL);
	return store_mode(app->store, &app->mode, &app->message) &&
	       store_pulse(app->store, &app->pulse, &app->message);
}

void app_load(struct app *app, int64_t now_ms)
{
	struct view *view = app_view(app);
	struct list *list = app_shown_list(app);
	struct list *long_list = app_long_list(app);
	bool rows_only = app_wants_rows(app) && !app->needs_load;

	if (list != NULL)
		list->hold = app_is_steady(app);
	if (long_list != NULL)
		long_list->rows_only = rows_only;
	app->needs_load = app->needs_rows = false;
	app->needs_draw = true;
	if (!rows_only && !load_whole(app, now_ms))
		return;
	if (view->ops->load != NULL)
		(void)view->ops->load(view, app->store, now_ms, &app->message);
	if (!rows_only)
		detail_touch(&app->detail);
	app->order_held = list != NULL && list->held;
}

bool app_is_working(const struct app *app)
{
	const struct list *list = app_long_list(app);

	return list != NULL && list->search.running;
}

/* How far it has come is told as often as live data is shown. */
void app_work(struct app *app, int64_t now_ms)
{
	struct list *list = app_long_list(app);
	int64_t boot_ms = clock_boot_ms();

	(void)!list_search(list, app->store, &app->message);
	if (list->wants_rows)
		app_load(app, now_ms);
	else if (list->search.by_user && boot_ms - app->progress_boot_ms >= FRAME_MS)
		app->needs_draw = true;
	if (app->needs_draw)
		app->progress_boot_ms = boot_ms;
}

/* ---- keys ---- */

static void leave(struct app *app, bool may_quit)
{
	if (app_focus(app) != app_view(app))
		(void)app_detail_focus(app, false);
	else if (app->depth > 1)
		app_close(app);
	else if (may_quit)
		app->quit = true;
	else if (app_view(app)->ops != &view_dashboard)
		app_go(app, &view_dashboard);
}

static void quit(struct app *app)
{
	leave(app, true);
}

static void back(struct app *app)
{
	leave(app, false);
}

static void help(struct app *app)
{
	if (app_view(app)->ops != &view_help)
		help_open(app, app_focus(app)->ops->keys);
}

static void undo(struct app *app)
{
	record_undo(app, false);
}

static void redo(struct app *app)
{
	record_undo(app, true);
}

static void go_to_next(struct app *app)
{
	app_go_beside(app, true);
}

static void go_to_previous(struct app *app)
{
	app_go_beside(app, false);
}

static void freeze(struct app *app)
{
	app->frozen = !app->frozen;
}

static void suspend(struct app *app)
{
	(void)app;
	term_suspend();
}

static void toggle_mouse(struct app *app)
{
	bool on = !term_mouse_is_on();

	term_mouse(on);
	app_note(app, on ? "A click selects, the wheel scrolls; hold Shift to mark text"
			 : "The mouse is the terminal's own again");
}

static void redraw(struct app *app)
{
	(void)app;
	term_redraw();
}

/* What an action does wherever the view that is shown does nothing of its own. */
static void (*const everywhere[ACTION_COUNT])(struct app *app) = {
	[ACTION_QUIT] = quit,
	[ACTION_BACK] = back,
	[ACTION_HELP] = help,
	[ACTION_FIRST_STEPS] = first_steps_open,
	[ACTION_TAKE_OVER] = uptrends_open,
	[ACTION_UNMATCHED] = unmatched_open,
	[ACTION_IMPORT] = document_import,
	[ACTION_EXPORT] = document_export,
	[ACTION_PALETTE] = palette_open,
	[ACTION_BULK] = palette_open_acts,
	[ACTION_PREVIOUS_SCREEN] = app_go_back,
	[ACTION_NEXT_SIBLING] = go_to_next,
	[ACTION_PREVIOUS_SIBLING] = go_to_previous,
	[ACTION_NEXT_PANE] = app_detail_next,
	[ACTION_ZOOM] = app_detail_zoom,
	[ACTION_JUMP] = jump_open,
	[ACTION_COLUMNS] = column_chooser_open,
	[ACTION_MESSAGES] = messages_open,
	[ACTION_UNDO] = undo,
	[ACTION_REDO] = redo,
	[ACTION_MODE] = mode_dialog,
	[ACTION_FREEZE] = freeze,
	[ACTION_MOUSE] = toggle_mouse,
	[ACTION_SUSPEND] = suspend,
	[ACTION_REDRAW] = redraw,
};

static void act_everywhere(struct app *app, enum action action)
{
	const struct view_ops *to = tabs_destination(action);

	if (to != NULL)
		app_go(app, to);
	else if (everywhere[action] != NULL)
		everywhere[action](app);
	else if (engine_control_act(app, action))
		app->needs_load = true;
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
	messages_keep(&app->messages, app_now(app), app->message.code != ERR_NONE,
		      app->message.code != ERR_NONE ? app->message.text : app->note);
	app->message.code = ERR_NONE;
	app->note[0] = '\0';
	app->needs_draw = true;
}

/* What the shown list asks for after a key. */
static void serve_list(struct app *app)
{
	const struct list *list = app_list(app);

	app->needs_draw = true;
	app->needs_load |= list != NULL && list->asked;
	app->needs_rows |= list != NULL && list->wants_rows;
}

void app_act(struct app *app, enum action action)
{
	struct view *view = app_focus(app);
	enum reaction reaction = REACTION_IGNORED;

	if (!app_may_act(app, action) || bulk_act(app, action))
		return;
	int depth = app->depth;
	if (view->ops->act != NULL)
		reaction = view->ops->act(view, app, action);
	if (app->depth > depth)
		app_view(app)->opened_by = action;
	react(app, action, reaction);
}

static void press(struct app *app, int key)
{
	struct view *view = app_focus(app);
	struct list *list = app_list(app);
	enum action action = keys_action(&app->options->keys, view->ops->keys, key);
	enum reaction reaction = REACTION_IGNORED;

	if (list != NULL && list_key(list, key))
		return;
	if (view->ops->key != NULL)
		reaction = view->ops->key(view, app, key);
	if (reaction != REACTION_IGNORED)
		react(app, action, reaction);
	else if (action != ACTION_NONE)
		app_act(app, action);
}

void app_key(struct app *app, int key)
{
	app->key_boot_ms = clock_boot_ms();
	if (!dialog_goes_on(app, key)) {
		forget_message(app);
		press(app, key);
	}
	app->key_done_boot_ms = clock_boot_ms();
	if (!app->quit)
		serve_list(app);
}

/* The cursor to the row that was clicked, in whichever part of the screen it is. */
static void click(struct app *app, int y, int x)
{
	if (app_detail_focus(app, app_detail_covers(app, y, x)))
		return;
	for (int part = 0; part < SCREEN_PARTS_MAX; part++) {
		struct list *list = app_list(app);
		if (list == NULL || list_click(list, y))
			return;
		app_act(app, ACTION_NEXT_PANE);
	}
}

void app_mouse(struct app *app, const struct term_mouse_event *event)
{
	app->key_boot_ms = clock_boot_ms();
	forget_message(app);
	if (event->kind == TERM_CLICK)
		click(app, event->y, event->x);
	for (int row = 0; event->kind != TERM_CLICK && row < WHEEL_ROWS; row++)
		app_act(app,
			event->kind == TERM_WHEEL_UP ? ACTION_MOVE_UP : ACTION_MOVE_DOWN);
	serve_list(app);
}

void app_paste(struct app *app, const char *text)
{
	struct view *view = app_view(app);
	struct list *list = app_list(app);

	forget_message(app);
	if (list != NULL && list_paste(list, text))
		serve_list(app);
	else if (view->ops->paste == NULL)
		(void)fail(&app->message, ERR_REFUSED,
			   "Pasted text goes into a field; here it was thrown away");
	else
		react(app, ACTION_NONE, view->ops->paste(view, app, text));
}
