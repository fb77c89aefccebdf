/* A growing byte buffer with a mandatory maximum.
 *
 * Invariants: data is NULL or data[len] is NUL; len <= max; once something did not fit,
 * `overflowed` stays true, and nothing more is added (what is there is whole, never half a call). */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/compiler.h"

struct buf {
	char *data;
	size_t len;      /* bytes, without the NUL */
	size_t capacity; /* bytes allocated */
	size_t max;      /* bytes allowed */
	bool overflowed;
};

#define BUF_INIT(max_bytes) ((struct buf){ .max = (max_bytes) })

void buf_add(struct buf *b, const void *bytes, size_t count);
void buf_adds(struct buf *b, const char *text);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vaddf(struct buf *b, const char *format, va_list args) PRINTF_LIKE(2, 0);
void buf_reset(struct buf *b); /* empty it, keep the memory and the maximum */
void buf_done(struct buf *b);  /* free it; usable again afterwards */

/* The text so far, never NULL; valid until the next call on b. */
const char *buf_text(const struct buf *b);

/* Hand the bytes to the caller (free() them); b is empty afterwards. Never NULL. */
char *buf_take(struct buf *b);

/* Array growth for owners of plain arrays: makes room for one more item of size bytes.
 *     VEC_PUSH(list->items, list->count, list->capacity) = item;
 * Aborts when memory is out. */
void *vec_grow(void *items, size_t count, size_t *capacity, size_t item_size) CHECKED;
#define VEC_PUSH(items, count, capacity)                                                   \
	(*(((count) < (capacity)                                                           \
		    ? (void)0                                                              \
		    : (void)((items) = vec_grow((items), (count), &(capacity), sizeof(*(items))))), \
	   &(items)[(count)++]))

/* calloc and strdup that abort when memory is out. */
void *mem_new(size_t count, size_t size) CHECKED;
char *mem_strdup(const char *text) CHECKED;

/* For DEFER on a char *: frees what it points to. */
void mem_free_text(char **text);

#endif
