/* tui/console/list_order, list_find, list_marks: narrowed, sorted, held still, marked, long. */

#include <curses.h>

#include "tests/support/check.h"
#include "tui/console/list.h"

/* A row with a name and a number. */
struct named {
	int64_t id;
	const char *name;
	int64_t number;
	int depth;
};

static void name_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct named *)row)->name);
}

static void number_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%d", (int)((const struct named *)row)->number);
}

static int64_t number_of(const void *row)
{
	int64_t number = ((const struct named *)row)->number;

	return number != 0 ? number : LIST_NO_NUMBER;
}

static int depth_of(const void *row)
{
	return ((const struct named *)row)->depth;
}

static const struct column named_columns[] = {
	{ "Name", 0, 0, NULL, name_text },
	{ "Number", 6, 1, NULL, number_text },
};
static list_number_fn *const named_numbers[] = { NULL, number_of };

static void list_of_names(struct list *list)
{
	list_init(list, named_columns, COUNT_OF(named_columns), sizeof(struct named));
	list->numbers = named_numbers;
}

static void load(struct list *list, const struct named *rows, size_t count)
{
	list_begin(list);
	for (size_t i = 0; i < count; i++)
		list_add(list, &rows[i]);
	list_end(list);
}

static const struct named four[] = {
	{ 1, "Checkout API", 0, 0 },
	{ 2, "search", 7, 0 },
	{ 3, "Login", 3, 0 },
	{ 4, "Checkout page", 3, 0 },
};

/* "1 2 3": the ids as they stand. */
static void assert_order(const struct list *list, const char *expected)
{
	DEFER(buf_done) struct buf order = BUF_INIT(256);

	for (size_t i = 0; i < list->count; i++) {
		const struct named *row = list_row(list, i);
		buf_addf(&order, "%s%d", i > 0 ? " " : "", (int)list->ids[i]);
		if (row != NULL)
			assert_int_equal(row->id, list->ids[i]);
	}
	assert_string_equal(buf_text(&order), expected);
}

static void assert_status(const struct list *list, const char *expected)
{
	DEFER(buf_done) struct buf status = BUF_INIT(256);

	list_status(list, &status);
	assert_string_equal(buf_text(&status), expected);
}

static void list__shows_what_meets_its_filter__and_how_many_of_all(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	load(&list, four, COUNT_OF(four));
	list_set_filter(&list, "check");
	assert_true(list_wants_load(&list));
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "1 4");
	assert_status(&list, "2 of 4  /check");
	assert_true(list_act(&list, ACTION_BACK));
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "1 2 3 4");
	assert_status(&list, "");
	assert_false(list_act(&list, ACTION_BACK)); /* nothing to clear: app's */
	list_done(&list);
}

static void type(struct list *list, const char *keys)
{
	for (; *keys != '\0'; keys++)
		assert_true(list_key(list, *keys));
}

static void list__keeps_or_clears_what_is_typed__and_remembers_it(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	load(&list, four, COUNT_OF(four));
	assert_false(list_key(&list, 'x'));
	assert_true(list_act(&list, ACTION_FILTER));
	type(&list, "sea\r");
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "2");
	assert_false(list_key(&list, 'x'));
	(void)list_act(&list, ACTION_FILTER);
	type(&list, "\025log\033");
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "1 2 3 4");
	(void)list_act(&list, ACTION_FILTER);
	assert_true(list_key(&list, KEY_UP));
	assert_status(&list, "4 of 4  /log");
	assert_true(list_key(&list, KEY_UP));
	assert_true(list_key(&list, KEY_UP)); /* there is none before */
	assert_status(&list, "4 of 4  /sea");
	assert_true(list_key(&list, KEY_DOWN));
	assert_true(list_key(&list, KEY_DOWN));
	assert_status(&list, "4 of 4  /");
	list_done(&list);
}

static void list__goes_from_match_to_match__round_its_ends(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	load(&list, four, COUNT_OF(four));
	(void)list_act(&list, ACTION_FILTER);
	type(&list, "check\033");
	load(&list, four, COUNT_OF(four));
	list_move_to(&list, 0);
	assert_true(list_act(&list, ACTION_NEXT_MATCH));
	assert_int_equal(list.cursor_id, 4);
	assert_true(list_act(&list, ACTION_NEXT_MATCH));
	assert_int_equal(list.cursor_id, 1);
	assert_true(list_act(&list, ACTION_PREVIOUS_MATCH));
	assert_int_equal(list.cursor_id, 4);
	list_done(&list);
}

static void list__shows_what_holds_a_match__in_a_tree(void **state)
{
	static const struct named tree[] = {
		{ 1, "Hub", 0, 0 },     { 2, "Website", 0, 1 }, { 3, "Search", 0, 1 },
		{ 4, "Other", 0, 0 },   { 5, "Shop", 0, 1 },    { 6, "Level", 0, 0 },
		{ 7, "Website", 0, 1 }, { 8, "deep", 0, 2 },
	};
	struct list list;

	(void)state;
	list_of_names(&list);
	list.depth = depth_of;
	list_set_filter(&list, "website");
	load(&list, tree, COUNT_OF(tree));
	assert_order(&list, "1 2 6 7");
	list_set_filter(&list, "deep");
	load(&list, tree, COUNT_OF(tree));
	assert_order(&list, "6 7 8");
	assert_false(list_act(&list, ACTION_SORT)); /* it has an order of its own */
	list_done(&list);
}

static void list__sorts_by_the_next_column__equals_as_they_came(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	load(&list, four, COUNT_OF(four));
	assert_true(list_act(&list, ACTION_SORT));
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "1 4 3 2");
	(void)list_act(&list, ACTION_SORT_REVERSE);
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "2 3 4 1");
	(void)list_act(&list, ACTION_SORT);
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "3 4 2 1"); /* what has no number comes last */
	(void)list_act(&list, ACTION_SORT_REVERSE);
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "2 3 4 1");
	(void)list_act(&list, ACTION_SORT);
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "1 2 3 4");
	assert_false(list_act(&list, ACTION_SORT_REVERSE));
	list_done(&list);
}

static void list__holds_its_order__while_somebody_is_at_the_keys(void **state)
{
	static const struct named later[] = {
		{ 1, "Checkout API", 1, 0 }, { 2, "search", 2, 0 },    { 5, "new", 1, 0 },
		{ 3, "Login", 9, 0 },        { 4, "Shop page", 0, 0 },
	};
	struct list list;

	(void)state;
	list_of_names(&list);
	list.natural = number_of;
	load(&list, four, COUNT_OF(four));
	assert_order(&list, "3 4 2 1");
	list.hold = true;
	load(&list, later, COUNT_OF(later));
	assert_order(&list, "3 5 4 2 1"); /* what is new comes where it belongs */
	assert_true(list.held);
	list.hold = false;
	load(&list, later, COUNT_OF(later));
	assert_order(&list, "1 5 2 3 4");
	assert_false(list.held);
	list.hold = true; /* whoever asks for an order gets it */
	(void)list_act(&list, ACTION_SORT);
	load(&list, later, COUNT_OF(later));
	assert_order(&list, "1 3 5 2 4");
	list_done(&list);
}

static void list__keeps_marks_on_their_objects__whatever_moves(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	load(&list, four, COUNT_OF(four));
	list_move_to(&list, 1);
	assert_true(list_act(&list, ACTION_MARK));
	assert_int_equal(list.cursor_id, 3); /* the next one */
	assert_true(list_is_marked(&list, 2));
	assert_status(&list, "1 marked");
	(void)list_act(&list, ACTION_SORT);
	load(&list, four, COUNT_OF(four));
	assert_true(list_is_marked(&list, 2));
	list_move_to(&list, 3);
	(void)list_act(&list, ACTION_MARK);
	assert_false(list_is_marked(&list, 2));
	list_done(&list);
}

static void list__marks_a_range_or_all__and_takes_marks_away(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	assert_true(list_act(&list, ACTION_MARK)); /* there is nothing to mark */
	load(&list, four, COUNT_OF(four));
	list_move_to(&list, 3);
	(void)list_act(&list, ACTION_MARK_RANGE);
	assert_status(&list, "range: V ends it");
	list_move_to(&list, 1);
	(void)list_act(&list, ACTION_MARK_RANGE);
	assert_status(&list, "3 marked");
	assert_false(list_is_marked(&list, 1));
	(void)list_act(&list, ACTION_UNMARK);
	assert_status(&list, "");
	list_set_filter(&list, "check");
	load(&list, four, COUNT_OF(four));
	(void)list_act(&list, ACTION_MARK_ALL);
	assert_status(&list, "2 marked  2 of 4  /check");
	assert_true(list_is_marked(&list, 4));
	assert_false(list_is_marked(&list, 2));
	list_done(&list);
}

static void list__counts_what_is_new_above__instead_of_moving(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	list.newest_first = true;
	list.height = 2;
	load(&list, (struct named[]){ { 4, "", 0, 0 }, { 3, "", 0, 0 }, { 2, "", 0, 0 } },
	     3);
	list_move_to(&list, 2);
	assert_int_equal(list.top, 1);
	load(&list,
	     (struct named[]){
		     { 9, "", 0, 0 }, { 8, "", 0, 0 }, { 4, "", 0, 0 }, { 3, "", 0, 0 } },
	     4);
	assert_int_equal(list.top, 3 - 1);
	assert_status(&list, "2 new above");
	(void)list_act(&list, ACTION_MOVE_FIRST);
	assert_status(&list, "");
	(void)list_act(&list, ACTION_FOLLOW);
	load(&list, (struct named[]){ { 10, "", 0, 0 }, { 9, "", 0, 0 } }, 2);
	assert_int_equal(list.cursor, 0);
	assert_status(&list, "follows the newest");
	(void)list_act(&list, ACTION_MOVE_DOWN);
	assert_status(&list, "");
	list_done(&list);
}

static void list__reaches_further__when_one_goes_to_its_end(void **state)
{
	struct list list;

	(void)state;
	list_of_names(&list);
	list.reach = COUNT_OF(four);
	load(&list, four, COUNT_OF(four));
	assert_true(list_is_cut(&list));
	(void)list_act(&list, ACTION_MOVE_DOWN);
	assert_false(list_wants_load(&list));
	(void)list_act(&list, ACTION_MOVE_LAST);
	assert_true(list_wants_load(&list));
	assert_int_equal(list.reach, 10 * COUNT_OF(four));
	load(&list, four, COUNT_OF(four));
	assert_false(list_is_cut(&list));
	(void)list_act(&list, ACTION_MOVE_DOWN);
	assert_false(list_wants_load(&list));
	list_done(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list__shows_what_meets_its_filter__and_how_many_of_all),
		cmocka_unit_test(list__keeps_or_clears_what_is_typed__and_remembers_it),
		cmocka_unit_test(list__goes_from_match_to_match__round_its_ends),
		cmocka_unit_test(list__shows_what_holds_a_match__in_a_tree),
		cmocka_unit_test(list__sorts_by_the_next_column__equals_as_they_came),
		cmocka_unit_test(list__holds_its_order__while_somebody_is_at_the_keys),
		cmocka_unit_test(list__keeps_marks_on_their_objects__whatever_moves),
		cmocka_unit_test(list__marks_a_range_or_all__and_takes_marks_away),
		cmocka_unit_test(list__counts_what_is_new_above__instead_of_moving),
		cmocka_unit_test(list__reaches_further__when_one_goes_to_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
