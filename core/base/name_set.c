#include "core/base/name_set.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"

enum { FIRST_CAPACITY = 64 };

/* Where name is, or where it would go. There is always a free entry. The names are an
 * operator's own document; nobody profits from collisions. */
static struct name_entry *entry_of(const struct name_set *set, const char *name)
{
	size_t at = (size_t)hash_text(HASH_BEGIN, name) & (set->capacity - 1);
	while (set->entries[at].name != NULL && strcmp(set->entries[at].name, name) != 0)
		at = (at + 1) & (set->capacity - 1);
	return &set->entries[at];
}

static void grow(struct name_set *set)
{
	struct name_set bigger = {
		.capacity = set->capacity == 0 ? FIRST_CAPACITY : set->capacity * 2,
		.count = set->count,
	};
	bigger.entries = mem_new(bigger.capacity, sizeof(*bigger.entries));
	for (size_t i = 0; i < set->capacity; i++) {
		if (set->entries[i].name != NULL)
			*entry_of(&bigger, set->entries[i].name) = set->entries[i];
	}
	free(set->entries);
	*set = bigger;
}

bool name_set_add(struct name_set *set, const char *name, size_t value, size_t *ret_value)
{
	if (set->count * 2 >= set->capacity)
		grow(set);
	struct name_entry *entry = entry_of(set, name);
	if (entry->name != NULL) {
		if (ret_value != NULL)
			*ret_value = entry->value;
		return false;
	}
	*entry = (struct name_entry){ .name = mem_strdup(name), .value = value };
	set->count++;
	return true;
}

bool name_set_has(const struct name_set *set, const char *name, size_t *ret_value)
{
	if (set->capacity == 0)
		return false;
	const struct name_entry *entry = entry_of(set, name);
	if (entry->name != NULL && ret_value != NULL)
		*ret_value = entry->value;
	return entry->name != NULL;
}

void name_set_done(struct name_set *set)
{
	for (size_t i = 0; i < set->capacity; i++)
		free(set->entries[i].name);
	free(set->entries);
	*set = (struct name_set){ 0 };
}
