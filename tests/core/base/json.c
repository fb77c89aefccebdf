#include "core/base/json.h"

#include <string.h>

#include "tests/support/check.h"

static struct json *parsed(const char *text)
{
	struct err err = { 0 };
	struct json *document = json_parse(text, strlen(text), &err);
	if (document == NULL)
		fail_msg("%s: %s", text, err.text);
	return document;
}

static void json_parse__returns_null_and_a_sentence__when_refused(void **state)
{
	(void)state;
	struct err err = { 0 };

	assert_null(json_parse("{\"a\":1,\"a\":2}", 13, &err));

	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.text, "JSON, line 1, column 8: a key is there twice");
}

static void json_parse__reads_only_the_bytes_it_is_given(void **state)
{
	(void)state;
	DEFER(json_done) struct json *document = json_parse("12, 13", 2, NULL);
	int64_t number;

	assert_true(json_integer(document, &number));
	assert_int_equal(number, 12);
}

static void json__tells_types_apart(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum json_type type;
		const char *name;
	} kinds[] = {
		{ "null", JSON_NULL, "null" },
		{ "true", JSON_BOOL, "true or false" },
		{ "false", JSON_BOOL, "true or false" },
		{ "1", JSON_NUMBER, "a number" },
		{ "\"\"", JSON_STRING, "a string" },
		{ "[]", JSON_ARRAY, "a list" },
		{ "{}", JSON_OBJECT, "an object" },
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		DEFER(json_done) struct json *document = parsed(kinds[i].text);
		assert_int_equal(json_type_of(document), kinds[i].type);
		assert_string_equal(json_type_name(kinds[i].type), kinds[i].name);
	}
}

static void json__walks_objects_in_order(void **state)
{
	(void)state;
	DEFER(json_done)
	struct json *document = parsed("{\"b\":1,\"a\":[2,3],\"B\":null}");

	const struct json *item = json_first(document);
	assert_string_equal(json_key(item), "b");
	item = json_next(item);
	assert_string_equal(json_key(item), "a");
	assert_int_equal(json_count(item), 2);
	assert_null(json_key(json_first(item)));
	item = json_next(item);
	assert_string_equal(json_key(item), "B");
	assert_null(json_next(item));
	assert_int_equal(json_count(document), 3);
}

static void json_get__matches_case_and_only_objects(void **state)
{
	(void)state;
	DEFER(json_done)
	struct json *document = parsed("{\"state\":\"ok\",\"none\":null,\"l\":[1]}");

	assert_string_equal(json_string(json_get(document, "state")), "ok");
	assert_null(json_get(document, "State"));
	assert_null(json_get(document, "stat"));
	assert_non_null(json_get(document, "none"));
	assert_null(json_get(json_get(document, "l"), "0"));
	assert_null(json_get(json_get(document, "state"), "state"));
}

static void json__takes_null_pointers_as_null(void **state)
{
	(void)state;
	int64_t number;
	bool flag;

	assert_int_equal(json_type_of(NULL), JSON_NULL);
	assert_null(json_get(NULL, "a"));
	assert_null(json_first(NULL));
	assert_int_equal(json_count(NULL), 0);
	assert_null(json_string(NULL));
	assert_false(json_bool(NULL, &flag));
	assert_false(json_integer(NULL, &number));
	json_free(NULL);
}

static void json_string__is_decoded(void **state)
{
	(void)state;
	DEFER(json_done)
	struct json *document = parsed("\"\\u00fc\\ud83d\\ude00\\n\\/\\\\\"");

	assert_string_equal(json_string(document), "ü😀\n/\\");
}

static void json_bool__takes_no_other_type(void **state)
{
	(void)state;
	DEFER(json_done) struct json *document = parsed("[true,false,1,\"true\",null]");
	bool flag = false;

	const struct json *item = json_first(document);
	assert_true(json_bool(item, &flag));
	assert_true(flag);
	item = json_next(item);
	assert_true(json_bool(item, &flag));
	assert_false(flag);
	while ((item = json_next(item)) != NULL)
		assert_false(json_bool(item, &flag));
}

static void json_integer__is_whole_and_within_2_to_the_53(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
		int64_t number;
	} numbers[] = {
		{ "0", true, 0 },
		{ "-0", true, 0 },
		{ "-12", true, -12 },
		{ "1e3", true, 1000 },
		{ "2.50e1", true, 25 },
		{ "9007199254740992", true, INT64_C(9007199254740992) },
		{ "-9007199254740992", true, -INT64_C(9007199254740992) },
		{ "9007199254740994", false, 0 },
		{ "9223372036854775808", false, 0 },
		{ "1e400", false, 0 },
		{ "-1e400", false, 0 },
		{ "1.5", false, 0 },
		{ "1e-1", false, 0 },
		{ "\"1\"", false, 0 },
		{ "true", false, 0 },
		{ "null", false, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		DEFER(json_done) struct json *document = parsed(numbers[i].text);
		int64_t number = 0;
		assert_int_equal(json_integer(document, &number), numbers[i].good);
		assert_int_equal(number, numbers[i].number);
	}
}

static void add_fault(void *arg, const char *path, const char *what)
{
	buf_addf(arg, "%s: %s\n", path, what);
}

static void json_parse_telling__goes_on__behind_repeated_keys_and_bad_bytes(void **state)
{
	(void)state;
	static const char text[] =
		"{\"a\": [1, {\"b\": 2, \"c\": \"\xff\", \"b\": 3}], \"d\": 4, "
		"\"a\": 5}";
	struct err err = { 0 };
	DEFER(buf_done) struct buf faults = BUF_INIT(1000);
	DEFER(json_done)
	struct json *document =
		json_parse_telling(text, sizeof(text) - 1, add_fault, &faults, &err);
	assert_non_null(document);
	assert_int_equal(json_count(document), 3);
	assert_string_equal(buf_text(&faults), "a[1].c: a byte is not valid UTF-8\n"
					       "a[1].b: this key is there twice\n"
					       "a: this key is there twice\n");
	assert_null(json_parse_telling("{", 1, add_fault, &faults, &err));
}

static void json_add_value__writes_what_it_read__on_one_line(void **state)
{
	(void)state;
	static const char text[] = "{\"a\":[1,2.5,\"x\",null,true],\"b\":{}}";
	struct err err = { 0 };
	DEFER(buf_done) struct buf written = BUF_INIT(1000);
	DEFER(json_done) struct json *document = json_parse(text, sizeof(text) - 1, &err);
	json_add_value(&written, document);
	assert_string_equal(buf_text(&written), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_parse__returns_null_and_a_sentence__when_refused),
		cmocka_unit_test(json_parse__reads_only_the_bytes_it_is_given),
		cmocka_unit_test(json__tells_types_apart),
		cmocka_unit_test(json__walks_objects_in_order),
		cmocka_unit_test(json_get__matches_case_and_only_objects),
		cmocka_unit_test(json__takes_null_pointers_as_null),
		cmocka_unit_test(json_string__is_decoded),
		cmocka_unit_test(json_bool__takes_no_other_type),
		cmocka_unit_test(json_integer__is_whole_and_within_2_to_the_53),
		cmocka_unit_test(
			json_parse_telling__goes_on__behind_repeated_keys_and_bad_bytes),
		cmocka_unit_test(json_add_value__writes_what_it_read__on_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
