/* What is broken now, what the public was told, what goes out next: the screen that hublink
 * opens on. */
#include <stdio.h>

#include "core/base/text.h"
#include "core/judge/next.h"
#include "tui/console/object_acts.h"
#include "tui/console/rows.h"
#include "tui/console/view.h"

enum { NEXT_MAX = 40, DELIVERIES_MAX = 40, INCIDENTS_MAX = 500 };

enum pane { PANE_INCIDENTS, PANE_SERVICES, PANE_NEXT, PANE_DELIVERIES, PANE_COUNT };

struct next_line {
	int64_t id; /* its place in the list: next items have no id of their own */
	int64_t at_ms, incident_id, delivery_id;
	char text[ROW_NOTE];
};

struct dashboard {
	struct view view;
	struct list panes[PANE_COUNT];
	enum pane focus;
	struct counts counts;
	int64_t open_incidents;
};

static void next_when(const void *row, int64_t now_ms, struct buf *ret)
{
	add_until(ret, ((const struct next_line *)row)->at_ms, now_ms);
}

static void next_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct next_line *)row)->text);
}

static const struct column next_columns[] = {
	{ "When", 10, 0, NULL, next_when },
	{ "What goes public", 0, 0, NULL, next_text },
};

static void dashboard_init(struct view *view)
{
	struct dashboard *d = (struct dashboard *)view;

	incident_list_init(&d->panes[PANE_INCIDENTS]);
	service_list_init(&d->panes[PANE_SERVICES]);
	list_init(&d->panes[PANE_NEXT], next_columns, COUNT_OF(next_columns),
		  sizeof(struct next_line));
	delivery_list_init(&d->panes[PANE_DELIVERIES]);
}

static void dashboard_done(struct view *view)
{
	struct dashboard *d = (struct dashboard *)view;

	for (int i = 0; i < PANE_COUNT; i++)
		list_done(&d->panes[i]);
}

static bool add_next(void *arg, const struct next_item *item)
{
	struct list *list = arg;
	struct next_line line = {
		.id = (int64_t)list->count + 1,
		.at_ms = item->at_ms,
		.incident_id = item->incident_id,
		.delivery_id = item->delivery_id,
	};

	(void)text_cut(line.text, sizeof(line.text), item->text, ROW_NOTE);
	list_add(list, &line);
	return true;
}

static bool next_load(struct list *list, struct store *store, int64_t now_ms,
		      struct err *err)
{
	list_begin(list);
	bool loaded = next_list(store, now_ms, NEXT_MAX, add_next, list, err);
	list_end(list);
	return loaded;
}

/* What needs a person first: open and held ones; then those in Monitoring, which wait for
 * "Resolved". */
static bool dashboard_load(struct view *view, struct store *store, int64_t now_ms,
			   struct err *err)
{
	struct dashboard *d = (struct dashboard *)view;
	struct filter open = FILTER_ALL;
	struct filter recent = FILTER_ALL;
	struct filter all = FILTER_ALL;

	open.open = true;
	open.limit = INCIDENTS_MAX;
	recent.limit = DELIVERIES_MAX;
	return store_counts(store, now_ms, &d->counts, err) &&
	       incident_list_load(&d->panes[PANE_INCIDENTS], store, &open, err) &&
	       service_list_load(&d->panes[PANE_SERVICES], store, &all, err) &&
	       next_load(&d->panes[PANE_NEXT], store, now_ms, err) &&
	       delivery_list_load(&d->panes[PANE_DELIVERIES], store, &recent, err);
}

static void draw_health(const struct dashboard *d, struct rect line)
{
	const struct counts *c = &d->counts;
	int x = line.x + 1;
	int end = line.x + line.columns;

	x += paint_format(line.y, x, end - x, c->monitors_error > 0 ? ROLE_BAD : ROLE_OK,
			  "%lld in error", (long long)c->monitors_error);
	x += paint_format(line.y, x, end - x, ROLE_TEXT,
			  ", %lld ok, %lld unknown, %lld muted",
			  (long long)c->monitors_ok, (long long)c->monitors_unknown,
			  (long long)c->monitors_maintenance);
	x += paint_format(line.y, x, end - x, ROLE_TEXT, " | queued %lld held %lld",
			  (long long)c->deliveries_queued, (long long)c->deliveries_held);
	x += paint_format(line.y, x, end - x,
			  c->deliveries_failed > 0 ? ROLE_BAD : ROLE_DIM, " failed %lld",
			  (long long)c->deliveries_failed);
}

struct pane_look {
	const char *heading, *empty;
	int least, most; /* rows under its rule */
};

static const struct pane_look looks[PANE_COUNT] = {
	[PANE_INCIDENTS] = { "Incidents open", "nothing is broken that hublink knows of",
			     1, 7 },
	[PANE_SERVICES] = { "Services",
			    "no service yet: hublink import, or hublink help import", 2,
			    0 },
	[PANE_NEXT] = { "Next", "nothing waits to go public", 1, 4 },
	[PANE_DELIVERIES] = { "Last updates", "nothing was sent yet", 1, 5 },
};

/* Rows for each pane: what it has within its limits; services take the rest. */
static void share_rows(const struct dashboard *d, int rows, int ret[PANE_COUNT])
{
	int left = rows - PANE_COUNT;

	for (int i = 0; i < PANE_COUNT; i++) {
		int has = (int)d->panes[i].count;
		int most = looks[i].most > 0 ? looks[i].most : looks[i].least;
		ret[i] = has < looks[i].least ? looks[i].least : has > most ? most : has;
		left -= ret[i];
	}
	for (int i = PANE_DELIVERIES; left < 0 && i >= 0; i--) {
		int give = ret[i] < -left ? ret[i] : -left;
		ret[i] -= give;
		left += give;
	}
	int services = (int)d->panes[PANE_SERVICES].count - ret[PANE_SERVICES];
	int more = left < services ? left : services;
	if (more > 0) {
		ret[PANE_SERVICES] += more;
		left -= more;
	}
	if (left > 0)
		ret[PANE_DELIVERIES] += left;
}

/* "3, 2 shown"; of incidents also how many wait for a person. */
static void add_note(const struct dashboard *d, enum pane pane, int rows, struct buf *ret)
{
	const struct list *list = &d->panes[pane];
	int64_t waiting = d->counts.incidents_monitoring;

	if (pane == PANE_INCIDENTS && waiting > 0)
		buf_addf(ret, "%lld %s for your Resolved, ", (long long)waiting,
			 waiting == 1 ? "waits" : "wait");
	buf_addf(ret, "%zu", list->count);
	if ((int)list->count > rows)
		buf_addf(ret, ", %d shown", rows);
}

static void dashboard_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct dashboard *d = (struct dashboard *)view;
	int rows[PANE_COUNT];

	draw_health(d, area);
	share_rows(d, area.rows - 1, rows);
	int y = area.y + 1;
	for (int i = 0; i < PANE_COUNT && y < area.y + area.rows; i++) {
		DEFER(buf_done) struct buf note = BUF_INIT(128);
		struct list *list = &d->panes[i];
		add_note(d, (enum pane)i, rows[i], &note);
		paint_rule(y++, area.x, area.columns, looks[i].heading, buf_text(&note));
		struct rect body = { y, area.x, rows[i], area.columns };
		if (rows[i] > 0)
			list_draw(list, body, d->focus == (enum pane)i, false, now_ms,
				  looks[i].empty);
		y += rows[i];
	}
}

static enum reaction open_current(struct dashboard *d, struct app *app)
{
	const void *row = list_current(&d->panes[d->focus]);

	if (row == NULL)
		return REACTION_REDRAW;
	if (d->focus == PANE_INCIDENTS)
		app_open(app, &view_incident, ((const struct incident_line *)row)->id);
	else if (d->focus == PANE_DELIVERIES)
		app_open(app, &view_delivery, ((const struct delivery_line *)row)->id);
	else if (d->focus == PANE_SERVICES)
		app_open(app, &view_deliveries, ((const struct service_line *)row)->id);
	else if (((const struct next_line *)row)->incident_id != 0)
		app_open(app, &view_incident,
			 ((const struct next_line *)row)->incident_id);
	return REACTION_RELOAD;
}

/* The one under the cursor; 0: the cursor is on something else. */
static int64_t current_service(const struct dashboard *d)
{
	const struct service_line *row = list_current(&d->panes[PANE_SERVICES]);

	return d->focus == PANE_SERVICES && row != NULL ? row->id : 0;
}

static enum reaction dashboard_act(struct view *view, struct app *app, enum action action)
{
	struct dashboard *d = (struct dashboard *)view;

	if (action == ACTION_NEXT_PANE) {
		d->focus = (d->focus + 1) % PANE_COUNT;
		return REACTION_REDRAW;
	}
	if (action == ACTION_OPEN)
		return open_current(d, app);
	if (list_act(&d->panes[d->focus], action))
		return REACTION_REDRAW;
	return object_act(app, RECORD_SERVICE, current_service(d), action);
}

static struct list *dashboard_list(struct view *view)
{
	struct dashboard *d = (struct dashboard *)view;

	return &d->panes[d->focus];
}

static const enum action hints[] = { ACTION_HELP,          ACTION_OPEN,
				     ACTION_NEXT_PANE,     ACTION_GO_INCIDENTS,
				     ACTION_GO_DELIVERIES, ACTION_GO_MONITORS,
				     ACTION_QUIT,          ACTION_NONE };

const struct view_ops view_dashboard = {
	.name = "dashboard",
	.title = "Dashboard",
	.size = sizeof(struct dashboard),
	.keys = &keymap_objects,
	.hints = hints,
	.init = dashboard_init,
	.done = dashboard_done,
	.list = dashboard_list,
	.load = dashboard_load,
	.draw = dashboard_draw,
	.act = dashboard_act,
};
