/* JSON in, checked once where it enters; JSON out, written straight into a buf. cJSON
 * is behind this file alone: it accepts repeated keys, invalid UTF-8 and U+0000, so
 * text is scanned first. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct json; /* a value inside a parsed document; borrowed from it */

enum { JSON_DEPTH_MAX = 32 };

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* Parse one JSON value: valid UTF-8, no repeated keys, no U+0000, depth <=
 * JSON_DEPTH_MAX, nothing behind it. Returns the document (json_free it), or NULL with
 * ERR_INVALID saying line, column and what is wrong. */
struct json *json_parse(const char *text, size_t bytes, struct err *err) CHECKED;
/* The same, but tells every repeated key and every text that is not UTF-8 with its path
 * ("monitors[2].name") and goes on: for those who report all that is wrong at once. */
typedef void json_fault_fn(void *arg, const char *path, const char *what);
struct json *json_parse_telling(const char *text, size_t bytes, json_fault_fn *fault,
				void *arg, struct err *err) CHECKED;
void json_free(struct json *document);
void json_done(struct json **document); /* for DEFER */

/* Reading. A NULL value is taken as JSON's null, so lookups can be chained. */
enum json_type json_type_of(const struct json *value);

/* "a string", "a number", "a list" … for sentences. */
const char *json_type_name(enum json_type type);

/* The value of a key, case-sensitively; NULL if absent or if object is none. */
const struct json *json_get(const struct json *object, const char *key);

/* The items of an array or object, in order: the first and the one behind, or NULL; an
 * object's item has a key (NULL in arrays). The count is found by walking. */
const struct json *json_first(const struct json *container);
const struct json *json_next(const struct json *item);
const char *json_key(const struct json *item);
size_t json_count(const struct json *container);

/* The value as a C value. NULL or false, and *ret is not written, unless it is a
 * string, true or false, or a whole number within +-2^53. */
const char *json_string(const struct json *value);
bool json_bool(const struct json *value, bool *ret) CHECKED;
bool json_integer(const struct json *value, int64_t *ret) CHECKED;

/* Append the value as JSON on one line. */
void json_add_value(struct buf *ret, const struct json *value);

/* Writing. Commas are the writer's business: it keeps what is open.
 *     struct json_writer w = { .out = &b };
 *     json_open_object(&w); json_put_string(&w, "name", "Shop"); json_close(&w);
 * key is NULL inside arrays and at the top. A NULL string is written as null. */
struct json_writer {
	struct buf *out;
	int indent; /* blanks per level; 0: one line */
	int depth;
	bool needs_comma[JSON_DEPTH_MAX];
	bool is_array[JSON_DEPTH_MAX];
};

void json_open_object(struct json_writer *w, const char *key_or_null);
void json_open_array(struct json_writer *w, const char *key_or_null);
void json_close(struct json_writer *w);
void json_put_string(struct json_writer *w, const char *key_or_null,
		     const char *text_or_null);
/* The same; null where nothing is said: for texts that are "" then. */
void json_put_said(struct json_writer *w, const char *key_or_null, const char *text);
void json_put_integer(struct json_writer *w, const char *key_or_null, int64_t number);
/* The same; null for 0: for ids and levels, where it is none. */
void json_put_number(struct json_writer *w, const char *key_or_null, int64_t number);
void json_put_bool(struct json_writer *w, const char *key_or_null, bool value);
void json_put_null(struct json_writer *w, const char *key_or_null);

/* RFC 3339 with Z; 0 is null. */
void json_put_time(struct json_writer *w, const char *key_or_null, int64_t time_ms);

/* Text that is JSON already. */
void json_put_raw(struct json_writer *w, const char *key_or_null, const char *json);

/* Append text as a JSON string with its quotes; only what JSON demands is escaped, UTF-8
 * stays, an invalid byte becomes U+FFFD. */
void json_add_quoted(struct buf *b, const char *text);

#endif
