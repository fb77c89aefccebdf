#include "tui/console/palette_journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "core/rules/incident.h"

enum { NEWEST_MAX = 1000, OFFERED_MAX = 30, KEY_LETTERS_LEAST = 6 };
enum { SERVICES_MAX = 64 * 1024 * 1024 };

struct palette_incident {
	int64_t id;
	bool stands;
	size_t service; /* in services */
	char key[KEY_SIZE];
};

struct palette_update {
	int64_t id;
	char key[KEY_SIZE];
};

/* ---- reading ---- */

void palette_journal_done(struct palette_journal *journal)
{
	free(journal->incidents);
	free(journal->updates);
	buf_done(&journal->services);
	*journal = (struct palette_journal){ 0 };
}

static bool keep_incident(void *arg, const struct incident *incident)
{
	struct palette_journal *journal = arg;
	struct palette_incident kept = { .id = incident->id,
					 .stands = incident_stands(incident),
					 .service = journal->services.len };

	memcpy(kept.key, incident->key, sizeof(kept.key));
	journal->services.max = SERVICES_MAX;
	buf_adds(&journal->services, incident->service);
	buf_addc(&journal->services, '\0');
	VEC_PUSH(journal->incidents, journal->incident_count,
		 journal->incident_capacity) = kept;
	return !buf_overflowed(&journal->services);
}

/* Those that stand were kept before. */
static bool keep_over(void *arg, const struct incident *incident)
{
	return incident_stands(incident) || keep_incident(arg, incident);
}

static bool keep_update(void *arg, const struct delivery *delivery)
{
	struct palette_journal *journal = arg;
	struct palette_update kept = { .id = delivery->id };

	memcpy(kept.key, delivery->key, sizeof(kept.key));
	VEC_PUSH(journal->updates, journal->update_count, journal->update_capacity) =
		kept;
	return true;
}

static bool read_incidents(struct palette_journal *journal, struct store *store,
			   struct err *err)
{
	struct filter open = FILTER_ALL;
	struct filter newest = FILTER_ALL;

	if (journal->has_incidents)
		return true;
	open.open = true;
	newest.limit = NEWEST_MAX;
	journal->incident_count = 0;
	buf_reset(&journal->services);
	journal->has_incidents =
		store_list_incidents(store, &open, keep_incident, journal, err) &&
		store_list_incidents(store, &newest, keep_over, journal, err);
	return journal->has_incidents;
}

static bool read_updates(struct palette_journal *journal, struct store *store,
			 struct err *err)
{
	struct filter newest = FILTER_ALL;

	if (journal->has_updates)
		return true;
	newest.limit = NEWEST_MAX;
	journal->update_count = 0;
	journal->has_updates =
		store_list_deliveries(store, &newest, keep_update, journal, err);
	return journal->has_updates;
}

/* ---- offering ---- */

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

static bool has_key(const struct offering *offering, const char *key)
{
	return offering->is_key &&
	       strncasecmp(key, offering->text, strlen(offering->text)) == 0;
}

/* So many of those that stand, and of those that are over. */
static void offer_incidents(struct offering *offering,
			    const struct palette_journal *journal, bool stand)
{
	struct palette_item item = { .kind = PALETTE_INCIDENT,
				     .about =
					     stand ? "open incident" : "incident, over" };
	bool more = true;

	for (size_t i = 0; more && i < journal->incident_count; i++) {
		const struct palette_incident *incident = &journal->incidents[i];
		if (incident->stands != stand || incident->id == offering->number)
			continue;
		item.id = incident->id;
		if (has_key(offering, incident->key))
			(void)text_cut(item.label, sizeof(item.label), incident->key,
				       PALETTE_LABEL);
		else
			(void)snprintf(item.label, sizeof(item.label), "#%lld %.170s",
				       (long long)incident->id,
				       buf_text(&journal->services) + incident->service);
		more = offer(offering, &item);
	}
}

static void offer_updates(struct offering *offering,
			  const struct palette_journal *journal)
{
	struct palette_item item = { .kind = PALETTE_DELIVERY, .about = "update" };
	bool more = true;

	for (size_t i = 0; more && i < journal->update_count; i++) {
		item.id = journal->updates[i].id;
		(void)text_cut(item.label, sizeof(item.label), journal->updates[i].key,
			       PALETTE_LABEL);
		more = offer(offering, &item);
	}
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

bool palette_offer_journal(struct palette_journal *journal, struct palette_items *items,
			   struct store *store, const char *text, struct err *err)
{
	struct offering standing = { items, text, may_be_key(text), 0, 0 };

	if (!text_integer(text + (text[0] == '#'), &standing.number))
		standing.number = 0;
	struct offering over = standing;
	struct offering updates = standing;
	struct offering numbered = standing;

	offer_numbered(&numbered, store);
	if (!read_incidents(journal, store, err))
		return false;
	offer_incidents(&standing, journal, true);
	offer_incidents(&over, journal, false);
	if (!updates.is_key)
		return true;
	if (!read_updates(journal, store, err))
		return false;
	offer_updates(&updates, journal);
	return true;
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
