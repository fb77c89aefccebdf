#include "core/base/text.h"

#include <string.h>
#include <wchar.h>

#include "core/base/unicode.h"

enum { MARKS_MAX = 2, REPLACEMENT = 0xfffd, BRIEF_CHARS = 120 };

/* The first byte of a sequence: what is payload in it, and the least it may stand for. */
static const struct {
	uint8_t mask, lead, payload;
	uint32_t least;
} sequences[] = {
	{ 0x80, 0x00, 0x7f, 0x0 },
	{ 0xe0, 0xc0, 0x1f, 0x80 },
	{ 0xf0, 0xe0, 0x0f, 0x800 },
	{ 0xf8, 0xf0, 0x07, 0x10000 },
};

size_t utf8_decode(const char *text, size_t bytes, uint32_t *ret)
{
	if (bytes == 0)
		return 0;
	uint8_t first = (uint8_t)text[0];
	size_t extra = 0;
	while (extra < COUNT_OF(sequences) &&
	       (first & sequences[extra].mask) != sequences[extra].lead)
		extra++;
	if (extra == COUNT_OF(sequences) || extra >= bytes)
		return 0;

	uint32_t point = first & sequences[extra].payload;
	for (size_t i = 1; i <= extra; i++) {
		uint8_t next = (uint8_t)text[i];
		if ((next & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (next & 0x3f);
	}
	bool surrogate = point >= 0xd800 && point <= 0xdfff;
	if (point < sequences[extra].least || surrogate || point > 0x10ffff)
		return 0;
	*ret = point;
	return extra + 1;
}

size_t utf8_encode(uint32_t code_point, char ret[4])
{
	size_t extra = 0;
	while (extra + 1 < COUNT_OF(sequences) &&
	       code_point >= sequences[extra + 1].least)
		extra++;
	for (size_t i = extra; i > 0; i--) {
		ret[i] = (char)(0x80 | (code_point & 0x3f));
		code_point >>= 6;
	}
	ret[0] = (char)(sequences[extra].lead | code_point);
	return extra + 1;
}

bool utf8_valid(const char *text, size_t bytes)
{
	uint32_t point;
	for (size_t at = 0, used; at < bytes; at += used) {
		used = utf8_decode(text + at, bytes - at, &point);
		if (used == 0)
			return false;
	}
	return true;
}

size_t text_length(const char *text)
{
	size_t points = 0;
	for (; *text != '\0'; text++)
		points += ((uint8_t)*text & 0xc0) != 0x80;
	return points;
}

bool text_copy(char *ret, size_t size, const char *text)
{
	size_t bytes = strlen(text);
	if (bytes >= size)
		return false;
	memcpy(ret, text, bytes + 1);
	return true;
}

static size_t ascii_bytes(const char *text, size_t bytes)
{
	size_t count = 0;
	while (count < bytes && (uint8_t)text[count] < 0x80)
		count++;
	return count;
}

bool text_cut(char *ret, size_t size, const char *text, size_t max_points)
{
	if (size == 0)
		return false;
	size_t left = strlen(text);
	size_t most = size - 1 < max_points ? size - 1 : max_points;
	size_t filled = ascii_bytes(text, left < most ? left : most);
	memcpy(ret, text, filled);
	text += filled;
	left -= filled;
	for (size_t points = filled; left > 0 && points < max_points; points++) {
		uint32_t point = REPLACEMENT;
		size_t used = utf8_decode(text, left, &point);
		char encoded[4];
		size_t bytes = utf8_encode(point, encoded);
		if (bytes >= size - filled)
			break;
		memcpy(ret + filled, encoded, bytes);
		filled += bytes;
		used = used > 0 ? used : 1;
		text += used;
		left -= used;
	}
	ret[filled] = '\0';
	return left == 0;
}

bool text_no_controls(const char *text)
{
	size_t left = strlen(text);
	for (size_t used; left > 0; text += used, left -= used) {
		uint32_t point;
		used = utf8_decode(text, left, &point);
		if (used == 0 || point < 0x20 || (point >= 0x7f && point <= 0x9f))
			return false;
	}
	return true;
}

bool text_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equal_nocase(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

bool text_starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_integer(const char *text, int64_t *ret)
{
	bool negative = *text == '-';
	const char *digit = negative ? text + 1 : text;
	int64_t number = 0;
	if (*digit == '\0')
		return false;
	for (; *digit != '\0'; digit++) {
		if (*digit < '0' || *digit > '9')
			return false;
		int value = negative ? '0' - *digit : *digit - '0';
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, value, &number))
			return false;
	}
	*ret = number;
	return true;
}

size_t text_plain_bytes(const char *text)
{
	size_t count = 0;
	while (text[count] >= ' ' && text[count] < 0x7f)
		count++;
	return count;
}

void text_add_safe(struct buf *b, const char *text, bool keep_newlines)
{
	size_t left = strlen(text);
	unsigned marks = 0; /* on the latest base */
	for (size_t used; left > 0; text += used, left -= used) {
		uint32_t point;
		used = text_plain_bytes(text);
		if (used > 0 && used <= b->max - b->len) {
			buf_add(b, text, used);
			marks = 0;
			continue;
		}
		used = utf8_decode(text, left, &point);
		if (used == 0) {
			buf_addf(b, "<0x%02X>", (unsigned)(uint8_t)*text);
			used = 1;
			marks = 0;
			continue;
		}
		marks = unicode_is_mark(point) ? marks + 1 : 0;
		bool hidden =
			unicode_is_hidden(point) && !(point == '\n' && keep_newlines);
		if (hidden || marks > MARKS_MAX)
			buf_addf(b, "<U+%04X>", (unsigned)point);
		else
			buf_add(b, text, used);
	}
}

void text_add_brief(struct buf *ret, const char *text)
{
	char cut[BRIEF_CHARS * 4 + 1] = "";
	if (text_length(text) <= BRIEF_CHARS) {
		text_add_safe(ret, text, false);
		return;
	}
	text_cut(cut, sizeof(cut), text, BRIEF_CHARS);
	text_add_safe(ret, cut, false);
	buf_adds(ret, "…");
}

/* Columns of one code point. libc knows none outside the locale's characters: they
 * count as one. */
static int point_width(uint32_t point)
{
	if (point >= ' ' && point < 0x7f)
		return 1;
	int width = wcwidth((wchar_t)point);
	if (width >= 0)
		return width;
	return unicode_is_mark(point) ? 0 : 1;
}

int text_width(const char *text)
{
	size_t plain = text_plain_bytes(text);
	size_t left = strlen(text + plain);
	int columns = (int)plain;
	text += plain;
	for (size_t used; left > 0; text += used, left -= used) {
		uint32_t point = REPLACEMENT;
		used = utf8_decode(text, left, &point);
		columns += point_width(point);
		used = used > 0 ? used : 1;
	}
	return columns;
}

/* The bytes of text that fit into columns; *ret_columns is what they take. */
static size_t fitting_bytes(const char *text, int columns, int *ret_columns)
{
	size_t left = strlen(text);
	size_t at = 0;
	int taken = 0;
	while (left > at) {
		uint32_t point = REPLACEMENT;
		size_t used = utf8_decode(text + at, left - at, &point);
		int width = point_width(point);
		if (taken + width > columns)
			break;
		taken += width;
		at += used > 0 ? used : 1;
	}
	*ret_columns = taken;
	return at;
}

void text_add_columns(struct buf *b, const char *text, int columns)
{
	if (columns <= 0)
		return;
	int taken;
	bool cut = text_width(text) > columns;
	size_t bytes = fitting_bytes(text, cut ? columns - 1 : columns, &taken);
	buf_add(b, text, bytes);
	buf_addf(b, "%*s", columns - taken - (cut ? 1 : 0), "");
	if (cut)
		buf_addc(b, '~');
}
