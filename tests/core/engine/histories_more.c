/* The second half of the histories of tests/core/engine/histories.c. */
#include "tests/support/check.h"
#include "tests/support/twin.h"

HISTORIES_ARE_SHORT

static void engine__tells_what_the_model_says__whatever_else_happens(void **state)
{
	twin_run_half(*state, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			engine__tells_what_the_model_says__whatever_else_happens),
	};
	return cmocka_run_group_tests(tests, twin_open, twin_close);
}
