#include "core/base/json.h"

#include <string.h>

#include "core/base/random.h"
#include "tests/support/check.h"

/* One document with everything in it. */
static void write_sample(struct json_writer *w)
{
	json_open_object(w, NULL);
	json_put_string(w, "name", "Shop \"A\"");
	json_put_string(w, "none", NULL);
	json_open_array(w, "list");
	json_put_integer(w, NULL, INT64_MIN);
	json_put_bool(w, NULL, true);
	json_put_null(w, NULL);
	json_open_object(w, NULL);
	json_close(w);
	json_open_array(w, NULL);
	json_close(w);
	json_close(w);
	json_put_time(w, "at", INT64_C(1795442631250));
	json_put_time(w, "never", 0);
	json_put_raw(w, "raw", "[1]");
	json_close(w);
}

static void json_writer__writes_one_line(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(1000);

	write_sample(&(struct json_writer){ .out = &b });

	assert_string_equal(
		buf_text(&b),
		"{\"name\":\"Shop \\\"A\\\"\",\"none\":null,"
		"\"list\":[-9223372036854775808,true,null,{},[]],"
		"\"at\":\"2026-11-23T14:03:51.250Z\",\"never\":null,\"raw\":[1]}");
}

static void json_writer__indents(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(1000);

	write_sample(&(struct json_writer){ .out = &b, .indent = 2 });

	assert_string_equal(buf_text(&b), "{\n"
					  "  \"name\": \"Shop \\\"A\\\"\",\n"
					  "  \"none\": null,\n"
					  "  \"list\": [\n"
					  "    -9223372036854775808,\n"
					  "    true,\n"
					  "    null,\n"
					  "    {},\n"
					  "    []\n"
					  "  ],\n"
					  "  \"at\": \"2026-11-23T14:03:51.250Z\",\n"
					  "  \"never\": null,\n"
					  "  \"raw\": [1]\n"
					  "}");
}

static void json_writer__can_open_as_deep_as_the_reader_reads(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(1000);
	struct json_writer w = { .out = &b };
	for (int i = 0; i < JSON_DEPTH_MAX; i++)
		json_open_array(&w, NULL);
	for (int i = 0; i < JSON_DEPTH_MAX; i++)
		json_close(&w);

	DEFER(json_done) struct json *document = json_parse(b.data, b.len, NULL);
	assert_non_null(document);
}

static void json_add_quoted__escapes_only_what_json_demands(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(1000);

	json_add_quoted(&b, "a/\"\\\b\f\n\r\t\x01\x1f\x7fü😀");

	assert_string_equal(buf_text(&b),
			    "\"a/\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7fü😀\"");
}

static void json_add_quoted__replaces_invalid_bytes(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(100);

	json_add_quoted(&b, "a\xff"
			    "b");

	assert_string_equal(buf_text(&b), "\"a\xef\xbf\xbd"
					  "b\"");
}

static void json_add_quoted__reads_back_the_same__at_random(void **state)
{
	(void)state;
	uint64_t seed = 9;
	for (int round = 0; round < 5000; round++) {
		DEFER(buf_done) struct buf text = BUF_INIT(200);
		for (uint64_t left = random_step(&seed) % 20; left > 0; left--) {
			uint64_t dice = random_step(&seed);
			if (dice % 5 == 0)
				buf_adds(&text, "ü😀");
			else
				buf_addc(&text, (char)(1 + dice / 5 % 127));
		}
		DEFER(buf_done) struct buf quoted = BUF_INIT(2000);
		json_add_quoted(&quoted, buf_text(&text));
		DEFER(json_done)
		struct json *document = json_parse(quoted.data, quoted.len, NULL);
		assert_non_null(document);
		assert_string_equal(json_string(document), buf_text(&text));
	}
}

static void json_writer__shows_an_overflow_in_its_buffer(void **state)
{
	(void)state;
	DEFER(buf_done) struct buf b = BUF_INIT(20);

	write_sample(&(struct json_writer){ .out = &b });

	assert_true(buf_overflowed(&b));
	assert_true(b.len <= 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_writer__writes_one_line),
		cmocka_unit_test(json_writer__indents),
		cmocka_unit_test(json_writer__can_open_as_deep_as_the_reader_reads),
		cmocka_unit_test(json_add_quoted__escapes_only_what_json_demands),
		cmocka_unit_test(json_add_quoted__replaces_invalid_bytes),
		cmocka_unit_test(json_add_quoted__reads_back_the_same__at_random),
		cmocka_unit_test(json_writer__shows_an_overflow_in_its_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
