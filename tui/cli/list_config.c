/* Lists of what is configured, by name. */
#include "core/base/text.h"
#include "tui/cli/list.h"
#include "tui/cli/objects.h"

static const struct {
	const char *text;
	enum tone tone;
} monitor_states[] = {
	{ "ok", TONE_OK },        { "error", TONE_BAD },
	{ "unknown", TONE_DIM },  { "maintenance", TONE_WARN },
	{ "inactive", TONE_DIM },
};

int list_monitor_state_parse(const char *text)
{
	for (size_t i = 0; i < COUNT_OF(monitor_states); i++)
		if (text_equal(monitor_states[i].text, text))
			return (int)i;
	return -1;
}

static void monitor_cells(struct table *table, const struct monitor_row *row)
{
	const char *state = monitor_state_text(row);
	table_cell(table, TONE_STRONG, row->monitor.name);
	table_cell(table, monitor_states[list_monitor_state_parse(state)].tone, state);
	table_integer(table, row->state.errors);
	table_time(table, row->state.in_error ? row->state.started_ms : 0);
	table_time(table, row->state.newest_ms);
	table_integer(table, row->links);
	table_cell(table, TONE_PLAIN, row->state.in_error ? row->state.message : "");
}

static bool monitor_row(void *arg, const struct monitor_row *row)
{
	struct listing *listing = arg;
	int state = listing->filter.state;
	if (state >= 0 &&
	    !text_equal(monitor_states[state].text, monitor_state_text(row)))
		return true;
	if (!listing->cli->json) {
		monitor_cells(&listing->table, row);
		return listing_counts(listing);
	}
	struct json_writer *w = reply_open(&listing->reply);
	listing->failed = !object_monitor(w, listing->cli->store, row, listing->err);
	if (!listing->failed)
		reply_send(&listing->reply);
	return listing_counts(listing) && !listing->failed;
}

/* What the rows are asked for; state and limit are the row's business. */
static struct filter without_state(const struct listing *listing)
{
	struct filter filter = listing->filter;
	filter.state = -1;
	filter.limit = 0;
	return filter;
}

bool list_monitors(struct listing *listing, struct err *err)
{
	struct filter filter = without_state(listing);
	listing_open(listing, "NAME|STATE|>ERRORS|SINCE|LAST EVENT|>LINKS|MESSAGE", err);
	bool listed = store_list_monitors(listing->cli->store, &filter, monitor_row,
					  listing, err);
	return listing_close(listing, listed, "No monitors");
}

static const enum tone service_tones[SERVICE_STATUS_COUNT] = {
	[SERVICE_OPERATIONAL] = TONE_OK,
	[SERVICE_DEGRADED] = TONE_WARN,
	[SERVICE_DISRUPTION] = TONE_BAD,
};

static void service_cells(struct table *table, const struct service_row *row)
{
	table_cell(table, TONE_STRONG, row->service.name);
	table_cell(table, TONE_PLAIN, row->service.integration);
	table_cell(table, service_tones[row->brief.status],
		   service_status_text(row->brief.status));
	table_integer(table, row->brief.open_incidents);
	table_integer(table, row->brief.unfinished);
	table_integer(table, row->brief.links);
	table_cell(table, TONE_PLAIN,
		   row->brief.has_told ? incident_status_text(row->brief.told_status)
				       : "");
	table_time(table, row->brief.has_told ? row->brief.told_ms : 0);
}

static bool service_row(void *arg, const struct service_row *row)
{
	struct listing *listing = arg;
	int state = listing->filter.state;
	if (state >= 0 && row->brief.status != (enum service_status)state)
		return true;
	if (listing->cli->json) {
		object_service(reply_open(&listing->reply), row);
		reply_send(&listing->reply);
	} else {
		service_cells(&listing->table, row);
	}
	return listing_counts(listing);
}

bool list_services(struct listing *listing, struct err *err)
{
	struct filter filter = without_state(listing);
	listing_open(listing, "NAME|INTEGRATION|STATUS|>OPEN|>UNSENT|>LINKS|TOLD|TOLD AT",
		     err);
	bool listed = store_list_services(listing->cli->store, &filter, service_row,
					  listing, err);
	return listing_close(listing, listed, "No services");
}

static bool link_row(void *arg, const struct link_row *row)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	if (listing->cli->json) {
		object_link(reply_open(&listing->reply), row);
		reply_send(&listing->reply);
		return true;
	}
	table_cell(table, TONE_STRONG, row->monitor);
	table_cell(table, TONE_STRONG, row->service);
	table_cell(table, TONE_PLAIN, row->integration);
	table_cell(table, TONE_PLAIN, row->definition);
	table_integer(table, row->level);
	table_cell(table, TONE_PLAIN, row->critical ? "critical" : "-");
	table_cell(table, row->active ? TONE_OK : TONE_WARN, row->active ? "yes" : "no");
	return true;
}

bool list_links(struct listing *listing, struct err *err)
{
	listing_open(listing,
		     "MONITOR|SERVICE|INTEGRATION|DEFINITION|>LEVEL|CRITICAL|ACTIVE",
		     err);
	bool listed = store_list_links(listing->cli->store, &listing->filter, link_row,
				       listing, err);
	return listing_close(listing, listed, "No links");
}

static bool group_row(void *arg, const char *group, int64_t monitors)
{
	struct listing *listing = arg;
	if (listing->cli->json) {
		struct json_writer *w = reply_open(&listing->reply);
		json_put_string(w, "name", group);
		json_put_integer(w, "monitors", monitors);
		reply_send(&listing->reply);
	} else {
		table_cell(&listing->table, TONE_STRONG, group);
		table_integer(&listing->table, monitors);
	}
	return listing_counts(listing);
}

bool list_groups(struct listing *listing, struct err *err)
{
	listing_open(listing, "NAME|>MONITORS", err);
	bool listed = store_list_groups(listing->cli->store, group_row, listing, err);
	return listing_close(listing, listed, "No groups");
}

static bool integration_row(void *arg, const void *rec)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	const struct integration *integration = rec;
	if (listing->cli->json) {
		object_integration(reply_open(&listing->reply), integration);
		reply_send(&listing->reply);
		return listing_counts(listing);
	}
	table_cell(table, TONE_STRONG, integration->name);
	table_cell(table, TONE_PLAIN, payload_text(integration->payload));
	table_integer(table, integration->max_per_second);
	table_cell(table, TONE_PLAIN, integration->storm_max_new ? "on" : "off");
	return listing_counts(listing);
}

bool list_integrations(struct listing *listing, struct err *err)
{
	listing_open(listing, "NAME|PAYLOAD|>PER SECOND|STORM GUARD", err);
	bool listed = store_list(listing->cli->store, RECORD_INTEGRATION, 0,
				 integration_row, listing, err);
	return listing_close(listing, listed, "No integrations");
}

static bool count_one(void *arg, const void *rec)
{
	(void)rec;
	++*(int64_t *)arg;
	return true;
}

static bool definition_row(void *arg, const void *rec)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	const struct definition *definition = rec;
	struct store *store = listing->cli->store;
	int64_t levels = 0;

	if (listing->cli->json) {
		struct json_writer *w = reply_open(&listing->reply);
		listing->failed = !object_definition(w, store, definition, listing->err);
		if (!listing->failed)
			reply_send(&listing->reply);
		return listing_counts(listing) && !listing->failed;
	}
	listing->failed = !store_list(store, RECORD_LEVEL, definition->head.id, count_one,
				      &levels, listing->err);
	table_cell(table, TONE_STRONG, definition->name);
	table_cell(table, definition->active ? TONE_OK : TONE_WARN,
		   definition->active ? "yes" : "no");
	table_integer(table, levels);
	return listing_counts(listing) && !listing->failed;
}

bool list_definitions(struct listing *listing, struct err *err)
{
	listing_open(listing, "NAME|ACTIVE|>LEVELS", err);
	bool listed = store_list(listing->cli->store, RECORD_DEFINITION, 0,
				 definition_row, listing, err);
	return listing_close(listing, listed, "No alert definitions");
}
