/* tui/console/palette: which items answer what is typed, and which comes first. */

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tui/console/palette.h"

static struct palette_item a_record(int64_t id, const char *name)
{
	struct palette_item item = { .kind = PALETTE_RECORD,
				     .record = RECORD_MONITOR,
				     .id = id,
				     .about = "monitor" };

	(void)text_cut(item.label, sizeof(item.label), name, PALETTE_LABEL);
	return item;
}

static void offer(struct palette_items *items, const char *text)
{
	static const char *const names[] = { "Checkout API", "Test checkout", "Search" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct palette_item item = a_record((int64_t)i + 1, names[i]);
		palette_offer(items, &item, text);
	}
}

static void palette__finds_objects__by_words_in_any_order(void **state)
{
	DEFER(palette_items_done) struct palette_items items = { 0 };

	(void)state;
	offer(&items, "che tes");
	assert_int_equal(items.count, 1);
	assert_string_equal(items.items[0].label, "Test checkout");
	offer(&items, "monitor sea"); /* what it is counts, too */
	assert_int_equal(items.count, 2);
	assert_string_equal(items.items[1].label, "Search");
}

static void palette__puts_the_best_first__then_what_was_run_last(void **state)
{
	struct palette_recent recent = { 0 };
	DEFER(palette_items_done) struct palette_items items = { 0 };
	struct palette_item search = a_record(3, "Search");

	(void)state;
	offer(&items, "ch");
	palette_sort(&items, &recent);
	assert_int_equal(items.items[0].id, 1); /* begins with it */
	palette_items_done(&items);
	palette_remember(&recent, &search);
	offer(&items, "");
	palette_sort(&items, &recent);
	assert_int_equal(items.items[0].id, 3);
	assert_int_equal(items.items[1].id, 1);
}

static void palette__remembers_each_once__the_newest_first(void **state)
{
	struct palette_recent recent = { 0 };

	(void)state;
	for (int64_t id = 1; id <= PALETTE_RECENT + 5; id++) {
		struct palette_item item = a_record(id, "x");
		palette_remember(&recent, &item);
	}
	assert_int_equal(recent.count, PALETTE_RECENT);
	assert_int_equal(recent.items[0].id, PALETTE_RECENT + 5);
	struct palette_item again = a_record(10, "x");
	palette_remember(&recent, &again);
	assert_int_equal(recent.count, PALETTE_RECENT);
	assert_int_equal(recent.items[0].id, 10);
	assert_int_equal(recent.items[1].id, PALETTE_RECENT + 5);
}

static void palette__offers_the_commands__that_have_a_key_here(void **state)
{
	DEFER(palette_items_done) struct palette_items items = { 0 };

	(void)state;
	palette_offer_actions(&items, &keymap_list, "incid");
	assert_true(items.count > 0);
	assert_int_equal(items.items[0].action, ACTION_GO_INCIDENTS);
	palette_items_done(&items);
	palette_offer_actions(&items, &keymap_list, "toggle");
	for (size_t i = 0; i < items.count; i++)
		assert_int_not_equal(items.items[i].action, ACTION_TOGGLE);
	palette_items_done(&items);
	palette_offer_actions(&items, &keymap_list, "");
	for (size_t i = 0; i < items.count; i++)
		assert_int_not_equal(items.items[i].action, ACTION_MOVE_DOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(palette__finds_objects__by_words_in_any_order),
		cmocka_unit_test(palette__puts_the_best_first__then_what_was_run_last),
		cmocka_unit_test(palette__remembers_each_once__the_newest_first),
		cmocka_unit_test(palette__offers_the_commands__that_have_a_key_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
