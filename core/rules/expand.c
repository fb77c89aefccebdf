/* A variable is {{@name}}. In a JSON template strings are found by their quotes (the
 * template was parsed before), and values go in as JSON escapes them: no value can end a
 * string. */
#include "core/rules/expand.h"

#include <string.h>

#include "core/base/json.h"
#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/rules/url.h"

enum { VALUE_MAX = BODY_MAX, EXPANDED_MAX = 16 * BODY_MAX, NAME_SHOWN_MAX = 128 };

static const char variable_open[] = "{{@", variable_close[] = "}}";
static const char test_prefix[] = "TEST – ";

static const struct text_variable *variable_named(struct span name)
{
	for (size_t i = 0; i < text_variable_count; i++) {
		if (span_is(name, text_variables[i].name))
			return &text_variables[i];
	}
	return NULL;
}

/* The variable that text begins with; *ret_bytes are those from {{ to }}. False: it begins
 * with none. A name ends before a quote or another brace, so that nothing outside a string
 * is taken. */
static bool variable_at(const char *text, struct span *ret_name, size_t *ret_bytes)
{
	if (!text_starts_with(text, variable_open))
		return false;
	const char *name = text + strlen(variable_open);
	size_t bytes = strcspn(name, "{}\"\\\n");
	if (!text_starts_with(name + bytes, variable_close))
		return false;
	*ret_name = (struct span){ name, bytes };
	*ret_bytes = (size_t)(name - text) + bytes + strlen(variable_close);
	return true;
}

/* ---- texts ---- */

/* Texts come from outside: what controls a terminal or a page becomes a blank; lines stay. */
static void blank_from(struct buf *ret, size_t from)
{
	char *const end = ret->data + ret->len;
	for (char *at = ret->data + from; at < end; at++) {
		const unsigned char c = (unsigned char)*at;
		if ((c < 0x20 && c != '\n') || c == 0x7f)
			*at = ' ';
	}
}

static void add_value(const struct text_variable *variable,
		      const struct payload_facts *facts, struct buf *ret)
{
	size_t from = ret->len;
	variable->add(facts, ret);
	blank_from(ret, from);
}

void text_expand(const char *text, const struct payload_facts *facts, struct buf *ret)
{
	while (*text != '\0') {
		struct span name;
		size_t bytes = strcspn(text, "{");
		if (bytes == 0)
			bytes = 1;
		const struct text_variable *variable =
			variable_at(text, &name, &bytes) ? variable_named(name) : NULL;
		if (variable != NULL && !variable->template_only)
			add_value(variable, facts, ret);
		else
			buf_add(ret, text, bytes);
		text += bytes;
	}
}

/* Append text as the public may see it, cut to what PUBLIC_TEXT_SIZE holds. */
static void add_public(const char *text, struct buf *ret)
{
	char cut[PUBLIC_TEXT_SIZE];
	size_t from = ret->len;
	text_cut(cut, sizeof(cut), text, SIZE_MAX);
	buf_adds(ret, cut);
	blank_from(ret, from);
}

/* The service's own wording, or its integration's. */
static const char *wording(const struct payload_facts *facts, size_t member)
{
	const struct public_text *const texts[] = { facts->service_text,
						    facts->integration_text };
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		const char *text =
			texts[i] != NULL ? (const char *)texts[i] + member : "";
		if (*text != '\0')
			return text;
	}
	return "";
}

void public_title_add(const struct payload_facts *facts, struct buf *ret)
{
	DEFER(buf_done)
	struct buf title = BUF_INIT(EXPANDED_MAX);
	buf_adds(&title, facts->test ? test_prefix : "");
	text_expand(wording(facts, facts->severity == SERVICE_DEGRADED
					   ? offsetof(struct public_text, degraded_title)
					   : offsetof(struct public_text, title)),
		    facts, &title);
	add_public(buf_text(&title), ret);
}

void public_description_add(const struct payload_facts *facts, struct buf *ret)
{
	if (facts->message != NULL && *facts->message != '\0') {
		add_public(facts->message, ret);
		return;
	}
	/* A service that another incident keeps down must not be said to operate normally
	 * (R9). */
	bool over = facts->incident_status == INCIDENT_MONITORING ||
		    facts->incident_status == INCIDENT_RESOLVED;
	bool well = over && facts->service_status == SERVICE_OPERATIONAL;
	size_t member = offsetof(struct public_text, disruption);
	if (facts->service_status == SERVICE_DEGRADED)
		member = offsetof(struct public_text, degraded);
	else if (well)
		member = offsetof(struct public_text, recovery);
	DEFER(buf_done)
	struct buf description = BUF_INIT(EXPANDED_MAX);
	text_expand(wording(facts, member), facts, &description);
	add_public(buf_text(&description), ret);
}

/* ---- checking ---- */

static bool refuse_variable(struct span name, bool in_template, struct err *err)
{
	char given[NAME_SHOWN_MAX];
	size_t bytes = name.bytes < sizeof(given) ? name.bytes : sizeof(given) - 1;
	memcpy(given, name.at, bytes);
	given[bytes] = '\0';

	struct nearest nearest;
	nearest_init(&nearest, given);
	for (size_t i = 0; i < text_variable_count; i++) {
		if (in_template || !text_variables[i].template_only)
			nearest_offer(&nearest, text_variables[i].name);
	}
	DEFER(buf_done)
	struct buf shown = BUF_INIT(4 * NAME_SHOWN_MAX * 2);
	text_add_safe(&shown, given, false);
	const char *near = nearest_found(&nearest);
	if (near == NULL)
		return fail(err, ERR_INVALID, "there is no variable {{@%s}}",
			    buf_text(&shown));
	return fail(err, ERR_INVALID,
		    "there is no variable {{@%s}}; {{@%s}} is the nearest",
		    buf_text(&shown), near);
}

/* Checks every variable of text; *ret_bytes_max: what it can grow to. */
static bool check_variables(const char *text, bool in_template, size_t *ret_bytes_max,
			    struct err *err)
{
	size_t bytes_max = 0;
	for (size_t bytes = 1; *text != '\0'; text += bytes) {
		struct span name;
		bytes = 1;
		if (!variable_at(text, &name, &bytes)) {
			if (text_starts_with(text, variable_open))
				return fail(err, ERR_INVALID,
					    "a variable begins with {{@ and does "
					    "not end with }}");
			bytes_max++;
			continue;
		}
		const struct text_variable *variable = variable_named(name);
		if (variable == NULL || (variable->template_only && !in_template))
			return refuse_variable(name, in_template, err);
		bytes_max += variable->bytes_max;
	}
	*ret_bytes_max = bytes_max;
	return true;
}

bool text_check(const char *text, struct err *err)
{
	size_t bytes_max;
	return check_variables(text, false, &bytes_max, err);
}

static bool find_braces(const char *text, bool also_variables, struct span *ret)
{
	while ((text = strstr(text, "{{")) != NULL) {
		struct span name;
		size_t bytes;
		const char *end = strstr(text, variable_close);
		if (end == NULL)
			return false;
		if (also_variables || !variable_at(text, &name, &bytes)) {
			*ret = (struct span){ text, (size_t)(end - text) +
							    strlen(variable_close) };
			return true;
		}
		text += bytes;
	}
	return false;
}

bool text_find_literal(const char *text, struct span *ret)
{
	return find_braces(text, false, ret);
}

bool body_find_literal(const char *body, struct span *ret)
{
	return find_braces(body, true, ret);
}

bool template_check(const char *json, struct err *err)
{
	if (json == NULL || *json == '\0')
		return fail(err, ERR_INVALID, "Template is missing");
	DEFER(json_done)
	struct json *document = json_parse(json, strlen(json), err);
	if (document == NULL)
		return fail_in(err, "Template is no JSON");
	if (json_type_of(document) != JSON_OBJECT)
		return fail(err, ERR_INVALID, "Template is %s; it must be an object",
			    json_type_name(json_type_of(document)));
	size_t bytes_max = 0;
	if (!check_variables(json, true, &bytes_max, err))
		return fail_in(err, "Template");
	if (bytes_max > BODY_MAX)
		return fail(err, ERR_INVALID,
			    "Template can grow to %zu bytes; at most %d can be sent: "
			    "name "
			    "fewer variables",
			    bytes_max, BODY_MAX);
	return true;
}

/* ---- templates ---- */

/* Bytes of the JSON string that text begins with, quotes included. */
static size_t string_bytes(const char *text)
{
	size_t bytes = 1;
	while (text[bytes] != '"' && text[bytes] != '\0')
		bytes += text[bytes] == '\\' && text[bytes + 1] != '\0' ? 2 : 1;
	return bytes + (text[bytes] == '"' ? 1 : 0);
}

static void add_escaped(const struct text_variable *variable,
			const struct payload_facts *facts, struct buf *ret)
{
	DEFER(buf_done)
	struct buf value = BUF_INIT(VALUE_MAX);
	DEFER(buf_done)
	struct buf quoted = BUF_INIT(VALUE_MAX * 6);
	add_value(variable, facts, &value);
	json_add_quoted(&quoted, buf_text(&value));
	buf_add(ret, quoted.data + 1, quoted.len - 2);
}

/* The inside of one JSON string, escaped as it stands. */
static void expand_string(struct span inside, const struct payload_facts *facts,
			  struct buf *ret)
{
	for (size_t at = 0, bytes = 1; at < inside.bytes; at += bytes) {
		struct span name;
		bytes = 1;
		const struct text_variable *variable =
			variable_at(inside.at + at, &name, &bytes) ? variable_named(name)
								   : NULL;
		if (variable != NULL)
			add_escaped(variable, facts, ret);
		else
			buf_add(ret, inside.at + at, bytes);
	}
}

/* One string with its quotes. title: the value of a "title", which says when it is a test. */
static void add_string(struct span inside, bool title, const struct payload_facts *facts,
		       struct buf *ret)
{
	DEFER(buf_done)
	struct buf expanded = BUF_INIT(BODY_MAX);
	expand_string(inside, facts, &expanded);
	buf_addc(ret, '"');
	if (title && facts->test && !text_starts_with(buf_text(&expanded), test_prefix))
		buf_adds(ret, test_prefix);
	buf_add(ret, expanded.data, expanded.len);
	buf_addc(ret, '"');
	ret->overflowed |= expanded.overflowed;
}

void template_expand(const char *json, const struct payload_facts *facts, struct buf *ret)
{
	struct span last = { "", 0 };
	bool after_colon = false;
	while (*json != '\0') {
		if (*json != '"') {
			after_colon |= *json == ':';
			after_colon &= strchr(",{[", *json) == NULL;
			buf_addc(ret, *json++);
			continue;
		}
		size_t bytes = string_bytes(json);
		struct span inside = { json + 1, bytes - 2 };
		add_string(inside, after_colon && span_is(last, "title"), facts, ret);
		last = inside;
		after_colon = false;
		json += bytes;
	}
}
