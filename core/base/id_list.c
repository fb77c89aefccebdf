#include "core/base/id_list.h"

#include <stdlib.h>

#include "core/base/mem.h"

bool id_list_add(void *ids, int64_t id)
{
	struct id_list *list = ids;
	VEC_PUSH(list->items, list->count, list->capacity) = id;
	return true;
}

bool id_list_add_once(struct id_list *ids, int64_t id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (ids->items[i] == id)
			return false;
	return id_list_add(ids, id);
}

void id_list_done(struct id_list *ids)
{
	free(ids->items);
	*ids = (struct id_list){ 0 };
}
