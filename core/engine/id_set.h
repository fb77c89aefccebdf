/* A set of row ids: which services have an update ready or in flight (one at a time,
 * R12). */
#ifndef ENGINE_ID_SET_H
#define ENGINE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Open addressing; 0 marks an empty place, so ids are not 0. Zeroed is empty. */
struct id_set {
	int64_t *places;
	size_t capacity; /* a power of two, at least twice the count */
	size_t count;
};

bool id_set_has(const struct id_set *set, int64_t id);
bool id_set_add(struct id_set *set, int64_t id); /* false: it was there */
void id_set_remove(struct id_set *set, int64_t id);
void id_set_done(struct id_set *set);

#endif
