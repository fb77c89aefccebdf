/* The screens that are one list: incidents, deliveries (of all services or of one), monitors. */
#include <stdio.h>

#include "core/base/text.h"
#include "tui/console/operator.h"
#include "tui/console/record_words.h"
#include "tui/console/rows.h"
#include "tui/console/record_acts.h"
#include "tui/console/view.h"

/* Of a journal, which may be a million rows long: the newest so many at first; whoever goes to
 * the end of them sees more. */
enum { REACH = 1000 };

struct list_view {
	struct view view;
	struct list list;
	char of[ROW_NAME]; /* the service that it is about; empty: all */
	int64_t revision;  /* of the configuration that it shows */
};

static struct list *list_of(struct view *view)
{
	return &((struct list_view *)view)->list;
}

static void list_view_done(struct view *view)
{
	list_done(list_of(view));
}

static void list_view_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct list *list = &((const struct list_view *)view)->list;

	(void)now_ms;
	const char *of = ((const struct list_view *)view)->of;

	if (of[0] != '\0')
		buf_addf(ret, "of %s: ", of);
	buf_addf(ret, list_is_cut(list) ? "the newest %zu" : "%zu", list->count);
}

/* Moves the cursor, or opens what it is on with the view that shows one. */
static enum reaction list_view_act(struct view *view, struct app *app, enum action action,
				   const struct view_ops *one)
{
	struct list *list = list_of(view);
	const void *row = list_current(list);

	if (action == ACTION_OPEN && row != NULL) {
		app_open(app, one, *(const int64_t *)row);
		return REACTION_RELOAD;
	}
	return list_act(list, action) ? REACTION_REDRAW : REACTION_IGNORED;
}

/* What the cursor is on, shown by the view that shows one. */
static struct view_subject list_view_subject(const struct view *view,
					     const struct view_ops *one)
{
	const int64_t *id = list_current(&((const struct list_view *)view)->list);

	return id != NULL ? (struct view_subject){ one, .object_id = *id }
			  : (struct view_subject){ 0 };
}

/* ---- incidents ---- */

static const enum action incident_hints[] = {
	ACTION_HELP,    ACTION_OPEN,   ACTION_NOTE, ACTION_IDENTIFY,
	ACTION_RESOLVE, ACTION_FILTER, ACTION_SORT, ACTION_MARK,
	ACTION_RECOVER, ACTION_FOLLOW, ACTION_QUIT, ACTION_NONE,
};

static void incidents_init(struct view *view)
{
	incident_list_init(list_of(view));
	list_of(view)->reach = REACH;
}

static bool incidents_load(struct view *view, struct store *store, int64_t now_ms,
			   struct err *err)
{
	return incident_list_load(list_of(view), store, now_ms, err);
}

static void incidents_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms, "no incident yet");
}

static enum reaction incidents_act(struct view *view, struct app *app, enum action action)
{
	const struct incident_line *row = list_current(list_of(view));

	if (row != NULL && operator_on_incident(app, action, row->id))
		return REACTION_REDRAW;
	return list_view_act(view, app, action, &view_incident);
}

static struct view_subject incidents_subject(const struct view *view)
{
	return list_view_subject(view, &view_incident);
}

const struct view_ops view_incidents = {
	.name = "incidents",
	.title = "Incidents",
	.size = sizeof(struct list_view),
	.keys = &keymap_incident,
	.hints = incident_hints,
	.init = incidents_init,
	.done = list_view_done,
	.list = list_of,
	.subject = incidents_subject,
	.load = incidents_load,
	.draw = incidents_draw,
	.act = incidents_act,
	.summary = list_view_summary,
};

/* ---- deliveries ---- */

static const enum action delivery_hints[] = {
	ACTION_HELP,    ACTION_OPEN,   ACTION_RETRY, ACTION_CANCEL,
	ACTION_RELEASE, ACTION_FILTER, ACTION_SORT,  ACTION_MARK,
	ACTION_FOLLOW,  ACTION_QUIT,   ACTION_NONE,
};

static void deliveries_init(struct view *view)
{
	delivery_list_init(list_of(view));
	list_of(view)->reach = REACH;
}

/* Named once: a list of one service's is opened anew for another. */
static bool read_service(struct list_view *v, struct store *store, struct err *err)
{
	DEFER(buf_done) struct buf title = BUF_INIT(FORM_TITLE_SIZE - 1);

	if (v->view.object_id == 0 || v->of[0] != '\0')
		return true;
	if (!record_read_title(store, RECORD_SERVICE, v->view.object_id, &title, err))
		return false;
	(void)text_cut(v->of, sizeof(v->of), buf_text(&title), ROW_NAME);
	return true;
}

static bool deliveries_load(struct view *view, struct store *store, int64_t now_ms,
			    struct err *err)
{
	return read_service((struct list_view *)view, store, err) &&
	       delivery_list_load(list_of(view), store, now_ms, view->object_id, err);
}

static void deliveries_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms, "no update was decided yet");
}

static enum reaction deliveries_act(struct view *view, struct app *app,
				    enum action action)
{
	const struct delivery_line *row = list_current(list_of(view));

	if (row != NULL && operator_on_delivery(app, action, row->id))
		return REACTION_REDRAW;
	return list_view_act(view, app, action, &view_delivery);
}

static struct view_subject deliveries_subject(const struct view *view)
{
	return list_view_subject(view, &view_delivery);
}

const struct view_ops view_deliveries = {
	.name = "deliveries",
	.title = "Deliveries",
	.size = sizeof(struct list_view),
	.keys = &keymap_delivery,
	.hints = delivery_hints,
	.init = deliveries_init,
	.done = list_view_done,
	.list = list_of,
	.subject = deliveries_subject,
	.load = deliveries_load,
	.draw = deliveries_draw,
	.act = deliveries_act,
	.summary = list_view_summary,
};

/* ---- monitors ---- */

static const enum action monitor_hints[] = { ACTION_HELP,   ACTION_OPEN,  ACTION_ADD,
					     ACTION_EDIT,   ACTION_CLONE, ACTION_DELETE,
					     ACTION_TOGGLE, ACTION_UNDO,  ACTION_QUIT,
					     ACTION_NONE };

static void monitors_init(struct view *view)
{
	monitor_list_init(list_of(view));
}

static bool monitors_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	return monitor_list_load(list_of(view), store, now_ms,
				 &((struct list_view *)view)->revision, err);
}

static void monitors_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms,
		  "no monitor yet: a adds one; or hublink help import");
}

static enum reaction monitors_act(struct view *view, struct app *app, enum action action)
{
	const int64_t *id = list_current(list_of(view));

	if (action == ACTION_ADD)
		return record_add(app, RECORD_MONITOR, 0);
	enum reaction reaction = list_view_act(view, app, action, &view_monitor);
	return reaction != REACTION_IGNORED
		       ? reaction
		       : record_act(app, RECORD_MONITOR, id != NULL ? *id : 0, action);
}

static void monitors_select(struct view *view, enum record_kind kind, int64_t id)
{
	if (kind == RECORD_MONITOR)
		list_select(list_of(view), id);
}

static void monitors_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%zu", ((const struct list_view *)view)->list.count);
}

static struct view_subject monitors_subject(const struct view *view)
{
	return list_view_subject(view, &view_monitor);
}

const struct view_ops view_monitors = {
	.name = "monitors",
	.title = "Monitors",
	.size = sizeof(struct list_view),
	.keys = &keymap_records,
	.hints = monitor_hints,
	.init = monitors_init,
	.done = list_view_done,
	.select = monitors_select,
	.list = list_of,
	.subject = monitors_subject,
	.load = monitors_load,
	.draw = monitors_draw,
	.act = monitors_act,
	.summary = monitors_summary,
};
