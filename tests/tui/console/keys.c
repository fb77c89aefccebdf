/* tui/console/keys: one table for the dispatcher, the footer, the help and the README. */
#include <curses.h>
#include <string.h>

#include "tests/support/check.h"

#include "tui/console/keys.h"
#include "tui/console/view.h"

static const struct view_ops *const views[] = {
	&view_dashboard,    &view_incidents,   &view_incident,    &view_deliveries,
	&view_delivery,     &view_monitors,    &view_monitor,     &view_help,
	&view_integrations, &view_definitions, &view_maintenance, &view_links,
	&view_history,
};

static void keymap__binds_no_key_twice__in_one_map(void **state)
{
	const struct keymap *maps[] = { &keymap_global, &keymap_list, &keymap_records,
					&keymap_form };

	(void)state;
	for (size_t m = 0; m < COUNT_OF(maps); m++)
		for (const struct key_binding *a = maps[m]->bindings; a->key != 0; a++)
			for (const struct key_binding *b = a + 1; b->key != 0; b++)
				assert_int_not_equal(a->key, b->key);
}

static void keymap__finds_the_parents_keys__when_its_own_do_not_match(void **state)
{
	(void)state;
	assert_int_equal(keymap_find(&keymap_list, 'j'), ACTION_MOVE_DOWN);
	assert_int_equal(keymap_find(&keymap_list, KEY_DOWN), ACTION_MOVE_DOWN);
	assert_int_equal(keymap_find(&keymap_list, '?'), ACTION_HELP);
	assert_int_equal(keymap_find(&keymap_list, 27), ACTION_BACK);
	assert_int_equal(keymap_find(&keymap_global, 'j'), ACTION_NONE);
	assert_int_equal(keymap_find(&keymap_list, 0x1F600), ACTION_NONE);
}

static void actions__all_have_a_name_a_sentence_and_a_key(void **state)
{
	const struct keymap *maps[] = {
		&keymap_records,  &keymap_form,    &keymap_incident,
		&keymap_delivery, &keymap_test,    &keymap_whatif,
		&keymap_links,    &keymap_matrix,  &keymap_maintenance,
		&keymap_uptrends, &keymap_history, &keymap_unmatched,
		&keymap_document,
	};

	(void)state;
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		int keys = 0;
		assert_true(strlen(action_infos[action].name) > 0);
		assert_true(strlen(action_infos[action].help) > 0);
		for (size_t m = 0; m < COUNT_OF(maps); m++)
			keys += keymap_key_of(maps[m], (enum action)action) != 0;
		assert_int_not_equal(keys, 0);
	}
}

static void views__hint_only_at_keys_that_work_there(void **state)
{
	(void)state;
	for (size_t v = 0; v < COUNT_OF(views); v++)
		for (const enum action *hint = views[v]->hints; *hint != ACTION_NONE;
		     hint++)
			assert_int_not_equal(keymap_key_of(views[v]->keys, *hint), 0);
}

static void key_char__is_what_is_typed__never_a_function_key(void **state)
{
	(void)state;
	assert_int_equal(key_char('j'), 'j');
	assert_int_equal(key_char(0xE9), 0xE9);
	assert_int_equal(key_char(0x102 | KEY_IS_CHAR), 0x102);
	assert_int_equal(key_char(KEY_DOWN), -1); /* 0x102 too, as ncurses numbers it */
	assert_int_equal(key_char(27), -1);
	assert_int_equal(key_char(127), -1);
	assert_int_equal(key_char(0x85), -1);
}

static void key_name__says_what_people_say(void **state)
{
	char title[KEY_TITLE_SIZE];

	(void)state;
	assert_string_equal(key_title('\r', title), "Enter");
	assert_string_equal(key_title(27, title), "Esc");
	assert_string_equal(key_title(12, title), "Ctrl-L");
	assert_string_equal(key_title('j', title), "j");
	assert_string_equal(key_title(0xE9, title), "\xC3\xA9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keymap__binds_no_key_twice__in_one_map),
		cmocka_unit_test(
			keymap__finds_the_parents_keys__when_its_own_do_not_match),
		cmocka_unit_test(actions__all_have_a_name_a_sentence_and_a_key),
		cmocka_unit_test(views__hint_only_at_keys_that_work_there),
		cmocka_unit_test(key_char__is_what_is_typed__never_a_function_key),
		cmocka_unit_test(key_name__says_what_people_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
