/* The writing half of json.h. */
#include "core/base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"

static void new_line(struct json_writer *w)
{
	if (w->indent > 0)
		buf_addf(w->out, "\n%*s", w->indent * w->depth, "");
}

/* What stands before a value: comma, line, key. */
static void begin_value(struct json_writer *w, const char *key)
{
	if (w->depth > 0) {
		bool *needs_comma = &w->needs_comma[w->depth - 1];
		assert((key == NULL) == w->is_array[w->depth - 1]);
		if (*needs_comma)
			buf_addc(w->out, ',');
		*needs_comma = true;
		new_line(w);
	}
	if (key != NULL) {
		json_add_quoted(w->out, key);
		buf_adds(w->out, w->indent > 0 ? ": " : ":");
	}
}

static void open_container(struct json_writer *w, const char *key, bool is_array)
{
	assert(w->depth < JSON_DEPTH_MAX);
	begin_value(w, key);
	buf_addc(w->out, is_array ? '[' : '{');
	w->needs_comma[w->depth] = false;
	w->is_array[w->depth] = is_array;
	w->depth++;
}

void json_open_object(struct json_writer *w, const char *key_or_null)
{
	open_container(w, key_or_null, false);
}

void json_open_array(struct json_writer *w, const char *key_or_null)
{
	open_container(w, key_or_null, true);
}

void json_close(struct json_writer *w)
{
	assert(w->depth > 0);
	w->depth--;
	if (w->needs_comma[w->depth])
		new_line(w);
	buf_addc(w->out, w->is_array[w->depth] ? ']' : '}');
}

void json_put_string(struct json_writer *w, const char *key_or_null,
		     const char *text_or_null)
{
	begin_value(w, key_or_null);
	if (text_or_null != NULL)
		json_add_quoted(w->out, text_or_null);
	else
		buf_adds(w->out, "null");
}

void json_put_said(struct json_writer *w, const char *key_or_null, const char *text)
{
	json_put_string(w, key_or_null, *text != '\0' ? text : NULL);
}

void json_put_integer(struct json_writer *w, const char *key_or_null, int64_t number)
{
	begin_value(w, key_or_null);
	buf_addf(w->out, "%" PRId64, number);
}

void json_put_bool(struct json_writer *w, const char *key_or_null, bool value)
{
	begin_value(w, key_or_null);
	buf_adds(w->out, value ? "true" : "false");
}

void json_put_number(struct json_writer *w, const char *key_or_null, int64_t number)
{
	if (number != 0)
		json_put_integer(w, key_or_null, number);
	else
		json_put_null(w, key_or_null);
}

void json_put_null(struct json_writer *w, const char *key_or_null)
{
	begin_value(w, key_or_null);
	buf_adds(w->out, "null");
}

void json_put_time(struct json_writer *w, const char *key_or_null, int64_t time_ms)
{
	char text[TIME_TEXT_SIZE];
	json_put_string(w, key_or_null,
			time_ms != 0 ? time_format_utc(text, time_ms) : NULL);
}

void json_put_raw(struct json_writer *w, const char *key_or_null, const char *json)
{
	begin_value(w, key_or_null);
	buf_adds(w->out, json);
}

static void add_escaped(struct buf *b, char c)
{
	static const char values[] = "\"\\\b\f\n\r\t";
	static const char names[] = "\"\\bfnrt";

	const char *found = strchr(values, c);
	if (found != NULL)
		buf_addf(b, "\\%c", names[found - values]);
	else
		buf_addf(b, "\\u%04x", (unsigned)(uint8_t)c);
}

static bool needs_escape(char c)
{
	return (uint8_t)c < 0x20 || c == '"' || c == '\\';
}

/* How many bytes stand for themselves: nearly all there are. */
static size_t plain_bytes(const char *text)
{
	static const bool is_plain[UINT8_MAX + 1] = {
		[' ' ... '"' - 1] = true,
		['"' + 1 ... '\\' - 1] = true,
		['\\' + 1 ... 0x7f] = true,
	};
	size_t count = 0;
	while (is_plain[(uint8_t)text[count]])
		count++;
	return count;
}

static void add_all(struct buf *b, const char *text)
{
	size_t left = strlen(text);
	for (size_t used; left > 0; text += used, left -= used) {
		uint32_t point;
		used = plain_bytes(text);
		if (used > 0) {
			buf_add(b, text, used);
			continue;
		}
		used = utf8_decode(text, left, &point);
		if (used == 0) {
			buf_adds(b,
				 /* U+FFFD: what is written is always valid */
				 "\xef\xbf\xbd");
			used = 1;
		} else if (needs_escape(*text)) {
			add_escaped(b, *text);
		} else {
			buf_add(b, text, used);
		}
	}
}

void json_add_quoted(struct buf *b, const char *text)
{
	const size_t plain = plain_bytes(text);
	buf_addc(b, '"');
	buf_add(b, text, plain);
	if (text[plain] != '\0')
		add_all(b, text + plain);
	buf_addc(b, '"');
}
