#include "core/base/mem.h"

#include <stdlib.h>

#include "tests/support/check.h"

struct pair {
	int number, square;
};

static void vec_push__grows_and_keeps_what_is_there(void **state)
{
	(void)state;
	struct pair *items = NULL;
	size_t count = 0;
	size_t capacity = 0;

	for (int i = 0; i < 1000; i++)
		VEC_PUSH(items, count, capacity) = (struct pair){ i, i * i };

	assert_int_equal(count, 1000);
	assert_true(capacity >= count);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i].square, i * i);
	free(items);
}

static char *take_pointer(char **from)
{
	return TAKE(*from);
}

static void take__leaves_null_behind(void **state)
{
	(void)state;
	char *owner = mem_strdup("text");

	DEFER(mem_free) char *taken = take_pointer(&owner);

	assert_null(owner);
	assert_string_equal(taken, "text");
}

static void mem_new__is_zeroed__and_never_null(void **state)
{
	(void)state;
	int *numbers = mem_new(100, sizeof(*numbers));
	void *nothing = mem_new(0, 0);

	for (int i = 0; i < 100; i++)
		assert_int_equal(numbers[i], 0);
	assert_non_null(nothing);
	free(numbers);
	free(nothing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vec_push__grows_and_keeps_what_is_there),
		cmocka_unit_test(take__leaves_null_behind),
		cmocka_unit_test(mem_new__is_zeroed__and_never_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
