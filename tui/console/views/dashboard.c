/* What is broken now, what the public was told, what goes out next: the screen that hublink
 * opens on. */
#include "core/base/clock.h"
#include "tui/console/app.h"
#include "tui/console/board.h"
#include "tui/console/dashboard_layout.h"
#include "tui/console/detail.h"
#include "tui/console/health.h"
#include "tui/console/object_acts.h"
#include "tui/console/operator.h"
#include "tui/console/record_view.h"
#include "tui/console/rows.h"

struct dashboard {
	struct view view;
	struct list panes[PANE_LISTS];
	enum pane focus;
	enum pane chosen; /* the list whose row the detail shows */
	bool zoomed;
	struct counts counts;
	struct health health;
	int64_t revision; /* of the configuration that its services are of */
	struct detail detail;
};

static void dashboard_init(struct view *view)
{
	struct dashboard *d = (struct dashboard *)view;

	incident_list_init_board(&d->panes[PANE_INCIDENTS]);
	service_list_init(&d->panes[PANE_SERVICES]);
	board_next_init(&d->panes[PANE_NEXT]);
	board_events_init(&d->panes[PANE_EVENTS]);
}

static void dashboard_done(struct view *view)
{
	struct dashboard *d = (struct dashboard *)view;

	for (int i = 0; i < PANE_LISTS; i++)
		list_done(&d->panes[i]);
	detail_done(&d->detail);
}

/* ---- the row under the cursor ---- */

static struct view_subject subject_of_next(const struct next_line *row)
{
	if (row->delivery_id != 0)
		return (struct view_subject){ &view_delivery,
					      .object_id = row->delivery_id };
	if (row->incident_id != 0)
		return (struct view_subject){ &view_incident,
					      .object_id = row->incident_id };
	if (row->window_id != 0)
		return record_view_subject(RECORD_MAINTENANCE, row->window_id);
	return (struct view_subject){ &view_monitor, .object_id = row->monitor_id };
}

static struct view_subject subject_of_incident(const struct incident_line *row)
{
	if (row->id == BOARD_FOLDED_ID)
		return (struct view_subject){ .ops = &view_incidents };
	return (struct view_subject){ &view_incident, .object_id = row->id };
}

/* What Enter opens, and what is shown beside where there is room. */
static struct view_subject current_subject(const struct dashboard *d)
{
	const void *row = list_current(&d->panes[d->chosen]);

	if (row == NULL)
		return (struct view_subject){ 0 };
	switch ((int)d->chosen) {
	case PANE_INCIDENTS: return subject_of_incident(row);
	case PANE_SERVICES:
		return (struct view_subject){
			&view_deliveries,
			.object_id = ((const struct service_line *)row)->id
		};
	case PANE_NEXT: return subject_of_next(row);
	default: return ((const struct board_event *)row)->subject;
	}
}

/* Ids of what the cursor is on; 0: it is on something else. */
static int64_t current_incident(const struct dashboard *d)
{
	const void *row = list_current(&d->panes[d->focus]);
	int64_t id = 0;

	if (row != NULL && d->focus == PANE_INCIDENTS)
		id = ((const struct incident_line *)row)->id;
	else if (row != NULL && d->focus == PANE_NEXT)
		id = ((const struct next_line *)row)->incident_id;
	else if (row != NULL && d->focus == PANE_EVENTS)
		id = ((const struct board_event *)row)->incident_id;
	return id;
}

static int64_t current_delivery(const struct dashboard *d)
{
	const void *row = list_current(&d->panes[d->focus]);
	int64_t id = 0;

	if (row != NULL && d->focus == PANE_NEXT)
		id = ((const struct next_line *)row)->delivery_id;
	else if (row != NULL && d->focus == PANE_EVENTS)
		id = ((const struct board_event *)row)->delivery_id;
	return id;
}

static int64_t current_service(const struct dashboard *d)
{
	const void *row = list_current(&d->panes[d->focus]);

	if (row != NULL && d->focus == PANE_SERVICES)
		return ((const struct service_line *)row)->id;
	if (row != NULL && d->focus == PANE_INCIDENTS)
		return ((const struct incident_line *)row)->service_id;
	return 0;
}

static void show_detail(struct dashboard *d, struct store *store, int64_t now_ms)
{
	struct view_subject subject = current_subject(d);

	if (layout_of_screen().shape != LAYOUT_BESIDE)
		return;
	detail_set(&d->detail, &subject);
	detail_load(&d->detail, store, now_ms);
}

/* ---- reading ---- */

static struct list *dashboard_list(struct view *view)
{
	struct dashboard *d = (struct dashboard *)view;

	return d->focus != PANE_DETAIL ? &d->panes[d->focus] : NULL;
}

static bool load_services(struct dashboard *d, struct store *store, int64_t now_ms,
			  struct err *err)
{
	return service_list_load(&d->panes[PANE_SERVICES], store, now_ms, &d->revision,
				 err);
}

/* As it was at one moment; and what is taken once for all of it is not taken for each of the
 * thousands of questions of a storm. */
static bool load_all(struct dashboard *d, struct store *store, int64_t now_ms,
		     struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };

	return store_begin_reading(store, &tx, err) &&
	       store_counts(store, now_ms, &d->counts, err) &&
	       health_load(&d->health, store, err) &&
	       board_incidents_load(&d->panes[PANE_INCIDENTS], store, d->health.mode,
				    now_ms, d->counts.incidents_monitoring, err) &&
	       load_services(d, store, now_ms, err) &&
	       board_next_load(&d->panes[PANE_NEXT], store, now_ms, err) &&
	       board_events_load(&d->panes[PANE_EVENTS], store, err);
}

/* Only the rows that somebody is going through keep their order. */
static bool dashboard_load(struct view *view, struct store *store, int64_t now_ms,
			   struct err *err)
{
	struct dashboard *d = (struct dashboard *)view;
	const struct list *shown = dashboard_list(view);
	bool rows_only = d->panes[PANE_SERVICES].rows_only;

	for (int i = 0; i < PANE_LISTS; i++)
		d->panes[i].hold &= &d->panes[i] == shown;
	if (rows_only ? !load_services(d, store, now_ms, err)
		      : !load_all(d, store, now_ms, err))
		return false;
	if (!rows_only)
		detail_touch(&d->detail);
	show_detail(d, store, now_ms);
	return true;
}

static struct list *dashboard_long_list(struct view *view)
{
	return &((struct dashboard *)view)->panes[PANE_SERVICES];
}

/* ---- drawing ---- */

struct pane_words {
	const char *heading, *empty;
};

static const struct pane_words words[PANE_LISTS] = {
	[PANE_INCIDENTS] = { "Incidents open",
			     "nothing is broken that hublink knows of" },
	[PANE_SERVICES] = { "Services",
			    "no service yet: hublink import, or hublink help import" },
	[PANE_NEXT] = { "Next", "nothing waits to go public" },
	[PANE_EVENTS] = { "Last events", "nothing has happened yet" },
};

/* "Services 5 of 18": so many rows are shown. */
static void add_heading(const struct dashboard *d, enum pane pane, int rows,
			struct buf *ret)
{
	int count = (int)d->panes[pane].count;

	buf_addf(ret, "%s ", words[pane].heading);
	if (count > rows)
		buf_addf(ret, "%d of ", rows);
	buf_addf(ret, "%d", count);
}

static void add_note(const struct dashboard *d, enum pane pane, struct buf *ret)
{
	int64_t waiting = d->counts.incidents_monitoring;

	if (pane == PANE_INCIDENTS && waiting > 0)
		buf_addf(ret, "%lld %s for your Resolved", (long long)waiting,
			 waiting == 1 ? "waits" : "wait");
	if (pane == PANE_SERVICES)
		buf_adds(ret, STRIP_LEGEND);
}

static void draw_list(struct dashboard *d, enum pane pane, struct rect area, bool bare,
		      int64_t now_ms)
{
	DEFER(buf_done) struct buf heading = BUF_INIT(128);
	DEFER(buf_done) struct buf note = BUF_INIT(128);
	struct rect body = { area.y + 1, area.x, area.rows - 1, area.columns };

	add_heading(d, pane, body.rows, &heading);
	add_note(d, pane, &note);
	if (bare)
		body = area;
	else
		paint_rule(area.y, area.x, area.columns, buf_text(&heading),
			   buf_text(&note));
	if (body.rows > 0)
		list_draw(&d->panes[pane], body, d->focus == pane, false, now_ms,
			  words[pane].empty);
}

static void dashboard_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct dashboard *d = (struct dashboard *)view;
	enum layout_shape shape = layout_of_screen().shape;
	struct dashboard_layout l;

	if (d->focus == PANE_DETAIL && shape != LAYOUT_BESIDE)
		d->focus = d->chosen;
	dashboard_layout(shape, area, d->panes, d->focus, d->zoomed, &l);
	if (l.health.rows > 0)
		health_draw_line(&d->health, l.health, now_ms);
	for (int pane = 0; pane < PANE_LISTS; pane++)
		if (l.pane[pane].rows > 0)
			draw_list(d, (enum pane)pane, l.pane[pane], l.bare, now_ms);
	if (l.pane[PANE_DETAIL].rows > 0)
		detail_draw(&d->detail, l.pane[PANE_DETAIL], d->focus == PANE_DETAIL,
			    now_ms);
	if (l.engine.rows > 0)
		health_draw(&d->health, l.engine, now_ms);
}

/* ---- keys ---- */

static enum reaction open_current(struct dashboard *d, struct app *app)
{
	struct view_subject subject = current_subject(d);

	if (subject.ops == NULL)
		return REACTION_REDRAW;
	app_open(app, subject.ops, subject.object_id);
	return REACTION_RELOAD;
}

static enum reaction next_pane(struct dashboard *d, struct app *app)
{
	int count = layout_of_screen().shape == LAYOUT_BESIDE ? PANE_COUNT : PANE_LISTS;

	d->focus = (enum pane)(((int)d->focus + 1) % count);
	if (d->focus != PANE_DETAIL)
		d->chosen = d->focus;
	show_detail(d, app->store, app_now(app));
	return REACTION_REDRAW;
}

/* An operator's act on what the cursor is on. */
static enum reaction act_on_current(struct dashboard *d, struct app *app,
				    enum action action)
{
	int64_t incident_id = current_incident(d);
	int64_t delivery_id = current_delivery(d);

	if (incident_id == BOARD_FOLDED_ID && action == ACTION_RESOLVE) {
		operator_resolve_monitoring(app);
		return REACTION_REDRAW;
	}
	if (incident_id > 0 && operator_on_incident(app, action, incident_id))
		return REACTION_REDRAW;
	if (delivery_id != 0 ? operator_on_delivery(app, action, delivery_id)
			     : operator_on_waiting(app, action, incident_id))
		return REACTION_REDRAW;
	return object_act(app, RECORD_SERVICE, current_service(d), action);
}

static enum reaction dashboard_act(struct view *view, struct app *app, enum action action)
{
	struct dashboard *d = (struct dashboard *)view;

	if (action == ACTION_NEXT_PANE)
		return next_pane(d, app);
	if (action == ACTION_ZOOM) {
		d->zoomed = !d->zoomed;
		return REACTION_REDRAW;
	}
	if (action == ACTION_OPEN)
		return open_current(d, app);
	if (d->focus == PANE_DETAIL)
		return detail_act(&d->detail, app, action);
	if (list_act(&d->panes[d->focus], action)) {
		show_detail(d, app->store, app_now(app));
		return REACTION_REDRAW;
	}
	return act_on_current(d, app, action);
}

/* Of what is next the soonest, which counts down in seconds at last. */
static int64_t dashboard_changes_ms(const struct view *view, int64_t now_ms)
{
	const struct list *next = &((const struct dashboard *)view)->panes[PANE_NEXT];
	int64_t soonest_ms = 0;

	for (size_t i = 0; i < next->count; i++) {
		const struct next_line *line = list_row(next, i);
		int64_t at_ms =
			line != NULL ? countdown_changes_ms(line->at_ms, now_ms) : 0;
		if (at_ms != 0 && (soonest_ms == 0 || at_ms < soonest_ms))
			soonest_ms = at_ms;
	}
	return soonest_ms;
}

static void dashboard_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct counts *c = &((const struct dashboard *)view)->counts;

	(void)now_ms;
	buf_addf(ret, "%lld in error, %lld ok", (long long)c->monitors_error,
		 (long long)c->monitors_ok);
	if (c->monitors_unknown > 0)
		buf_addf(ret, ", %lld unknown", (long long)c->monitors_unknown);
	if (c->monitors_maintenance > 0)
		buf_addf(ret, ", %lld muted", (long long)c->monitors_maintenance);
}

static const enum action hints[] = { ACTION_HELP,          ACTION_OPEN,
				     ACTION_NEXT_PANE,     ACTION_RELEASE,
				     ACTION_CANCEL,        ACTION_ZOOM,
				     ACTION_GO_DELIVERIES, ACTION_GO_MONITORS,
				     ACTION_QUIT,          ACTION_NONE };

const struct view_ops view_dashboard = {
	.name = "dashboard",
	.title = "Dashboard",
	.size = sizeof(struct dashboard),
	.keys = &keymap_room,
	.hints = hints,
	.init = dashboard_init,
	.done = dashboard_done,
	.list = dashboard_list,
	.long_list = dashboard_long_list,
	.changes_ms = dashboard_changes_ms,
	.load = dashboard_load,
	.draw = dashboard_draw,
	.act = dashboard_act,
	.summary = dashboard_summary,
};
