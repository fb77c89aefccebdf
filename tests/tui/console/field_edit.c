/* tui/console/field_edit: typing, Emacs line keys, rows. */
#include <curses.h>
#include <locale.h>
#include <string.h>

#include "tests/support/check.h"
#include "tui/console/field_edit.h"
#include "tui/console/keys.h"

#define CONTROL(letter) ((letter)&0x1f)

static struct field_edit edit;

static void begin(size_t max_bytes, bool lines, const char *text)
{
	field_edit_done(&edit);
	field_edit_init(&edit, max_bytes, lines);
	field_edit_set(&edit, text);
}

static void offer(const char *text)
{
	field_edit_set(&edit, text);
	field_edit_offer(&edit);
}

static void press(const int *keys)
{
	for (; *keys != 0; keys++)
		(void)field_edit_key(&edit, *keys);
}
#define PRESS(...) press((const int[]){ __VA_ARGS__, 0 })

static void field_edit__takes_text_at_its_cursor__and_emacs_keys(void **state)
{
	(void)state;
	begin(100, false, "hello world");
	PRESS(CONTROL('a'), 'X', KEY_END, '!', CONTROL('b'), CONTROL('b'), KEY_BACKSPACE);
	assert_string_equal(field_edit_text(&edit), "Xhello word!");
	PRESS(CONTROL('w'));
	assert_string_equal(field_edit_text(&edit), "Xhello d!");
	PRESS(CONTROL('a'), CONTROL('y'), CONTROL('k'));
	assert_string_equal(field_edit_text(&edit), "wor");
	PRESS(CONTROL('u'), CONTROL('y'), CONTROL('y'), CONTROL('a'), CONTROL('d'));
	assert_string_equal(field_edit_text(&edit), "orwor");
}

static void field_edit__moves_by_what_is_seen__over_wide_and_combining_text(void **state)
{
	(void)state;
	begin(100, false,
	      "e\xCC\x81\xE4\xBD\xA0z"); /* e with acute, a wide character, z */
	PRESS(KEY_HOME, KEY_RIGHT);
	assert_int_equal(edit.at, 3);
	PRESS(KEY_RIGHT, KEY_BACKSPACE);
	assert_string_equal(field_edit_text(&edit), "e\xCC\x81z");
	PRESS(KEY_BACKSPACE, 0xE9, 0x142 | KEY_IS_CHAR);
	assert_string_equal(field_edit_text(&edit), "\xC3\xA9\xC5\x82z");
}

static void field_edit__replaces_what_it_offered__by_a_character_or_a_paste(void **state)
{
	(void)state;
	begin(5, false, "");
	offer("30m");
	assert_int_equal(edit.at, 0);
	PRESS('2', 'h');
	assert_string_equal(field_edit_text(&edit), "2h");
	offer("30m");
	assert_false(field_edit_insert(&edit, "too long"));
	assert_true(field_edit_insert(&edit, "1d"));
	assert_string_equal(field_edit_text(&edit), "1d");
	assert_int_equal(edit.at, 2);
}

static void field_edit__goes_on_with_what_it_offered__by_any_other_key(void **state)
{
	static const struct {
		int key;
		const char *then_0;
	} keys[] = { { KEY_END, "30m0" },
		     { KEY_LEFT, "300m" },
		     { KEY_BACKSPACE, "300" },
		     { CONTROL('u'), "0" },
		     { CONTROL('a'), "030m" } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		begin(5, false, "");
		offer("30m");
		PRESS(keys[i].key, '0');
		assert_string_equal(field_edit_text(&edit), keys[i].then_0);
	}
}

static void field_edit__refuses_whole__what_does_not_fit(void **state)
{
	(void)state;
	begin(5, false, "abc");
	assert_false(field_edit_insert(&edit, "def"));
	assert_string_equal(field_edit_text(&edit), "abc");
	assert_true(field_edit_insert(&edit, "de"));
	PRESS('x');
	assert_string_equal(field_edit_text(&edit), "abcde");
	PRESS(KEY_BACKSPACE, 'x');
	assert_string_equal(field_edit_text(&edit), "abcdx");
}

static void field_edit__ignores_what_is_no_text(void **state)
{
	(void)state;
	begin(50, false, "a");
	assert_int_equal(field_edit_key(&edit, KEY_F(5)), EDIT_NOTHING);
	assert_int_equal(field_edit_key(&edit, '\r'), EDIT_NOTHING);
	assert_int_equal(field_edit_key(&edit, 27), EDIT_NOTHING);
	assert_string_equal(field_edit_text(&edit), "a");
}

static void rows__break_after_blanks_and_at_newlines(void **state)
{
	struct edit_rows rows = { 0 };

	(void)state;
	begin(100, true, "one two three\n\nfour");
	field_edit_rows(&edit, 8, &rows);
	assert_int_equal(rows.count, 4);
	assert_int_equal(rows.items[0].end, 8); /* "one two " */
	assert_int_equal(rows.items[1].end, 13);
	assert_int_equal(rows.items[2].begin, 14);
	assert_int_equal(rows.items[3].begin, 15);
	assert_int_equal(edit_rows_cursor(&rows, edit.at), 3);
	begin(100, true, "x\n");
	field_edit_rows(&edit, 8, &rows);
	assert_int_equal(rows.count, 2);
	begin(100, true, "");
	field_edit_rows(&edit, 8, &rows);
	assert_int_equal(rows.count, 1);
	begin(100, true, "abcdefghij");
	field_edit_rows(&edit, 4, &rows);
	assert_int_equal(rows.count, 3);
	edit_rows_done(&rows);
}

static void field_edit__moves_between_rows__and_stops_at_the_ends(void **state)
{
	(void)state;
	begin(100, true, "first\nse\nthird");
	assert_false(field_edit_move_row(&edit, 20, 1));
	assert_true(field_edit_move_row(&edit, 20, -1));
	assert_int_equal(edit.at, 8);
	assert_true(field_edit_move_row(&edit, 20, -1));
	assert_int_equal(edit.at, 2);
	assert_false(field_edit_move_row(&edit, 20, -1));
}

static void window__keeps_the_cursor_in_sight(void **state)
{
	(void)state;
	begin(100, false, "0123456789");
	assert_int_equal(field_edit_window(&edit, 5), 6);
	assert_int_equal(field_edit_window(&edit, 80), 0);
	PRESS(KEY_HOME);
	assert_int_equal(field_edit_window(&edit, 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(field_edit__takes_text_at_its_cursor__and_emacs_keys),
		cmocka_unit_test(
			field_edit__moves_by_what_is_seen__over_wide_and_combining_text),
		cmocka_unit_test(
			field_edit__replaces_what_it_offered__by_a_character_or_a_paste),
		cmocka_unit_test(
			field_edit__goes_on_with_what_it_offered__by_any_other_key),
		cmocka_unit_test(field_edit__refuses_whole__what_does_not_fit),
		cmocka_unit_test(field_edit__ignores_what_is_no_text),
		cmocka_unit_test(rows__break_after_blanks_and_at_newlines),
		cmocka_unit_test(field_edit__moves_between_rows__and_stops_at_the_ends),
		cmocka_unit_test(window__keeps_the_cursor_in_sight),
	};
	int failed;

	(void)setlocale(LC_ALL, "C.UTF-8");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	field_edit_done(&edit);
	return failed;
}
