#include "core/engine/id_set.h"

#include <stdlib.h>

#include "core/base/mem.h"

enum { CAPACITY_FIRST = 64 };

static size_t home_of(const struct id_set *set, int64_t id)
{
	uint64_t mixed = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(mixed >> 32) & (set->capacity - 1);
}

/* Where id is, or the empty place where it would go. */
static size_t place_of(const struct id_set *set, int64_t id)
{
	size_t place = home_of(set, id);
	while (set->places[place] != 0 && set->places[place] != id)
		place = (place + 1) & (set->capacity - 1);
	return place;
}

bool id_set_has(const struct id_set *set, int64_t id)
{
	return set->count > 0 && set->places[place_of(set, id)] == id;
}

static void grow(struct id_set *set)
{
	struct id_set larger = { .capacity = set->capacity ? 2 * set->capacity
							   : CAPACITY_FIRST,
				 .count = set->count };
	larger.places = mem_new(larger.capacity, sizeof(*larger.places));
	for (size_t i = 0; i < set->capacity; i++)
		if (set->places[i] != 0)
			larger.places[place_of(&larger, set->places[i])] = set->places[i];
	free(set->places);
	*set = larger;
}

bool id_set_add(struct id_set *set, int64_t id)
{
	if (2 * (set->count + 1) > set->capacity)
		grow(set);
	size_t place = place_of(set, id);
	if (set->places[place] == id)
		return false;
	set->places[place] = id;
	set->count++;
	return true;
}

/* Puts back what stands behind the gap, so that every id stays reachable from its
 * home. */
void id_set_remove(struct id_set *set, int64_t id)
{
	if (!id_set_has(set, id))
		return;
	size_t place = place_of(set, id);
	set->places[place] = 0;
	set->count--;
	for (size_t next = (place + 1) & (set->capacity - 1); set->places[next] != 0;
	     next = (next + 1) & (set->capacity - 1)) {
		int64_t moved = set->places[next];
		set->places[next] = 0;
		set->places[place_of(set, moved)] = moved;
	}
}

void id_set_done(struct id_set *set)
{
	free(set->places);
	*set = (struct id_set){ 0 };
}
