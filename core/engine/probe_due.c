#include "core/engine/probe_due.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"

static void swap(struct due *a, struct due *b)
{
	struct due kept = *a;
	*a = *b;
	*b = kept;
}

void due_push(struct due_heap *heap, struct due due)
{
	VEC_PUSH(heap->items, heap->count, heap->capacity) = due;
	for (size_t i = heap->count - 1; i > 0;) {
		size_t above = (i - 1) / 2;
		if (heap->items[above].at_ms <= heap->items[i].at_ms)
			return;
		swap(&heap->items[above], &heap->items[i]);
		i = above;
	}
}

static size_t earlier_below(const struct due_heap *heap, size_t i)
{
	size_t left = 2 * i + 1, right = left + 1;
	return right < heap->count && heap->items[right].at_ms < heap->items[left].at_ms
		       ? right
		       : left;
}

struct due due_pop(struct due_heap *heap)
{
	assert(heap->count > 0);
	struct due first = heap->items[0];
	heap->items[0] = heap->items[--heap->count];
	for (size_t i = 0; 2 * i + 1 < heap->count;) {
		size_t below = earlier_below(heap, i);
		if (heap->items[i].at_ms <= heap->items[below].at_ms)
			break;
		swap(&heap->items[i], &heap->items[below]);
		i = below;
	}
	return first;
}

void due_clear(struct due_heap *heap)
{
	heap->count = 0;
}

void due_done(struct due_heap *heap)
{
	free(heap->items);
	*heap = (struct due_heap){ 0 };
}
