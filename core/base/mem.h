/* Memory that is there or ends the program: nobody has to ask whether it could be had. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#include "core/base/compiler.h"

/* Zeroed memory, and a copy of text: both for free(), never NULL. */
void *mem_new(size_t count, size_t size) CHECKED;
char *mem_strdup(const char *text) CHECKED;

/* For DEFER on a pointer of any type: frees what it points to, and forgets it. pointer: its
 * address. */
void mem_free(void *pointer);

/* Room for one more item at the end of a plain array; count and capacity are size_t,
 * items a T *. The result is the new item, to be assigned (it is not zeroed):
 *     VEC_PUSH(list->items, list->count, list->capacity) = item;
 * Each argument is evaluated several times. */
#define VEC_PUSH(items, count, capacity)                                          \
	(*((count) < (capacity)                                                   \
		   ? &(items)[(count)++]                                          \
		   : ((items) = vec_grow((items), &(capacity), sizeof(*(items))), \
		      &(items)[(count)++])))

/* For VEC_PUSH: doubles the array, updates *capacity and returns where it is now. */
void *vec_grow(void *items, size_t *capacity, size_t item_size) CHECKED;

/* Out of memory: one line on standard error, then abort. Every write is a transaction. */
_Noreturn void die_out_of_memory(void);

#endif
