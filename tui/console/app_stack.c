/* The views on the stack, the screens that they stand on, and the ways between them. */
#include "tui/console/app.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "tui/console/list.h"
#include "tui/console/uptrends_desk.h"

static bool is_screen(const struct app *app, const struct view *view)
{
	for (int i = 0; i < app->screen_count; i++)
		if (app->screens[i] == view)
			return true;
	return false;
}

/* Screens stay until the end. */
static void release(struct app *app, struct view *view)
{
	if (!is_screen(app, view))
		view_free(view);
}

static void free_parked(struct app *app)
{
	while (app->parked_depth > 0)
		release(app, app->parked[--app->parked_depth]);
}

void app_done(struct app *app)
{
	while (app->depth > 0)
		release(app, app->stack[--app->depth]);
	free_parked(app);
	while (app->screen_count > 0)
		view_free(app->screens[--app->screen_count]);
	detail_done(&app->detail);
	drafts_done(&app->drafts);
	uptrends_desk_free(TAKE(app->uptrends));
	engine_process_done(&app->engine);
	messages_done(&app->messages);
	free(TAKE(app->recent));
	free(TAKE(app->imported));
	free(TAKE(app->exported));
}

void app_close(struct app *app)
{
	release(app, app->stack[--app->depth]);
	app->needs_load = true;
}

void app_leave(struct app *app)
{
	struct view *view = app->stack[--app->depth];

	app->needs_load = true;
	if (view->ops->closed != NULL)
		view->ops->closed(view, app);
	release(app, view);
}

struct view *app_open(struct app *app, const struct view_ops *ops, int64_t object_id)
{
	if (app->depth == VIEW_STACK_MAX)
		return NULL;
	struct view *view = view_new(ops, object_id);
	app->stack[app->depth++] = view;
	app->needs_load = true;
	return view;
}

static struct view *find_screen(const struct app *app, const struct view_ops *ops)
{
	for (int i = 0; i < app->screen_count; i++)
		if (app->screens[i]->ops == ops)
			return app->screens[i];
	return NULL;
}

struct view *app_screen(struct app *app, const struct view_ops *ops)
{
	struct view *screen = find_screen(app, ops);

	if (screen != NULL)
		return screen;
	screen = view_new(ops, 0);
	if (app->screen_count < SCREENS_MAX)
		app->screens[app->screen_count++] = screen;
	return screen;
}

/* The stack becomes that screen alone. */
static void stand_on(struct app *app, const struct view_ops *ops)
{
	app->depth = 0;
	app->detail_focused = false;
	app->stack[app->depth++] = app_screen(app, ops);
	app->needs_load = true;
}

void app_go(struct app *app, const struct view_ops *ops)
{
	while (app->depth > 1 && app_view(app)->ops->overlay)
		app_close(app);
	if (app->depth > 0 && app->stack[0]->ops == ops) {
		while (app->depth > 1)
			app_close(app);
		app->needs_load = true;
		return;
	}
	free_parked(app);
	for (int i = 0; i < app->depth; i++)
		app->parked[i] = app->stack[i];
	app->parked_depth = app->depth;
	stand_on(app, ops);
}

void app_start_on(struct app *app, const struct view_ops *ops)
{
	stand_on(app, ops);
}

void app_go_back(struct app *app)
{
	struct view *stack[VIEW_STACK_MAX];
	int depth = app->depth;

	if (app->parked_depth == 0) {
		app_note(app, "There is no screen before this one");
		return;
	}
	memcpy(stack, app->stack, sizeof(stack));
	memcpy(app->stack, app->parked, sizeof(stack));
	memcpy(app->parked, stack, sizeof(stack));
	app->detail_focused = false;
	app->depth = app->parked_depth;
	app->parked_depth = depth;
	app->needs_load = true;
}

/* The list that the shown object was opened from; NULL: there is none. */
static struct list *list_below(const struct app *app)
{
	const struct view *shown = app_view(app);

	if (app->depth < 2 || shown->object_id == 0 || shown->ops->overlay)
		return NULL;
	struct view *below = app->stack[app->depth - 2];
	return below->ops->list != NULL ? below->ops->list(below) : NULL;
}

/* The same of another row: its page, its links, its history. */
static void open_again(struct app *app, enum action action)
{
	int depth = app->depth;

	(void)app_view(app)->ops->act(app_view(app), app, action);
	if (app->depth > depth)
		app_view(app)->opened_by = action;
	app->needs_load = true;
}

void app_go_beside(struct app *app, bool next)
{
	struct list *list = list_below(app);
	size_t at = list != NULL ? list->cursor : 0;

	if (list == NULL) {
		app_note(app, "This was not opened from a list: nothing is beside it");
		return;
	}
	if (next ? at + 1 >= list->count : at == 0) {
		app_note(app, "This is the %s of its list", next ? "last" : "first");
		return;
	}
	enum action opened_by = app_view(app)->opened_by;
	app_close(app);
	list_move_to(list, next ? at + 1 : at - 1);
	app_load(app, app_now(app));
	open_again(app, opened_by != ACTION_NONE ? opened_by : ACTION_OPEN);
}
