/* A growing byte buffer with a mandatory maximum.
 *
 * Invariants: data is NULL or data[len] is NUL; len <= max; once something did not fit,
 * `overflowed` stays true until buf_reset, and nothing more is added (what is there came
 * from whole calls, never from half a one). */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/mem.h"

struct buf {
	char *data;
	size_t len;      /* bytes, without the NUL */
	size_t capacity; /* bytes allocated */
	size_t max;      /* bytes allowed, less than SIZE_MAX */
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

/* True once something did not fit; the text is then incomplete. */
bool buf_overflowed(const struct buf *b);

/* Hand the bytes to the caller (free() them); b is empty afterwards. Never NULL. */
char *buf_take(struct buf *b);

#endif
