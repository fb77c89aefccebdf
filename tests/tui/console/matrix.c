/* tui/console/matrix: what is shown of a matrix of links, and what painting it changes. */
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tui/console/matrix.h"

/* Monitors 1 to rows ("m1" …), services 101 to 100 + columns; a definition with levels 1
 * and 2, ids 11 and 12, painted is level 1; of integration 7. */
static void fill(struct matrix *m, int rows, int columns)
{
	char name[16];

	matrix_begin(m);
	for (int i = 1; i <= rows; i++) {
		(void)snprintf(name, sizeof(name), "m%d", i);
		axis_add(&m->monitors, i, name);
	}
	for (int i = 1; i <= columns; i++) {
		(void)snprintf(name, sizeof(name), "s%d", i);
		axis_add(&m->services, 100 + i, name);
	}
	m->level_ids[1] = 11;
	m->level_ids[2] = 12;
	m->level = m->level > 0 ? m->level : 1;
	m->integration_id = 7;
}

static void link(struct matrix *m, int64_t id, int64_t monitor, int64_t service,
		 int64_t level)
{
	const struct link_cell cell = { id, monitor, service, level };

	matrix_add_link(m, &cell);
}

/* "+1/102@11 -5": links added and taken away. */
static const char *painted(const struct link_changes *changes)
{
	static char text[1024];
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < changes->count; i++) {
		const struct link_change *c = &changes->items[i];
		const char *blank = i > 0 ? " " : "";
		int bytes = c->level_id == 0
				    ? snprintf(text + used, sizeof(text) - used, "%s-%d",
					       blank, (int)c->link_id)
				    : snprintf(text + used, sizeof(text) - used,
					       "%s+%d/%d@%d", blank, (int)c->monitor_id,
					       (int)c->service_id, (int)c->level_id);
		used += (size_t)bytes;
	}
	return text;
}

/* ---- what is shown ---- */

static void axis__keeps_its_cursor_in_the_window__both_ways(void **state)
{
	DEFER(matrix_done) struct matrix m = { 0 };

	(void)state;
	fill(&m, 2000, 500);
	matrix_end(&m);
	axis_scroll(&m.monitors, 10);
	assert_int_equal(m.monitors.first, 0);
	axis_move(&m.monitors, 10);
	axis_scroll(&m.monitors, 10);
	assert_int_equal(m.monitors.first, 1);
	axis_move(&m.monitors, 5000);
	axis_scroll(&m.monitors, 10);
	assert_int_equal(m.monitors.cursor, 1999);
	assert_int_equal(m.monitors.first, 1990);
	axis_scroll(&m.monitors, 40); /* the screen grew */
	assert_int_equal(m.monitors.first, 1960);
	axis_move(&m.monitors, -5000);
	axis_scroll(&m.monitors, 0); /* no room at all */
	assert_int_equal(m.monitors.first, 0);
}

static void axis__stays_on_its_object__when_others_come_and_go(void **state)
{
	DEFER(matrix_done) struct matrix m = { 0 };

	(void)state;
	fill(&m, 20, 1);
	matrix_end(&m);
	axis_move(&m.monitors, 11); /* m12 */
	axis_mark(&m.monitors);
	axis_set_filter(&m.monitors, "2");
	assert_int_equal(m.monitors.shown_count, 3); /* m2, m12, m20 */
	assert_string_equal(axis_current(&m.monitors)->name, "m12");
	fill(&m, 30, 1);
	matrix_end(&m);
	assert_string_equal(axis_current(&m.monitors)->name, "m12");
	assert_true(axis_current(&m.monitors)->marked);
	axis_set_filter(&m.monitors, "");
	assert_int_equal(m.monitors.cursor, 11);
	assert_int_equal(m.monitors.shown_count, 30);
}

static void matrix__tells_levels_and_sums__of_sparse_links(void **state)
{
	DEFER(matrix_done) struct matrix m = { 0 };
	DEFER(buf_done) struct buf cell = BUF_INIT(16);

	(void)state;
	fill(&m, 3, 3);
	link(&m, 3, 2, 103, 1);
	link(&m, 2, 1, 102, 4);
	link(&m, 1, 1, 102, 1);
	matrix_end(&m);
	matrix_add_cell(matrix_levels(&m, 1, 102), &cell);
	assert_string_equal(buf_text(&cell), "14");
	assert_int_equal(matrix_levels(&m, 1, 101), 0);
	assert_int_equal(m.monitors.items[0].links, 1); /* one cell, two links */
	assert_int_equal(m.monitors.items[2].links, 0); /* reaches nothing */
	assert_int_equal(m.services.items[2].links, 1);
}

/* ---- what painting changes ---- */

static void paint__links_the_cell_under_the_cursor__and_takes_it_away_again(void **state)
{
	DEFER(matrix_done) struct matrix m = { 0 };
	DEFER(link_changes_done) struct link_changes added = { 0 };
	DEFER(link_changes_done) struct link_changes removed = { 0 };

	(void)state;
	fill(&m, 2, 2);
	link(&m, 9, 1, 101, 2); /* another level's is none of ours */
	matrix_end(&m);
	matrix_paint(&m, &added);
	assert_string_equal(painted(&added), "+1/101@11");
	fill(&m, 2, 2);
	link(&m, 5, 1, 101, 1);
	matrix_end(&m);
	matrix_paint(&m, &removed);
	assert_string_equal(painted(&removed), "-5");
}

static void paint__crosses_marked_rows_and_columns__adding_what_is_missing(void **state)
{
	DEFER(matrix_done) struct matrix m = { 0 };
	DEFER(link_changes_done) struct link_changes added = { 0 };
	DEFER(link_changes_done) struct link_changes shown = { 0 };

	(void)state;
	fill(&m, 3, 3);
	link(&m, 5, 1, 103, 1);
	matrix_end(&m);
	axis_mark(&m.monitors);
	axis_move(&m.monitors, 2);
	axis_mark(&m.monitors);
	axis_move(&m.services, 2);
	axis_mark(&m.services);
	axis_move(&m.services, -1);
	axis_mark(&m.services);
	matrix_paint(&m, &added);
	assert_string_equal(painted(&added), "+1/102@11 +3/102@11 +3/103@11");
	axis_set_filter(&m.monitors, "m3"); /* what is marked and not shown stays out */
	matrix_paint(&m, &shown);
	assert_string_equal(painted(&shown), "+3/102@11 +3/103@11");
}

static void paste__makes_a_row_like_another__at_every_level(void **state)
{
	DEFER(matrix_done) struct matrix m = { 0 };
	DEFER(link_changes_done) struct link_changes changes = { 0 };

	(void)state;
	fill(&m, 2, 3);
	link(&m, 1, 1, 101, 1);
	link(&m, 2, 1, 101, 2);
	link(&m, 3, 2, 101, 1);
	link(&m, 4, 2, 103, 1);
	matrix_end(&m);
	axis_move(&m.monitors, 1);
	matrix_paste(&m, 1, &changes);
	assert_string_equal(painted(&changes), "+2/101@12 -4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(axis__keeps_its_cursor_in_the_window__both_ways),
		cmocka_unit_test(axis__stays_on_its_object__when_others_come_and_go),
		cmocka_unit_test(matrix__tells_levels_and_sums__of_sparse_links),
		cmocka_unit_test(
			paint__links_the_cell_under_the_cursor__and_takes_it_away_again),
		cmocka_unit_test(
			paint__crosses_marked_rows_and_columns__adding_what_is_missing),
		cmocka_unit_test(paste__makes_a_row_like_another__at_every_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
