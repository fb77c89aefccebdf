/* tui/console/list: the cursor is on an object, not on a position. */

#include "tests/support/check.h"
#include "tui/console/list.h"

struct row {
	int64_t id;
};

static void no_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)row;
	(void)now_ms;
	(void)ret;
}

static const struct column columns[] = { { "Id", 0, 0, NULL, no_text } };

static void fill(struct list *list, const int64_t *ids, size_t count)
{
	list_begin(list);
	for (size_t i = 0; i < count; i++)
		list_add(list, &(struct row){ ids[i] });
	list_end(list);
}

static int64_t current_id(const struct list *list)
{
	const struct row *row = list_current(list);

	return row == NULL ? 0 : row->id;
}

static void list__keeps_the_cursor_on_its_object__when_rows_come_and_go(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, columns, COUNT_OF(columns), sizeof(struct row));
	fill(&list, (int64_t[]){ 10, 20, 30 }, 3);
	assert_true(list_act(&list, ACTION_MOVE_DOWN));
	assert_int_equal(current_id(&list), 20);
	fill(&list, (int64_t[]){ 50, 40, 10, 20, 30 }, 5);
	assert_int_equal(current_id(&list), 20);
	fill(&list, (int64_t[]){ 20 }, 1);
	assert_int_equal(current_id(&list), 20);
	list_done(&list);
}

static void list__shows_its_newest_rows__until_its_cursor_was_moved(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, columns, COUNT_OF(columns), sizeof(struct row));
	fill(&list, (int64_t[]){ 10 }, 1);
	fill(&list, (int64_t[]){ 20, 10 }, 2);
	assert_int_equal(current_id(&list), 20);
	(void)list_act(&list, ACTION_MOVE_FIRST);
	fill(&list, (int64_t[]){ 30, 20, 10 }, 3);
	assert_int_equal(current_id(&list), 20);
	list_done(&list);
}

static void list__stays_where_its_object_was__when_that_is_gone(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, columns, COUNT_OF(columns), sizeof(struct row));
	fill(&list, (int64_t[]){ 10, 20, 30 }, 3);
	(void)list_act(&list, ACTION_MOVE_DOWN);
	fill(&list, (int64_t[]){ 10, 30 }, 2);
	assert_int_equal(current_id(&list), 30);
	fill(&list, NULL, 0);
	assert_null(list_current(&list));
	assert_true(list_act(&list, ACTION_MOVE_DOWN));
	list_done(&list);
}

static void list__stops_at_its_ends__whatever_is_pressed(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, columns, COUNT_OF(columns), sizeof(struct row));
	fill(&list, (int64_t[]){ 1, 2, 3, 4, 5 }, 5);
	(void)list_act(&list, ACTION_MOVE_UP);
	assert_int_equal(current_id(&list), 1);
	(void)list_act(&list, ACTION_MOVE_LAST);
	(void)list_act(&list, ACTION_MOVE_DOWN);
	(void)list_act(&list, ACTION_PAGE_DOWN);
	assert_int_equal(current_id(&list), 5);
	(void)list_act(&list, ACTION_MOVE_FIRST);
	assert_int_equal(current_id(&list), 1);
	assert_false(list_act(&list, ACTION_HELP));
	list_done(&list);
}

static void number_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%d", (int)((const struct row *)row)->id);
}

static void list__asks_a_part_of_a_row__when_the_filter_names_it(void **state)
{
	static const struct facet facets[] = { { "number", number_text } };
	struct list list;

	(void)state;
	list_init(&list, columns, COUNT_OF(columns), sizeof(struct row));
	list.facets = facets;
	list.facet_count = COUNT_OF(facets);
	list_set_filter(&list, "number:2");
	fill(&list, (int64_t[]){ 10, 20, 30 }, 3);
	assert_int_equal(list.count, 1);
	assert_int_equal(current_id(&list), 20);
	list_set_filter(&list, "20");
	fill(&list, (int64_t[]){ 10, 20, 30 }, 3);
	assert_int_equal(list.count, 0); /* no column says it */
	list_done(&list);
}

static void list__leaves_out_a_column__but_never_the_last_word(void **state)
{
	static const struct column two[] = { { "Id", 0, 0, NULL, no_text },
					     { "More", 6, 1, NULL, no_text } };
	struct list list;

	(void)state;
	list_init(&list, two, COUNT_OF(two), sizeof(struct row));
	assert_false(list_hide_column(&list, 0, true));
	assert_true(list_hide_column(&list, 1, true));
	assert_true(list_column_is_hidden(&list, 1));
	assert_true(list_act(&list, ACTION_SORT)); /* by what is shown alone */
	assert_int_equal(list.sort, 0);
	assert_true(list_act(&list, ACTION_SORT));
	assert_int_equal(list.sort, -1);
	assert_true(list_hide_column(&list, 1, false));
	assert_false(list_column_is_hidden(&list, 1));
	assert_false(list_hide_column(&list, 2, true));
	list_done(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			list__keeps_the_cursor_on_its_object__when_rows_come_and_go),
		cmocka_unit_test(list__shows_its_newest_rows__until_its_cursor_was_moved),
		cmocka_unit_test(list__stays_where_its_object_was__when_that_is_gone),
		cmocka_unit_test(list__stops_at_its_ends__whatever_is_pressed),
		cmocka_unit_test(list__asks_a_part_of_a_row__when_the_filter_names_it),
		cmocka_unit_test(list__leaves_out_a_column__but_never_the_last_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
