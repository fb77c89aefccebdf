#include "core/judge/history.h"

#include <stdlib.h>

#include "core/base/buf.h"

struct tellings {
	struct delivery *items;
	size_t count, capacity;
	int64_t since_ms, until_ms;
};

static void tellings_done(struct tellings *tellings)
{
	free(tellings->items);
}

int64_t history_told_ms(const struct delivery *d)
{
	return d->delivered_ms ? d->delivered_ms : d->sent_ms;
}

/* What was decided before since may have been told after it, so the times are compared
 * here. */
static bool collect_telling(void *arg, const struct delivery *d)
{
	struct tellings *tellings = arg;

	if (history_told_ms(d) < tellings->since_ms ||
	    (tellings->until_ms && history_told_ms(d) > tellings->until_ms))
		return true;
	VEC_PUSH(tellings->items, tellings->count, tellings->capacity) = *d;
	return true;
}

static int newest_first(const void *a, const void *b)
{
	const struct delivery *x = a, *y = b;

	if (history_told_ms(x) != history_told_ms(y))
		return history_told_ms(x) > history_told_ms(y) ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

static bool load_tellings(struct store *store, int64_t service_id, struct tellings *ret,
			  struct err *err)
{
	struct filter of_service = FILTER_ALL;

	of_service.service_id = service_id;
	of_service.told = true;
	if (!store_list_deliveries(store, &of_service, collect_telling, ret, err))
		return false;
	if (ret->count)
		qsort(ret->items, ret->count, sizeof(*ret->items), newest_first);
	return true;
}

bool history_service(struct store *store, int64_t service_id, int64_t since_ms,
		     int64_t until_ms, told_fn *row, void *arg, struct err *err)
{
	DEFER(tellings_done)
	struct tellings tellings = { .since_ms = since_ms, .until_ms = until_ms };
	DEFER(mem_free)
	struct public_words *words = mem_new(1, sizeof(*words));
	DEFER(mem_free)
	struct incident *incident = mem_new(1, sizeof(*incident));

	if (!load_tellings(store, service_id, &tellings, err))
		return false;
	for (size_t i = 0; i < tellings.count; i++) {
		const struct delivery *d = &tellings.items[i];
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
