/* Ids gathered while a list is read, to be worked on afterwards. Zeroed it is empty; release
 * with id_list_done. */
#ifndef BASE_ID_LIST_H
#define BASE_ID_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_list {
	int64_t *items;
	size_t count, capacity;
};

/* True: a list's callback that gathers ids (id_fn) goes on. */
bool id_list_add(void *ids, int64_t id);
/* Unless it is there: what is named twice is acted on once. False: it was. */
bool id_list_add_once(struct id_list *ids, int64_t id);
void id_list_done(struct id_list *ids);

#endif
