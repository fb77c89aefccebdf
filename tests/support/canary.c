#include "tests/support/canary.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/compiler.h"
#include "core/base/text.h"
#include "tests/support/check.h"

enum { FORM_SIZE = CANARY_SIZE * 6 + 1 };

void canary_add(struct canaries *canaries, const char *name, const char *text)
{
	assert_in_range(canaries->count, 0, CANARIES_MAX - 1);
	canaries->names[canaries->count] = name;
	assert_true(text_copy(canaries->texts[canaries->count++], CANARY_SIZE, text));
}

/* Each byte as two hex digits behind a prefix. */
static void write_hex(const char *text, const char *prefix, const char *digits,
		      char ret[FORM_SIZE])
{
	DEFER(buf_done) struct buf form = BUF_INIT(FORM_SIZE - 1);
	for (; *text; text++) {
		buf_adds(&form, prefix);
		buf_addc(&form, digits[(uint8_t)*text >> 4]);
		buf_addc(&form, digits[(uint8_t)*text & 15]);
	}
	assert_true(text_copy(ret, FORM_SIZE, buf_text(&form)));
}

/* What base64 makes of text behind `before` other bytes, without the digits that depend on
 * its neighbours. */
static void write_base64(const char *text, size_t before, char ret[FORM_SIZE])
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t bytes = strlen(text), count = 0;
	for (size_t bit = (before * 8 + 5) / 6 * 6; bit + 6 <= (before + bytes) * 8;
	     bit += 6) {
		size_t at = bit / 8 - before;
		unsigned pair = (unsigned)(uint8_t)text[at] << 8 |
				(unsigned)(uint8_t)text[at + 1];
		ret[count++] = digits[pair >> (10 - bit % 8) & 63];
	}
	ret[count] = '\0';
}

enum shape { SHAPE_PLAIN, SHAPE_HEX, SHAPE_BASE64 };

struct form {
	const char *name;
	enum shape shape;
	const char *prefix, *digits; /* of hex */
	size_t before;               /* bytes, of base64 */
};

static bool is_there(const char *text, const struct form *form, const char *bytes,
		     size_t count)
{
	char written[FORM_SIZE];
	if (form->shape == SHAPE_PLAIN)
		return memmem(bytes, count, text, strlen(text)) != NULL;
	if (form->shape == SHAPE_HEX)
		write_hex(text, form->prefix, form->digits, written);
	else
		write_base64(text, form->before, written);
	return memmem(bytes, count, written, strlen(written)) != NULL;
}

const char *canary_in(const struct canaries *canaries, const char *bytes, size_t count)
{
	static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
	static const struct form forms[] = {
		{ .name = "as it is", .shape = SHAPE_PLAIN },
		{ "percent-encoded", SHAPE_HEX, "%", upper, 0 },
		{ "percent-encoded", SHAPE_HEX, "%", lower, 0 },
		{ "as hex digits", SHAPE_HEX, "", lower, 0 },
		{ "as hex digits", SHAPE_HEX, "", upper, 0 },
		{ "escaped for JSON", SHAPE_HEX, "\\u00", lower, 0 },
		{ "escaped for JSON", SHAPE_HEX, "\\u00", upper, 0 },
		{ .name = "as base64", .shape = SHAPE_BASE64, .before = 0 },
		{ .name = "as base64", .shape = SHAPE_BASE64, .before = 1 },
		{ .name = "as base64", .shape = SHAPE_BASE64, .before = 2 },
	};
	static char found[128];

	for (int i = 0; i < canaries->count; i++) {
		for (size_t f = 0; f < COUNT_OF(forms); f++) {
			if (!is_there(canaries->texts[i], &forms[f], bytes, count))
				continue;
			(void)snprintf(found, sizeof(found), "%s, %s", canaries->names[i],
				       forms[f].name);
			return found;
		}
	}
	return NULL;
}
