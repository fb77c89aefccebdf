#include "core/base/json_scan.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/random.h"
#include "tests/support/check.h"

/* A copy without a NUL behind it: reading one byte too far is seen by the
 * sanitizer. */
static bool scan_exact(const char *text, size_t bytes, struct err *err)
{
	char *copy = mem_new(bytes, 1);
	copy = realloc(copy, bytes > 0 ? bytes : 1);
	assert_non_null(copy);
	memcpy(copy, text, bytes);
	bool good = json_scan(copy, bytes, err);
	free(copy);
	return good;
}

static void json_scan__takes_what_rfc_8259_allows(void **state)
{
	(void)state;
	static const char *const good[] = {
		"null",
		"true",
		"false",
		"0",
		"-0",
		"-1",
		"10",
		"1.5",
		"1e5",
		"1E+5",
		"1.25e-3",
		"\"\"",
		"\"a\"",
		"[]",
		"{}",
		" [ ] ",
		"\t{\r\n}",
		"[1,2,[3]]",
		"{\"a\":{\"a\":1}}",
		"[{\"a\":1},{\"a\":1}]",
		"{\"a\":1,\"A\":2}",
		"{\"\":1}",
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\"",
		"\"Grüße, 世界 😀\"",
		"\"\x7f\"",
		"{\"a\":[{\"b\":{}}],\"b\":[]}",
		"{\"ab\":1,\"a\":2,\"abc\":3}",
	};

	for (size_t i = 0; i < COUNT_OF(good); i++) {
		struct err err = { 0 };
		if (!scan_exact(good[i], strlen(good[i]), &err))
			fail_msg("%s is refused: %s", good[i], err.text);
	}
}

/* Texts that are refused, each with the whole sentence. */
static const struct {
	const char *text, *sentence;
} refused[] = {
	{ "", "JSON, line 1, column 1: a value is missing or unknown at the end "
	      "of the text" },
	{ " \n ", "JSON, line 2, column 2: a value is missing or unknown at the "
		  "end of the text" },
	{ "[1,]", "JSON, line 1, column 4: a value is missing or unknown" },
	{ "[1 2]", "JSON, line 1, column 4: a comma or the end of an array is missing" },
	{ "[1", "JSON, line 1, column 3: a comma or the end of an array is "
		"missing at the end of the text" },
	{ "{\"a\":1,}", "JSON, line 1, column 8: a key in quotes is missing" },
	{ "{a:1}", "JSON, line 1, column 2: a key in quotes is missing" },
	{ "{\"a\" 1}", "JSON, line 1, column 6: a colon is missing" },
	{ "{\"a\":1", "JSON, line 1, column 7: a comma or the end of an object is "
		      "missing at the end of the text" },
	{ "{\n  \"ü\": 1,\n  \"ü\": 2\n}",
	  "JSON, line 3, column 3: a key is there twice" },
	{ "{\"a\":1,\"\\u0061\":2}", "JSON, line 1, column 8: a key is there twice" },
	{ "[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]",
	  "JSON, line 1, column 20: a key is there twice" },
	{ "nul", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "True", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "NaN", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "'a'", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "// a", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "1 1", "JSON, line 1, column 3: something follows the value" },
	{ "nullx", "JSON, line 1, column 5: something follows the value" },
	{ "{}{}", "JSON, line 1, column 3: something follows the value" },
	{ "01", "JSON, line 1, column 1: a number is malformed" },
	{ "-", "JSON, line 1, column 1: a number is malformed" },
	{ "+1", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "1.", "JSON, line 1, column 1: a number is malformed" },
	{ ".5", "JSON, line 1, column 1: a value is missing or unknown" },
	{ "1e", "JSON, line 1, column 1: a number is malformed" },
	{ "1e+", "JSON, line 1, column 1: a number is malformed" },
	{ "\"a", "JSON, line 1, column 1: a string is not closed" },
	{ "\"a\\\"", "JSON, line 1, column 1: a string is not closed" },
	{ "\"a\nb\"", "JSON, line 1, column 3: a string holds a raw control character" },
	{ "\"\\x\"",
	  "JSON, line 1, column 2: a backslash escapes nothing that JSON knows" },
	{ "\"\\", "JSON, line 1, column 2: a backslash escapes nothing that JSON knows" },
	{ "\"\\u12\"", "JSON, line 1, column 2: \\u needs four hexadecimal digits" },
	{ "\"\\u12g4\"", "JSON, line 1, column 2: \\u needs four hexadecimal digits" },
	{ "\"\\u", "JSON, line 1, column 2: \\u needs four hexadecimal digits" },
	{ "\"\\u0000\"", "JSON, line 1, column 2: the character U+0000 is not allowed" },
	{ "\"\\ud83d\"", "JSON, line 1, column 2: a surrogate stands alone" },
	{ "\"\\ude00\"", "JSON, line 1, column 2: a surrogate stands alone" },
	{ "\"\\ud83d\\u0041\"", "JSON, line 1, column 2: a surrogate stands alone" },
	{ "\"\\ud83dx\"", "JSON, line 1, column 2: a surrogate stands alone" },
	{ "\"ü\xff\"", "JSON, line 1, column 3: a byte is not valid UTF-8" },
	{ "\"\xed\xa0\x80\"", "JSON, line 1, column 2: a byte is not valid UTF-8" },
	{ "\"\xc0\x80\"", "JSON, line 1, column 2: a byte is not valid UTF-8" },
	{ "\xef\xbb\xbf{}", "JSON, line 1, column 1: it begins with a byte order mark" },
};

static void json_scan__refuses__with_line_column_and_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct err err = { 0 };
		if (scan_exact(refused[i].text, strlen(refused[i].text), &err))
			fail_msg("%s is taken", refused[i].text);
		assert_int_equal(err.code, ERR_INVALID);
		assert_string_equal(err.text, refused[i].sentence);
	}
}

static void json_scan__refuses_nul_bytes__wherever_they_are(void **state)
{
	(void)state;
	assert_false(scan_exact("\"a\0b\"", 5, NULL));
	assert_false(scan_exact("[1]\0", 4, NULL));
	assert_false(scan_exact("\0", 1, NULL));
	assert_false(scan_exact("[1,\0]", 5, NULL));
	assert_false(scan_exact("{\"a\0\":1}", 8, NULL));
	assert_false(scan_exact("\"\\\0\"", 4, NULL));
	assert_false(scan_exact("\"\\u0\0\0\0\"", 8, NULL));
}

static void json_scan__bounds_the_depth(void **state)
{
	(void)state;
	for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
		DEFER(buf_done) struct buf arrays = BUF_INIT(1000);
		DEFER(buf_done) struct buf objects = BUF_INIT(1000);
		for (int i = 0; i < depth; i++) {
			buf_addc(&arrays, '[');
			buf_adds(&objects, i + 1 < depth ? "{\"a\":" : "{");
		}
		for (int i = 0; i < depth; i++) {
			buf_addc(&arrays, ']');
			buf_addc(&objects, '}');
		}
		bool allowed = depth <= JSON_DEPTH_MAX;
		assert_int_equal(scan_exact(arrays.data, arrays.len, NULL), allowed);
		assert_int_equal(scan_exact(objects.data, objects.len, NULL), allowed);
	}
	DEFER(buf_done) struct buf bomb = BUF_INIT(1000000);
	for (int i = 0; i < 1000000; i++)
		buf_addc(&bomb, '[');
	struct err err = { 0 };
	assert_false(scan_exact(bomb.data, bomb.len, &err));
	assert_non_null(
		strstr(err.text, "column 33: it is nested deeper than 32 levels"));
}

static void json_scan__bounds_the_length_of_numbers(void **state)
{
	(void)state;
	char number[62];
	memset(number, '1', sizeof(number));

	assert_true(scan_exact(number, 60, NULL));
	assert_false(scan_exact(number, 61, NULL));
}

static void json_scan__finds_the_repeated_key_among_very_many(void **state)
{
	(void)state;
	for (int twice = 0; twice <= 1; twice++) {
		DEFER(buf_done) struct buf b = BUF_INIT(4000000);
		buf_addc(&b, '{');
		for (int i = 0; i < 100000; i++)
			buf_addf(&b, "\"key %d\":{\"a\":1},", i);
		buf_addf(&b, "\"key %d\":0}", twice ? 77 : 100000);
		assert_int_equal(scan_exact(b.data, b.len, NULL), !twice);
	}
}

/* Whatever the scan takes, cJSON must be able to read: mutate a good text a
 * little. */
static void json_scan__takes_nothing_that_cannot_be_read(void **state)
{
	(void)state;
	static const char good[] =
		"{\"name\": \"Gr\\u00fc\\ud83d\\ude00ße\", \"list\": [1, -2.5e3, "
		"true, false, null, {\"a\": \"\\\\\", \"b\": []}], \"x\": \"ü\"}";
	static const char letters[] = "{}[]\",:\\u0123456789eE+-. \ntrfalsn\xc3\xff";

	uint64_t seed = 11;
	for (int round = 0; round < 30000; round++) {
		char text[sizeof(good)];
		memcpy(text, good, sizeof(good));
		size_t bytes = sizeof(good) - 1;
		for (uint64_t left = random_step(&seed) % 3 + 1; left > 0; left--)
			text[random_step(&seed) % bytes] =
				letters[random_step(&seed) % (sizeof(letters) - 1)];
		if (random_step(&seed) % 4 == 0)
			bytes = random_step(&seed) % bytes + 1;
		if (!scan_exact(text, bytes, NULL))
			continue;
		struct err err = { 0 };
		DEFER(json_done) struct json *document = json_parse(text, bytes, &err);
		if (document == NULL)
			fail_msg("%.*s: %s", (int)bytes, text, err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_scan__takes_what_rfc_8259_allows),
		cmocka_unit_test(json_scan__refuses__with_line_column_and_reason),
		cmocka_unit_test(json_scan__refuses_nul_bytes__wherever_they_are),
		cmocka_unit_test(json_scan__bounds_the_depth),
		cmocka_unit_test(json_scan__bounds_the_length_of_numbers),
		cmocka_unit_test(json_scan__finds_the_repeated_key_among_very_many),
		cmocka_unit_test(json_scan__takes_nothing_that_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
