/* Records as store.h offers them: checked, audited, with revisions that notice a lost
 * edit. */
#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "db/name.h"
#include "db/record.h"

enum { AUDIT_TEXT_MAX = 16 * 1024 * 1024 };

/* Who, when: of the last act on the record, or of the last import. */
static bool refuse_stale(struct store *store, enum record_kind kind, const void *rec,
			 struct err *err)
{
	const struct record_head *head = rec;
	DEFER(buf_done)
	struct buf shown = BUF_INIT(NAME_SHOWN_MAX);
	name_add_quoted(&shown, record_name(kind, rec));
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_AUDIT_LAST_OF);
	bind_text(s, ":kind", record_types[kind].name);
	bind_int(s, ":id", head->id);
	int got = stmt_step(s, err);
	if (got < 0)
		return false;
	char when[TIME_TEXT_SIZE] = "";
	if (got > 0)
		time_format_local(when, column_int(s, 1));
	const char *who = got > 0 && column_text(s, 0)[0] != '\0' ? column_text(s, 0)
								  : "somebody else";
	bool is_gone = got > 0 && text_equal(column_text(s, 2), "delete");
	return fail(err, ERR_REFUSED,
		    "%s %s was %s meanwhile by %s%s%s; look at it again, then repeat "
		    "your change",
		    record_types[kind].title, buf_text(&shown),
		    is_gone ? "deleted" : "changed", who, got > 0 ? " at " : "", when);
}

static bool audit(struct store *store, const char *action, enum record_kind kind,
		  const void *before, const void *after, struct err *err)
{
	DEFER(buf_done)
	struct buf was = BUF_INIT(AUDIT_TEXT_MAX);
	DEFER(buf_done)
	struct buf is = BUF_INIT(AUDIT_TEXT_MAX);
	const struct record_head *head = after != NULL ? after : before;
	bool is_delete = before != NULL && after == NULL;
	if (is_delete && !record_describe_whole(store, kind, before, &was, err))
		return false;
	if (before != NULL && !is_delete)
		record_describe(kind, before, &was);
	if (after != NULL)
		record_describe(kind, after, &is);
	return store_audit(store, action, record_types[kind].name, head->id,
			   record_name(kind, head),
			   before != NULL ? buf_text(&was) : NULL,
			   after != NULL ? buf_text(&is) : NULL, err);
}

static bool put(struct store *store, enum record_kind kind, void *rec, const char *action,
		struct err *err)
{
	struct record_head *head = rec;
	DEFER(mem_free) void *before = record_new(kind);
	const struct record_head *stored = before;
	bool existed = false;
	bool stale = false;
	if (head->id != 0 && !record_load(store, kind, head->id, before, &existed, err))
		return false;
	if (head->id != 0 && (!existed || stored->revision != head->revision))
		return refuse_stale(store, kind, rec, err);
	if (!record_check_whole(store, kind, rec, err) ||
	    !record_save(store, kind, rec, &stale, err))
		return false;
	record_note_secret(store, kind, existed ? before : NULL, rec);
	return audit(store, existed ? action : "create", kind, existed ? before : NULL,
		     rec, err) &&
	       record_configuration_changed(store, err);
}

static bool put_in_transaction(struct store *store, enum record_kind kind, void *rec,
			       const char *action, struct err *err)
{
	struct record_head *head = rec;
	const struct record_head before = *head;
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (store_begin(store, &tx, err) && put(store, kind, rec, action, err) &&
	    store_commit(&tx, err))
		return true;
	*head = before;
	return false;
}

bool store_put(struct store *store, enum record_kind kind, void *rec, struct err *err)
{
	return put_in_transaction(store, kind, rec, "update", err);
}

bool store_rename(struct store *store, enum record_kind kind, const char *old_name,
		  const char *new_name, struct err *err)
{
	DEFER(mem_free) void *rec = record_new(kind);
	int64_t id = 0;
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !store_find_id(store, kind, old_name, &id, err) ||
	    !store_get(store, kind, id, rec, err))
		return false;
	const struct field *name = field_by_column(kind, "name");
	if (text_equal(field_text(name, rec), new_name))
		return store_commit(&tx, err); /* no act: nothing for the audit */
	if (!field_parse(name, new_name, rec, err) ||
	    !put(store, kind, rec, "rename", err))
		return false;
	return store_commit(&tx, err);
}

bool store_delete(struct store *store, enum record_kind kind, int64_t id, struct err *err)
{
	DEFER(mem_free) void *rec = record_new(kind);
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) || !store_get(store, kind, id, rec, err) ||
	    !record_check_free(store, kind, rec, err) ||
	    !audit(store, "delete", kind, rec, NULL, err) ||
	    !record_remove(store, kind, id, err))
		return false;
	record_note_secret(store, kind, rec, NULL);
	return record_configuration_changed(store, err) && store_commit(&tx, err);
}

/* The revision is one that nobody can hold: none is higher than the configuration's. */
bool store_put_back(struct store *store, enum record_kind kind, void *rec,
		    struct err *err)
{
	struct record_head *head = rec;
	DEFER(mem_free) void *there = record_new(kind);
	bool exists = false;
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !record_load(store, kind, head->id, there, &exists, err))
		return false;
	if (exists)
		return fail(err, ERR_REFUSED, "%s #%" PRId64 " is there already",
			    record_types[kind].title, head->id);
	if (!record_configuration_changed(store, err) ||
	    !store_fact(store, FACT_CONFIG_REVISION, 1, &head->revision, err) ||
	    !record_check_whole(store, kind, rec, err) ||
	    !record_put_back(store, kind, rec, err) ||
	    !audit(store, "create", kind, NULL, rec, err))
		return false;
	return store_commit(&tx, err);
}

bool store_list(struct store *store, enum record_kind kind, int64_t parent_id,
		record_fn *row, void *arg, struct err *err)
{
	enum record_query query = parent_id == 0 ? RECORD_LIST : RECORD_LIST_OF;
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, query);
	if (parent_id != 0)
		bind_int(s, ":parent", parent_id);
	DEFER(mem_free) void *rec = record_new(kind);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		record_read(s, 0, kind, rec);
		if (!record_fill(store, kind, rec, err))
			return false;
		if (!row(arg, rec))
			return true;
	}
	return got == 0;
}
