#include "core/judge/act_undo.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/judge/audit_words.h"
#include "core/judge/undo_row.h"

enum { DESCRIBED_MAX = 12 };

/* ---- the act's rows ---- */

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

/* Undone from the last row to the first, made again from the first to the last. */
static bool apply_act(void *arg, struct store *store, struct err *err)
{
	struct undo *undo = arg;

	store_mark_undo(store, undo->act, undo->redo);
	for (size_t i = 0; i < undo->count; i++) {
		size_t at = undo->redo ? i : undo->count - 1 - i;
		if (!undo_row_apply(&undo->rows[at], store, undo->redo, undo->said, err))
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
	struct json *told = audit_parse(row->before != NULL ? row->before : row->after);
	const char *comma = " (";

	buf_adds(ret, row->row.object);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		DEFER(mem_free)
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
			buf_addf(ret, "%s '%s': ", row->row.object_kind, row->row.object);
		else
			add_subject(store, row, ret);
		audit_add_words(ret, &row->row, row->before, row->after, !redo);
		buf_addc(ret, '\n');
	}
	if (undo.count > DESCRIBED_MAX)
		buf_addf(ret, "and %zu more\n", undo.count - DESCRIBED_MAX);
	return true;
}
