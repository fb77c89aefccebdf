/* Strings in JSON text: escapes undone, UTF-8 checked, what stands for itself taken in
 * stretches. */
#include <stdint.h>
#include <string.h>

#include "core/base/json_scan_parts.h"
#include "core/base/text.h"

/* Four hex digits; -1 if they are not. */
static int32_t scan_hex4(struct scan *s)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	int32_t value = 0;
	for (int i = 0; i < 4; i++, s->at++) {
		if (s->at >= s->end || *s->at == '\0')
			return -1;
		const char *found = strchr(digits, *s->at);
		if (found == NULL)
			return -1;
		int32_t digit = (int32_t)(found - digits);
		value = value * 16 + (digit > 15 ? digit - 6 : digit);
	}
	return value;
}

/* Behind "\u". */
static bool scan_unicode_escape(struct scan *s, struct buf *decoded)
{
	const char *from = s->at - 2;
	int32_t unit = scan_hex4(s);
	if (unit < 0)
		return json_scan_wrong(s, from, "\\u needs four hexadecimal digits");
	if (unit == 0)
		return json_scan_wrong(s, from, "the character U+0000 is not allowed");
	uint32_t point = (uint32_t)unit;
	if (unit >= 0xd800 && unit <= 0xdfff) {
		bool paired = unit < 0xdc00 && skip_char(s, '\\') && skip_char(s, 'u');
		int32_t low = paired ? scan_hex4(s) : -1;
		if (low < 0xdc00 || low > 0xdfff)
			return json_scan_wrong(s, from, "a surrogate stands alone");
		point = 0x10000U + ((uint32_t)(unit - 0xd800) << 10) +
			(uint32_t)(low - 0xdc00);
	}
	char utf8[4];
	if (decoded != NULL)
		buf_add(decoded, utf8, utf8_encode(point, utf8));
	return true;
}

/* Behind a backslash. */
static bool scan_escape(struct scan *s, struct buf *decoded)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";

	if (skip_char(s, 'u'))
		return scan_unicode_escape(s, decoded);
	const char *found =
		s->at < s->end && *s->at != '\0' ? strchr(names, *s->at) : NULL;
	if (found == NULL)
		return json_scan_wrong(s, s->at - 1,
				       "a backslash escapes nothing that JSON knows");
	if (decoded != NULL)
		buf_addc(decoded, values[found - names]);
	s->at++;
	return true;
}

static void take(struct scan *s, size_t bytes, struct buf *decoded)
{
	if (decoded != NULL)
		buf_add(decoded, s->at, bytes);
	s->at += bytes;
}

/* Most of most strings: ASCII that stands for itself. */
static size_t plain_bytes(const struct scan *s)
{
	const char *at = s->at;
	while (at < s->end && (uint8_t)*at >= 0x20 && (uint8_t)*at < 0x80 && *at != '"' &&
	       *at != '\\')
		at++;
	return (size_t)(at - s->at);
}

/* Whatever stands in a string and is not plain. */
static bool scan_special(struct scan *s, struct buf *decoded)
{
	if ((uint8_t)*s->at < 0x20)
		return json_scan_wrong(s, s->at,
				       "a string holds a raw control character");
	if (skip_char(s, '\\'))
		return scan_escape(s, decoded);
	uint32_t point;
	size_t used = utf8_decode(s->at, (size_t)(s->end - s->at), &point);
	if (used == 0 && !json_scan_tell(s, s->depth, NULL, "a byte is not valid UTF-8"))
		return json_scan_wrong(s, s->at, "a byte is not valid UTF-8");
	take(s, used == 0 ? 1 : used, decoded);
	return true;
}

bool json_scan_string(struct scan *s, struct buf *decoded)
{
	const char *from = s->at++;
	take(s, plain_bytes(s), decoded);
	while (s->at < s->end && *s->at != '"') {
		if (!scan_special(s, decoded))
			return false;
		take(s, plain_bytes(s), decoded);
	}
	if (!skip_char(s, '"'))
		return json_scan_wrong(s, from, "a string is not closed");
	return true;
}
