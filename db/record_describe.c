/* Records in words, for the audit: what undo and history read. */
#include "core/base/json.h"
#include "db/holding.h"
#include "db/record.h"
#include "db/schedule.h"

enum { DESCRIPTION_MAX = 65536 };

static void describe_field(struct json_writer *w, const struct field *field,
			   const void *rec)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(DESCRIPTION_MAX);
	switch (field->type) {
	case FIELD_BOOL:
		json_put_bool(w, field->column, field_number(field, rec) != 0);
		return;
	case FIELD_INTEGER:
	case FIELD_REFERENCE:
		json_put_integer(w, field->column, field_number(field, rec));
		return;
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_URL:
	case FIELD_DURATION:
	case FIELD_TIME:
	case FIELD_CHOICE:
		field_describe(field, rec, &text);
		json_put_string(w, field->column, buf_text(&text));
		return;
	}
}

static void describe_fields(struct json_writer *w, enum record_kind kind, const void *rec)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count; i++)
		describe_field(w, &type->fields[i], rec);
}

void record_describe(enum record_kind kind, const void *rec, struct buf *ret)
{
	struct json_writer w = { .out = ret };
	json_open_object(&w, NULL);
	describe_fields(&w, kind, rec);
	json_close(&w);
}

/* ---- with all that hangs on it ---- */

static bool describe_held(struct store *store, struct json_writer *w,
			  enum record_kind kind, int64_t id, struct err *err);
static bool describe_members(struct store *store, struct json_writer *w,
			     enum record_kind kind, int64_t id, struct err *err);

static bool describe_one(struct store *store, struct json_writer *w,
			 enum record_kind kind, int64_t id, struct err *err)
{
	DEFER(mem_free) void *rec = record_new(kind);
	if (!store_get(store, kind, id, rec, err))
		return false;
	json_open_object(w, NULL);
	json_put_string(w, "kind", record_types[kind].name);
	json_put_integer(w, "id", id);
	describe_fields(w, kind, rec);
	json_close(w);
	return describe_held(store, w, kind, id, err) &&
	       describe_members(store, w, kind, id, err);
}

static bool describe_held(struct store *store, struct json_writer *w,
			  enum record_kind kind, int64_t id, struct err *err)
{
	for (size_t i = 0; i < holding_count; i++) {
		DEFER(id_list_done) struct id_list ids = { 0 };
		if (holdings[i].kind != kind)
			continue;
		if (!held_ids(store, holdings[i].query, id, &ids, err))
			return false;
		for (size_t k = 0; k < ids.count; k++)
			if (!describe_one(store, w, holdings[i].held, ids.items[k], err))
				return false;
	}
	return true;
}

static bool add_group(void *arg, const char *group)
{
	json_open_object(arg, NULL);
	json_put_string(arg, "group", group);
	json_close(arg);
	return true;
}

static void add_member(struct json_writer *w, const char *key, int64_t id)
{
	json_open_object(w, NULL);
	json_put_integer(w, key, id);
	json_close(w);
}

static bool add_monitor(void *arg, const void *rec)
{
	add_member(arg, "monitor", ((const struct record_head *)rec)->id);
	return true;
}

static bool add_target(void *arg, const struct maintenance_target *target,
		       const char *name)
{
	(void)name;
	if (target->kind == TARGET_GROUP)
		return add_group(arg, target->group);
	add_member(arg, target->kind == TARGET_MONITOR ? "monitor" : "service",
		   target->id);
	return true;
}

/* Which recurring maintenance covers it. */
static bool describe_schedules(struct store *store, struct json_writer *w,
			       enum record_kind kind, int64_t id, struct err *err)
{
	const bool is_monitor = kind == RECORD_MONITOR;
	DEFER(id_list_done) struct id_list schedules = { 0 };
	if (!held_ids(store, is_monitor ? Q_SCHEDULES_OF_MONITOR : Q_SCHEDULES_OF_SERVICE,
		      id, &schedules, err))
		return false;
	for (size_t i = 0; i < schedules.count; i++) {
		json_open_object(w, NULL);
		json_put_integer(w, "schedule", schedules.items[i]);
		json_put_integer(w, is_monitor ? "monitor" : "service", id);
		json_close(w);
	}
	return true;
}

/* Groups, who is in which definition, and what recurring maintenance covers. */
static bool describe_members(struct store *store, struct json_writer *w,
			     enum record_kind kind, int64_t id, struct err *err)
{
	if (kind == RECORD_DEFINITION)
		return store_groups_of_definition(store, id, add_group, w, err) &&
		       store_monitors_of_definition(store, id, add_monitor, w, err);
	if (kind == RECORD_SCHEDULE)
		return store_schedule_covers(store, id, add_target, w, err);
	if (kind == RECORD_SERVICE)
		return describe_schedules(store, w, kind, id, err);
	if (kind != RECORD_MONITOR)
		return true;
	DEFER(id_list_done) struct id_list definitions = { 0 };
	if (!store_groups_of_monitor(store, id, add_group, w, err) ||
	    !held_ids(store, Q_DEFINITIONS_OF_MONITOR, id, &definitions, err))
		return false;
	for (size_t i = 0; i < definitions.count; i++)
		add_member(w, "definition", definitions.items[i]);
	return describe_schedules(store, w, kind, id, err);
}

bool record_describe_whole(struct store *store, enum record_kind kind, const void *rec,
			   struct buf *ret, struct err *err)
{
	const struct record_head *head = rec;
	struct json_writer w = { .out = ret };
	json_open_object(&w, NULL);
	describe_fields(&w, kind, rec);
	json_open_array(&w, "with");
	bool described = describe_held(store, &w, kind, head->id, err) &&
			 describe_members(store, &w, kind, head->id, err);
	json_close(&w);
	json_close(&w);
	return described;
}
