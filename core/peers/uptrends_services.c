/* The services that an account speaks of. */
#include <stdlib.h>

#include "core/base/name_set.h"
#include "core/peers/uptrends_document.h"
#include "core/peers/uptrends_guid.h"

void uptrends_services_done(struct uptrends_services *services)
{
	free(services->items);
	*services = (struct uptrends_services){ 0 };
}

struct gathering {
	struct uptrends_services *services;
	struct name_set met; /* GUIDs, with their places */
};

static void meet(struct gathering *g, const struct json *guid,
		 const struct json *integration, int64_t links)
{
	struct uptrends_service one = { .integration = json_string(
						json_get(integration, "Name")) };
	size_t place;
	if (!uptrends_guid(one.guid, guid) ||
	    !uptrends_guid(one.integration_guid,
			   json_get(integration, "IntegrationGuid")))
		return;
	if (name_set_add(&g->met, one.guid, g->services->count, NULL))
		VEC_PUSH(g->services->items, g->services->count, g->services->capacity) =
			one;
	if (name_set_has(&g->met, one.guid, &place))
		g->services->items[place].links += links;
}

static void meet_integration(struct gathering *g, const struct json *integration)
{
	const struct json *one;
	for (one = json_first(json_get(integration, "IntegrationServices")); one;
	     one = json_next(one))
		meet(g, one, integration, 0);
}

static void meet_links(struct gathering *g, const struct json *level)
{
	const struct json *placement, *link;
	for (placement = json_first(json_get(level, "Integration")); placement;
	     placement = json_next(placement))
		for (link = json_first(json_get(placement, "StatusHubServiceList")); link;
		     link = json_next(link))
			meet(g, json_get(link, "IntegrationServiceGuid"), placement, 1);
}

void uptrends_list_services(const struct json *account, struct uptrends_services *ret)
{
	struct gathering g = { .services = ret };
	const struct json *one, *level;
	for (one = json_first(json_get(account, "integrations")); one;
	     one = json_next(one))
		meet_integration(&g, one);
	for (one = json_first(json_get(account, "definitions")); one;
	     one = json_next(one))
		for (level = json_first(json_get(one, "EscalationLevel")); level;
		     level = json_next(level))
			meet_links(&g, level);
	name_set_done(&g.met);
}
