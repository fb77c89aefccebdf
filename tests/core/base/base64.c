/* base64: the examples of RFC 4648. */
#include "core/base/base64.h"

#include <string.h>

#include "tests/support/check.h"

static void assert_encoded(const char *bytes, size_t count, const char *expected)
{
	DEFER(buf_done) struct buf text = BUF_INIT(100);

	base64_add(&text, bytes, count);
	assert_string_equal(buf_text(&text), expected);
}

static void base64__encodes__as_rfc_4648_says(void **state)
{
	static const char *const examples[][2] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(examples); i++)
		assert_encoded(examples[i][0], strlen(examples[i][0]), examples[i][1]);
	assert_encoded("\xff\xfe\x00\xfb", 4, "//4A+w==");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64__encodes__as_rfc_4648_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
