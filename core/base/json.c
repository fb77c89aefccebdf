#include "core/base/json.h"

#include <cjson/cJSON.h>

#include "core/base/json_scan.h"

static const double integer_max =
	9007199254740992.0; /* 2^53: doubles are exact up to it */

static const cJSON *node(const struct json *value)
{
	return (const cJSON *)(const void *)value;
}

static const struct json *value_of(const cJSON *node)
{
	return (const struct json *)(const void *)node;
}

static struct json *read_scanned(const char *text, size_t bytes, struct err *err)
{
	cJSON *root = cJSON_ParseWithLength(text, bytes);
	if (root == NULL)
		fail(err, ERR_INVALID, "JSON: the text cannot be read into memory");
	return (struct json *)(void *)root;
}

struct json *json_parse(const char *text, size_t bytes, struct err *err)
{
	return json_scan(text, bytes, err) ? read_scanned(text, bytes, err) : NULL;
}

struct json *json_parse_telling(const char *text, size_t bytes, json_fault_fn *fault,
				void *arg, struct err *err)
{
	if (!json_scan_telling(text, bytes, fault, arg, err))
		return NULL;
	return read_scanned(text, bytes, err);
}

void json_free(struct json *document)
{
	cJSON_Delete((cJSON *)(void *)document);
}

void json_done(struct json **document)
{
	json_free(*document);
	*document = NULL;
}

enum json_type json_type_of(const struct json *value)
{
	static const struct {
		cJSON_bool (*is)(const cJSON *);
		enum json_type type;
	} types[] = {
		{ cJSON_IsBool, JSON_BOOL },     { cJSON_IsNumber, JSON_NUMBER },
		{ cJSON_IsString, JSON_STRING }, { cJSON_IsArray, JSON_ARRAY },
		{ cJSON_IsObject, JSON_OBJECT },
	};

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		if (types[i].is(node(value)))
			return types[i].type;
	}
	return JSON_NULL;
}

const char *json_type_name(enum json_type type)
{
	static const char *const names[] = {
		[JSON_NULL] = "null",       [JSON_BOOL] = "true or false",
		[JSON_NUMBER] = "a number", [JSON_STRING] = "a string",
		[JSON_ARRAY] = "a list",    [JSON_OBJECT] = "an object",
	};

	return names[type];
}

const struct json *json_get(const struct json *object, const char *key)
{
	if (!cJSON_IsObject(node(object)))
		return NULL;
	return value_of(cJSON_GetObjectItemCaseSensitive(node(object), key));
}

const struct json *json_first(const struct json *container)
{
	if (!cJSON_IsObject(node(container)) && !cJSON_IsArray(node(container)))
		return NULL;
	return value_of(node(container)->child);
}

const struct json *json_next(const struct json *item)
{
	return value_of(node(item)->next);
}

const char *json_key(const struct json *item)
{
	return node(item)->string;
}

size_t json_count(const struct json *container)
{
	size_t count = 0;
	for (const struct json *i = json_first(container); i != NULL; i = json_next(i))
		count++;
	return count;
}

const char *json_string(const struct json *value)
{
	return cJSON_GetStringValue(node(value));
}

bool json_bool(const struct json *value, bool *ret)
{
	if (!cJSON_IsBool(node(value)))
		return false;
	*ret = cJSON_IsTrue(node(value)) != 0;
	return true;
}

bool json_integer(const struct json *value, int64_t *ret)
{
	if (!cJSON_IsNumber(node(value)))
		return false;
	double number = node(value)->valuedouble;
	if (!(number >= -integer_max && number <= integer_max))
		return false;
	int64_t whole = (int64_t)number;
	if ((double)whole < number || (double)whole > number)
		return false;
	*ret = whole;
	return true;
}

void json_add_value(struct buf *ret, const struct json *value)
{
	char *text = cJSON_PrintUnformatted(node(value));
	if (text == NULL)
		die_out_of_memory();
	buf_adds(ret, text);
	cJSON_free(text);
}
