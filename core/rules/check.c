#include "core/rules/check.h"

#include <string.h>

#include "core/base/compiler.h"
#include "core/base/text.h"
#include "core/rules/secret.h"

enum { SHOWN_MAX = 512, STATUS_MIN = 100, STATUS_MAX = 599 };

/* ---- the target ---- */

static bool refuse_port(const char *target, struct err *err)
{
	DEFER(buf_done) struct buf shown = BUF_INIT(SHOWN_MAX);
	text_add_safe(&shown, target, false);
	return fail(err, ERR_INVALID,
		    "Check target '%s' must look like host:port, with a port from 1 to "
		    "65535",
		    shown.overflowed ? "…" : buf_text(&shown));
}

static bool check_port(const char *target, struct err *err)
{
	DEFER(buf_done) struct buf text = BUF_INIT(URL_SIZE + sizeof("tcp://"));
	struct url url;
	buf_addf(&text, "tcp://%s", target);
	bool is_sound =
		!buf_overflowed(&text) && url_check_parts(buf_text(&text), NULL) &&
		url_split(buf_text(&text), &url) && url.has_port && !url.has_user &&
		url.path.bytes == 0 && !url.has_query && !url.has_fragment;
	return is_sound || refuse_port(target, err);
}

bool check_target_check(enum check_type type, const char *target, struct err *err)
{
	if (type == CHECK_TCP)
		return check_port(target, err);
	return url_check_asked(target, type == CHECK_HTTPS, err) ||
	       fail_in(err, "Check target");
}

void check_target_add_masked(struct buf *ret, const char *target)
{
	if (strstr(target, "://") != NULL)
		url_add_masked(ret, target);
	else
		buf_adds(ret, target);
}

/* ---- expected answers ---- */

static bool read_status(const char **at, long *ret)
{
	long number = 0;
	const char *text = *at;
	while (*text >= '0' && *text <= '9' && text - *at < 3)
		number = number * 10 + (*text++ - '0');
	if (text - *at != 3 || number < STATUS_MIN || number > STATUS_MAX)
		return false;
	*at = text;
	*ret = number;
	return true;
}

/* One item, "200" or "200-399", and the comma behind it. */
static bool read_range(const char **at, long *ret_first, long *ret_last)
{
	if (!read_status(at, ret_first))
		return false;
	*ret_last = *ret_first;
	if (**at == '-') {
		++*at;
		if (!read_status(at, ret_last) || *ret_last < *ret_first)
			return false;
	}
	if (**at == ',' && (*at)[1] != '\0')
		++*at;
	else if (**at != '\0')
		return false;
	return true;
}

bool check_statuses_check(const char *text, struct err *err)
{
	long first, last;
	const char *at = text;
	while (*at != '\0')
		if (!read_range(&at, &first, &last))
			return fail(err, ERR_INVALID,
				    "Expected status must be like 200-399 or "
				    "200,204,300-302, with statuses from %d to %d",
				    STATUS_MIN, STATUS_MAX);
	return true;
}

bool check_statuses_hold(const char *text, long status)
{
	long first, last;
	const char *at = text;
	while (*at != '\0' && read_range(&at, &first, &last))
		if (status >= first && status <= last)
			return true;
	return false;
}

/* ---- headers ---- */

bool check_header_next(const char **at, struct check_header *ret)
{
	const char *line = *at;
	size_t bytes = strcspn(line, "\n");
	const char *colon = memchr(line, ':', bytes);
	if (colon == NULL || colon == line)
		return false;
	const char *value = colon + 1;
	value += strspn(value, " ");
	ret->name = (struct span){ line, (size_t)(colon - line) };
	ret->value = (struct span){ value, (size_t)(line + bytes - value) };
	*at = line + bytes + (line[bytes] == '\n');
	return true;
}

static bool is_among(struct span name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (span_is_nocase(name, *names))
			return true;
	return false;
}

/* What libcurl and the connection decide. */
static bool is_ours(struct span name)
{
	static const char *const ours[] = {
		"Connection", "Content-Length",    "Expect", "TE", "Trailer",
		"Upgrade",    "Transfer-Encoding", NULL
	};
	return is_among(name, ours);
}

static bool is_harmless(struct span name)
{
	static const char *const harmless[] = {
		"Accept",        "Accept-Encoding", "Accept-Language",
		"Cache-Control", "Content-Type",    "Host",
		"Pragma",        "User-Agent",      NULL
	};
	return is_among(name, harmless);
}

static bool is_token(struct span name)
{
	for (size_t i = 0; i < name.bytes; i++)
		if (name.at[i] <= ' ' || name.at[i] >= 0x7f ||
		    strchr("\"(),/:;<=>?@[\\]{}", name.at[i]) != NULL)
			return false;
	return true;
}

static bool is_printable(struct span value)
{
	for (size_t i = 0; i < value.bytes; i++)
		if (value.at[i] < ' ' || value.at[i] >= 0x7f)
			return false;
	return true;
}

static bool check_header(const struct check_header *header, struct err *err)
{
	if (header->name.bytes == 0 || !is_token(header->name))
		return fail(err, ERR_INVALID,
			    "a header's name is one word of letters, digits and hyphens");
	if (header->value.bytes == 0 || !is_printable(header->value))
		return fail(err, ERR_INVALID,
			    "a header's value is one line of printable ASCII, and not "
			    "empty");
	return !is_ours(header->name) ||
	       fail(err, ERR_INVALID, "the check sets this header itself; take it out");
}

bool check_headers_check(const char *headers, struct err *err)
{
	struct check_header header;
	int line = 0;
	for (const char *at = headers; *at != '\0';) {
		line++;
		if (!check_header_next(&at, &header))
			return fail(err, ERR_INVALID,
				    "Headers: line %d must be like `Accept: text/html`",
				    line);
		if (!check_header(&header, err))
			return fail_in(err, "Headers: line %d", line);
	}
	return true;
}

void check_headers_add_masked(struct buf *ret, const char *headers)
{
	struct check_header header;
	for (const char *at = headers; *at != '\0';) {
		if (!check_header_next(&at, &header)) {
			buf_adds(ret, SECRET_MASK);
			return;
		}
		buf_add(ret, header.name.at, header.name.bytes);
		buf_adds(ret, ": ");
		if (is_harmless(header.name))
			buf_add(ret, header.value.at, header.value.bytes);
		else
			buf_adds(ret, SECRET_MASK);
		buf_adds(ret, *at != '\0' ? "\n" : "");
	}
}

void check_headers_put(struct json_writer *w, const char *key, const char *headers)
{
	struct check_header header;
	json_open_object(w, key);
	for (const char *at = headers; *at != '\0' && check_header_next(&at, &header);) {
		DEFER(buf_done) struct buf name = BUF_INIT(CHECK_HEADERS_SIZE);
		DEFER(buf_done) struct buf value = BUF_INIT(CHECK_HEADERS_SIZE);
		buf_add(&name, header.name.at, header.name.bytes);
		buf_add(&value, header.value.at, header.value.bytes);
		json_put_string(w, buf_text(&name), buf_text(&value));
	}
	json_close(w);
}

bool check_header_read(const struct json *value, struct buf *ret, struct err *err)
{
	const char *name = json_key(value), *text = json_string(value);
	if (text == NULL)
		return fail(err, ERR_INVALID, "this is %s, it must be %s",
			    json_type_name(json_type_of(value)),
			    json_type_name(JSON_STRING));
	const struct check_header header = { { name, strlen(name) },
					     { text, strlen(text) } };
	if (!check_header(&header, err))
		return false;
	buf_addf(ret, "%s%s: %s", ret->len > 0 ? "\n" : "", name, text);
	return true;
}
