/* What of a text is a variable, and what goes out as it stands. */
#include "core/base/compiler.h"
#include "core/rules/payload.h"
#include "tests/support/check.h"

static void text_find_literal__finds_braces__that_are_no_variable(void **state)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{ "", NULL },
		{ "{{@service.name}} is {down}", NULL },
		{ "{{@service.name}} {{ @alert.type }}", "{{ @alert.type }}" },
		{ "{{service.name}} {{x}}", "{{service.name}}" },
		{ "{\"a\":{\"b\":\"{{@service.name}}\"}}", NULL },
		{ "{{ it never ends", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct span found = { "", 0 };
		assert_int_equal(text_find_literal(cases[i].text, &found),
				 cases[i].found != NULL);
		if (cases[i].found != NULL)
			assert_true(span_is(found, cases[i].found));
	}
}

static void body_find_literal__finds_all_that_is_left__variables_too(void **state)
{
	struct span found;

	(void)state;
	assert_false(body_find_literal("{\"a\":{\"b\":{\"c\":1}}}", &found));
	assert_true(body_find_literal("{\"a\":\"{{@service.name}}\"}", &found));
	assert_true(span_is(found, "{{@service.name}}"));
	assert_true(body_find_literal("{\"a\":\"{{ @x }}\"}", &found));
	assert_true(span_is(found, "{{ @x }}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_find_literal__finds_braces__that_are_no_variable),
		cmocka_unit_test(
			body_find_literal__finds_all_that_is_left__variables_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
