#include "core/engine/timekeeper.h"

#include "tests/support/check.h"
#include "tests/support/world.h"

static void timekeeper__sees_no_jump__when_both_clocks_go_on(void **state) /* R15 */
{
	(void)state;
	struct timekeeper keeper = { .wall_ms = 1000000, .boot_ms = 5000 };
	assert_int_equal(
		timekeeper_turn(&keeper, 1000000 + 8 * 3600000, 5000 + 8 * 3600000), 0);
	assert_int_equal(
		timekeeper_turn(&keeper, 1000000 + 8 * 3600000, 5000 + 8 * 3600000), 0);
}

static void timekeeper__tells_the_jump_once__when_the_wall_clock_was_set(
	void **state) /* R15 */
{
	(void)state;
	struct timekeeper keeper = { .wall_ms = 10000000, .boot_ms = 5000 };
	assert_int_equal(timekeeper_turn(&keeper, 10000000 + 3600000 + 10, 5010),
			 3600000);
	assert_int_equal(timekeeper_turn(&keeper, 10000000 + 3600000 + 20, 5020), 0);
	assert_int_equal(timekeeper_turn(&keeper, 10000000 + 30, 5030), -3600000);
}

static void timekeeper__lets_be__when_the_clock_is_steered(void **state) /* R15 */
{
	(void)state;
	struct timekeeper keeper = { .wall_ms = 10000000, .boot_ms = 5000 };
	for (int i = 1; i < 100; i++)
		assert_int_equal(
			timekeeper_turn(&keeper, 10000000 + i * 1500, 5000 + i * 1000),
			0);
}

static void timekeeper__goes_on_from_what_was_stored__when_the_machine_did_not_restart(
	void **state)
{
	struct world *w = *state;
	struct timekeeper before = { .wall_ms = 10000000, .boot_ms = 5000 }, after;
	world_must(timekeeper_save(&before, w->store, true, err));
	world_must(timekeeper_load(&after, w->store, 99, 6000, err));
	assert_int_equal(after.wall_ms, 10000000);
	assert_int_equal(after.boot_ms, 5000);

	/* A boot clock that is behind began anew. */
	world_must(timekeeper_load(&after, w->store, 99, 4000, err));
	assert_int_equal(after.wall_ms, 99);
	assert_int_equal(after.boot_ms, 4000);
}

static void timekeeper_save__writes_once_a_second__unless_at_once(void **state)
{
	struct world *w = *state;
	struct timekeeper keeper = { .wall_ms = 10000000, .boot_ms = 5000 };
	world_must(timekeeper_save(&keeper, w->store, true, err));
	keeper.boot_ms = 5900;
	world_must(timekeeper_save(&keeper, w->store, false, err));
	expect_number(w, "SELECT number FROM setting WHERE name = 'clock_boot_ms'", 5000);
	world_must(timekeeper_save(&keeper, w->store, true, err));
	expect_number(w, "SELECT number FROM setting WHERE name = 'clock_boot_ms'", 5900);
	keeper.boot_ms = 6900;
	world_must(timekeeper_save(&keeper, w->store, false, err));
	expect_number(w, "SELECT number FROM setting WHERE name = 'clock_boot_ms'", 6900);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timekeeper__sees_no_jump__when_both_clocks_go_on),
		cmocka_unit_test(
			timekeeper__tells_the_jump_once__when_the_wall_clock_was_set),
		cmocka_unit_test(timekeeper__lets_be__when_the_clock_is_steered),
		TEST(timekeeper__goes_on_from_what_was_stored__when_the_machine_did_not_restart),
		TEST(timekeeper_save__writes_once_a_second__unless_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
