/* JSON in, checked once where it enters; JSON out, written straight into a buf.
 * cJSON is behind this file alone: it accepts repeated keys, invalid UTF-8 and U+0000, so text is scanned first. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct json; /* a value inside a parsed document; borrowed from it */

enum { JSON_DEPTH_MAX = 32 };

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* Parse one JSON value: valid UTF-8, no repeated keys, no U+0000, depth <= JSON_DEPTH_MAX, nothing behind it.
 * Returns the document (json_free it), or NULL with ERR_INVALID saying line, column and what is wrong. */
struct json *json_parse(const char *text, size_t bytes, struct err *err) CHECKED;
void json_free(struct json *document);
void json_done(struct json **document); /* for DEFER */

enum json_type json_type_of(const struct json *value);
const char *json_type_name(enum json_type type); /* "a string", "a number" … for sentences */
const struct json *json_get(const struct json *object, const char *key); /* NULL if absent */
const struct json *json_first(const struct json *container);             /* first item of array or object, or NULL */
const struct json *json_next(const struct json *item);                   /* its next sibling, or NULL */
const char *json_key(const struct json *item);                           /* key of an object's item */
size_t json_count(const struct json *container);

const char *json_string(const struct json *value);            /* NULL unless a string */
bool json_bool(const struct json *value, bool *ret);          /* false unless a bool */
bool json_integer(const struct json *value, int64_t *ret);    /* false unless a whole number within +-2^53 */

/* Writer. Commas are the writer's business: json_w keeps what is open.
 *     struct json_writer w = { .out = &b };
 *     json_open_object(&w); json_put_string(&w, "name", "Shop"); json_close(&w);
 * key is NULL inside arrays and at the top. A NULL string is written as null. */
struct json_writer {
	struct buf *out;
	int indent;           /* blanks per level; 0: one line */
	int depth;
	bool needs_comma[JSON_DEPTH_MAX];
	bool is_array[JSON_DEPTH_MAX];
};

void json_open_object(struct json_writer *w, const char *key_or_null);
void json_open_array(struct json_writer *w, const char *key_or_null);
void json_close(struct json_writer *w);
void json_put_string(struct json_writer *w, const char *key_or_null, const char *text_or_null);
void json_put_integer(struct json_writer *w, const char *key_or_null, int64_t number);
void json_put_bool(struct json_writer *w, const char *key_or_null, bool value);
void json_put_null(struct json_writer *w, const char *key_or_null);
void json_put_time(struct json_writer *w, const char *key_or_null, int64_t time_ms); /* RFC 3339 Z; 0 is null */
void json_put_raw(struct json_writer *w, const char *key_or_null, const char *json); /* already JSON */

/* Append text as a JSON string with its quotes; only what JSON demands is escaped, UTF-8 stays. */
void json_add_quoted(struct buf *b, const char *text);

#endif
