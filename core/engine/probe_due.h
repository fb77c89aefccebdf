/* Which check is due next: a heap of times. An entry whose time is no longer its target's
 * is passed over. */
#ifndef ENGINE_PROBE_DUE_H
#define ENGINE_PROBE_DUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct due {
	int64_t at_ms; /* boot clock */
	size_t target;
};

struct due_heap {
	struct due *items;
	size_t count, capacity;
};

void due_push(struct due_heap *heap, struct due due);
struct due due_pop(struct due_heap *heap); /* the earliest; it must not be empty */
void due_clear(struct due_heap *heap);
void due_done(struct due_heap *heap);

#endif
