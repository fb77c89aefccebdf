#include "db/record.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "db/record_sql.h"
#include "db/schedule.h"

enum { PARAMETER_MAX = 64 };

void *record_new(enum record_kind kind)
{
	return mem_new(1, record_types[kind].size);
}

/* ---- to and from columns ---- */

static void read_field(const struct stmt *stmt, int column, const struct field *field,
		       void *rec)
{
	if (field_is_text(field)) {
		column_copy(stmt, column, (char *)rec + field->offset, field->size);
		return;
	}
	int64_t number = field->type == FIELD_CHOICE
				 ? field_choice_parse(field, column_text(stmt, column))
				 : column_int(stmt, column);
	field_set_number(field, rec, number);
}

int record_read(const struct stmt *stmt, int first, enum record_kind kind, void *ret)
{
	const struct record_type *type = &record_types[kind];
	struct record_head *head = ret;
	head->id = column_int(stmt, first);
	head->revision = column_int(stmt, first + 1);
	int column = first + 2;
	for (size_t i = 0; i < type->field_count; i++)
		read_field(stmt, column++, &type->fields[i], ret);
	return column;
}

static void bind_field(struct stmt *stmt, const struct field *field, const void *rec)
{
	char name[PARAMETER_MAX] = ":";
	if (!text_copy(name + 1, sizeof(name) - 1, field->column))
		return;
	if (field_is_text(field) && field->optional)
		bind_filled(stmt, name, field_text(field, rec));
	else if (field_is_text(field))
		bind_text(stmt, name, field_text(field, rec));
	else if (field->type == FIELD_CHOICE)
		bind_text(stmt, name, field->choice_text((int)field_number(field, rec)));
	else
		bind_int(stmt, name, field_number(field, rec));
}

static void bind_fields(struct stmt *stmt, enum record_kind kind, const void *rec)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count; i++)
		bind_field(stmt, &type->fields[i], rec);
}

/* ---- one record ---- */

bool record_fill(struct store *store, enum record_kind kind, void *rec, struct err *err)
{
	if (kind == RECORD_MAINTENANCE)
		((struct maintenance *)rec)->targets[0] = '\0';
	if (kind == RECORD_SCHEDULE)
		return schedule_fill(store, rec, err);
	if (kind != RECORD_SERVICE)
		return true;
	struct service *service = rec;
	const char *name;
	return known_integration(store, service->integration_id, &name, err) &&
	       text_copy(service->integration, sizeof(service->integration), name);
}

bool record_load(struct store *store, enum record_kind kind, int64_t id, void *ret,
		 bool *ret_found, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, RECORD_GET);
	bind_int(s, ":id", id);
	if (!stmt_any(s, ret_found, err))
		return false;
	if (!*ret_found)
		return true;
	record_read(s, 0, kind, ret);
	return record_fill(store, kind, ret, err);
}

bool store_get(struct store *store, enum record_kind kind, int64_t id, void *ret,
	       struct err *err)
{
	bool found = false;
	if (!record_load(store, kind, id, ret, &found, err))
		return false;
	return found || record_missing_id(kind, id, err);
}

bool record_twin(struct store *store, enum record_kind kind, const void *rec,
		 int64_t *ret_id, struct err *err)
{
	const char *const *columns = record_identity(kind);
	*ret_id = 0;
	if (columns[0] == NULL)
		return true;
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, RECORD_FIND);
	for (int i = 0; columns[i] != NULL; i++)
		bind_field(s, field_by_column(kind, columns[i]), rec);
	return stmt_number(s, 0, ret_id, err);
}

static bool insert(struct store *store, enum record_kind kind, struct record_head *head,
		   struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, RECORD_INSERT);
	bind_fields(s, kind, head);
	int64_t id = 0;
	if (!stmt_number(s, 0, &id, err) || !stmt_run(s, err))
		return false;
	*head = (struct record_head){ .id = id, .revision = 1 };
	return true;
}

bool record_save(struct store *store, enum record_kind kind, void *rec, bool *ret_stale,
		 struct err *err)
{
	struct record_head *head = rec;
	*ret_stale = false;
	if (head->id == 0)
		return insert(store, kind, head, err);
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, RECORD_UPDATE);
	bind_int(s, ":id", head->id);
	bind_int(s, ":revision", head->revision);
	bind_fields(s, kind, rec);
	int64_t revision = 0;
	if (!stmt_number(s, 0, &revision, err) || !stmt_run(s, err))
		return false;
	*ret_stale = revision == 0;
	if (revision > 0)
		head->revision = revision;
	return true;
}

bool record_put_back(struct store *store, enum record_kind kind, const void *rec,
		     struct err *err)
{
	const struct record_head *head = rec;
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, RECORD_PUT_BACK);
	bind_int(s, ":id", head->id);
	bind_int(s, ":revision", head->revision);
	bind_fields(s, kind, rec);
	return stmt_run(s, err);
}

bool record_remove(struct store *store, enum record_kind kind, int64_t id,
		   struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_record_query(store, kind, RECORD_DELETE);
	bind_int(s, ":id", id);
	return stmt_run(s, err);
}

void record_note_secret(struct store *store, enum record_kind kind, const void *before,
			const void *after)
{
	/* An integration takes its services with it. */
	if (kind == RECORD_INTEGRATION && after == NULL)
		store->drops_secret = true;
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; before != NULL && i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		bool holds_secret = field->secret || field->mask != NULL;
		if (holds_secret &&
		    (after == NULL ||
		     !text_equal(field_text(field, before), field_text(field, after))))
			store->drops_secret = true;
	}
}

bool record_configuration_changed(struct store *store, struct err *err)
{
	known_forget(store);
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_FACT_ADD);
	bind_text(s, ":name", FACT_CONFIG_REVISION);
	bind_int(s, ":number", 1);
	return stmt_run(s, err);
}
