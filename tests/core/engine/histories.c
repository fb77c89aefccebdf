/* Random histories of the real engine on a real database, beside a model of a few arrays: its
 * network fails in every way, its disk fails, fills up and loses power, its clock is set, it
 * is killed and stopped; and receivers are told what the model says, in its order.
 *
 *     HUBLINK_HISTORIES=100000 build/test/tests/core/engine/histories    how many
 *     HUBLINK_SEED=42 …                                                  only this one */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/twin.h"

enum { HISTORIES_BY_DEFAULT = 300, HUNTED = 3000, ENOUGH_OPS = 12 };

HISTORIES_ARE_SHORT

static void fail_with(struct twin *twin, struct history *history)
{
	history_shrink(history, twin_run_again, twin);
	const char *broken = twin_run(twin, history);
	printf("seed %" PRIu64 ", %d operations are enough:\n", history->seed,
	       history->count);
	twin_print(history);
	fail_msg("%s", broken ? broken : "nothing, the second time");
}

static void engine__tells_what_the_model_says__whatever_happens(void **state)
{
	struct twin *twin = *state;
	struct history history;
	const int64_t only = history_number("HUBLINK_SEED", 0);
	const int64_t count = history_number("HUBLINK_HISTORIES", HISTORIES_BY_DEFAULT);
	const int64_t first = only ? only : 1;
	const int64_t last = only ? only : count;
	const int64_t began_ms = clock_boot_ms();
	size_t told = 0;
	for (int64_t seed = first; seed <= last; seed++) {
		history_make(&history, (uint64_t)seed);
		if (twin_run(twin, &history))
			fail_with(twin, &history);
		told += twin->arrival_count;
	}
	const int64_t took_ms = clock_boot_ms() - began_ms + 1;
	printf("%" PRId64 " histories with %zu updates, %" PRId64 " a second\n",
	       last - first + 1, told, (last - first + 1) * 1000 / took_ms);
	assert_true(told > 0);
}

/* A bug that is planted is found, and few operations are left of its history. */
static void expect_found(struct twin *twin, enum twin_bug bug)
{
	struct history history;
	const char *broken = NULL;
	twin->bug = bug;
	for (uint64_t seed = 1; seed <= HUNTED && !broken; seed++) {
		history_make(&history, seed);
		broken = twin_run(twin, &history);
	}
	if (!broken)
		fail_msg("bug %d was not found", (int)bug);
	history_shrink(&history, twin_run_again, twin);
	assert_non_null(twin_run(twin, &history));
	twin_print(&history);
	printf("%s\n", twin->broken);
	twin->bug = TWIN_IS_SOUND;
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
