#include "core/engine/hub_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"

enum { FIRST_CAPACITY = 64 };

struct hub_index_entry {
	char *text; /* NULL: free */
	uint64_t hash;
	size_t number;
};

/* The entry of text, or the free one where it would be. Needs a free entry. Whoever can
 * reach a loopback stand-in may as well slow it down by hashes that are alike. */
static struct hub_index_entry *slot(const struct hub_index *index, const char *text,
				    uint64_t hash)
{
	size_t mask = index->capacity - 1;
	for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
		struct hub_index_entry *entry = &index->entries[at];
		if (entry->text == NULL)
			return entry;
		if (entry->hash == hash && strcmp(entry->text, text) == 0)
			return entry;
	}
}

static void grow(struct hub_index *index)
{
	struct hub_index grown = {
		.capacity = index->capacity == 0 ? FIRST_CAPACITY : index->capacity * 2,
		.count = index->count,
	};
	grown.entries = mem_new(grown.capacity, sizeof(*grown.entries));
	for (size_t i = 0; i < index->capacity; i++) {
		const struct hub_index_entry *entry = &index->entries[i];
		if (entry->text != NULL)
			*slot(&grown, entry->text, entry->hash) = *entry;
	}
	free(index->entries);
	*index = grown;
}

bool hub_index_find(const struct hub_index *index, const char *text, size_t *ret)
{
	if (index->count == 0)
		return false;
	const struct hub_index_entry *entry =
		slot(index, text, hash_text(HASH_BEGIN, text));
	if (entry->text == NULL)
		return false;
	*ret = entry->number;
	return true;
}

void hub_index_add(struct hub_index *index, const char *text, size_t number)
{
	if (index->count * 2 >= index->capacity)
		grow(index);
	uint64_t hash = hash_text(HASH_BEGIN, text);
	*slot(index, text, hash) = (struct hub_index_entry){ .text = mem_strdup(text),
							     .hash = hash,
							     .number = number };
	index->count++;
}

void hub_index_done(struct hub_index *index)
{
	for (size_t i = 0; i < index->capacity; i++)
		free(index->entries[i].text);
	free(index->entries);
	*index = (struct hub_index){ 0 };
}
