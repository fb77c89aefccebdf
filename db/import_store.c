#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "db/import.h"
#include "db/record.h"

enum { LABEL_MAX = 8192, SHOWN_CHARS = 60, SHOWN_MAX = 1024, VALUE_MAX = 65536 };

/* ---- plan ---- */

static bool add_label(struct import *im, enum record_kind kind, int64_t id,
		      struct buf *ret)
{
	static const enum query labels[] = {
		[RECORD_MONITOR] = Q_LABEL_MONITOR,
		[RECORD_INTEGRATION] = Q_LABEL_INTEGRATION,
		[RECORD_SERVICE] = Q_LABEL_SERVICE,
		[RECORD_DEFINITION] = Q_LABEL_DEFINITION,
		[RECORD_LEVEL] = Q_LABEL_LEVEL,
		[RECORD_PLACEMENT] = Q_LABEL_PLACEMENT,
		[RECORD_LINK] = Q_LABEL_LINK,
	};
	DEFER(stmt_done) struct stmt *s = db_query(im->store, labels[kind]);
	bind_int(s, ":id", id);
	int got = stmt_step(s, im->err);
	if (got > 0)
		text_add_safe(ret, column_text(s, 0), false);
	return got >= 0;
}

void import_plan(struct import *im, bool added, const char *format, ...)
{
	DEFER(buf_done) struct buf line = BUF_INIT(LABEL_MAX);
	va_list args;
	va_start(args, format);
	buf_vaddf(&line, format, args);
	va_end(args);
	buf_addf(im->plan, "%c ", added ? '+' : '-');
	text_add_safe(im->plan, buf_text(&line), false);
	buf_addc(im->plan, '\n');
	im->created += added;
	im->removed += !added;
}

static bool plan_record(struct import *im, char sign, enum record_kind kind, int64_t id)
{
	DEFER(buf_done) struct buf label = BUF_INIT(LABEL_MAX);
	if (!add_label(im, kind, id, &label))
		return false;
	buf_addf(im->plan, "%c %s\n", sign, buf_text(&label));
	return true;
}

/* A value for one line: safe, and cut when long. */
static void add_value(struct buf *ret, const struct field *field, const void *rec)
{
	DEFER(buf_done) struct buf text = BUF_INIT(VALUE_MAX);
	char cut[SHOWN_MAX];
	field_format(field, rec, &text);
	bool whole = text_cut(cut, sizeof(cut), buf_text(&text), SHOWN_CHARS);
	text_add_safe(ret, cut[0] == '\0' ? "none" : cut, false);
	buf_adds(ret, whole ? "" : "…");
}

static void add_change(struct buf *ret, const struct field *field, const void *before,
		       const void *after)
{
	buf_addf(ret, "%s%s ", ret->len == 0 ? "" : ", ",
		 field->key != NULL ? field->key : field->column);
	if (field_is_text(field) && (field_hides(field, field_text(field, before)) ||
				     field_hides(field, field_text(field, after)))) {
		char was[FINGERPRINT_SIZE];
		char is[FINGERPRINT_SIZE];
		buf_addf(ret, "changed (fingerprint %s -> %s)",
			 fingerprint(was, field_text(field, before)),
			 fingerprint(is, field_text(field, after)));
		return;
	}
	add_value(ret, field, before);
	buf_adds(ret, " -> ");
	add_value(ret, field, after);
}

static bool plan_change(struct import *im, const struct item *item)
{
	const struct record_type *type = &record_types[item->kind];
	const struct record_head *head = item->rec;
	DEFER(buf_done) struct buf label = BUF_INIT(LABEL_MAX);
	DEFER(buf_done) struct buf changes = BUF_INIT(VALUE_MAX);
	if (!add_label(im, item->kind, head->id, &label))
		return false;
	for (size_t i = 0; i < type->field_count; i++) {
		if (!field_equal(&type->fields[i], item->before, item->rec))
			add_change(&changes, &type->fields[i], item->before, item->rec);
	}
	buf_addf(im->plan, "~ %s: %s\n", buf_text(&label), buf_text(&changes));
	return true;
}

/* ---- one record ---- */

struct item import_item(struct import *im, enum record_kind kind, const struct spot *spot,
			const struct json *json)
{
	struct item item = { .kind = kind,
			     .spot = spot,
			     .json = json,
			     .rec = record_new(kind),
			     .faults_before = im->fault_count };
	record_defaults(kind, item.rec);
	return item;
}

bool import_open(struct import *im, struct item *item)
{
	struct record_head *head = item->rec;
	int64_t id = 0;
	bool found = false;
	item->before = record_new(item->kind);
	if (!record_twin(im->store, item->kind, item->rec, &id, im->err))
		return false;
	if (id == 0)
		return true;
	if (!record_load(im->store, item->kind, id, item->before, &found, im->err))
		return false;
	memcpy(head, item->before, record_types[item->kind].size);
	return true;
}

void import_item_done(struct item *item)
{
	mem_free(&item->rec);
	mem_free(&item->before);
}

bool import_named(struct import *im, struct item *item, const char *const *extra)
{
	const char *name = import_required(im, item->spot, item->json, "name");
	if (name != NULL) {
		import_note_name(im, item->spot, "name", name);
		/* A name that is too long names nothing yet; reading the field says so.
		 */
		(void)!field_set_text(field_by_column(item->kind, "name"), item->rec,
				      name);
	}
	if (!import_open(im, item))
		return false;
	import_check_keys(im, item->spot, item->json, item->kind, extra);
	import_fields(im, item->spot, item->json, item->kind, item->rec);
	return true;
}

static void keep(struct import *im, enum record_kind kind, int64_t id)
{
	char name[64];
	DEFER(buf_done) struct buf text = BUF_INIT(sizeof(name));
	buf_addf(&text, "%d %" PRId64, (int)kind, id);
	name_set_add(&im->kept, buf_text(&text), 0, NULL);
}

bool import_names(const struct import *im, enum record_kind kind, int64_t id)
{
	DEFER(buf_done) struct buf text = BUF_INIT(64);
	buf_addf(&text, "%d %" PRId64, (int)kind, id);
	return name_set_has(&im->kept, buf_text(&text), NULL);
}

/* A sound field of a faulty record is kept, so that names find it. */
static void stand_in_field(struct import *im, const struct field *field,
			   const void *faulty, void *ret)
{
	char name[64];
	DEFER(buf_done) struct buf text = BUF_INIT(sizeof(name));
	bool is_sound = field_check(field, faulty, NULL);
	if (field->type == FIELD_REFERENCE || (is_sound && !field_is_text(field))) {
		field_set_number(field, ret, field_number(field, faulty));
		return;
	}
	if (!text_equal(field->column, "name"))
		return;
	buf_addf(&text, "\x01 fault %zu", im->fault_count);
	(void)!field_set_text(field, ret,
			      is_sound ? field_text(field, faulty) : buf_text(&text));
}

static bool stand_in(struct import *im, struct item *item)
{
	const struct record_type *type = &record_types[item->kind];
	DEFER(mem_free) void *fresh = record_new(item->kind);
	struct record_head *head = fresh;
	bool stale = false;
	int64_t twin = 0;
	record_defaults(item->kind, fresh);
	if (item->kind == RECORD_LEVEL)
		((struct level *)fresh)->number = 1;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (field->type == FIELD_REFERENCE || text_equal(field->column, "name") ||
		    text_equal(field->column, "number"))
			stand_in_field(im, field, item->rec, fresh);
		if (field->secret)
			(void)!field_set_text(field, fresh, "https://fault.invalid/");
	}
	if (!record_twin(im->store, item->kind, fresh, &twin, im->err))
		return false;
	head->id = twin;
	if (twin == 0 && !record_save(im->store, item->kind, fresh, &stale, im->err))
		return false;
	*(struct record_head *)item->rec = *head;
	return true;
}

static bool save(struct import *im, struct item *item)
{
	struct record_head *head = item->rec;
	bool is_new = head->id == 0;
	bool stale = false;
	if (!is_new && record_equal(item->kind, item->before, item->rec))
		return true;
	if (!record_save(im->store, item->kind, item->rec, &stale, im->err))
		return false;
	if (is_new) {
		im->created++;
		return plan_record(im, '+', item->kind, head->id);
	}
	im->changed++;
	record_note_secret(im->store, item->kind, item->before, item->rec);
	return plan_change(im, item);
}

/* Sentences of what fields mean together begin with the label of the one to mend. */
static const char *key_to_mend(enum record_kind kind, const char *sentence)
{
	const struct record_type *type = &record_types[kind];
	const struct field *found = NULL;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (field->key != NULL && text_starts_with(sentence, field->label) &&
		    (found == NULL || strlen(field->label) > strlen(found->label)))
			found = field;
	}
	return found == NULL ? NULL : found->key;
}

static bool fault_of_whole(struct import *im, const struct item *item,
			   const struct err *why)
{
	const struct spot at = { .above = item->spot,
				 .key = key_to_mend(item->kind, why->text) };
	return import_fault_of(im, at.key == NULL ? item->spot : &at, why);
}

bool import_store(struct import *im, struct item *item)
{
	struct record_head *head = item->rec;
	struct err why = { 0 };
	if (im->fault_count == item->faults_before &&
	    !record_check_whole(im->store, item->kind, item->rec, &why) &&
	    !fault_of_whole(im, item, &why))
		return false;
	bool is_faulty = im->fault_count > item->faults_before;
	if (is_faulty && item->kind == RECORD_LINK)
		return true; /* nothing refers to it */
	bool stored = !is_faulty      ? save(im, item)
		      : head->id == 0 ? stand_in(im, item)
				      : true;
	if (stored)
		keep(im, item->kind, head->id);
	return stored;
}

/* ---- prune ---- */

static bool remove_one(struct import *im, enum record_kind kind, int64_t id)
{
	DEFER(mem_free) void *rec = record_new(kind);
	struct err why = { 0 };
	bool found = false;
	if (!record_load(im->store, kind, id, rec, &found, im->err))
		return false;
	if (!record_check_free(im->store, kind, rec, &why)) {
		if (why.code != ERR_REFUSED)
			return fail(im->err, why.code, "%s", why.text);
		if (im->refusal.code == ERR_NONE)
			im->refusal = why;
		return true;
	}
	im->removed++;
	record_note_secret(im->store, kind, rec, NULL);
	return plan_record(im, '-', kind, id) &&
	       record_remove(im->store, kind, id, im->err);
}

bool import_prune(struct import *im, enum record_kind kind, int64_t parent_id)
{
	enum record_query query = parent_id == 0 ? RECORD_LIST : RECORD_LIST_OF;
	DEFER(id_list_done) struct id_list ids = { 0 };
	int got;
	{
		DEFER(stmt_done) struct stmt *s = db_record_query(im->store, kind, query);
		if (parent_id != 0)
			bind_int(s, ":parent", parent_id);
		while ((got = stmt_step(s, im->err)) > 0) {
			if (!import_names(im, kind, column_int(s, 0)))
				id_list_add(&ids, column_int(s, 0));
		}
	}
	bool good = got == 0;
	for (size_t i = 0; good && i < ids.count; i++)
		good = remove_one(im, kind, ids.items[i]);
	return good;
}
