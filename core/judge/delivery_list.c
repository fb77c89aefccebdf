#include "core/judge/delivery_list.h"

#include <stdlib.h>

bool delivery_list_add(void *list, const struct delivery *delivery)
{
	struct delivery_list *deliveries = list;
	VEC_PUSH(deliveries->items, deliveries->count, deliveries->capacity) = *delivery;
	return true;
}

void delivery_list_done(struct delivery_list *list)
{
	free(list->items);
}

static int oldest_first(const void *a, const void *b)
{
	const struct delivery *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

bool delivery_list_unfinished(struct store *store, int64_t service_id,
			      int64_t incident_id, struct delivery_list *ret,
			      struct err *err)
{
	struct filter unfinished = FILTER_ALL;
	unfinished.open = true;
	unfinished.service_id = service_id;
	unfinished.incident_id = incident_id;
	if (!store_list_deliveries(store, &unfinished, delivery_list_add, ret, err))
		return false;
	if (ret->count > 0)
		qsort(ret->items, ret->count, sizeof(*ret->items), oldest_first);
	return true;
}
