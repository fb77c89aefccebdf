#include "tui/console/app_detail.h"

#include "tui/console/layout.h"

struct view *app_base(const struct app *app)
{
	int at = app->depth - 1;

	while (at > 0 && app->stack[at]->ops->overlay)
		at--;
	return app->stack[at];
}

/* Without a subject, or on a screen that is too small for two, a view has all of it. */
static struct panes panes_in(const struct app *app, const struct view *view,
			     struct rect body)
{
	if (view->ops->subject == NULL)
		return (struct panes){ .list = body };
	return layout_panes(layout_of_screen().shape, body, app->zoomed,
			    app->detail_focused);
}

static bool has_room(void)
{
	struct layout l = layout_of_screen();

	return layout_panes(l.shape, l.body, false, false).detail.rows > 0;
}

static bool can_focus(const struct app *app)
{
	return app_view(app)->ops->subject != NULL && app->detail.view != NULL &&
	       app->detail.is_loaded && has_room();
}

struct view *app_focus(const struct app *app)
{
	return app->detail_focused && can_focus(app) ? app->detail.view : app_view(app);
}

bool app_detail_focus(struct app *app, bool focused)
{
	bool can = can_focus(app);

	app->detail_focused = focused && can;
	if (!app->detail_focused)
		detail_rewind(&app->detail);
	app->needs_draw = true;
	return can;
}

void app_detail_follow(struct app *app, int64_t now_ms)
{
	const struct view *view = app_base(app);
	struct rect room = panes_in(app, view, layout_of_screen().body).detail;
	struct view_subject subject = { 0 };

	if (room.rows > 0)
		subject = view->ops->subject(view);
	detail_set(&app->detail, &subject);
	detail_load(&app->detail, app->store, now_ms);
	if (view == app_view(app) && !can_focus(app))
		app->detail_focused = false;
}

static void draw_bar(struct rect bar)
{
	if (bar.columns == 1)
		paint_line_down(bar.y, bar.x, bar.rows);
}

void app_detail_draw(struct app *app, struct rect body, int64_t now_ms)
{
	struct view *view = app_base(app);
	struct panes panes = panes_in(app, view, body);

	if (panes.list.rows > 0)
		view->ops->draw(view, panes.list, now_ms);
	draw_bar(panes.rule);
	if (panes.rule.rows == 1) { /* the heading is the rule */
		panes.detail.y--;
		panes.detail.rows++;
	}
	if (panes.detail.rows > 0)
		detail_draw(&app->detail, panes.detail, app->detail_focused, now_ms);
}

void app_detail_next(struct app *app)
{
	if (!app_detail_focus(app, !app->detail_focused))
		app_note(app, "There is nothing beside this");
}

void app_detail_zoom(struct app *app)
{
	if (app_view(app)->ops->subject == NULL)
		app_note(app, "This screen has one part");
	else if (!has_room())
		app_act(app, ACTION_OPEN);
	else
		app->zoomed = !app->zoomed;
}

bool app_detail_covers(const struct app *app, int y, int x)
{
	struct rect r = panes_in(app, app_view(app), layout_of_screen().body).detail;

	return y >= r.y && y < r.y + r.rows && x >= r.x && x < r.x + r.columns;
}
