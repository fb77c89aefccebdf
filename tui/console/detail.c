#include "tui/console/detail.h"

static bool shows(const struct detail *detail, const struct subject *subject)
{
	const struct view *view = detail->view;

	if (view == NULL || subject->ops == NULL)
		return view == NULL && subject->ops == NULL;
	return view->ops == subject->ops && view->object_id == subject->object_id &&
	       view->object_kind == subject->object_kind;
}

void detail_set(struct detail *detail, const struct subject *subject)
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

void detail_draw(const struct detail *detail, struct rect area, int64_t now_ms)
{
	if (detail->view != NULL && detail->is_loaded && area.rows > 0)
		detail->view->ops->draw(detail->view, area, now_ms);
}

enum reaction detail_act(struct detail *detail, struct app *app, enum action action)
{
	if (detail->view == NULL || detail->view->ops->act == NULL)
		return REACTION_IGNORED;
	return detail->view->ops->act(detail->view, app, action);
}

void detail_done(struct detail *detail)
{
	view_free(detail->view);
	*detail = (struct detail){ 0 };
}
