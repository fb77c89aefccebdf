#include "db/document.h"

#include <string.h>

#include "core/base/text.h"

static const struct document_object objects[] = {
	{ .kind = RECORD_MONITOR,
	  .key = "check",
	  .nullable = true,
	  .unset_by = "check_type" },
	{ .kind = RECORD_INTEGRATION,
	  .key = "storm",
	  .replaced = true,
	  .nullable = true,
	  .required = { "max_new", "within" },
	  .unset_by = "storm_max_new" },
	{ .kind = RECORD_INTEGRATION, .key = "text" },
	{ .kind = RECORD_SERVICE, .key = "disruption_when", .replaced = true },
	{ .kind = RECORD_SERVICE, .key = "text", .nullable = true },
	{ .kind = RECORD_LEVEL, .key = "after", .replaced = true },
	{ .kind = RECORD_LEVEL, .key = "reminder" },
};

static bool is_within(const struct document_object *object, const char *dotted_key)
{
	size_t length = strlen(object->key);
	return strncmp(dotted_key, object->key, length) == 0 && dotted_key[length] == '.';
}

const struct document_object *document_object(enum record_kind kind,
					      const char *dotted_key)
{
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		if (objects[i].kind == kind && is_within(&objects[i], dotted_key))
			return &objects[i];
	}
	return NULL;
}

const struct document_object *document_object_named(enum record_kind kind,
						    const char *key)
{
	for (size_t i = 0; i < COUNT_OF(objects); i++) {
		if (objects[i].kind == kind && text_equal(objects[i].key, key))
			return &objects[i];
	}
	return NULL;
}

const char *document_key_within(const struct document_object *object,
				const struct field *field)
{
	if (field->key == NULL || !is_within(object, field->key))
		return NULL;
	return field->key + strlen(object->key) + 1;
}

bool document_object_is_set(const struct document_object *object, const void *rec)
{
	const struct record_type *type = &record_types[object->kind];
	if (!object->nullable)
		return true;
	if (object->unset_by != NULL)
		return field_number(field_by_column(object->kind, object->unset_by),
				    rec) != 0;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (document_key_within(object, field) != NULL &&
		    field_text(field, rec)[0] != '\0')
			return true;
	}
	return false;
}
