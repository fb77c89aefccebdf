/* tui/console/dashboard_layout: every pane has its place on every screen, and none stands on
 * another. */

#include <string.h>

#include "tests/support/check.h"
#include "tui/console/dashboard_layout.h"

enum { COLUMNS_MAX = 250, ROWS_MAX = 80 };

static char taken[ROWS_MAX][COLUMNS_MAX];

static void claim(struct rect r, int columns, int rows)
{
	assert_true(r.rows >= 0 && r.columns >= 0);
	if (r.rows == 0)
		return;
	if (r.y < 0 || r.x < 0 || r.y + r.rows > rows || r.x + r.columns > columns)
		fail_msg("%dx%d at %d,%d leaves the screen of %dx%d", r.columns, r.rows,
			 r.x, r.y, columns, rows);
	for (int y = r.y; y < r.y + r.rows; y++) {
		if (memchr(&taken[y][r.x], 1, (size_t)r.columns) != NULL)
			fail_msg("two in row %d of %dx%d", y, columns, rows);
		memset(&taken[y][r.x], 1, (size_t)r.columns);
	}
}

static void assert_apart(int columns, int rows, const struct list *panes, enum pane focus,
			 bool zoomed)
{
	struct layout screen = layout_screen(columns, rows);
	struct dashboard_layout l;

	if (screen.body.rows == 0)
		return;
	memset(taken, 0, sizeof(taken));
	dashboard_layout(screen.shape, screen.body, panes, focus, zoomed, &l);
	assert_true(l.pane[focus].rows > 0 || screen.body.rows < 2);
	claim(l.health, columns, rows);
	for (int i = 0; i < PANE_COUNT; i++)
		claim(l.pane[i], columns, rows);
	claim(l.engine, columns, rows);
}

static void dashboard__keeps_its_panes_apart__at_every_size(void **state)
{
	static const size_t counts[][PANE_LISTS] = { { 0, 0, 0, 0 },
						     { 1, 3, 1, 9 },
						     { 300, 500, 90, 60 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		struct list panes[PANE_LISTS] = { 0 };
		for (int p = 0; p < PANE_LISTS; p++)
			panes[p].count = counts[i][p];
		for (int columns = 1; columns <= COLUMNS_MAX; columns += 3)
			for (int rows = 1; rows <= ROWS_MAX; rows++)
				assert_apart(columns, rows, panes,
					     (enum pane)(rows % PANE_LISTS),
					     rows % 3 == 0);
	}
}

static void dashboard__gives_the_services_what_is_left__at_80x24(void **state)
{
	struct list panes[PANE_LISTS] = {
		{ .count = 2 }, { .count = 40 }, { .count = 1 }, { .count = 60 }
	};
	struct layout screen = layout_screen(80, 24);
	struct dashboard_layout l;

	(void)state;
	dashboard_layout(screen.shape, screen.body, panes, PANE_INCIDENTS, false, &l);
	assert_int_equal(l.pane[PANE_INCIDENTS].rows, 3);
	assert_int_equal(l.pane[PANE_SERVICES].rows, 9);
	assert_int_equal(l.pane[PANE_NEXT].rows, 2);
	assert_int_equal(l.pane[PANE_EVENTS].rows, 5);
	assert_int_equal(l.pane[PANE_DETAIL].rows, 0);
}

static void dashboard__shows_the_incidents_first__on_a_low_screen(void **state)
{
	struct list panes[PANE_LISTS] = {
		{ .count = 9 }, { .count = 9 }, { .count = 9 }, { .count = 9 }
	};
	struct layout screen = layout_screen(40, 12);
	struct dashboard_layout l;

	(void)state;
	dashboard_layout(screen.shape, screen.body, panes, PANE_INCIDENTS, false, &l);
	assert_int_equal(l.pane[PANE_INCIDENTS].rows, 4);
	assert_int_equal(l.pane[PANE_SERVICES].rows, 3);
	assert_int_equal(l.pane[PANE_EVENTS].rows, 0);
	dashboard_layout(screen.shape, screen.body, panes, PANE_EVENTS, false, &l);
	assert_int_equal(l.pane[PANE_EVENTS].rows, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dashboard__keeps_its_panes_apart__at_every_size),
		cmocka_unit_test(dashboard__gives_the_services_what_is_left__at_80x24),
		cmocka_unit_test(dashboard__shows_the_incidents_first__on_a_low_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
