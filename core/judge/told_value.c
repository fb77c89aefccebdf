#include "core/judge/told_value.h"

#include "core/base/text.h"

enum { VALUE_MAX = 64 * 1024 };

/* The value as the audit tells it; a flag or a number as JSON. */
static void describe_value(const struct field *field, const void *rec, struct buf *ret)
{
	if (field->type == FIELD_BOOL)
		buf_adds(ret, field_number(field, rec) != 0 ? "true" : "false");
	else if (field->type == FIELD_INTEGER || field->type == FIELD_REFERENCE)
		buf_addf(ret, "%lld", (long long)field_number(field, rec));
	else
		field_describe(field, rec, ret);
}

static void json_text(const struct json *value, struct buf *ret)
{
	if (json_type_of(value) == JSON_STRING)
		buf_adds(ret, json_string(value));
	else
		json_add_value(ret, value);
}

bool told_is_value(const struct field *field, const void *rec, const struct json *value)
{
	DEFER(buf_done)
	struct buf is = BUF_INIT(VALUE_MAX);
	DEFER(buf_done)
	struct buf told = BUF_INIT(VALUE_MAX);

	describe_value(field, rec, &is);
	json_text(value, &told);
	return text_equal(buf_text(&is), buf_text(&told));
}

bool told_is_same(const struct json *a, const struct json *b)
{
	DEFER(buf_done)
	struct buf x = BUF_INIT(VALUE_MAX);
	DEFER(buf_done)
	struct buf y = BUF_INIT(VALUE_MAX);

	json_text(a, &x);
	json_text(b, &y);
	return text_equal(buf_text(&x), buf_text(&y));
}

bool told_set_value(const struct field *field, void *rec, const struct json *value,
		    struct err *err)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(VALUE_MAX);

	json_text(value, &text);
	return field_parse(field, buf_text(&text), rec, err);
}
