#include "core/judge/undo_row.h"

#include <string.h>

#include "core/base/text.h"
#include "core/judge/audit_words.h"
#include "core/judge/undo_target.h"
#include "core/rules/secret.h"

enum { VALUE_MAX = 64 * 1024 };

/* ---- values ---- */

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

/* A row from before there was this field says nothing of it. */
static bool is_value(const struct field *field, const void *rec, const struct json *value)
{
	DEFER(buf_done)
	struct buf is = BUF_INIT(VALUE_MAX);
	DEFER(buf_done)
	struct buf told = BUF_INIT(VALUE_MAX);

	if (value == NULL)
		return true;
	describe_value(field, rec, &is);
	json_text(value, &told);
	return text_equal(buf_text(&is), buf_text(&told));
}

static bool is_same(const struct json *a, const struct json *b)
{
	DEFER(buf_done)
	struct buf x = BUF_INIT(VALUE_MAX);
	DEFER(buf_done)
	struct buf y = BUF_INIT(VALUE_MAX);

	json_text(a, &x);
	json_text(b, &y);
	return text_equal(buf_text(&x), buf_text(&y));
}

static bool set_value(const struct field *field, void *rec, const struct json *value,
		      struct err *err)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(VALUE_MAX);

	json_text(value, &text);
	return field_parse(field, buf_text(&text), rec, err);
}

static const char *name_in(const struct undo_row *row)
{
	return row->row.object;
}

/* ---- putting back ---- */

/* Is the audit's text of the field masked: is it no value to put back? */
static bool is_masked(const struct field *field, const struct json *told)
{
	const char *text = json_string(told);
	return field->secret ||
	       (field->mask != NULL && text != NULL && strstr(text, SECRET_MASK) != NULL);
}

static bool refuse_secret(enum record_kind kind, const struct field *field,
			  const char *name, struct err *err)
{
	const char *what = field->secret ? "URL" : field->label;
	return fail(err, ERR_REFUSED,
		    "%s '%.200s' cannot be brought back: its %s is a secret and was not "
		    "kept. Add it anew, with its %s",
		    kind == RECORD_SERVICE ? "Service" : record_types[kind].name, name,
		    what, what);
}

static bool put_back(struct store *store, enum record_kind kind, int64_t id,
		     const struct json *told, struct err *err)
{
	const struct record_type *type = &record_types[kind];
	DEFER(mem_free) void *rec = mem_new(1, type->size);
	const char *name = json_string(json_get(told, "name"));

	record_defaults(kind, rec);
	((struct record_head *)rec)->id = id;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		const struct json *value = json_get(told, field->column);
		if (is_masked(field, value))
			return refuse_secret(kind, field, name != NULL ? name : "", err);
		if (value != NULL && !set_value(field, rec, value, err))
			return false;
	}
	return store_put_back(store, kind, rec, err);
}

/* A membership that went with the record: its group, monitor or definition, or what
 * recurring maintenance covers. */
static bool join_again(struct store *store, enum record_kind kind, int64_t id,
		       const struct json *told, struct err *err)
{
	const char *group = json_string(json_get(told, "group"));
	int64_t other = 0;

	if (kind == RECORD_SCHEDULE || json_get(told, "schedule") != NULL)
		return undo_target_again(store, id, told, err);
	if (group != NULL)
		return kind == RECORD_MONITOR
			       ? store_group_set(store, group, id, true, err)
			       : store_definition_set_group(store, id, group, true, err);
	if (json_integer(json_get(told, "monitor"), &other))
		return store_definition_set_monitor(store, id, other, true, err);
	return !json_integer(json_get(told, "definition"), &other) ||
	       store_definition_set_monitor(store, other, id, true, err);
}

static bool put_back_all(struct store *store, const struct undo_row *row,
			 const struct json *told, struct err *err)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);

	if (!put_back(store, kind, row->row.object_id, told, err))
		return fail_in(err, "Bringing back %s '%.200s'", row->row.object_kind,
			       name_in(row));
	for (const struct json *one = json_first(json_get(told, "with")); one != NULL;
	     one = json_next(one)) {
		int held = record_kind_named(json_string(json_get(one, "kind")));
		int64_t id = 0;
		bool is_record = held >= 0 && json_integer(json_get(one, "id"), &id);
		if (is_record ? !put_back(store, (enum record_kind)held, id, one, err)
			      : !join_again(store, kind, row->row.object_id, one, err))
			return fail_in(err, "Bringing back what hung on '%.200s'",
				       name_in(row));
	}
	return true;
}

/* ---- taking away, changing back ---- */

static bool refuse_changed(const struct undo_row *row, const struct field *field,
			   struct err *err)
{
	return fail(
		err, ERR_REFUSED,
		"%s of %s '%.200s' was changed since; h shows by whom. Edit it instead",
		field->label, row->row.object_kind, name_in(row));
}

static bool load_now(struct store *store, const struct undo_row *row, void *ret,
		     struct err *err)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);
	struct err gone = { 0 };

	if (store_get(store, kind, row->row.object_id, ret, &gone))
		return true;
	return fail(err, ERR_REFUSED, "%s '%.200s' is gone; h shows by whom",
		    row->row.object_kind, name_in(row));
}

/* What was added and then filled is not taken away with what fills it. */
static bool check_empty(struct store *store, const struct undo_row *row, struct err *err)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);
	int64_t held[RECORD_KIND_COUNT];

	if (!store_count_held(store, kind, row->row.object_id, held, err))
		return false;
	for (int i = 0; i < RECORD_KIND_COUNT; i++)
		if (held[i] > 0)
			return fail(err, ERR_REFUSED,
				    "%s '%.200s' was added to since: a %s hangs on it. "
				    "Delete it with d instead",
				    row->row.object_kind, name_in(row),
				    record_types[i].name);
	return true;
}

static bool take_away(struct store *store, const struct undo_row *row,
		      const struct json *told, struct err *err)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);
	const struct record_type *type = &record_types[kind];
	DEFER(mem_free) void *rec = mem_new(1, type->size);

	if (!load_now(store, row, rec, err))
		return false;
	for (size_t i = 0; i < type->field_count; i++)
		if (!is_value(&type->fields[i], rec,
			      json_get(told, type->fields[i].column)))
			return refuse_changed(row, &type->fields[i], err);
	return (text_equal(row->row.action, "delete") || check_empty(store, row, err)) &&
	       store_delete(store, kind, row->row.object_id, err);
}

/* *ret_secret: the field is a secret, which stays as it is. */
static bool change_field(const struct undo_row *row, const struct field *field, void *rec,
			 const struct json *from, const struct json *to, bool *ret_secret,
			 struct err *err)
{
	const struct json *was = json_get(from, field->column);
	const struct json *wanted = json_get(to, field->column);

	if (is_same(was, wanted))
		return true;
	if (is_masked(field, was) || is_masked(field, wanted)) {
		*ret_secret = true;
		return true;
	}
	if (!is_value(field, rec, was))
		return refuse_changed(row, field, err);
	return set_value(field, rec, wanted, err);
}

static bool change_back(struct buf *said, struct store *store, const struct undo_row *row,
			const struct json *from, const struct json *to, struct err *err)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);
	const struct record_type *type = &record_types[kind];
	DEFER(mem_free) void *rec = mem_new(1, type->size);
	DEFER(mem_free) void *now = mem_new(1, type->size);
	bool secret = false;

	if (!load_now(store, row, rec, err))
		return false;
	memcpy(now, rec, type->size);
	for (size_t i = 0; i < type->field_count; i++)
		if (!change_field(row, &type->fields[i], rec, from, to, &secret, err))
			return false;
	bool changes = !record_equal(kind, rec, now);
	if (secret && !changes)
		return fail(err, ERR_REFUSED,
			    "The secret of '%.200s' cannot be brought back: a replaced "
			    "one is not kept. Edit it and enter it again",
			    name_in(row));
	if (secret)
		buf_addf(said,
			 "The secret of '%.200s' stays as it is: a replaced one cannot "
			 "be brought back\n",
			 name_in(row));
	return !changes || store_put(store, kind, rec, err);
}

/* ---- memberships ---- */

static bool set_membership(struct store *store, const struct undo_row *row,
			   const struct json *told, bool member, struct err *err)
{
	const char *group = json_string(json_get(told, "group"));
	const char *monitor = json_string(json_get(told, "monitor"));
	int64_t id = row->row.object_id;
	int64_t monitor_id = 0;

	if (audit_record_kind(&row->row) == RECORD_SCHEDULE)
		return undo_target_named(store, id, told, member, err);
	if (group != NULL && audit_record_kind(&row->row) == RECORD_MONITOR)
		return store_group_set(store, group, id, member, err);
	if (group != NULL)
		return store_definition_set_group(store, id, group, member, err);
	return monitor == NULL ||
	       (store_find_id(store, RECORD_MONITOR, monitor, &monitor_id, err) &&
		store_definition_set_monitor(store, id, monitor_id, member, err));
}

bool undo_row_apply(const struct undo_row *row, struct store *store, bool redo,
		    struct buf *said, struct err *err)
{
	DEFER(json_done)
	struct json *from = audit_parse(redo ? row->before : row->after);
	DEFER(json_done)
	struct json *to = audit_parse(redo ? row->after : row->before);

	if (audit_record_kind(&row->row) < 0 || (from == NULL && to == NULL))
		return fail(err, ERR_REFUSED, "'%.200s' cannot be undone: %s %s",
			    name_in(row), row->row.action, row->row.object_kind);
	if (audit_is_membership(&row->row))
		return set_membership(store, row, to != NULL ? to : from, to != NULL,
				      err);
	if (from == NULL)
		return put_back_all(store, row, to, err);
	if (to == NULL)
		return take_away(store, row, from, err);
	return change_back(said, store, row, from, to, err);
}
