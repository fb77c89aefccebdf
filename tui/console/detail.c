#include "tui/console/detail.h"

#include "tui/console/lines.h"

static bool shows(const struct detail *detail, const struct view_subject *subject)
{
	const struct view *view = detail->view;

	if (view == NULL || subject->ops == NULL)
		return view == NULL && subject->ops == NULL;
	return view->ops == subject->ops && view->object_id == subject->object_id &&
	       view->object_kind == subject->object_kind;
}

void detail_set(struct detail *detail, const struct view_subject *subject)
{
	if (shows(detail, subject))
		return;
	detail_done(detail);
	if (subject->ops == NULL)
		return;
	detail->view = view_new(subject->ops, subject->object_id);
	detail->view->object_kind = subject->object_kind;
	detail->is_stale = true;
}

void detail_touch(struct detail *detail)
{
	detail->is_stale = true;
}

void detail_load(struct detail *detail, struct store *store, int64_t now_ms)
{
	struct err gone = { 0 };

	if (detail->view == NULL || !detail->is_stale)
		return;
	detail->is_stale = false;
	detail->is_loaded = detail->view->ops->load(detail->view, store, now_ms, &gone);
}

/* The cursor of the list moves, and all of this changes with every key: over a slow line
 * that must not cost more than so many bytes. Whoever goes into it sees the rest. */
enum { BRIEF_BYTES = 480, BRIEF_ROWS = 3 };

static void draw_view(struct view *view, struct rect area, bool focused, int64_t now_ms)
{
	struct lines *lines = view->ops->lines != NULL ? view->ops->lines(view) : NULL;

	if (lines != NULL)
		lines->bytes_most = focused ? 0 : BRIEF_BYTES;
	else if (!focused && area.rows > BRIEF_ROWS)
		area.rows = BRIEF_ROWS;
	if (area.rows > 0)
		view->ops->draw(view, area, now_ms);
}

void detail_draw(const struct detail *detail, struct rect area, bool focused,
		 int64_t now_ms)
{
	bool shows = detail->view != NULL && detail->is_loaded;
	struct rect body = { area.y + 1, area.x, area.rows - 1, area.columns };

	paint_rule(area.y, area.x, area.columns,
		   shows ? detail->view->ops->title : "Nothing chosen",
		   focused ? "keys go here, Tab leaves" : "");
	if (shows)
		draw_view(detail->view, body, focused, now_ms);
}

enum reaction detail_act(struct detail *detail, struct app *app, enum action action)
{
	if (detail->view == NULL || detail->view->ops->act == NULL)
		return REACTION_IGNORED;
	return detail->view->ops->act(detail->view, app, action);
}

void detail_rewind(struct detail *detail)
{
	struct view *view = detail->view;

	if (view != NULL && view->ops->lines != NULL)
		view->ops->lines(view)->top = 0;
}

void detail_done(struct detail *detail)
{
	view_free(detail->view);
	*detail = (struct detail){ 0 };
}
