/* The judge's loop: events and timers in order of time, configuration that changes under a running episode. */
#include "tests/support/world.h"

static void judge_run__opens_and_recovers__r4_r6(void **state)
{
	struct world *w = *state;
	world_link(w, world_level(w, 1, 1, 0), "Shop", "Website");
	world_error(w, 0, "Shop");
	expect_deliveries(w, "disruption Website");
	expect_incidents(w, "Website investigating");
	world_ok(w, 5, "Shop");
	expect_deliveries(w, "disruption Website; recovery Website");
	expect_incidents(w, "Website monitoring");
	expect_alerts(w, "Error 1 Shop; Ok 1 Shop");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(judge_run__opens_and_recovers__r4_r6, world_open,
						world_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
