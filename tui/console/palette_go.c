/* Where an item of the palette leads. */
#include "tui/console/list.h"
#include "tui/console/palette_journal.h"
#include "tui/console/palette_view.h"
#include "tui/console/record_view.h"

/* The screen that lists it, the cursor on it, so that what is beside it can be reached. */
static void go_to_record(struct app *app, const struct palette_item *item)
{
	static const struct view_ops *const screens[RECORD_KIND_COUNT] = {
		[RECORD_MONITOR] = &view_monitors,
		[RECORD_SERVICE] = &view_integrations,
		[RECORD_INTEGRATION] = &view_integrations,
		[RECORD_DEFINITION] = &view_definitions,
	};

	app_go(app, screens[item->record]);
	struct view *screen = app_view(app);
	list_set_filter(app_list(app), "");
	screen->ops->select(screen, item->record, item->id);
	app_load(app, app_now(app));
	if (item->record == RECORD_MONITOR)
		app_open(app, &view_monitor, item->id);
	else
		record_view_open(app, item->record, item->id);
}

static void go_to_journal(struct app *app, const struct palette_item *item)
{
	bool incident = item->kind == PALETTE_INCIDENT;

	app_go(app, incident ? &view_incidents : &view_deliveries);
	list_set_filter(app_list(app), "");
	list_select(app_list(app), item->id);
	app_load(app, app_now(app));
	app_open(app, incident ? &view_incident : &view_delivery, item->id);
}

/* To the incident that it opened, or else to its monitor. */
static void go_to_alert(struct app *app, const struct palette_item *item)
{
	struct palette_item to = { .kind = PALETTE_INCIDENT, .record = RECORD_MONITOR };
	struct alert alert;

	if (!store_alert_get(app->store, item->id, &alert, &app->message) ||
	    !palette_incident_of_alert(app->store, item->id, &to.id, &app->message))
		return;
	if (to.id != 0) {
		go_to_journal(app, &to);
		return;
	}
	to.id = alert.monitor_id;
	go_to_record(app, &to);
}

void palette_go(struct app *app, const struct palette_item *item)
{
	if (item->kind == PALETTE_ACTION)
		app_act(app, item->action);
	else if (item->kind == PALETTE_RECORD)
		go_to_record(app, item);
	else if (item->kind == PALETTE_ALERT)
		go_to_alert(app, item);
	else
		go_to_journal(app, item);
}
