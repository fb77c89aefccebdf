/* The canvas: what ncurses hears of a frame. */

#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tui/console/canvas.h"

enum { ROWS = 6, COLUMNS = 20 };

static SCREEN *screen;
static FILE *output;

static int setup(void **state)
{
	(void)state;
	output = tmpfile();
	screen = newterm("xterm-256color", output, stdin);
	return screen != NULL && resizeterm(ROWS, COLUMNS) == OK ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	canvas_done();
	(void)endwin();
	delscreen(screen);
	return fclose(output);
}

/* As the terminal has it after the frame; ncurses forgets which rows it has heard of. */
static void show(void)
{
	canvas_show();
	(void)wnoutrefresh(stdscr);
}

static void draw(const char *second)
{
	canvas_clear();
	canvas_text(0, 2, A_NORMAL, "first");
	canvas_text(1, 2, A_BOLD, second);
	canvas_signs(2, 0, COLUMNS, A_DIM, '-');
}

static void assert_row(int y, const char *text)
{
	char found[COLUMNS + 1];

	(void)mvinnstr(y, 0, found, COLUMNS);
	for (size_t end = strlen(found); end > 0 && found[end - 1] == ' ';)
		found[--end] = '\0';
	assert_string_equal(found, text);
}

static void canvas__tells_nothing__of_a_row_as_it_was(void **state)
{
	(void)state;
	draw("second");
	show();
	draw("another");
	canvas_show();
	assert_false(is_linetouched(stdscr, 0));
	assert_true(is_linetouched(stdscr, 1));
	assert_false(is_linetouched(stdscr, 2));
	assert_false(is_linetouched(stdscr, ROWS - 1));
	assert_row(0, "  first");
	assert_row(1, "  another");
}

static void canvas__tells_of_a_row__whose_look_alone_differs(void **state)
{
	(void)state;
	draw("second");
	show();
	draw("second");
	canvas_bold(true);
	canvas_signs(2, 0, COLUMNS, A_DIM, '-');
	canvas_show();
	assert_false(is_linetouched(stdscr, 1));
	assert_true(is_linetouched(stdscr, 2));
	assert_int_equal(mvinch(2, 3) & A_ATTRIBUTES, A_DIM | A_BOLD);
}

static void canvas__wipes_a_row__that_nothing_is_put_on_any_more(void **state)
{
	(void)state;
	draw("second");
	show();
	canvas_clear();
	canvas_text(0, 2, A_NORMAL, "first");
	show();
	assert_row(0, "  first");
	assert_row(1, "");
	assert_row(2, "");
}

static void canvas__puts_what_comes_later__over_what_was_there(void **state)
{
	(void)state;
	draw("second");
	canvas_signs(1, 4, 2, A_NORMAL, ' ');
	canvas_text(1, 5, A_NORMAL, "x");
	show();
	assert_row(1, "  se xnd");
}

static void canvas__leaves_out__what_is_outside_the_screen(void **state)
{
	(void)state;
	canvas_clear();
	canvas_text(-1, 0, A_NORMAL, "above");
	canvas_text(ROWS, 0, A_NORMAL, "below");
	canvas_text(0, -1, A_NORMAL, "left");
	canvas_text(0, COLUMNS, A_NORMAL, "right");
	canvas_signs(1, COLUMNS - 2, 10, A_NORMAL, '-');
	canvas_signs(2, 0, -3, A_NORMAL, '-');
	show();
	assert_row(0, "");
	assert_row(1, "                  --");
	assert_row(2, "");
	assert_row(ROWS - 1, "");
}

static void canvas__tells_everything_anew__on_a_screen_of_another_size(void **state)
{
	(void)state;
	draw("second");
	show();
	(void)resizeterm(ROWS - 1, COLUMNS - 4);
	draw("second");
	canvas_show();
	for (int y = 0; y < ROWS - 1; y++)
		assert_true(is_linetouched(stdscr, y));
	assert_row(1, "  second");
	assert_row(2, "----------------");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(canvas__tells_nothing__of_a_row_as_it_was,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
			canvas__tells_of_a_row__whose_look_alone_differs, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			canvas__wipes_a_row__that_nothing_is_put_on_any_more, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			canvas__puts_what_comes_later__over_what_was_there, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			canvas__leaves_out__what_is_outside_the_screen, setup, teardown),
		cmocka_unit_test_setup_teardown(
			canvas__tells_everything_anew__on_a_screen_of_another_size, setup,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
