#include "tui/console/palette_journal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "core/rules/incident.h"

enum { NEWEST_MAX = 1000, OFFERED_MAX = 30, KEY_LETTERS_LEAST = 6 };

struct offering {
	struct palette_items *items;
	const char *text;
	bool is_key;    /* the text may be the beginning of one */
	int64_t number; /* or it is that number, which is offered first; 0: it is none */
	size_t offered;
};

static bool may_be_key(const char *text)
{
	size_t letters = strlen(text);

	return letters >= KEY_LETTERS_LEAST &&
	       strspn(text, "0123456789abcdefABCDEF-") == letters;
}

/* False when there are enough. */
static bool offer(struct offering *offering, const struct palette_item *item)
{
	size_t before = offering->items->count;

	palette_offer(offering->items, item, offering->text);
	offering->offered += offering->items->count - before;
	return offering->offered < OFFERED_MAX;
}

static bool offer_incident(void *arg, const struct incident *incident)
{
	struct offering *offering = arg;
	struct palette_item item = {
		.kind = PALETTE_INCIDENT,
		.id = incident->id,
		.about = incident_stands(incident) ? "open incident" : "incident, over",
	};

	if (incident->id == offering->number)
		return true;
	if (offering->is_key &&
	    strncasecmp(incident->key, offering->text, strlen(offering->text)) == 0)
		(void)text_cut(item.label, sizeof(item.label), incident->key,
			       PALETTE_LABEL);
	else
		(void)snprintf(item.label, sizeof(item.label), "#%lld %.170s",
			       (long long)incident->id, incident->service);
	return offer(offering, &item);
}

/* Of those that are over; the others were offered before. */
static bool offer_over(void *arg, const struct incident *incident)
{
	return incident_stands(incident) || offer_incident(arg, incident);
}

static bool offer_delivery(void *arg, const struct delivery *delivery)
{
	struct offering *offering = arg;
	struct palette_item item = { .kind = PALETTE_DELIVERY,
				     .id = delivery->id,
				     .about = "update" };

	(void)text_cut(item.label, sizeof(item.label), delivery->key, PALETTE_LABEL);
	return offer(offering, &item);
}

/* "#12": whatever has that number. */
static void offer_numbered(struct offering *offering, struct store *store)
{
	const char *text = offering->text;
	struct incident incident;
	struct delivery delivery;
	struct alert alert;
	struct err absent = { 0 };
	const int64_t id = offering->number;
	struct palette_item item = { .kind = PALETTE_INCIDENT, .about = "incident" };

	if (id == 0)
		return;
	item.id = id;
	(void)snprintf(item.label, sizeof(item.label), "%s", text);
	if (store_incident_get(store, id, &incident, &absent))
		(void)offer(offering, &item);
	item.kind = PALETTE_DELIVERY;
	item.about = "update";
	if (store_delivery_get(store, id, &delivery, &absent))
		(void)offer(offering, &item);
	item.kind = PALETTE_ALERT;
	item.about = "alert";
	if (store_alert_get(store, id, &alert, &absent))
		(void)offer(offering, &item);
}

bool palette_offer_journal(struct palette_items *items, struct store *store,
			   const char *text, struct err *err)
{
	struct filter open = FILTER_ALL;
	struct filter newest = FILTER_ALL;
	struct offering standing = { items, text, may_be_key(text), 0, 0 };

	if (!text_integer(text + (text[0] == '#'), &standing.number))
		standing.number = 0;
	struct offering over = standing;
	struct offering updates = standing;
	struct offering numbered = standing;

	open.open = true;
	newest.limit = NEWEST_MAX;
	offer_numbered(&numbered, store);
	return store_list_incidents(store, &open, offer_incident, &standing, err) &&
	       store_list_incidents(store, &newest, offer_over, &over, err) &&
	       (!updates.is_key ||
		store_list_deliveries(store, &newest, offer_delivery, &updates, err));
}

struct opened {
	int64_t alert_id, incident_id;
};

static bool find_opened(void *arg, const struct incident *incident)
{
	struct opened *opened = arg;

	if (incident->opening_alert_id == opened->alert_id)
		opened->incident_id = incident->id;
	return opened->incident_id == 0;
}

bool palette_incident_of_alert(struct store *store, int64_t alert_id, int64_t *ret,
			       struct err *err)
{
	struct opened opened = { .alert_id = alert_id };
	struct filter newest = FILTER_ALL;

	newest.limit = NEWEST_MAX;
	if (!store_list_incidents(store, &newest, find_opened, &opened, err))
		return false;
	*ret = opened.incident_id;
	return true;
}
