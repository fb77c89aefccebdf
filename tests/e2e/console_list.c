/* Lists in the console, by keys alone: narrowed, sorted, marked, gone back to. */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define KEY_UP_ARROW "\033OA"

/* One monitor in error, one that was, one unknown. */
static void fill(struct stage *s)
{
	stage_do(s, "event Shop error --message 'timeout after 10 s'");
	stage_do(s, "event Batch error");
	stage_do(s, "event Batch ok");
	stage_settle(s);
}

static void console__narrows_a_list__as_one_types(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "4", "Last message");
	console_act(vt, "/sh", "1 of 3  /sh");
	assert_true(vt_cursor_visible(vt));
	console_look(vt, "monitors_filter_80x24");
	console_act(vt, "\025!~sp", "2 of 3  /!~sp");
	console_act(vt, "\025state=err\r", "1 of 3  /state=err");
	assert_true(vt_wait(vt, "timeout after 10 s"));
	console_act(vt, KEY_ESC, "Batch");
	console_act(vt, "/" KEY_UP_ARROW, "1 of 3  /state=err");
	console_act(vt, "nothing has this", "nothing meets the filter");
	console_act(vt, KEY_ESC, "Batch");
}

static void console__jumps_to_a_row__by_its_letter(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "4", "> ?       API");
	console_act(vt, "'", "a ?       API");
	console_look(vt, "jump_80x24");
	console_act(vt, "c", "> ERROR   Shop");
	console_act(vt, "'" KEY_ESC, "> ERROR   Shop");
	console_act(vt, "'z", "> ERROR   Shop"); /* no row has it */
	console_act(vt, "1", "Incidents open 2");
	console_act(vt, "\t\t\t", "Last events"); /* from one part to another */
	console_act(vt, "'", "a DOWN"); /* down the screen, wherever the cursor is */
	console_act(vt, "a\r", "Timeline");
	console_act(vt, "'", "no row to jump to");
}

static void console__fills_the_last_screen__of_a_text(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "?G", " TERM xterm-256color");
	assert_true(vt_wait(vt, "Words")); /* and what is before it */
	console_act(vt, "k", "Ctrl-Z");
	vt_resize(vt, 80, 12);
	console_act(vt, "G", " TERM xterm-256color");
}

static void console__names_the_service__that_a_screen_is_about(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "\t\r", "Deliveries  of service Website of Hub: 1");
	console_act(vt, "3", "Website");
	console_act(vt, "j\r", "Now ");
	console_act(vt, "]", "DOWN, told Investigating");
	console_act(vt, "2", "Told ");
	assert_true(vt_wait_gone(vt, "told Investigating"));
}

/* Where no column has that title alone, the part of the row that it names. */
static void console__narrows_by_what_a_filter_names__on_every_list(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "3", "Website");
	console_act(vt, "/service:web\r", "2 of 3  /service:web");
	console_act(vt, "6", "Monitor -> service");
	console_act(vt, "/service:web monitor:sh\r", "1 of 3  /service:web monitor:sh");
	console_act(vt, "/service:shop\r", "0 of 3  /service:shop"); /* another one */
	console_act(vt, "/\005 x\r", "0 of 3  /service:shop x"); /* the same, and more */
	console_act(vt, "/\025service:shop\r", "0 of 3  /service:shop");
	console_act(vt, "5", "after 1 error");
	console_act(vt, "/integration:hub\r", "/integration:hub");
	assert_true(vt_wait_gone(vt, "nothing meets"));
}

static void console__takes_pasted_text__into_the_filter(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	console_act(vt, PASTED("bat"), "thrown away");
	console_act(vt, "/" PASTED("bat"), "1 of 3  /bat");
	console_act(vt, PASTED("a\nb"), "thrown away");
}

static void console__sorts_and_marks__by_keys(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "4", "Last message");
	console_act(vt, "s", "State^");
	console_act(vt, "s", "Monitor^");
	console_act(vt, "Sg", "> ERROR   Shop");
	console_act(vt, " ", "1 marked");
	console_act(vt, "V", "range");
	console_act(vt, "jV", "3 marked");
	console_look(vt, "monitors_marked_80x24");
	vt_type(vt, "\\");
	assert_true(vt_wait_gone(vt, "marked"));
	console_act(vt, "*", "3 marked");
}

static void console__goes_to_the_next_match__when_all_rows_are_shown(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	console_act(vt, "/p\033", "> ?       API");
	console_act(vt, "n", "> ?       Shop");
	console_act(vt, "n", "> ?       API");
	console_act(vt, "N", "> ?       Shop");
}

static void console__shows_what_holds_a_match__in_a_tree(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "3", "Website");
	console_act(vt, "/partner\r", "2 of 3  /partner");
	assert_true(vt_wait_gone(vt, "Website"));
	assert_true(vt_wait(vt, "Hub"));
}

static void console__goes_back_to_the_screen_before__as_it_was_left(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "-", "no screen before");
	console_act(vt, "4", "Last message");
	console_act(vt, "/p\rj", "> ?       Shop");
	console_act(vt, "\r", "What an error would reach now");
	console_act(vt, "3", "Website");
	console_act(vt, "-", "What an error would reach now");
	console_act(vt, "q", "2 of 3  /p");
	assert_true(vt_wait(vt, "> ?       Shop"));
	console_act(vt, "-", "Website");
	console_act(vt, "4", "2 of 3  /p"); /* a screen keeps its filter */
}

static void console__goes_to_what_is_beside__in_the_list_under_it(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	console_act(vt, "\r", "Monitor  API");
	console_act(vt, "]", "Monitor  Batch");
	console_act(vt, "]", "Monitor  Shop");
	console_act(vt, "]", "the last of its list");
	console_act(vt, "[", "Monitor  Batch");
	console_act(vt, "q", "> ?       Batch");
	console_act(vt, "]", "nothing is beside it");
	console_act(vt, "gl", "Links  monitor API: 1");
	console_act(vt, "]", "Links  monitor Batch: 1"); /* its links, not its page */
	console_act(vt, "]", "Links  monitor Shop: 1");
	console_act(vt, "q", "> ?       Shop");
	console_act(vt, "h", "History  monitor Shop");
	console_act(vt, "[", "History  monitor Batch");
}

static void console__shows_what_the_status_line_said__newest_first(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\"", "nothing was said yet");
	console_act(vt, "q", "Incidents open");
	console_act(vt, "-", "no screen before");
	console_act(vt, PASTED("x"), "thrown away");
	console_act(vt, "\"", "Messages");
	assert_true(vt_wait(vt, "There is no screen before this one"));
	assert_true(vt_wait(vt, "here it was thrown away"));
	console_look(vt, "messages_80x24");
}

/* Who, what and since when, where one line has no room for that. */
static void console__shows_a_row_in_two_lines__on_a_narrow_screen(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&s->sandbox, 40, 12, NULL);
	console_act(vt, "2", "> Monitoring    Partner");
	console_act(vt, "j", "> Investigating Website");
	/* One text follows the other: there is no header that they could stand under. */
	assert_true(vt_wait(vt, "\n  DOWN  "));
	assert_true(vt_wait(vt, "m  Investigating "));
	console_act(vt, "s", "by Page"); /* there is no header to say so */
	console_act(vt, "G", "> Investigating Website");
	vt_resize(vt, 80, 24);
	assert_true(vt_wait(vt, "> DOWN 0m      Investigating Website"));
	vt_resize(vt, 20, 5);
	assert_true(vt_wait_gone(vt, "0m"));
	assert_true(vt_wait(vt, "> Investigating"));
}

/* "Many 001" and so on, beside Website and Partner. */
static void add_services(struct stage *s, int count)
{
	DEFER(buf_done) struct buf text = BUF_INIT(1 << 20);

	buf_adds(&text, "{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': [");
	for (int i = 1; i <= count; i++)
		buf_addf(&text, "%s{'name': 'Many %03d', 'url': '{hub}/many?token=%03d'}",
			 i > 1 ? ", " : "", i, i);
	buf_adds(&text, "]}]}");
	(void)stage_import(s, buf_text(&text));
}

/* The dashboard reads those that it shows, whichever these are. */
static void console__shows_the_services_that_it_comes_to__of_many(void **state)
{
	struct stage *s = *state;

	add_services(s, 400);
	stage_do(s, "event Shop error");
	stage_settle(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	assert_true(vt_wait(vt, "of 402"));
	console_act(vt, "\t", "> DOWN Website");
	console_act(vt, "j", "> ?    Many 001");
	console_act(vt, "G", "> UP   Partner");
	assert_true(vt_wait(vt, "?    Many 400"));
	console_act(vt, "k", "> ?    Many 400");
	vt_resize(vt, 80, 100);
	assert_true(vt_wait(vt, "?    Many 350"));
	console_act(vt, "/388", "1 of 402  /388");
	console_act(vt, "\r", "> ?    Many 388");
	stage_do(s, "rename service 'Many 388' 'Many 399 388'");
	assert_true(vt_wait(vt, "> ?    Many 399 388"));
	console_act(vt, KEY_ESC, "?    Many 400");
	assert_true(vt_wait(vt, "> ?    Many 399 388"));
	console_act(vt, "s", "by Page"); /* of all of them */
	console_act(vt, "g", "> DOWN Website");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(console__shows_a_row_in_two_lines__on_a_narrow_screen),
		STAGE_TEST(console__shows_the_services_that_it_comes_to__of_many),
		cmocka_unit_test_setup_teardown(console__narrows_a_list__as_one_types,
						stage_setup, stage_teardown),
		STAGE_TEST(console__jumps_to_a_row__by_its_letter),
		STAGE_TEST(console__fills_the_last_screen__of_a_text),
		STAGE_TEST(console__names_the_service__that_a_screen_is_about),
		cmocka_unit_test_setup_teardown(
			console__narrows_by_what_a_filter_names__on_every_list,
			stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
			console__takes_pasted_text__into_the_filter, stage_setup,
			stage_teardown),
		cmocka_unit_test_setup_teardown(console__sorts_and_marks__by_keys,
						stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
			console__goes_to_the_next_match__when_all_rows_are_shown,
			stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
			console__shows_what_holds_a_match__in_a_tree, stage_setup,
			stage_teardown),
		cmocka_unit_test_setup_teardown(
			console__goes_back_to_the_screen_before__as_it_was_left,
			stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
			console__goes_to_what_is_beside__in_the_list_under_it,
			stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(
			console__shows_what_the_status_line_said__newest_first,
			stage_setup, stage_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
