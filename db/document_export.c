/* The configuration as a document: names sorted, every field written, so that the same one
 * gives the same bytes. What is not set is null: imported, it takes away what is there. */
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/rules/check.h"
#include "core/store_schedule.h"
#include "db/document.h"
#include "db/keep.h"
#include "db/record.h"

#include <string.h>

enum { MASKED_MAX = 8192 };

struct export
{
	struct store *store;
	struct json_writer w;
	struct err *err;
	bool secrets;
	bool failed; /* a list's callback could not go on */
};

static bool stop(struct export *e)
{
	e->failed = true;
	return false;
}

/* ---- fields ---- */

static void put_text(struct export *e, const struct field *field, const char *key,
		     const void *rec)
{
	const char *text = field_text(field, rec);
	if (text[0] == '\0' && field->optional) {
		json_put_null(&e->w, key);
		return;
	}
	DEFER(buf_done) struct buf masked = BUF_INIT(MASKED_MAX);
	if (field_hides(field, text) && !e->secrets) {
		field_format(field, rec, &masked);
		text = buf_text(&masked);
	}
	if (text_equal(field->key, DOCUMENT_HEADERS))
		check_headers_put(&e->w, key, text);
	else if (text_equal(field->key, "template"))
		json_put_raw(&e->w, key, text);
	else
		json_put_string(&e->w, key, text);
}

static void put_field(struct export *e, const struct field *field, const char *key,
		      const void *rec)
{
	DEFER(buf_done) struct buf text = BUF_INIT(DURATION_TEXT_SIZE + NAME_SIZE);
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_URL: put_text(e, field, key, rec); return;
	case FIELD_BOOL: json_put_bool(&e->w, key, field_number(field, rec) != 0); return;
	case FIELD_INTEGER:
		json_put_integer(&e->w, key, field_number(field, rec));
		return;
	case FIELD_DURATION:
	case FIELD_CHOICE:
		field_format(field, rec, &text);
		json_put_string(&e->w, key, buf_text(&text));
		return;
	case FIELD_TIME:
	case FIELD_REFERENCE: return; /* written as names, by whoever knows them */
	}
}

/* The fields of one nested object ("storm.…"), from the first on; those without a value
 * are left out where the object is a choice of one. Returns the field behind the last. */
static size_t put_nested(struct export *e, enum record_kind kind, size_t first,
			 const void *rec)
{
	const struct record_type *type = &record_types[kind];
	const struct document_object *object =
		document_object(kind, type->fields[first].key);
	size_t i = first;
	bool is_set = document_object_is_set(object, rec);
	if (is_set)
		json_open_object(&e->w, object->key);
	else
		json_put_null(&e->w, object->key);
	for (; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		const char *key = document_key_within(object, field);
		if (key == NULL)
			break;
		bool is_none = object->replaced && field_number(field, rec) == 0;
		if (is_set && !is_none)
			put_field(e, field, key, rec);
	}
	if (is_set)
		json_close(&e->w);
	return i;
}

static void put_fields(struct export *e, enum record_kind kind, const void *rec)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count;) {
		const struct field *field = &type->fields[i];
		if (field->key != NULL && strchr(field->key, '.') != NULL) {
			i = put_nested(e, kind, i, rec);
			continue;
		}
		if (field->key != NULL)
			put_field(e, field, field->key, rec);
		if (kind == RECORD_INTEGRATION && text_equal(field->column, "name"))
			json_put_string(&e->w, "type", DOCUMENT_INTEGRATION_TYPE);
		i++;
	}
}

/* ---- lists ---- */

static bool add_name(void *arg, const char *name)
{
	struct export *e = arg;
	json_put_string(&e->w, NULL, name);
	return true;
}

static bool add_monitor_name(void *arg, const void *rec)
{
	return add_name(arg, ((const struct monitor *)rec)->name);
}

/* A list of names, on one line. */
static bool put_names(struct export *e, const char *key, int64_t id,
		      bool (*list)(struct store *, int64_t, text_fn *, void *,
				   struct err *))
{
	int indent = e->w.indent;
	json_open_array(&e->w, key);
	e->w.indent = 0;
	bool good = list(e->store, id, add_name, e, e->err);
	json_close(&e->w);
	e->w.indent = indent;
	return good;
}

static bool put_monitor(void *arg, const void *rec)
{
	struct export *e = arg;
	const struct monitor *monitor = rec;
	json_open_object(&e->w, NULL);
	put_fields(e, RECORD_MONITOR, rec);
	if (!put_names(e, "groups", monitor->head.id, store_groups_of_monitor))
		return stop(e);
	json_close(&e->w);
	return true;
}

static bool put_service(void *arg, const void *rec)
{
	struct export *e = arg;
	json_open_object(&e->w, NULL);
	put_fields(e, RECORD_SERVICE, rec);
	json_close(&e->w);
	return true;
}

static bool put_integration(void *arg, const void *rec)
{
	struct export *e = arg;
	const struct integration *integration = rec;
	json_open_object(&e->w, NULL);
	put_fields(e, RECORD_INTEGRATION, rec);
	json_open_array(&e->w, "services");
	if (!store_list(e->store, RECORD_SERVICE, integration->head.id, put_service, e,
			e->err) ||
	    e->failed)
		return stop(e);
	json_close(&e->w);
	json_close(&e->w);
	return true;
}

static bool put_links(struct export *e, int64_t placement_id)
{
	DEFER(stmt_done) struct stmt *s = db_query(e->store, Q_LINK_NAMES);
	bind_int(s, ":placement", placement_id);
	int indent = e->w.indent;
	json_open_array(&e->w, "links");
	int got;
	while ((got = stmt_step(s, e->err)) > 0) {
		json_open_object(&e->w, NULL);
		e->w.indent = 0;
		json_put_string(&e->w, "monitor", column_text(s, 0));
		json_put_string(&e->w, "service", column_text(s, 1));
		json_put_bool(&e->w, "critical", column_bool(s, 2));
		json_close(&e->w);
		e->w.indent = indent;
	}
	json_close(&e->w);
	return got == 0;
}

static bool put_placements(struct export *e, int64_t level_id)
{
	DEFER(stmt_done) struct stmt *s = db_query(e->store, Q_PLACEMENT_NAMES);
	bind_int(s, ":level", level_id);
	json_open_array(&e->w, "integrations");
	int got;
	while ((got = stmt_step(s, e->err)) > 0) {
		struct placement placement;
		if (!store_get(e->store, RECORD_PLACEMENT, column_int(s, 0), &placement,
			       e->err))
			return false;
		json_open_object(&e->w, NULL);
		json_put_string(&e->w, "integration", column_text(s, 1));
		put_fields(e, RECORD_PLACEMENT, &placement);
		if (!put_links(e, placement.head.id))
			return false;
		json_close(&e->w);
	}
	json_close(&e->w);
	return got == 0;
}

static bool put_level(void *arg, const void *rec)
{
	struct export *e = arg;
	const struct level *level = rec;
	json_open_object(&e->w, NULL);
	put_fields(e, RECORD_LEVEL, rec);
	if (!put_placements(e, level->head.id))
		return stop(e);
	json_close(&e->w);
	return true;
}

/* For put_names: of each member the name. */
static bool list_members(struct store *store, int64_t definition_id, text_fn *name,
			 void *arg, struct err *err)
{
	(void)name;
	return store_monitors_of_definition(store, definition_id, add_monitor_name, arg,
					    err);
}

static bool put_definition(void *arg, const void *rec)
{
	struct export *e = arg;
	const struct definition *definition = rec;
	json_open_object(&e->w, NULL);
	put_fields(e, RECORD_DEFINITION, rec);
	if (!put_names(e, "monitors", definition->head.id, list_members) ||
	    !put_names(e, "groups", definition->head.id, store_groups_of_definition))
		return stop(e);
	json_open_array(&e->w, "levels");
	if (!store_list(e->store, RECORD_LEVEL, definition->head.id, put_level, e,
			e->err) ||
	    e->failed)
		return stop(e);
	json_close(&e->w);
	json_close(&e->w);
	return true;
}

/* ---- maintenance ---- */

static bool put_cover(void *arg, const struct maintenance_target *target,
		      const char *name)
{
	(void)target;
	return add_name(arg, name);
}

static void put_or_null(struct export *e, const char *key, const char *text)
{
	json_put_string(&e->w, key, *text ? text : NULL);
}

static void put_day(struct export *e, const struct schedule *schedule, int day)
{
	if (schedule->every == EVERY_WEEK)
		json_put_string(&e->w, NULL, schedule_weekday_text(day));
	else
		json_put_integer(&e->w, NULL, day);
}

static bool put_days(struct export *e, const struct schedule *schedule)
{
	const int indent = e->w.indent;
	uint32_t days = 0;
	if (!schedule_read_days(schedule, &days, e->err))
		return false;
	json_open_array(&e->w, "days");
	e->w.indent = 0;
	for (int day = 0; day < 32; day++)
		if (days >> day & 1)
			put_day(e, schedule, day);
	json_close(&e->w);
	e->w.indent = indent;
	return true;
}

static bool put_covers(struct export *e, int64_t id)
{
	const int indent = e->w.indent;
	json_open_array(&e->w, "covers");
	e->w.indent = 0;
	const bool good = store_schedule_covers(e->store, id, put_cover, e, e->err);
	json_close(&e->w);
	e->w.indent = indent;
	return good;
}

static bool put_schedule(void *arg, const struct schedule *schedule)
{
	struct export *e = arg;
	json_open_object(&e->w, NULL);
	json_put_string(&e->w, "name", schedule->name);
	json_put_bool(&e->w, "active", schedule->active);
	json_put_string(&e->w, "every", schedule_every_text(schedule->every));
	if (!put_days(e, schedule))
		return stop(e);
	json_put_string(&e->w, "from", schedule->from);
	json_put_string(&e->w, "until", schedule->until);
	json_put_string(&e->w, "zone", schedule->zone);
	put_or_null(e, "first", schedule->first);
	put_or_null(e, "last", schedule->last);
	put_or_null(e, "note", schedule->note);
	if (!put_covers(e, schedule->head.id))
		return stop(e);
	json_close(&e->w);
	return true;
}

static bool put_maintenance(struct export *e)
{
	json_open_array(&e->w, "maintenance");
	if (!store_list_schedules(e->store, put_schedule, e, e->err) || e->failed)
		return false;
	json_close(&e->w);
	return true;
}

/* ---- the whole ---- */

static bool put_list(struct export *e, const char *key, enum record_kind kind,
		     record_fn *row)
{
	json_open_array(&e->w, key);
	if (!store_list(e->store, kind, 0, row, e, e->err) || e->failed)
		return false;
	json_close(&e->w);
	return true;
}

static bool export_in_snapshot(struct store *store, struct export *e)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin_reading(store, &tx, e->err))
		return false;
	json_open_object(&e->w, NULL);
	json_put_integer(&e->w, DOCUMENT_VERSION_KEY, DOCUMENT_VERSION);
	if (!put_list(e, "monitors", RECORD_MONITOR, put_monitor) ||
	    !put_list(e, "integrations", RECORD_INTEGRATION, put_integration) ||
	    !put_list(e, "alert_definitions", RECORD_DEFINITION, put_definition) ||
	    !put_maintenance(e) || !document_put_keep(store, &e->w, e->err))
		return false;
	json_close(&e->w);
	buf_addc(e->w.out, '\n');
	return !buf_overflowed(e->w.out) ||
	       fail(e->err, ERR_FAILED, "The document is longer than %zu bytes",
		    e->w.out->max);
}

bool store_export(struct store *store, bool secrets, struct buf *ret, struct err *err)
{
	struct export e = { .store = store,
			    .w = { .out = ret, .indent = 2 },
			    .err = err,
			    .secrets = secrets };
	return export_in_snapshot(store, &e);
}

bool store_export_secrets(struct store *store, struct buf *ret, struct err *err)
{
	struct json_writer w = { .out = ret, .indent = 2 };
	DEFER(stmt_done) struct stmt *s = db_query(store, Q_SERVICE_URLS);
	json_open_object(&w, NULL);
	int got;
	while ((got = stmt_step(s, err)) > 0)
		json_put_string(&w, column_text(s, 0), column_text(s, 1));
	json_close(&w);
	buf_addc(ret, '\n');
	return got == 0;
}
