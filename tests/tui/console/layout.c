/* tui/console/layout: every size has its rectangles, whole and apart. */

#include <string.h>

#include "tests/support/check.h"
#include "tui/console/layout.h"

enum { COLUMNS_MAX = 250, ROWS_MAX = 80 };

/* A screen whose cells are claimed by rectangles, each by one at most. */
struct claims {
	int columns, rows;
	char taken[ROWS_MAX][COLUMNS_MAX];
};

static struct claims claims;

static void begin(int columns, int rows)
{
	memset(&claims, 0, sizeof(claims));
	claims.columns = columns;
	claims.rows = rows;
}

static int claim(struct rect r)
{
	assert_true(r.rows >= 0 && r.columns >= 0);
	if (r.rows == 0 || r.columns == 0)
		return 0;
	if (r.y < 0 || r.x < 0 || r.y + r.rows > claims.rows ||
	    r.x + r.columns > claims.columns)
		fail_msg("%dx%d at %d,%d leaves the screen of %dx%d", r.columns, r.rows,
			 r.x, r.y, claims.columns, claims.rows);
	for (int y = r.y; y < r.y + r.rows; y++) {
		char *cells = &claims.taken[y][r.x];
		if (memchr(cells, 1, (size_t)r.columns) != NULL)
			fail_msg("two in row %d of %dx%d", y, claims.columns,
				 claims.rows);
		memset(cells, 1, (size_t)r.columns);
	}
	return r.rows * r.columns;
}

static void layout__gives_every_cell_to_one_part__at_every_size(void **state)
{
	(void)state;
	for (int columns = 1; columns <= COLUMNS_MAX; columns++)
		for (int rows = 1; rows <= ROWS_MAX; rows++) {
			struct layout l = layout_screen(columns, rows);
			begin(columns, rows);
			int cells = claim(l.tabs) + claim(l.place) + claim(l.body) +
				    claim(l.message) + claim(l.hints);
			assert_int_equal(cells, columns * rows);
		}
}

static void assert_panes(int columns, int rows, bool zoomed, bool focused)
{
	struct layout l = layout_screen(columns, rows);
	struct panes p = layout_panes(l.shape, l.body, zoomed, focused);
	int gap = l.shape == LAYOUT_BESIDE && p.rule.rows > 0 ? l.body.rows : 0;

	begin(columns, rows);
	int cells = claim(p.list) + claim(p.rule) + claim(p.detail);
	assert_int_equal(cells + gap, l.body.rows * columns);
	if (zoomed)
		assert_int_equal(p.rule.rows, 0);
}

static void layout__shares_the_body_between_panes__at_every_size(void **state)
{
	(void)state;
	for (int columns = 1; columns <= COLUMNS_MAX; columns++)
		for (int rows = 1; rows <= ROWS_MAX; rows++)
			for (int how = 0; how < 4; how++)
				assert_panes(columns, rows, (how & 1) != 0,
					     (how & 2) != 0);
}

static void layout__gives_nothing__without_a_screen(void **state)
{
	struct layout l = layout_screen(0, 0);

	(void)state;
	assert_int_equal(l.shape, LAYOUT_LINE);
	assert_int_equal(l.place.rows + l.body.rows + l.hints.rows, 0);
	l = layout_screen(80, 0);
	assert_int_equal(l.place.rows + l.body.rows + l.hints.rows, 0);
}

static void layout__changes_its_shape__at_the_widths_it_promises(void **state)
{
	static const struct {
		int columns, rows;
		enum layout_shape shape;
	} sizes[] = {
		{ 1, 1, LAYOUT_LINE },       { 20, 5, LAYOUT_LINE },
		{ 29, 7, LAYOUT_LINE },      { 30, 7, LAYOUT_TALL },
		{ 29, 8, LAYOUT_TALL },      { 200, 3, LAYOUT_LINE },
		{ 40, 12, LAYOUT_TALL },     { 59, 24, LAYOUT_TALL },
		{ 60, 24, LAYOUT_LIST },     { 99, 24, LAYOUT_LIST },
		{ 100, 24, LAYOUT_STACKED }, { 159, 24, LAYOUT_STACKED },
		{ 160, 24, LAYOUT_BESIDE },  { 300, 100, LAYOUT_BESIDE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++)
		assert_int_equal(layout_screen(sizes[i].columns, sizes[i].rows).shape,
				 sizes[i].shape);
}

static void layout__gives_up_the_message_then_the_tabs__on_low_screens(void **state)
{
	(void)state;
	assert_int_equal(layout_screen(80, 12).message.rows, 1);
	assert_false(layout_screen(80, 12).message_in_hints);
	assert_int_equal(layout_screen(80, 11).message.rows, 0);
	assert_true(layout_screen(80, 11).message_in_hints);
	assert_int_equal(layout_screen(80, 6).tabs.rows, 1);
	assert_int_equal(layout_screen(80, 5).tabs.rows, 0);
	assert_int_equal(layout_screen(80, 5).body.rows, 3);
}

static void panes__show_one__when_zoomed(void **state)
{
	struct rect body = { 2, 0, 30, 200 };

	(void)state;
	assert_int_equal(layout_panes(LAYOUT_BESIDE, body, true, true).detail.columns,
			 200);
	assert_int_equal(layout_panes(LAYOUT_BESIDE, body, true, false).list.columns,
			 200);
	assert_int_equal(layout_panes(LAYOUT_LIST, body, true, true).list.columns, 200);
	assert_int_equal(layout_panes(LAYOUT_LIST, body, false, false).detail.rows, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout__gives_every_cell_to_one_part__at_every_size),
		cmocka_unit_test(layout__shares_the_body_between_panes__at_every_size),
		cmocka_unit_test(layout__gives_nothing__without_a_screen),
		cmocka_unit_test(layout__changes_its_shape__at_the_widths_it_promises),
		cmocka_unit_test(
			layout__gives_up_the_message_then_the_tabs__on_low_screens),
		cmocka_unit_test(panes__show_one__when_zoomed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
