#include "core/judge/history.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/judge/delivery_list.h"

struct search {
	struct delivery_list *found;
	int64_t since_ms, until_ms;
};

int64_t history_told_ms(const struct delivery *d)
{
	return d->delivered_ms ? d->delivered_ms : d->sent_ms;
}

/* What was decided before since may have been told after it, so the times are compared
 * here. */
static bool collect_told(void *arg, const struct delivery *d)
{
	const struct search *search = arg;

	if (history_told_ms(d) < search->since_ms ||
	    (search->until_ms && history_told_ms(d) > search->until_ms))
		return true;
	return delivery_list_add(search->found, d);
}

static int newest_first(const void *a, const void *b)
{
	const struct delivery *x = a, *y = b;

	if (history_told_ms(x) != history_told_ms(y))
		return history_told_ms(x) > history_told_ms(y) ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

static bool load_told(struct store *store, int64_t service_id, int64_t since_ms,
		      int64_t until_ms, struct delivery_list *ret, struct err *err)
{
	struct search search = { .found = ret,
				 .since_ms = since_ms,
				 .until_ms = until_ms };
	struct filter of_service = FILTER_ALL;

	of_service.service_id = service_id;
	of_service.told = true;
	if (!store_list_deliveries(store, &of_service, collect_told, &search, err))
		return false;
	if (ret->count)
		qsort(ret->items, ret->count, sizeof(*ret->items), newest_first);
	return true;
}

bool history_service(struct store *store, int64_t service_id, int64_t since_ms,
		     int64_t until_ms, told_fn *row, void *arg, struct err *err)
{
	DEFER(delivery_list_done)
	struct delivery_list updates = { 0 };
	DEFER(mem_free)
	struct public_words *words = mem_new(1, sizeof(*words));
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));

	if (!load_told(store, service_id, since_ms, until_ms, &updates, err))
		return false;
	for (size_t i = 0; i < updates.count; i++) {
		const struct delivery *d = &updates.items[i];
		struct told told = { .at_ms = history_told_ms(d),
				     .certain = d->delivered_ms != 0,
				     .delivery = d,
				     .words = words,
				     .incident_key = "" };

		if (!report_words(store, d->id, words, err))
			return false;
		if (d->incident_id &&
		    !store_incident_get(store, d->incident_id, incident, err))
			return false;
		if (d->incident_id)
			told.incident_key = incident->key;
		if (!row(arg, &told))
			break;
	}
	return true;
}
