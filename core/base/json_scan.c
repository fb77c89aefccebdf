/* One pass, recursive to JSON_DEPTH_MAX. Keys are kept decoded, those of the open
 * objects on top of each other; when an object closes, its keys are sorted, compared
 * and dropped, so a document of any shape costs n log n. */
#include "core/base/json_scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/json_scan_parts.h"

enum { NUMBER_BYTES_MAX = 60 }; /* cJSON reads 63 */

static bool at_digit(const struct scan *s)
{
	return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

static void skip_blanks(struct scan *s)
{
	while (at_char(s, ' ') || at_char(s, '\n') || at_char(s, '\t') ||
	       at_char(s, '\r'))
		s->at++;
}

static size_t skip_digits(struct scan *s)
{
	const char *from = s->at;
	while (at_digit(s))
		s->at++;
	return (size_t)(s->at - from);
}

static bool scan_number(struct scan *s)
{
	const char *from = s->at;
	skip_char(s, '-');
	bool leading_zero = at_char(s, '0');
	size_t digits = skip_digits(s);
	if (digits == 0 || (leading_zero && digits > 1))
		return json_scan_wrong(s, from, "a number is malformed");
	if (skip_char(s, '.') && skip_digits(s) == 0)
		return json_scan_wrong(s, from, "a number is malformed");
	if (skip_char(s, 'e') || skip_char(s, 'E')) {
		if (!skip_char(s, '+'))
			skip_char(s, '-');
		if (skip_digits(s) == 0)
			return json_scan_wrong(s, from, "a number is malformed");
	}
	if (s->at - from > NUMBER_BYTES_MAX)
		return json_scan_wrong(s, from, "a number is longer than 60 characters");
	return true;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a;
	const struct key *y = b;
	int order = memcmp(x->text, y->text, x->bytes < y->bytes ? x->bytes : y->bytes);
	if (order != 0)
		return order;
	return (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

/* Refuse repeated keys among those from first on, and drop them. */
static bool close_keys(struct scan *s, size_t first)
{
	size_t count = s->key_count - first;
	if (count == 0)
		return true;
	struct key *keys = s->keys + first;
	size_t names_from = keys[0].offset;
	for (size_t i = 0; i < count; i++)
		keys[i].text = buf_text(&s->names) + keys[i].offset;
	qsort(keys, count, sizeof(*keys), compare_keys);
	for (size_t i = 1; i < count; i++) {
		if (compare_keys(&keys[i - 1], &keys[i]) != 0)
			continue;
		bool later = keys[i].at > keys[i - 1].at;
		if (json_scan_tell(s, s->depth - 1, &keys[i], "this key is there twice"))
			continue;
		return json_scan_wrong(s, keys[later ? i : i - 1].at,
				       "a key is there twice");
	}
	s->key_count = first;
	s->names.len = names_from;
	return true;
}

static bool scan_value(struct scan *s);

static bool scan_member(struct scan *s)
{
	skip_blanks(s);
	struct key key = { .offset = s->names.len, .at = s->at };
	s->steps[s->depth - 1].number = 0;
	if (!at_char(s, '"'))
		return json_scan_wrong(s, s->at, "a key in quotes is missing");
	if (!json_scan_string(s, &s->names))
		return false;
	key.bytes = s->names.len - key.offset;
	VEC_PUSH(s->keys, s->key_count, s->key_capacity) = key;
	s->steps[s->depth - 1].number = s->key_count;
	skip_blanks(s);
	if (!skip_char(s, ':'))
		return json_scan_wrong(s, s->at, "a colon is missing");
	return scan_value(s);
}

static bool scan_object(struct scan *s)
{
	size_t first_key = s->key_count;
	s->at++;
	skip_blanks(s);
	if (skip_char(s, '}'))
		return true;
	do {
		if (!scan_member(s))
			return false;
		skip_blanks(s);
	} while (skip_char(s, ','));
	if (!skip_char(s, '}'))
		return json_scan_wrong(s, s->at,
				       "a comma or the end of an object is missing");
	return close_keys(s, first_key);
}

static bool scan_array(struct scan *s)
{
	s->at++;
	skip_blanks(s);
	if (skip_char(s, ']'))
		return true;
	do {
		if (!scan_value(s))
			return false;
		s->steps[s->depth - 1].number++;
		skip_blanks(s);
	} while (skip_char(s, ','));
	if (!skip_char(s, ']'))
		return json_scan_wrong(s, s->at,
				       "a comma or the end of an array is missing");
	return true;
}

static bool scan_container(struct scan *s)
{
	if (s->depth == JSON_DEPTH_MAX)
		return json_scan_wrong(s, s->at, "it is nested deeper than 32 levels");
	s->steps[s->depth++] = (struct step){ .is_array = at_char(s, '[') };
	bool good = at_char(s, '{') ? scan_object(s) : scan_array(s);
	s->depth--;
	return good;
}

static bool scan_word(struct scan *s)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t length = strlen(words[i]);
		if ((size_t)(s->end - s->at) < length ||
		    memcmp(s->at, words[i], length) != 0)
			continue;
		s->at += length;
		return true;
	}
	return json_scan_wrong(s, s->at, "a value is missing or unknown");
}

static bool scan_value(struct scan *s)
{
	skip_blanks(s);
	if (at_char(s, '{') || at_char(s, '['))
		return scan_container(s);
	if (at_char(s, '"'))
		return json_scan_string(s, NULL);
	if (at_char(s, '-') || at_digit(s))
		return scan_number(s);
	return scan_word(s);
}

/* Line and column of what is wrong; everything before it is valid UTF-8. */
static bool explain(const struct scan *s, struct err *err)
{
	size_t line = 1;
	size_t column = 1;
	for (const char *at = s->start; at < s->wrong_at; at++) {
		bool continuation = ((uint8_t)*at & 0xc0) == 0x80;
		column += continuation ? 0 : 1;
		if (*at == '\n') {
			line++;
			column = 1;
		}
	}
	return fail(err, ERR_INVALID, "JSON, line %zu, column %zu: %s%s", line, column,
		    s->wrong, s->wrong_at == s->end ? " at the end of the text" : "");
}

bool json_scan_telling(const char *text, size_t bytes, json_fault_fn *fault, void *arg,
		       struct err *err)
{
	struct scan s = {
		.start = text, .at = text, .end = text + bytes, .tell = fault, .arg = arg
	};
	s.names = BUF_INIT(bytes);

	bool marked = bytes >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
	bool good = marked ? json_scan_wrong(&s, text, "it begins with a byte order mark")
			   : scan_value(&s);
	skip_blanks(&s);
	if (good && s.at < s.end)
		good = json_scan_wrong(&s, s.at, "something follows the value");
	free(s.keys);
	buf_done(&s.names);
	return good || explain(&s, err);
}

bool json_scan(const char *text, size_t bytes, struct err *err)
{
	return json_scan_telling(text, bytes, NULL, NULL, err);
}
