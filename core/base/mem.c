#include "core/base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ITEMS = 8 };

_Noreturn void die_out_of_memory(void)
{
	fputs("hublink: out of memory\n", stderr);
	abort();
}

void *mem_new(size_t count, size_t size)
{
	void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
	if (memory == NULL)
		die_out_of_memory();
	return memory;
}

char *mem_strdup(const char *text)
{
	char *copy = strdup(text);
	if (copy == NULL)
		die_out_of_memory();
	return copy;
}

void mem_free(void *pointer)
{
	void *held; /* the pointer itself is of another type */
	memcpy(&held, pointer, sizeof(held));
	free(held);
	held = NULL;
	memcpy(pointer, &held, sizeof(held));
}

void *vec_grow(void *items, size_t *capacity, size_t item_size)
{
	size_t grown = *capacity == 0 ? FIRST_ITEMS : *capacity * 2;
	void *moved = reallocarray(items, grown, item_size);
	if (moved == NULL)
		die_out_of_memory();
	*capacity = grown;
	return moved;
}
