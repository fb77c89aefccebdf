#include "core/judge/audit_words.h"

#include <string.h>

#include "core/base/json.h"
#include "core/base/text.h"

enum { VALUE_MAX = 64 * 1024, VALUE_SHOWN = 120 };

int audit_record_kind(const struct audit_row *row)
{
	return record_kind_named(row->object_kind);
}

struct json *audit_parse(const char *text)
{
	return text != NULL ? json_parse(text, strlen(text), NULL) : NULL;
}

static void add_value(struct buf *ret, const struct json *value)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(VALUE_MAX);
	char shown[VALUE_SHOWN * 4 + 1];
	bool flag;

	if (json_type_of(value) == JSON_STRING)
		buf_adds(&text, json_string(value));
	else if (json_bool(value, &flag))
		buf_adds(&text, flag ? "yes" : "no");
	else
		json_add_value(&text, value);
	bool whole = text_cut(shown, sizeof(shown), buf_text(&text), VALUE_SHOWN);
	buf_addf(ret, "%s%s", text.len == 0 ? "(empty)" : shown, whole ? "" : "…");
}

static bool is_same(const struct json *a, const struct json *b)
{
	DEFER(buf_done)
	struct buf x = BUF_INIT(VALUE_MAX);
	DEFER(buf_done)
	struct buf y = BUF_INIT(VALUE_MAX);

	json_add_value(&x, a);
	json_add_value(&y, b);
	return text_equal(buf_text(&x), buf_text(&y));
}

static void add_differences(struct buf *ret, enum record_kind kind,
			    const struct json *from, const struct json *to)
{
	const struct record_type *type = &record_types[kind];
	size_t begin = ret->len;

	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		const struct json *was = json_get(from, field->column);
		const struct json *is = json_get(to, field->column);
		if (is_same(was, is))
			continue;
		buf_addf(ret, "%s%s: ", ret->len > begin ? ", " : "", field->label);
		add_value(ret, was);
		buf_adds(ret, " -> ");
		add_value(ret, is);
	}
}

/* {"group": NAME}, {"monitor": NAME} or {"service": NAME}. */
static void add_membership(struct buf *ret, const struct json *member, bool added)
{
	const struct json *name = json_first(member);

	if (name != NULL)
		buf_addf(ret, "%s %s: %s", json_key(name), json_string(name),
			 added ? "added" : "taken out");
}

/* There before, or there after. */
static void add_existence(struct buf *ret, const struct json *from, const struct json *to)
{
	size_t with = json_count(json_get(to != NULL ? to : from, "with"));

	buf_adds(ret, to != NULL ? "created" : "deleted");
	if (with > 0)
		buf_addf(ret, ", and %zu that hang%s on it", with, with == 1 ? "s" : "");
}

bool audit_is_membership(const struct audit_row *row)
{
	return text_equal(row->action, "add") || text_equal(row->action, "remove");
}

void audit_add_words(struct buf *ret, const struct audit_row *row, const char *before,
		     const char *after, bool back)
{
	DEFER(json_done) struct json *from = audit_parse(back ? after : before);
	DEFER(json_done) struct json *to = audit_parse(back ? before : after);
	int kind = audit_record_kind(row);

	if (kind < 0 || (from == NULL && to == NULL))
		return;
	if (audit_is_membership(row))
		add_membership(ret, to != NULL ? to : from, to != NULL);
	else if (from != NULL && to != NULL)
		add_differences(ret, (enum record_kind)kind, from, to);
	else
		add_existence(ret, from, to);
}
