/* Lists of what has happened, newest first. */
#include <inttypes.h>

#include "core/base/text.h"
#include "tui/cli/list.h"
#include "tui/cli/objects.h"

static const char *const maintenance_states[] = { "planned", "active", "ended" };

int list_maintenance_state_parse(const char *text)
{
	for (size_t i = 0; i < COUNT_OF(maintenance_states); i++)
		if (text_equal(maintenance_states[i], text))
			return (int)i;
	return -1;
}

static enum tone incident_tone(const struct incident *incident)
{
	if (incident_is_open(incident->status))
		return TONE_BAD;
	if (incident->status == INCIDENT_HELD || incident->status == INCIDENT_DETACHED)
		return TONE_WARN;
	return incident->status == INCIDENT_MONITORING ? TONE_OK : TONE_DIM;
}

/* What is public, where it differs from what was decided. */
static const char *told_text(const struct incident *incident)
{
	if (!incident->is_published)
		return "nothing";
	return incident_status_text(incident->published_status);
}

static bool add_name(void *arg, const char *name)
{
	struct buf *names = arg;
	buf_addf(names, "%s%s", names->len ? ", " : "", name);
	return true;
}

static bool incident_cells(struct listing *listing, const struct incident *incident)
{
	struct table *table = &listing->table;
	DEFER(buf_done) struct buf monitors = BUF_INIT(16384);
	if (!store_incident_monitors(listing->cli->store, incident->id, add_name,
				     &monitors, listing->err))
		return false;
	table_integer(table, incident->id);
	table_cell(table, incident_tone(incident),
		   incident_status_text(incident->status));
	table_cell(table, TONE_STRONG, incident->service);
	table_cell(table, TONE_PLAIN, incident->integration);
	table_time(table, incident->opened_at_ms);
	table_cell(table, TONE_PLAIN, told_text(incident));
	table_cell(table, TONE_PLAIN,
		   incident->by_hand ? "by hand" : buf_text(&monitors));
	return true;
}

static bool incident_row(void *arg, const struct incident *incident)
{
	struct listing *listing = arg;
	bool written;
	if (listing->cli->json) {
		struct json_writer *w = reply_open(&listing->reply);
		written = object_incident(w, listing->cli->store, incident, listing->err);
		if (written)
			reply_send(&listing->reply);
	} else {
		written = incident_cells(listing, incident);
	}
	listing->failed = !written;
	return written;
}

bool list_incidents(struct listing *listing, struct err *err)
{
	listing_open(listing, ">ID|STATUS|SERVICE|INTEGRATION|OPENED|TOLD|MONITORS", err);
	bool listed = store_list_incidents(listing->cli->store, &listing->filter,
					   incident_row, listing, err);
	return listing_close(listing, listed, "No incidents");
}

static bool alert_row(void *arg, const struct alert *alert)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	if (listing->cli->json) {
		object_alert(reply_open(&listing->reply), alert);
		reply_send(&listing->reply);
		return true;
	}
	table_integer(table, alert->id);
	table_time(table, alert->at_ms);
	table_cell(table, alert->type == ALERT_OK ? TONE_OK : TONE_BAD,
		   alert_type_text(alert->type));
	table_cell(table, TONE_STRONG, alert->monitor);
	table_cell(table, TONE_PLAIN, alert->definition);
	table_integer(table, alert->level);
	table_cell(table, TONE_WARN, alert->reason);
	return true;
}

bool list_alerts(struct listing *listing, struct err *err)
{
	listing_open(listing,
		     ">ID|AT|TYPE|MONITOR|DEFINITION|>LEVEL|NOTHING SENT BECAUSE", err);
	bool listed = store_list_alerts(listing->cli->store, &listing->filter, alert_row,
					listing, err);
	return listing_close(listing, listed, "No alerts");
}

static const enum tone delivery_tones[DELIVERY_STATE_COUNT] = {
	[DELIVERY_HELD] = TONE_WARN,      [DELIVERY_QUEUED] = TONE_WARN,
	[DELIVERY_SENDING] = TONE_WARN,   [DELIVERY_DELIVERED] = TONE_OK,
	[DELIVERY_FAILED] = TONE_BAD,     [DELIVERY_CANCELLED] = TONE_DIM,
	[DELIVERY_SUPERSEDED] = TONE_DIM, [DELIVERY_EXPIRED] = TONE_BAD,
	[DELIVERY_DRY_RUN] = TONE_DIM,
};

static void delivery_cells(struct table *table, const struct delivery *delivery)
{
	char incident[24];
	snprintf(incident, sizeof(incident), "#%" PRId64, delivery->incident_id);
	table_integer(table, delivery->id);
	table_cell(table, TONE_PLAIN, delivery->incident_id ? incident : "");
	table_cell(table, TONE_STRONG, delivery->service);
	table_cell(table, TONE_PLAIN, delivery_kind_text(delivery->kind));
	table_cell(table, delivery_tones[delivery->state],
		   delivery_state_text(delivery->state));
	table_integer(table, delivery->attempts);
	table_time(table, delivery->created_ms);
	table_time(table, delivery_is_unfinished(delivery->state)
				  ? delivery->next_attempt_ms
				  : 0);
	table_cell(table, TONE_PLAIN, delivery->error);
}

static bool delivery_row(void *arg, const struct delivery *delivery)
{
	struct listing *listing = arg;
	if (listing->cli->json) {
		object_delivery(reply_open(&listing->reply), delivery);
		reply_send(&listing->reply);
	} else {
		delivery_cells(&listing->table, delivery);
	}
	return true;
}

bool list_deliveries(struct listing *listing, struct err *err)
{
	listing_open(listing,
		     ">ID|INCIDENT|SERVICE|KIND|STATE|>TRIES|DECIDED|NEXT TRY|ERROR",
		     err);
	bool listed = store_list_deliveries(listing->cli->store, &listing->filter,
					    delivery_row, listing, err);
	return listing_close(listing, listed, "No deliveries");
}

static bool maintenance_row(void *arg, const struct maintenance *window)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	const char *state = maintenance_state(window, listing->cli->now_ms);
	bool over = text_equal(state, "ended");

	if ((listing->filter.open && over) ||
	    (listing->filter.state >= 0 &&
	     !text_equal(state, maintenance_states[listing->filter.state])))
		return true;
	if (listing->cli->json) {
		listing->failed = !object_maintenance(reply_open(&listing->reply),
						      listing->cli->store, window,
						      listing->cli->now_ms, listing->err);
		if (!listing->failed)
			reply_send(&listing->reply);
		return listing_counts(listing) && !listing->failed;
	}
	table_integer(table, window->head.id);
	table_cell(table, over ? TONE_DIM : TONE_WARN, state);
	table_time(table, window->from_ms);
	table_time(table, window->until_ms);
	table_cell(table, TONE_STRONG, window->targets);
	table_cell(table, TONE_PLAIN, window->created_by);
	table_cell(table, TONE_PLAIN, window->note);
	return listing_counts(listing);
}

bool list_maintenance(struct listing *listing, struct err *err)
{
	struct filter filter = listing->filter;
	filter.open =
		false; /* what is open and the state depend on the time: they are judged per row */
	filter.state = -1;
	filter.limit = 0;
	listing_open(listing, ">ID|STATE|FROM|UNTIL|COVERS|BY|NOTE", err);
	bool listed = store_list_maintenance(listing->cli->store, &filter,
					     maintenance_row, listing, err);
	return listing_close(listing, listed, "No maintenance windows");
}

static bool audit_row(void *arg, const struct audit_row *row)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	if (listing->cli->json) {
		object_audit(reply_open(&listing->reply), row);
		reply_send(&listing->reply);
		return true;
	}
	table_integer(table, row->id);
	table_time(table, row->at_ms);
	table_cell(table, TONE_STRONG, row->actor);
	table_cell(table, TONE_PLAIN, row->source);
	table_cell(table, TONE_PLAIN, row->action);
	table_cell(table, TONE_PLAIN, row->object_kind);
	table_cell(table, TONE_PLAIN, row->object);
	table_cell(table, TONE_PLAIN, row->because);
	return true;
}

bool list_audit(struct listing *listing, struct err *err)
{
	listing_open(listing, ">ID|AT|WHO|FROM|DID|KIND|TO|BECAUSE", err);
	bool listed = store_list_audit(listing->cli->store, &listing->filter, audit_row,
				       listing, err);
	return listing_close(listing, listed, "Nothing in the audit");
}
