#include "core/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

/* Room for count more bytes and a NUL, or the sticky overflow. */
static bool buf_reserve(struct buf *b, size_t count)
{
	if (b->overflowed || count > b->max - b->len) {
		b->overflowed = true;
		return false;
	}
	size_t needed = b->len + count + 1;
	if (needed <= b->capacity)
		return true;

	size_t capacity = b->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : b->capacity * 2;
	if (capacity < needed)
		capacity = needed;
	if (capacity - 1 > b->max)
		capacity = b->max + 1;
	char *data = realloc(b->data, capacity);
	if (data == NULL)
		die_out_of_memory();
	b->data = data;
	b->capacity = capacity;
	b->data[b->len] = '\0';
	return true;
}

void buf_add(struct buf *b, const void *bytes, size_t count)
{
	if (!buf_reserve(b, count))
		return;
	if (count > 0)
		memcpy(b->data + b->len, bytes, count);
	b->len += count;
	b->data[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

/* One byte nearly always fits into the room that there is. */
void buf_addc(struct buf *b, char c)
{
	if (b->overflowed || b->len >= b->max || b->len + 1 >= b->capacity) {
		buf_add(b, &c, 1);
		return;
	}
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

/* Most of what is formatted fits into the room that there is: it is formatted once. */
void buf_vaddf(struct buf *b, const char *format, va_list args)
{
	if (!buf_reserve(b, 0))
		return;
	va_list again;
	va_copy(again, args);
	size_t room = b->capacity - b->len;
	int count = vsnprintf(b->data + b->len, room, format, args);
	bool fits = count >= 0 && (size_t)count < room;
	if (!fits)
		b->data[b->len] = '\0';
	if (count < 0)
		b->overflowed = true;
	else if (!fits && buf_reserve(b, (size_t)count))
		fits = vsnprintf(b->data + b->len, (size_t)count + 1, format, again) ==
		       count;
	if (fits)
		b->len += (size_t)count;
	va_end(again);
}

void buf_addf(struct buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vaddf(b, format, args);
	va_end(args);
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	b->overflowed = false;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void buf_done(struct buf *b)
{
	if (b == NULL)
		return;
	free(b->data);
	*b = BUF_INIT(b->max);
}

const char *buf_text(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

bool buf_overflowed(const struct buf *b)
{
	return b->overflowed;
}

char *buf_take(struct buf *b)
{
	char *data = b->data != NULL ? b->data : mem_strdup("");
	*b = BUF_INIT(b->max);
	return data;
}
