/* The chain of gates between a monitor and the page, each open or shut and why; Enter opens
 * the record that a gate hangs on, and coming back looks again. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/explain_view.h"
#include "tui/console/gate_rows.h"
#include "tui/console/linked.h"
#include "tui/console/links_view.h"
#include "tui/console/mode_dialog.h"
#include "tui/console/object_acts.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_view.h"
#include "tui/console/rows.h"
#include "tui/console/sentence.h"

enum { DETAIL_ROWS = 4 };

struct explain_view {
	struct view view;
	enum record_kind kind;
	char name[ROW_NAME];
	struct list list;
	size_t paths, reaching;
	bool placed; /* the cursor was put on the first shut gate */
};

static const struct view_ops view_explain;

void explain_open(struct app *app, enum record_kind kind, int64_t id)
{
	struct explain_view *v = (struct explain_view *)app_open(app, &view_explain, id);

	if (v != NULL)
		v->kind = kind;
}

static struct explain_view *explain_of(struct view *view)
{
	return (struct explain_view *)view;
}

static void explain_init(struct view *view)
{
	gate_list_init(&explain_of(view)->list);
}

static void explain_done(struct view *view)
{
	list_done(&explain_of(view)->list);
}

/* ---- reading ---- */

struct reading {
	struct explain_view *v;
	const char *monitor; /* named where there are several */
	int64_t next_id, first_shut;
	struct gate_row *rows;
};

static bool add_path(void *arg, const struct explained_path *path)
{
	struct reading *reading = arg;
	size_t count = gate_rows(path, reading->monitor, reading->next_id, reading->rows);

	for (size_t i = 0; i < count; i++) {
		const struct gate_row *row = &reading->rows[i];
		if (!row->is_path && !row->open && reading->first_shut == 0)
			reading->first_shut = row->id;
		list_add(&reading->v->list, row);
	}
	reading->next_id += (int64_t)count;
	reading->v->paths++;
	reading->v->reaching += path->reaches;
	return true;
}

static bool read_monitor(struct reading *reading, struct store *store, int64_t monitor_id,
			 int64_t now_ms, struct err *err)
{
	struct explain_view *v = reading->v;
	struct monitor *monitor = mem_new(1, sizeof(*monitor));
	bool of_service = v->kind == RECORD_SERVICE;
	bool reaches = false;
	bool read = store_get(store, RECORD_MONITOR, monitor_id, monitor, err);

	reading->monitor = of_service ? monitor->name : NULL;
	if (read && !of_service)
		(void)text_cut(v->name, sizeof(v->name), monitor->name, NAME_CHARS_MAX);
	read = read &&
	       explain_monitor(store, monitor_id, of_service ? v->view.object_id : 0,
			       now_ms, add_path, reading, &reaches, err);
	free(monitor);
	return read;
}

static bool name_service(struct explain_view *v, struct store *store, struct err *err)
{
	struct service *service = mem_new(1, sizeof(*service));
	bool found = store_get(store, RECORD_SERVICE, v->view.object_id, service, err);

	if (found)
		(void)text_cut(v->name, sizeof(v->name), service->name, NAME_CHARS_MAX);
	free(service);
	return found;
}

static bool read_all(struct reading *reading, struct store *store, int64_t now_ms,
		     struct err *err)
{
	DEFER(id_list_done) struct id_list monitors = { 0 };
	struct explain_view *v = reading->v;

	if (v->kind == RECORD_SERVICE && !name_service(v, store, err))
		return false;
	if (!linked_monitors(store, v->kind, v->view.object_id, &monitors, err))
		return false;
	for (size_t i = 0; i < monitors.count; i++)
		if (!read_monitor(reading, store, monitors.items[i], now_ms, err))
			return false;
	return true;
}

static bool explain_load(struct view *view, struct store *store, int64_t now_ms,
			 struct err *err)
{
	struct explain_view *v = explain_of(view);
	struct reading reading = { .v = v,
				   .next_id = 1,
				   .rows = mem_new(GATE_COUNT + 1,
						   sizeof(*reading.rows)) };

	v->paths = v->reaching = 0;
	list_begin(&v->list);
	bool read = read_all(&reading, store, now_ms, err);
	if (!v->placed && reading.first_shut != 0)
		list_select(&v->list, reading.first_shut);
	v->placed = true;
	list_end(&v->list);
	free(reading.rows);
	return read;
}

/* ---- drawing and keys ---- */

static void explain_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct explain_view *v = explain_of(view);
	const struct gate_row *row = list_current(&v->list);

	if (row != NULL)
		area = sentence_foot(area, DETAIL_ROWS,
				     row->is_path ? "Path" : gate_kind_text(row->kind),
				     row->open ? ROLE_TEXT : ROLE_WARN, row->text);
	list_draw(&v->list, area, true, true, now_ms, "no monitor has a link to it");
}

/* Where there is no record yet, or none with a form of its own: the screen to make it on. */
static bool open_screen(struct app *app, const struct explain_view *v,
			const struct gate_row *row)
{
	if (row->kind == GATE_LINK && !row->open)
		links_open_at(app, v->kind, v->view.object_id, row->monitor_id);
	else if (row->kind == GATE_DEFINITION && row->record_id == 0)
		(void)app_open(app, &view_definitions, 0);
	else
		return false;
	return true;
}

/* A gate that is shut is to be opened: its record's form, where that may be changed. */
static void open_record(struct app *app, const struct gate_row *row)
{
	const struct record_target target = { row->record_kind, .id = row->record_id };

	if (row->record_id == 0)
		return;
	if (row->open || app->options->read_only || !record_form_open(app, &target))
		record_view_open(app, row->record_kind, row->record_id);
}

static void open_gate(struct app *app, const struct explain_view *v,
		      const struct gate_row *row)
{
	if (row->is_path)
		return;
	if (row->kind == GATE_MODE)
		mode_dialog(app);
	else if (!open_screen(app, v, row))
		open_record(app, row);
}

static enum reaction explain_act(struct view *view, struct app *app, enum action action)
{
	struct explain_view *v = explain_of(view);
	const struct gate_row *row = list_current(&v->list);

	if (list_act(&v->list, action))
		return REACTION_REDRAW;
	if (action == ACTION_OPEN && row != NULL) {
		open_gate(app, v, row);
		return REACTION_RELOAD;
	}
	return object_act(app, v->kind, view->object_id, action);
}

static struct list *explain_list(struct view *view)
{
	return &explain_of(view)->list;
}

static void explain_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct explain_view *v = (const struct explain_view *)view;

	(void)now_ms;
	buf_addf(ret, "%s: %zu of %zu path%s reach%s the page", v->name, v->reaching,
		 v->paths, v->paths == 1 ? "" : "s", v->reaching == 1 ? "es" : "");
}

static const enum action hints[] = { ACTION_HELP,     ACTION_OPEN, ACTION_WHAT_IF,
				     ACTION_COVERAGE, ACTION_BACK, ACTION_NONE };

static const struct view_ops view_explain = {
	.name = "explain",
	.title = "Explain",
	.size = sizeof(struct explain_view),
	.keys = &keymap_objects,
	.hints = hints,
	.init = explain_init,
	.done = explain_done,
	.list = explain_list,
	.load = explain_load,
	.draw = explain_draw,
	.act = explain_act,
	.summary = explain_summary,
};
