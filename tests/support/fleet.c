#include "tests/support/fleet.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"

static int64_t now_ms(void)
{
	return clock_now_ms(&(struct clock){ 0 });
}

static int64_t put(struct store *store, enum record_kind kind, void *rec)
{
	struct err err = { 0 };
	place_must(store_put(store, kind, rec, &err), &err);
	return ((struct record_head *)rec)->id;
}

static int64_t put_integration(struct store *store)
{
	struct integration *hub = mem_new(1, sizeof(*hub));
	record_defaults(RECORD_INTEGRATION, hub);
	snprintf(hub->name, sizeof(hub->name), "Hub");
	int64_t id = put(store, RECORD_INTEGRATION, hub);
	free(hub);
	return id;
}

static int64_t put_placement(struct store *store, int64_t definition_id,
			     int64_t integration_id)
{
	struct level level = { .definition_id = definition_id,
			       .number = 1,
			       .active = true,
			       .after_errors = 1,
			       .remind_every_minutes = 30 };
	struct placement placement = { .level_id = put(store, RECORD_LEVEL, &level),
				       .integration_id = integration_id,
				       .active = true,
				       .send_ok = true };
	return put(store, RECORD_PLACEMENT, &placement);
}

static int64_t put_service(struct store *store, int64_t integration_id,
			   const char *base_url, int number)
{
	struct service *service = mem_new(1, sizeof(*service));
	record_defaults(RECORD_SERVICE, service);
	service->integration_id = integration_id;
	snprintf(service->name, sizeof(service->name), "S%d", number);
	snprintf(service->url, sizeof(service->url), "%s/S%d", base_url, number);
	int64_t id = put(store, RECORD_SERVICE, service);
	free(service);
	return id;
}

static int64_t put_monitor(struct store *store, int64_t definition_id, int number)
{
	struct err err = { 0 };
	struct monitor monitor;
	record_defaults(RECORD_MONITOR, &monitor);
	snprintf(monitor.name, sizeof(monitor.name), "M%d", number);
	int64_t id = put(store, RECORD_MONITOR, &monitor);
	place_must(store_definition_set_monitor(store, definition_id, id, true, &err),
		   &err);
	return id;
}

static void fill(struct fleet *fleet, struct store *store, const char *base_url)
{
	struct definition definition = { .name = "Default", .active = true };
	int64_t integration_id = put_integration(store);
	int64_t definition_id = put(store, RECORD_DEFINITION, &definition);
	int64_t placement_id = put_placement(store, definition_id, integration_id);
	for (int i = 0; i < fleet->count; i++) {
		struct link link = { .placement_id = placement_id,
				     .monitor_id = put_monitor(store, definition_id, i),
				     .service_id = put_service(store, integration_id,
							       base_url, i) };
		put(store, RECORD_LINK, &link);
		if (i == 0)
			fleet->first_monitor_id = link.monitor_id;
	}
}

void fleet_open(struct fleet *fleet, const char *base_url, int count)
{
	struct err err = { 0 };
	*fleet = (struct fleet){ .count = count };
	place_init(&fleet->place);
	place_open(&fleet->place, STORE_CREATE);
	struct store *store = fleet->place.store;
	struct transaction tx = { 0 };
	place_must(store_begin(store, &tx, &err), &err);
	fill(fleet, store, base_url);
	place_must(store_set_mode(store, MODE_LIVE, now_ms(), &err), &err);
	place_must(store_commit(&tx, &err), &err);
}

void fleet_close(struct fleet *fleet)
{
	place_done(&fleet->place);
}

void fleet_event(const struct fleet *fleet, struct store *store, int number,
		 enum event_state state)
{
	struct err err = { 0 };
	struct event event = { .monitor_id = fleet->first_monitor_id + number,
			       .state = state,
			       .confirmed = true };
	enum event_verdict verdict;
	bool conflict;
	place_must(store_event_add(store, &event, now_ms(), &verdict, &conflict, &err),
		   &err);
}
