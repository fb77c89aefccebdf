#include "core/judge/act_undo.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/judge/audit_words.h"
#include "core/judge/told_value.h"

enum { DESCRIBED_MAX = 12 };

/* ---- the act's rows ---- */

struct undo_row {
	struct audit_row row;
	char *before, *after; /* NULL: was not, is not */
};

struct undo {
	struct undo_row *rows;
	size_t count, capacity;
	int64_t act;
	bool redo;
	struct buf *said;
};

static void undo_done(struct undo *undo)
{
	for (size_t i = 0; i < undo->count; i++) {
		free(undo->rows[i].before);
		free(undo->rows[i].after);
	}
	free(undo->rows);
}

static bool keep_row(void *arg, const struct audit_row *row, const char *before,
		     const char *after)
{
	struct undo *undo = arg;

	VEC_PUSH(undo->rows, undo->count, undo->capacity) = (struct undo_row){
		.row = *row,
		.before = before != NULL ? mem_strdup(before) : NULL,
		.after = after != NULL ? mem_strdup(after) : NULL,
	};
	return true;
}

/* ---- the records ---- */

static void free_record(void **rec)
{
	free(*rec);
}

static const char *name_in(const struct undo_row *row)
{
	return row->row.object;
}

/* ---- putting back ---- */

static bool refuse_secret(enum record_kind kind, const char *name, struct err *err)
{
	return fail(err, ERR_REFUSED,
		    "%s '%.200s' cannot be brought back: its URL is a secret and was not "
		    "kept. Add it anew, with its URL",
		    kind == RECORD_SERVICE ? "Service" : record_types[kind].name, name);
}

static bool put_back(struct store *store, enum record_kind kind, int64_t id,
		     const struct json *told, struct err *err)
{
	const struct record_type *type = &record_types[kind];
	DEFER(free_record) void *rec = mem_new(1, type->size);
	const char *name = json_string(json_get(told, "name"));

	record_defaults(kind, rec);
	((struct record_head *)rec)->id = id;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (field->secret)
			return refuse_secret(kind, name != NULL ? name : "", err);
		if (!told_set_value(field, rec, json_get(told, field->column), err))
			return false;
	}
	return store_put_back(store, kind, rec, err);
}

static int kind_of(const struct json *told)
{
	const char *name = json_string(json_get(told, "kind"));

	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
		if (name != NULL && text_equal(record_types[kind].name, name))
			return kind;
	return -1;
}

/* A membership that went with the record: its group, monitor or definition. */
static bool join_again(struct store *store, enum record_kind kind, int64_t id,
		       const struct json *told, struct err *err)
{
	const char *group = json_string(json_get(told, "group"));
	int64_t other = 0;

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
		int held = kind_of(one);
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
	DEFER(free_record) void *rec = mem_new(1, type->size);

	if (!load_now(store, row, rec, err))
		return false;
	for (size_t i = 0; i < type->field_count; i++)
		if (!told_is_value(&type->fields[i], rec,
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

	if (told_is_same(was, wanted))
		return true;
	if (field->secret) {
		*ret_secret = true;
		return true;
	}
	if (!told_is_value(field, rec, was))
		return refuse_changed(row, field, err);
	return told_set_value(field, rec, wanted, err);
}

static bool change_back(struct undo *undo, struct store *store,
			const struct undo_row *row, const struct json *from,
			const struct json *to, struct err *err)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);
	const struct record_type *type = &record_types[kind];
	DEFER(free_record) void *rec = mem_new(1, type->size);
	DEFER(free_record) void *now = mem_new(1, type->size);
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
			    "The URL of '%.200s' cannot be brought back: a replaced "
			    "secret is not kept. Edit it and enter the URL again",
			    name_in(row));
	if (secret)
		buf_addf(undo->said,
			 "The URL of '%.200s' stays as it is: a replaced secret cannot "
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

	if (group != NULL && audit_record_kind(&row->row) == RECORD_MONITOR)
		return store_group_set(store, group, id, member, err);
	if (group != NULL)
		return store_definition_set_group(store, id, group, member, err);
	return monitor == NULL ||
	       (store_find_id(store, RECORD_MONITOR, monitor, &monitor_id, err) &&
		store_definition_set_monitor(store, id, monitor_id, member, err));
}

/* ---- the whole act ---- */

static struct json *parse(const char *text)
{
	struct err err;

	return text != NULL ? json_parse(text, strlen(text), &err) : NULL;
}

static bool apply_row(struct undo *undo, struct store *store, const struct undo_row *row,
		      struct err *err)
{
	DEFER(json_done) struct json *from = parse(undo->redo ? row->before : row->after);
	DEFER(json_done) struct json *to = parse(undo->redo ? row->after : row->before);
	bool member = text_equal(row->row.action, "add") ||
		      text_equal(row->row.action, "remove");

	if (audit_record_kind(&row->row) < 0 || (from == NULL && to == NULL))
		return fail(err, ERR_REFUSED, "'%.200s' cannot be undone: %s %s",
			    name_in(row), row->row.action, row->row.object_kind);
	if (member)
		return set_membership(store, row, to != NULL ? to : from, to != NULL,
				      err);
	if (from == NULL)
		return put_back_all(store, row, to, err);
	if (to == NULL)
		return take_away(store, row, from, err);
	return change_back(undo, store, row, from, to, err);
}

/* Undone from the last row to the first, made again from the first to the last. */
static bool apply_act(void *arg, struct store *store, struct err *err)
{
	struct undo *undo = arg;

	store_mark_undo(store, undo->act, undo->redo);
	for (size_t i = 0; i < undo->count; i++) {
		size_t at = undo->redo ? i : undo->count - 1 - i;
		if (!apply_row(undo, store, &undo->rows[at], err))
			return false;
	}
	return true;
}

bool act_undo(struct store *store, int64_t act, bool redo, bool dry_run, int64_t now_ms,
	      struct act_result *ret, struct err *err)
{
	DEFER(undo_done)
	struct undo undo = { .act = act, .redo = redo, .said = &ret->said };

	return store_list_act(store, act, keep_row, &undo, err) &&
	       act_configure(store, apply_act, &undo, dry_run, now_ms, ret, err);
}

/* What a record without a name of its own is between: "link (Shop, Website)". */
static void add_subject(struct store *store, const struct undo_row *row, struct buf *ret)
{
	enum record_kind kind = (enum record_kind)audit_record_kind(&row->row);
	const struct record_type *type = &record_types[kind];
	DEFER(json_done)
	struct json *told = parse(row->before != NULL ? row->before : row->after);
	const char *comma = " (";

	buf_adds(ret, row->row.object);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		DEFER(free_record)
		void *rec = mem_new(1, record_types[field->reference].size);
		struct err gone = { 0 };
		int64_t id = 0;
		if (field->type != FIELD_REFERENCE ||
		    field->reference == RECORD_PLACEMENT ||
		    !json_integer(json_get(told, field->column), &id) ||
		    !store_get(store, field->reference, id, rec, &gone))
			continue;
		buf_addf(ret, "%s%s", comma, record_name(field->reference, rec));
		comma = ", ";
	}
	buf_adds(ret, comma[0] == ',' ? "): " : ": ");
}

bool act_undo_describe(struct store *store, int64_t act, bool redo, struct buf *ret,
		       struct err *err)
{
	DEFER(undo_done) struct undo undo = { .act = act };
	char when[TIME_TEXT_SIZE];

	if (!store_list_act(store, act, keep_row, &undo, err))
		return false;
	for (size_t i = 0; i < undo.count && i < DESCRIBED_MAX; i++) {
		const struct undo_row *row = &undo.rows[i];
		if (i == 0)
			buf_addf(ret, "%s by %s:\n",
				 time_format_local(when, row->row.at_ms), row->row.actor);
		if (audit_record_kind(&row->row) < 0 ||
		    field_by_column((enum record_kind)audit_record_kind(&row->row),
				    "name"))
			buf_addf(ret, "%s '%s': ", row->row.object_kind, name_in(row));
		else
			add_subject(store, row, ret);
		audit_add_words(ret, &row->row, row->before, row->after, !redo);
		buf_addc(ret, '\n');
	}
	if (undo.count > DESCRIBED_MAX)
		buf_addf(ret, "and %zu more\n", undo.count - DESCRIBED_MAX);
	return true;
}
