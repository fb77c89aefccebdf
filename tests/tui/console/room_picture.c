/* tui/console/room_picture: times become cells of whole minutes. */

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tui/console/room_picture.h"

#define FROM INT64_C(1790000000000)

static void axis__has_cells_of_a_minute__for_a_short_incident(void **state)
{
	struct axis axis = axis_fit(FROM, FROM + 90 * SECOND_MS, 60);

	(void)state;
	assert_int_equal(axis.cell_ms, MINUTE_MS);
	assert_int_equal(axis.cells, 2);
	assert_int_equal(axis_cell(&axis, FROM), 0);
	assert_int_equal(axis_cell(&axis, FROM + 89 * SECOND_MS), 1);
}

static void axis__takes_rounder_cells__the_longer_it_lasts(void **state)
{
	(void)state;
	for (int64_t lasts = MINUTE_MS; lasts < 300 * DAY_MS; lasts = lasts * 3 / 2) {
		struct axis axis = axis_fit(FROM, FROM + lasts, 60);
		assert_in_range(axis.cells, 1, 60);
		assert_int_equal(axis_cell(&axis, FROM + lasts), axis.cells - 1);
	}
	assert_int_equal(axis_fit(FROM, FROM + 59 * MINUTE_MS, 60).cell_ms, MINUTE_MS);
	assert_int_equal(axis_fit(FROM, FROM + 60 * MINUTE_MS, 60).cell_ms,
			 2 * MINUTE_MS);
}

static void axis__says_what_lies_outside__before_and_behind(void **state)
{
	struct axis axis = axis_fit(FROM, FROM + HOUR_MS, 60);

	(void)state;
	assert_int_equal(axis_cell(&axis, FROM - 1), -1);
	assert_int_equal(axis_cell(&axis, FROM + DAY_MS), axis.cells);
}

static void axis__stays_within_its_cells__however_long_it_lasts(void **state)
{
	(void)state;
	assert_int_equal(axis_fit(FROM, FROM + 9000 * DAY_MS, 60).cells, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(axis__has_cells_of_a_minute__for_a_short_incident),
		cmocka_unit_test(axis__takes_rounder_cells__the_longer_it_lasts),
		cmocka_unit_test(axis__says_what_lies_outside__before_and_behind),
		cmocka_unit_test(axis__stays_within_its_cells__however_long_it_lasts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
