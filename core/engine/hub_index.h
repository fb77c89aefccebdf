/* From text to a number: where in the stand-in's arrays a service, an incident or a key is. */
#ifndef ENGINE_HUB_INDEX_H
#define ENGINE_HUB_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/compiler.h"

/* Open addressing over copies of the texts. Zeroed is empty. */
struct hub_index {
	struct hub_index_entry *entries;
	size_t capacity, count;
};

/* The number kept for text; false if there is none. */
bool hub_index_find(const struct hub_index *index, const char *text, size_t *ret);
/* Keep number for text, which must not be in it yet. Copies text. */
void hub_index_add(struct hub_index *index, const char *text, size_t number);
void hub_index_done(struct hub_index *index);

#endif
