/* Random histories of the real engine on a real database, beside a model of a few arrays: its
 * network fails in every way, its disk fails, fills up and loses power, its clock is set, it
 * is killed and stopped; and receivers are told what the model says, in its order. The
 * first half of them; tests/core/engine/histories_more.c runs the other beside it.
 *
 *     HUBLINK_HISTORIES=100000 build/test/tests/core/engine/histories    how many
 *     HUBLINK_SEED=42 …                                                  only this one */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/twin.h"

enum { HUNTED = 3000, ENOUGH_OPS = 12 };

HISTORIES_ARE_SHORT

static void engine__tells_what_the_model_says__whatever_happens(void **state)
{
	twin_run_half(*state, 0);
}

/* A bug that is planted is found, and few operations are left of its history. */
static void expect_found(struct twin *twin, enum twin_bug bug)
{
	struct history history;
	const char *broken = NULL;
	twin_plant(twin, bug);
	for (uint64_t seed = 1; seed <= HUNTED && !broken; seed++) {
		history_make(&history, seed, TWIN_HISTORY_OPS);
		broken = twin_run(twin, &history);
	}
	if (!broken)
		fail_msg("bug %d was not found", (int)bug);
	history_shrink(&history, twin_run_again, twin);
	assert_non_null(twin_run(twin, &history));
	twin_print(&history, twin);
	printf("%s\n", twin->broken);
	twin_plant(twin, TWIN_IS_SOUND);
	assert_null(twin_run(twin, &history));
	assert_in_range(history.count, 1, ENOUGH_OPS);
}

static void histories__find__a_planted_bug_of_the_disk(void **state)
{
	expect_found(*state, TWIN_SYNCS_TOO_LITTLE);
}

static void histories__find__a_planted_bug_of_the_network(void **state)
{
	expect_found(*state, TWIN_TAKES_SILENCE_FOR_YES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(engine__tells_what_the_model_says__whatever_happens),
		cmocka_unit_test(histories__find__a_planted_bug_of_the_disk),
		cmocka_unit_test(histories__find__a_planted_bug_of_the_network),
	};
	return cmocka_run_group_tests(tests, twin_open, twin_close);
}
