/* One pass, recursive to JSON_DEPTH_MAX. Keys are kept decoded, those of the open
 * objects on top of each other; when an object closes, its keys are sorted, compared
 * and dropped, so a document of any shape costs n log n. */
#include "core/base/json_scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/json.h"
#include "core/base/text.h"

enum { NUMBER_BYTES_MAX = 60 }; /* cJSON reads 63 */

struct key {
	const char *text; /* set from offset when an object's keys are compared */
	size_t offset;    /* in scan.names */
	size_t bytes;
	const char *at; /* where it stands, for the message */
};

/* Where a value stands in what is open around it. */
struct step {
	bool is_array;
	size_t number; /* of the item; in an object: of the key among all keys kept,
			  behind it */
};

struct scan {
	const char *start, *at, *end;
	const char *wrong_at; /* the first thing that is wrong … */
	const char *wrong;    /* … and why; NULL while all is well */
	struct buf names;     /* decoded keys */
	struct key *keys;
	size_t key_count, key_capacity;
	struct step steps[JSON_DEPTH_MAX];
	int depth;
	json_fault_fn *tell; /* NULL: the first fault ends it */
	void *arg;
};

static bool wrong(struct scan *s, const char *at, const char *what)
{
	s->wrong_at = at;
	s->wrong = what;
	return false;
}

enum { PATH_MAX_BYTES = 4096 };

static void add_key(const struct scan *s, const struct key *key, struct buf *path)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(PATH_MAX_BYTES);
	buf_add(&text, buf_text(&s->names) + key->offset, key->bytes);
	buf_adds(path, path->len > 0 ? "." : "");
	text_add_safe(path, buf_text(&text), false);
}

/* The path of the value that is being read, without its last steps. */
static void add_path(const struct scan *s, int depth, struct buf *path)
{
	for (int i = 0; i < depth; i++) {
		const struct step *step = &s->steps[i];
		if (step->is_array)
			buf_addf(path, "[%zu]", step->number);
		else if (step->number > 0)
			add_key(s, &s->keys[step->number - 1], path);
	}
}

/* True: it was told, the scan goes on. */
static bool tell(struct scan *s, int depth, const struct key *key, const char *what)
{
	if (s->tell == NULL)
		return false;
	DEFER(buf_done)
	struct buf path = BUF_INIT(PATH_MAX_BYTES);
	add_path(s, depth, &path);
	if (key != NULL)
		add_key(s, key, &path);
	s->tell(s->arg, buf_text(&path), what);
	return true;
}

static bool at_char(const struct scan *s, char c)
{
	return s->at < s->end && *s->at == c;
}

static bool at_digit(const struct scan *s)
{
	return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

static bool skip_char(struct scan *s, char c)
{
	if (!at_char(s, c))
		return false;
	s->at++;
	return true;
}

static void skip_blanks(struct scan *s)
{
	while (s->at < s->end && *s->at != '\0' && strchr(" \t\r\n", *s->at) != NULL)
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
		return wrong(s, from, "a number is malformed");
	if (skip_char(s, '.') && skip_digits(s) == 0)
		return wrong(s, from, "a number is malformed");
	if (skip_char(s, 'e') || skip_char(s, 'E')) {
		if (!skip_char(s, '+'))
			skip_char(s, '-');
		if (skip_digits(s) == 0)
			return wrong(s, from, "a number is malformed");
	}
	if (s->at - from > NUMBER_BYTES_MAX)
		return wrong(s, from, "a number is longer than 60 characters");
	return true;
}

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
		return wrong(s, from, "\\u needs four hexadecimal digits");
	if (unit == 0)
		return wrong(s, from, "the character U+0000 is not allowed");
	uint32_t point = (uint32_t)unit;
	if (unit >= 0xd800 && unit <= 0xdfff) {
		bool paired = unit < 0xdc00 && skip_char(s, '\\') && skip_char(s, 'u');
		int32_t low = paired ? scan_hex4(s) : -1;
		if (low < 0xdc00 || low > 0xdfff)
			return wrong(s, from, "a surrogate stands alone");
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
		return wrong(s, s->at - 1, "a backslash escapes nothing that JSON knows");
	if (decoded != NULL)
		buf_addc(decoded, values[found - names]);
	s->at++;
	return true;
}

/* A string with its quotes; decoded may be NULL. */
static bool scan_string(struct scan *s, struct buf *decoded)
{
	const char *from = s->at++;
	while (s->at < s->end && *s->at != '"') {
		if ((uint8_t)*s->at < 0x20)
			return wrong(s, s->at, "a string holds a raw control character");
		if (skip_char(s, '\\')) {
			if (!scan_escape(s, decoded))
				return false;
			continue;
		}
		uint32_t point;
		size_t used = utf8_decode(s->at, (size_t)(s->end - s->at), &point);
		if (used == 0 && !tell(s, s->depth, NULL, "a byte is not valid UTF-8"))
			return wrong(s, s->at, "a byte is not valid UTF-8");
		used = used == 0 ? 1 : used;
		if (decoded != NULL)
			buf_add(decoded, s->at, used);
		s->at += used;
	}
	if (!skip_char(s, '"'))
		return wrong(s, from, "a string is not closed");
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
		if (tell(s, s->depth - 1, &keys[i], "this key is there twice"))
			continue;
		return wrong(s, keys[later ? i : i - 1].at, "a key is there twice");
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
		return wrong(s, s->at, "a key in quotes is missing");
	if (!scan_string(s, &s->names))
		return false;
	key.bytes = s->names.len - key.offset;
	VEC_PUSH(s->keys, s->key_count, s->key_capacity) = key;
	s->steps[s->depth - 1].number = s->key_count;
	skip_blanks(s);
	if (!skip_char(s, ':'))
		return wrong(s, s->at, "a colon is missing");
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
		return wrong(s, s->at, "a comma or the end of an object is missing");
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
		return wrong(s, s->at, "a comma or the end of an array is missing");
	return true;
}

static bool scan_container(struct scan *s)
{
	if (s->depth == JSON_DEPTH_MAX)
		return wrong(s, s->at, "it is nested deeper than 32 levels");
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
	return wrong(s, s->at, "a value is missing or unknown");
}

static bool scan_value(struct scan *s)
{
	skip_blanks(s);
	if (at_char(s, '{') || at_char(s, '['))
		return scan_container(s);
	if (at_char(s, '"'))
		return scan_string(s, NULL);
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
	bool good = marked ? wrong(&s, text, "it begins with a byte order mark")
			   : scan_value(&s);
	skip_blanks(&s);
	if (good && s.at < s.end)
		good = wrong(&s, s.at, "something follows the value");
	free(s.keys);
	buf_done(&s.names);
	return good || explain(&s, err);
}

bool json_scan(const char *text, size_t bytes, struct err *err)
{
	return json_scan_telling(text, bytes, NULL, NULL, err);
}
