/* tui/console/list_search: a long list that is gone through a slice at a time ends as a short
 * one that was read at a time, wherever it was interrupted; the cursor stays on its object. */
#include <stdio.h>
#include <string.h>

#include "tests/support/long_list.h"

/* As the loop does: so many slices. */
static void go_on(struct list *list, struct store *store, int slices)
{
	for (int i = 0; i < slices && list->search.running; i++) {
		must(list_search(list, store, err));
		if (list->wants_rows)
			load(list, store, false);
	}
}

static void finish(struct list *list, struct store *store)
{
	go_on(list, store, ROWS);
	assert_false(list->search.running);
}

static void assert_same(const struct list *list, const struct list *whole)
{
	assert_int_equal(list->count, whole->count);
	assert_int_equal(list->total, whole->total);
	if (whole->count > 0)
		assert_memory_equal(list->ids, whole->ids,
				    whole->count * sizeof(whole->ids[0]));
	assert_int_equal(list->cursor, whole->cursor);
	assert_int_equal(list->top, whole->top);
	for (size_t i = list->top; i < list->top + HEIGHT && i < list->count; i++) {
		const struct named *row = list_row(list, i);
		assert_non_null(row);
		assert_int_equal(row->id, list->ids[i]);
	}
}

/* Both at once: the same is asked of them. */
struct pair {
	struct list list, whole;
	struct store *store;
};

static void pair_done(struct pair *pair)
{
	list_done(&pair->list);
	list_done(&pair->whole);
}

static struct pair *pair_new(struct store *store, struct pair *pair)
{
	make_world();
	named_init(&pair->list, true);
	named_init(&pair->whole, false);
	pair->store = store;
	load(&pair->list, store, true);
	load_whole(&pair->whole);
	assert_same(&pair->list, &pair->whole);
	return pair;
}

static void act(struct pair *pair, enum action action, int times)
{
	for (int i = 0; i < times; i++) {
		assert_true(list_act(&pair->list, action));
		assert_true(list_act(&pair->whole, action));
		if (list_wants_load(&pair->list))
			load(&pair->list, pair->store, false);
		if (list_wants_load(&pair->whole))
			load_whole(&pair->whole);
	}
}

static void narrow(struct pair *pair, const char *filter)
{
	list_set_filter(&pair->list, filter);
	list_set_filter(&pair->whole, filter);
	assert_true(list_wants_load(&pair->list));
	load(&pair->list, pair->store, false);
	load_whole(&pair->whole);
}

static void search__ends_as_the_whole__whatever_is_looked_for(void **state)
{
	static const char *const filters[] = { "shop",    "!shop",         "09",
					       "api 1",   "number=42",     "~cap 7",
					       "nowhere", "übers !name:3", "" };

	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		DEFER(pair_done) struct pair pair;
		(void)pair_new(*state, &pair);
		act(&pair, ACTION_PAGE_DOWN, 50);
		narrow(&pair, filters[i]);
		finish(&pair.list, *state);
		assert_same(&pair.list, &pair.whole);
	}
}

static void search__keeps_the_cursor_on_its_object__far_behind_the_first_page(
	void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	act(&pair, ACTION_MOVE_LAST, 1);
	act(&pair, ACTION_PAGE_UP, 20);
	int64_t id = pair.list.cursor_id;
	const struct named *row = list_current(&pair.list);
	char word[8];
	(void)snprintf(word, sizeof(word), "%.2s", row->name);
	narrow(&pair, word);
	assert_true(pair.list.search.running);
	assert_int_equal(pair.list.cursor, 0); /* what is found so far */
	finish(&pair.list, *state);
	assert_int_equal(((const struct named *)list_current(&pair.list))->id, id);
	assert_same(&pair.list, &pair.whole);
}

static void list__reads_a_row_once__however_it_scrolls(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	rows_read = 0;
	for (int i = 0; i < 100; i++) {
		size_t before = rows_read;
		act(&pair, ACTION_MOVE_DOWN, 1);
		assert_true(rows_read - before < HEIGHT / 2);
		assert_same(&pair.list, &pair.whole);
	}
	assert_true(rows_read <= 100);
	act(&pair, ACTION_MOVE_UP, 100);
	assert_same(&pair.list, &pair.whole);
	act(&pair, ACTION_PAGE_DOWN, 3);
	assert_same(&pair.list, &pair.whole);
	act(&pair, ACTION_PAGE_UP, 3);
	assert_same(&pair.list, &pair.whole);
	act(&pair, ACTION_MOVE_LAST, 1);
	assert_same(&pair.list, &pair.whole);
}

static void list__reads_all_that_is_shown__when_data_changes(void **state)
{
	DEFER(pair_done) struct pair pair;
	const struct named *row;

	(void)pair_new(*state, &pair);
	act(&pair, ACTION_MOVE_DOWN, HEIGHT + 2);
	(void)snprintf(world[HEIGHT].name, sizeof(world[0].name), "renamed");
	load(&pair.list, *state, true);
	row = list_row(&pair.list, HEIGHT);
	assert_non_null(row);
	assert_string_equal(row->name, "renamed");
}

static void search__shows_a_page_first__and_says_that_it_goes_on(void **state)
{
	DEFER(pair_done) struct pair pair;
	DEFER(buf_done) struct buf status = BUF_INIT(256);

	(void)pair_new(*state, &pair);
	narrow(&pair, "shop");
	assert_true(pair.list.search.running);
	assert_true(pair.list.count >= HEIGHT && pair.list.count < ROWS / 4);
	assert_non_null(list_row(&pair.list, HEIGHT - 1));
	list_status(&pair.list, &status);
	assert_non_null(strstr(buf_text(&status), "searching  "));
	finish(&pair.list, *state);
	buf_reset(&status);
	list_status(&pair.list, &status);
	assert_string_equal(buf_text(&status), "750 of 3000  /shop");
}

static void search__looks_through_what_is_kept__for_a_longer_filter(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	narrow(&pair, "shop");
	finish(&pair.list, *state);
	rows_read = 0;
	narrow(&pair, "shop 1");
	finish(&pair.list, *state);
	assert_same(&pair.list, &pair.whole);
	assert_true(rows_read < ROWS / 3);
	rows_read = 0;
	narrow(&pair, "shop"); /* a shorter one finds more */
	finish(&pair.list, *state);
	assert_same(&pair.list, &pair.whole);
	assert_true(rows_read >= ROWS);
}

/* The next key comes at any time: in the middle of a search, of a sort, or after them. */
static void search__ends_as_the_whole__however_one_types(void **state)
{
	static const char *const typed[] = {
		"s",      "sh",   "sho",   "shop", "shop ", "shop 0", "shop 01",
		"shop 0", "shop", "ma",    "mai",  "",      "0",      "00",
		"001",    "!001", "!001x", "name", "name:", "name:c", "name:ch",
		"~ch",    "~chp", "~ch",   ""
	};
	uint32_t chance = 12345;

	for (int round = 0; round < 20; round++) {
		DEFER(pair_done) struct pair pair;
		(void)pair_new(*state, &pair);
		for (size_t i = 0; i < COUNT_OF(typed); i++) {
			chance = chance * 1664525 + 1013904223;
			if (chance >> 28 == 0)
				act(&pair, ACTION_SORT, 1);
			narrow(&pair, typed[i]);
			go_on(&pair.list, *state, (int)(chance >> 16 & 63));
			if (!pair.list.search.running)
				assert_int_equal(pair.list.count, pair.whole.count);
		}
		narrow(&pair, "1");
		finish(&pair.list, *state);
		list_select(&pair.list, 11);
		list_select(&pair.whole, 11);
		load(&pair.list, *state, true);
		load_whole(&pair.whole);
		finish(&pair.list, *state);
		assert_int_equal(pair.list.count, pair.whole.count);
		assert_memory_equal(pair.list.ids, pair.whole.ids,
				    pair.whole.count * sizeof(int64_t));
		assert_int_equal(pair.list.cursor, pair.whole.cursor);
	}
}

static void search__sorts_when_all_was_read__the_old_order_until_then(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	act(&pair, ACTION_MOVE_DOWN, 3);
	act(&pair, ACTION_SORT, 2);
	assert_int_equal(pair.list.sort, 1);
	finish(&pair.list, *state);
	assert_same(&pair.list, &pair.whole);
	act(&pair, ACTION_SORT_REVERSE, 1);
	finish(&pair.list, *state);
	assert_same(&pair.list, &pair.whole);
	narrow(&pair, "mail");
	finish(&pair.list, *state);
	assert_same(&pair.list, &pair.whole);
	act(&pair, ACTION_SORT, 1);
	finish(&pair.list, *state);
	assert_same(&pair.list, &pair.whole);
}

/* Other data: what is shown stays until all has been looked at, and nobody is told. */
static void search__follows_live_data__without_a_page_of_less(void **state)
{
	DEFER(pair_done) struct pair pair;
	DEFER(buf_done) struct buf status = BUF_INIT(256);

	(void)pair_new(*state, &pair);
	narrow(&pair, "shop");
	finish(&pair.list, *state);
	act(&pair, ACTION_PAGE_DOWN, 3);
	memcpy(world[1].name, "shop at last", sizeof("shop at last"));
	world[8].name[0] = '\0';
	load(&pair.list, *state, true);
	while (pair.list.search.running) {
		assert_in_range(pair.list.count, 749, 750);
		go_on(&pair.list, *state, 1);
	}
	list_status(&pair.list, &status);
	assert_null(strstr(buf_text(&status), "searching"));
	load_whole(&pair.whole);
	assert_same(&pair.list, &pair.whole);
}

static void search__comes_again__when_data_changes_while_it_runs(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	narrow(&pair, "shop");
	go_on(&pair.list, *state, 2);
	assert_true(pair.list.search.running);
	memcpy(world[1].name, "shop at last", sizeof("shop at last"));
	load(&pair.list, *state, true);
	finish(&pair.list, *state);
	assert_true(pair.list.search.stale);
	load(&pair.list, *state, true);
	finish(&pair.list, *state);
	assert_false(pair.list.search.stale);
	load_whole(&pair.whole);
	assert_int_equal(pair.list.count, pair.whole.count);
}

static void search__holds_what_is_sorted__while_somebody_is_at_the_keys(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	act(&pair, ACTION_SORT, 2);
	finish(&pair.list, *state);
	world[2999].number = -1;
	pair.list.hold = true;
	load(&pair.list, *state, true);
	assert_false(pair.list.search.running);
	assert_true(pair.list.held);
	pair.list.hold = false;
	load(&pair.list, *state, true);
	finish(&pair.list, *state);
	assert_false(pair.list.held);
	assert_int_equal(pair.list.ids[0], 3000);
}

static void search__marks_all_of_them__when_it_has_ended(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	narrow(&pair, "shop");
	assert_true(list_act(&pair.list, ACTION_MARK_ALL));
	finish(&pair.list, *state);
	assert_int_equal(pair.list.marks.count, 750);
}

static void long_list__reads_the_rows_around__what_is_shown(void **state)
{
	DEFER(pair_done) struct pair pair;
	struct list *list = &pair.list;

	(void)pair_new(*state, &pair);
	assert_int_equal(list->loaded, HEIGHT + 3);
	list_move_to(list, HEIGHT + 2);
	assert_false(list_wants_load(list));
	list_move_to(list, 20);
	assert_true(list_wants_load(list));
	load(list, *state, false);
	assert_int_equal(list->first, 11 - 3);
	assert_int_equal(list->loaded, 3 + HEIGHT + 3);
	assert_null(list_row(list, 0));
	assert_false(list_wants_ids(list, true)); /* for rows alone */
	list->rows_only = false;
	assert_false(list_wants_ids(list, false));
	assert_true(list_wants_ids(list, true));
	list->is_ranked = list->hold = true;
	assert_false(list_wants_ids(list, true));
	assert_true(list->held); /* once nobody is at the keys */
}

static void long_list__loses_a_row__that_is_there_no_longer(void **state)
{
	DEFER(pair_done) struct pair pair;

	(void)pair_new(*state, &pair);
	act(&pair, ACTION_MOVE_DOWN, 4);
	pair.list.is_ranked = pair.list.hold = true; /* the ids stay as they are */
	world[2].name[0] = '\0';
	load(&pair.list, *state, true);
	assert_int_equal(pair.list.count, ROWS - 1);
	assert_int_equal(((const struct named *)list_current(&pair.list))->id, 5);
	world[4].name[0] = '\0';
	load(&pair.list, *state, true);
	assert_int_equal(((const struct named *)list_current(&pair.list))->id, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(search__ends_as_the_whole__whatever_is_looked_for),
		JOURNAL_TEST(
			search__keeps_the_cursor_on_its_object__far_behind_the_first_page),
		JOURNAL_TEST(list__reads_a_row_once__however_it_scrolls),
		JOURNAL_TEST(list__reads_all_that_is_shown__when_data_changes),
		JOURNAL_TEST(search__shows_a_page_first__and_says_that_it_goes_on),
		JOURNAL_TEST(search__looks_through_what_is_kept__for_a_longer_filter),
		JOURNAL_TEST(search__ends_as_the_whole__however_one_types),
		JOURNAL_TEST(search__sorts_when_all_was_read__the_old_order_until_then),
		JOURNAL_TEST(search__follows_live_data__without_a_page_of_less),
		JOURNAL_TEST(search__comes_again__when_data_changes_while_it_runs),
		JOURNAL_TEST(search__holds_what_is_sorted__while_somebody_is_at_the_keys),
		JOURNAL_TEST(search__marks_all_of_them__when_it_has_ended),
		JOURNAL_TEST(long_list__reads_the_rows_around__what_is_shown),
		JOURNAL_TEST(long_list__loses_a_row__that_is_there_no_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
