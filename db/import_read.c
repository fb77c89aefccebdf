#include <string.h>

#include "core/base/nearest.h"
#include "core/base/text.h"
#include "core/rules/check.h"
#include "core/rules/payload.h"
#include "db/document.h"
#include "db/import.h"

enum { SPOT_MAX = 1024, VALUE_MAX = 1048576 };

static struct spot at_key(const struct spot *above, const char *key)
{
	return (struct spot){ .above = above, .key = key };
}

static void fault_type(struct import *im, const struct spot *spot,
		       const struct json *value, enum json_type wanted)
{
	import_fault(im, spot, "this is %s, it must be %s",
		     json_type_name(json_type_of(value)), json_type_name(wanted));
}

bool import_is_object(struct import *im, const struct spot *spot,
		      const struct json *value)
{
	if (json_type_of(value) == JSON_OBJECT)
		return true;
	fault_type(im, spot, value, JSON_OBJECT);
	return false;
}

const char *import_string(struct import *im, const struct spot *spot,
			  const struct json *object, const char *key)
{
	const struct json *value = json_get(object, key);
	if (value == NULL)
		return NULL;
	const struct spot at = at_key(spot, key);
	if (json_string(value) == NULL)
		fault_type(im, &at, value, JSON_STRING);
	return json_string(value);
}

const char *import_required(struct import *im, const struct spot *spot,
			    const struct json *object, const char *key)
{
	const struct spot at = at_key(spot, key);
	if (json_get(object, key) == NULL)
		import_fault(im, &at, "this is missing");
	return import_string(im, spot, object, key);
}

bool import_each(struct import *im, const struct spot *spot, const struct json *object,
		 const char *key, import_item_fn *row, void *arg, bool *ret_there)
{
	const struct json *list = json_get(object, key);
	const struct spot at = at_key(spot, key);
	bool is_list = list != NULL && json_type_of(list) == JSON_ARRAY;
	if (ret_there != NULL)
		*ret_there = is_list;
	if (list != NULL && !is_list)
		fault_type(im, &at, list, JSON_ARRAY);
	if (!is_list)
		return true;
	struct spot item = { .above = &at };
	for (const struct json *i = json_first(list); i != NULL; i = json_next(i)) {
		if (!row(im, &item, i, arg))
			return false;
		item.index++;
	}
	return true;
}

void import_note_name(struct import *im, const struct spot *item, const char *key,
		      const char *name)
{
	DEFER(buf_done) struct buf list = BUF_INIT(SPOT_MAX);
	DEFER(buf_done) struct buf place = BUF_INIT(SPOT_MAX + 4 * NAME_SIZE);
	import_spot_add(&list, item->above);
	buf_addf(&place, "%s\n%s", buf_text(&list), name);
	size_t first = 0;
	if (name_set_add(&im->seen, buf_text(&place), item->index, &first))
		return;
	const struct spot at = { .above = item, .key = key };
	import_fault(im, key == NULL ? item : &at, "this is at %s[%zu] already",
		     buf_text(&list), first);
}

/* ---- keys ---- */

static bool is_among(const char *const *keys, const char *key)
{
	for (; *keys != NULL; keys++) {
		if (text_equal(*keys, key))
			return true;
	}
	return false;
}

/* The part of a field's key that is a key of the record's object: all of it, or up to the
 * dot. */
static void own_key(const struct field *field, char ret[NAME_SIZE])
{
	const char *dot = strchr(field->key, '.');
	size_t length = dot == NULL ? strlen(field->key) : (size_t)(dot - field->key);
	memcpy(ret, field->key, length);
	ret[length] = '\0';
}

static bool is_field_key(enum record_kind kind, const char *key, struct nearest *nearest)
{
	const struct record_type *type = &record_types[kind];
	char own[NAME_SIZE];
	bool found = false;
	for (size_t i = 0; i < type->field_count; i++) {
		if (type->fields[i].key == NULL)
			continue;
		own_key(&type->fields[i], own);
		nearest_offer(nearest, own);
		found = found || text_equal(own, key);
	}
	return found;
}

static void fault_unknown(struct import *im, const struct spot *spot,
			  const struct nearest *nearest)
{
	const char *best = nearest_found(nearest);
	if (best == NULL)
		import_fault(im, spot, "this key is unknown");
	else
		import_fault(im, spot, "this key is unknown; '%s' is the nearest one",
			     best);
}

bool import_check_keys(struct import *im, const struct spot *spot,
		       const struct json *object, enum record_kind kind,
		       const char *const *extra)
{
	if (!import_is_object(im, spot, object))
		return false;
	for (const struct json *i = json_first(object); i != NULL; i = json_next(i)) {
		struct nearest nearest;
		nearest_init(&nearest, json_key(i));
		if (is_field_key(kind, json_key(i), &nearest) ||
		    is_among(extra, json_key(i)))
			continue;
		for (const char *const *key = extra; *key != NULL; key++)
			nearest_offer(&nearest, *key);
		const struct spot at = at_key(spot, json_key(i));
		fault_unknown(im, &at, &nearest);
	}
	return true;
}

/* ---- fields ---- */

static void check_field(struct import *im, const struct spot *spot,
			const struct field *field, const void *rec)
{
	struct err why;
	if (!field_check(field, rec, &why))
		import_fault(im, spot, "%s", why.text);
}

/* Public text may name known variables only. */
static void check_text(struct import *im, const struct spot *spot,
		       const struct field *field, const char *text)
{
	struct err why;
	if (text_starts_with(field->key, "text.") && !text_check(text, &why))
		import_fault(im, spot, "%s: %s", field->label, why.text);
}

/* Text, durations and choices come as strings. */
static void read_string(struct import *im, const struct spot *spot,
			const struct field *field, const struct json *value, void *rec)
{
	struct err why;
	const char *text = json_string(value);
	if (text == NULL)
		fault_type(im, spot, value, JSON_STRING);
	else if (!field_parse(field, text, rec, &why))
		import_fault(im, spot, "%s", why.text);
	else
		check_text(im, spot, field, text);
}

static void read_template(struct import *im, const struct spot *spot,
			  const struct field *field, const struct json *value, void *rec)
{
	DEFER(buf_done) struct buf text = BUF_INIT(VALUE_MAX);
	if (!import_is_object(im, spot, value))
		return;
	json_add_value(&text, value);
	struct err why;
	if (buf_overflowed(&text) || !field_set_text(field, rec, buf_text(&text)))
		import_fault(im, spot, "%s is longer than %zu bytes", field->label,
			     field->size - 1);
	else if (!template_check(buf_text(&text), &why))
		import_fault(im, spot, "%s", why.text);
}

static void read_headers(struct import *im, const struct spot *spot,
			 const struct field *field, const struct json *value, void *rec)
{
	DEFER(buf_done) struct buf lines = BUF_INIT(VALUE_MAX);
	size_t faults_before = im->fault_count;
	struct err why;
	if (!import_is_object(im, spot, value))
		return;
	for (const struct json *i = json_first(value); i != NULL; i = json_next(i)) {
		const struct spot at = at_key(spot, json_key(i));
		if (!check_header_read(i, &lines, &why))
			import_fault(im, &at, "%s", why.text);
	}
	if (im->fault_count == faults_before &&
	    !field_parse(field, buf_text(&lines), rec, &why))
		import_fault(im, spot, "%s", why.text);
}

static void read_bool(struct import *im, const struct spot *spot,
		      const struct field *field, const struct json *value, void *rec)
{
	bool flag;
	if (json_bool(value, &flag))
		field_set_number(field, rec, flag);
	else
		fault_type(im, spot, value, JSON_BOOL);
}

static void read_integer(struct import *im, const struct spot *spot,
			 const struct field *field, const struct json *value, void *rec)
{
	int64_t number;
	if (json_integer(value, &number)) {
		field_set_number(field, rec, number);
		check_field(im, spot, field, rec);
	} else if (json_type_of(value) == JSON_NUMBER) {
		import_fault(im, spot, "%s must be a whole number", field->label);
	} else {
		fault_type(im, spot, value, JSON_NUMBER);
	}
}

static void read_field(struct import *im, const struct spot *spot,
		       const struct field *field, const struct json *value, void *rec)
{
	if (json_type_of(value) == JSON_NULL && field_is_text(field) && field->optional) {
		(void)!field_set_text(field, rec, "");
		return;
	}
	if (text_equal(field->key, "template")) {
		read_template(im, spot, field, value, rec);
		return;
	}
	if (text_equal(field->key, DOCUMENT_HEADERS)) {
		read_headers(im, spot, field, value, rec);
		return;
	}
	switch (field->type) {
	case FIELD_BOOL: read_bool(im, spot, field, value, rec); return;
	case FIELD_INTEGER: read_integer(im, spot, field, value, rec); return;
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_URL:
	case FIELD_DURATION:
	case FIELD_CHOICE: read_string(im, spot, field, value, rec); return;
	case FIELD_TIME:
	case FIELD_REFERENCE: return;
	}
}

/* ---- nested objects ---- */

/* Every field of the object as on creation, or as nothing. */
static void reset_object(const struct document_object *object, bool to_nothing, void *rec)
{
	const struct record_type *type = &record_types[object->kind];
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (document_key_within(object, field) == NULL)
			continue;
		const char *initial = to_nothing ? NULL : field->initial_text;
		if (field_is_text(field))
			(void)!field_set_text(field, rec, initial != NULL ? initial : "");
		else
			field_set_number(field, rec, to_nothing ? 0 : field->initial);
	}
}

static const struct field *field_within(const struct document_object *object,
					const char *key)
{
	const struct record_type *type = &record_types[object->kind];
	for (size_t i = 0; i < type->field_count; i++) {
		const char *within = document_key_within(object, &type->fields[i]);
		if (within != NULL && text_equal(within, key))
			return &type->fields[i];
	}
	return NULL;
}

/* What an object that is replaced as a whole cannot do without. */
static void check_required(struct import *im, const struct spot *spot,
			   const struct document_object *object, const struct json *value)
{
	for (int i = 0; object->required[i] != NULL; i++) {
		const struct spot at = at_key(spot, object->required[i]);
		if (json_get(value, object->required[i]) == NULL)
			import_fault(im, &at, "this is missing");
	}
}

static void read_object(struct import *im, const struct spot *spot,
			const struct document_object *object, const struct json *value,
			void *rec)
{
	if (json_type_of(value) == JSON_NULL && object->nullable) {
		reset_object(object, false, rec);
		return;
	}
	if (!import_is_object(im, spot, value))
		return;
	if (object->replaced)
		reset_object(object, true, rec);
	check_required(im, spot, object, value);
	for (const struct json *i = json_first(value); i != NULL; i = json_next(i)) {
		const struct spot at = at_key(spot, json_key(i));
		const struct field *field = field_within(object, json_key(i));
		if (field == NULL)
			import_fault(im, &at, "this key is unknown");
		else
			read_field(im, &at, field, i, rec);
	}
}

void import_fields(struct import *im, const struct spot *spot, const struct json *object,
		   enum record_kind kind, void *rec)
{
	for (const struct json *i = json_first(object); i != NULL; i = json_next(i)) {
		const struct spot at = at_key(spot, json_key(i));
		const struct document_object *nested =
			document_object_named(kind, json_key(i));
		const struct field *field = field_by_key(kind, json_key(i));
		if (nested != NULL)
			read_object(im, &at, nested, i, rec);
		else if (field != NULL && !field->secret &&
			 strchr(field->key, '.') == NULL)
			read_field(im, &at, field, i, rec);
	}
}
