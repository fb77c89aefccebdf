/* Updates gathered while a list is read, to be looked at, or acted on, afterwards. */
#ifndef JUDGE_DELIVERY_LIST_H
#define JUDGE_DELIVERY_LIST_H

#include "core/store.h"

/* Zeroed it is empty; release with delivery_list_done. */
struct delivery_list {
	struct delivery *items;
	size_t count, capacity;
};

/* The callback of a list of the store: list is a struct delivery_list, and goes on. */
bool delivery_list_add(void *list, const struct delivery *delivery);
void delivery_list_done(struct delivery_list *list);

/* The unfinished ones of a service and of an incident (0: any), oldest first. */
bool delivery_list_unfinished(struct store *store, int64_t service_id,
			      int64_t incident_id, struct delivery_list *ret,
			      struct err *err) CHECKED;

#endif
