#include "core/engine/options.h"

#include <string.h>

#include "tests/support/check.h"

struct got {
	const char *limit;
	bool loud;
	struct common_options common;
	int words;
	struct err err;
};

static bool read_line(struct got *got, int argc, char **argv)
{
	*got = (struct got){ 0 };
	const struct engine_option options[] = {
		{ .name = "limit", .text = &got->limit },
		{ .name = "loud", .flag = &got->loud },
	};
	return options_read(argc, argv, options, 2, &got->common, &got->words, &got->err);
}

static void options_read__takes_them_in_any_order__around_words(void **state)
{
	(void)state;
	struct got got;
	char *argv[] = {
		(char[]){ "test" },   (char[]){ "Shop" },   (char[]){ "--limit=5" },
		(char[]){ "--db" },   (char[]){ "/x.db" },  (char[]){ "Mail" },
		(char[]){ "--loud" }, (char[]){ "--json" }, NULL
	};
	assert_true(read_line(&got, 8, argv));
	assert_string_equal(got.limit, "5");
	assert_true(got.loud);
	assert_true(got.common.json);
	assert_false(got.common.read_only);
	assert_string_equal(got.common.db, "/x.db");
	assert_int_equal(got.words, 6);
	assert_string_equal(argv[6], "Shop");
	assert_string_equal(argv[7], "Mail");
}

static void options_read__refuses__what_it_does_not_know(void **state)
{
	(void)state;
	struct got got;
	char *argv[] = { (char[]){ "engine" }, (char[]){ "--lmit" }, (char[]){ "5" },
			 NULL };
	assert_false(read_line(&got, 3, argv));
	assert_int_equal(got.err.code, ERR_USAGE);
	assert_non_null(strstr(got.err.text, "--lmit"));

	char *lacking[] = { (char[]){ "engine" }, (char[]){ "--limit" }, NULL };
	assert_false(read_line(&got, 2, lacking));
	assert_int_equal(got.err.code, ERR_USAGE);
	assert_non_null(strstr(got.err.text, "needs a value"));
}

static void options_number__keeps_its_limits__and_names_them(void **state)
{
	(void)state;
	struct err err = { 0 };
	int64_t number = 7;
	assert_true(options_number("max-in-flight", "4096", 1, 4096, &number, &err));
	assert_int_equal(number, 4096);
	static const char *const wrong[] = { "0", "4097", "", "x", "1x", "-1" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(options_number("max-in-flight", wrong[i], 1, 4096, &number,
					    &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, "--max-in-flight"));
	}
	assert_int_equal(number, 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_read__takes_them_in_any_order__around_words),
		cmocka_unit_test(options_read__refuses__what_it_does_not_know),
		cmocka_unit_test(options_number__keeps_its_limits__and_names_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
