/* What comes into the console and goes out of it, however hostile or slow: faults F60 to F63,
 * F66 and F67 by name. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"
#include "tests/support/vt.h"

enum { QUIET_MS = 100, ENOUGH_BYTES = 1 << 20 };

/* ---- what comes in ---- */

/* Keys that may lead out: q, Ctrl-Z, Ctrl-C, and the palette's, which can run any action. */
static const char leading_out[] = "q\032\003:\020";

/* No quit, no stop, no change of what is committed: a viewer's console. */
static void console__survives__random_bytes_f60(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&s->sandbox, 80, 24, "--read-only");
	uint32_t seed = 20261127;
	char bytes[256];

	for (int round = 0; round < 400; round++) {
		for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
			seed = seed * 1664525 + 1013904223;
			char c = (char)(seed >> 24);
			bytes[i] = strchr(leading_out, c) != NULL ? '\033' : c;
		}
		bytes[sizeof(bytes) - 1] = '\0';
		vt_type(vt, bytes);
	}
	vt_settle(vt, QUIET_MS);
	vt_type(vt, "\033\\\007");
	vt_settle(vt, QUIET_MS);
	vt_signal(vt, SIGTERM);
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_given_back(vt);
}

static void console__takes_answers_for_no_keys__asked_or_forged_f67(void **state)
{
	static const char *const reports[] = {
		"\033[?62;1;6c",
		"\033[10;10R",
		"\033]52;c;cXFxcXE=\007",
		"\033]11;rgb:0000/0000/0000\033\\",
		"\033P1$r0m\033\\",
		"\033[?2026;4$y",
		"\033[200;1;1;1;1;1;1;1;1;1;1t",
		"\033[I\033[O",
		"\033_Gqqqq?\033\\",
	};
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	for (size_t i = 0; i < COUNT_OF(reports); i++)
		vt_type(vt, reports[i]);
	vt_settle(vt, QUIET_MS);
	assert_non_null(strstr(vt_screen(vt), "Last message"));
	console_act(vt, "?", "Next row"); /* nothing was left half read */
}

static void assert_cursor(struct vt *vt, int row)
{
	for (int turn = 0; turn < 100; turn++) {
		if (text_equal(vt_cell_at(vt, row, 0).text, ">"))
			return;
		vt_settle(vt, QUIET_MS);
	}
	fail_msg("no cursor in row %d:\n%s", row, vt_screen(vt));
}

/* In whichever of the two modes the terminal's keypad is, and whatever its name. */
static void console__knows_the_usual_keys__of_any_terminal(void **state)
{
	static const char *const downs[] = { "\033[B", "\033OB", "\033[6~\033[A",
					     "\033[F\033OA" };
	static const char *const names[] = { "TERM=xterm-256color", "TERM=tmux-256color",
					     "TERM=vt100", "TERM=linux" };
	struct stage *s = *state;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db,
				       NULL };
		const char *env[] = { names[i], "LC_ALL=C.UTF-8", "NO_COLOR", NULL };
		DEFER(vt_done) struct vt *vt = vt_open(80, 24, argv, env);
		console_act(vt, "4", "Last message");
		for (size_t j = 0; j < COUNT_OF(downs); j++) {
			vt_type(vt, downs[j]); /* to the second row of three */
			assert_cursor(vt, 4);
			vt_type(vt, "g");
			assert_cursor(vt, 3);
		}
	}
}

/* Mode 2026 comes only after the terminal said that it knows it, and never without change. */
static void console__brackets_frames__only_when_the_terminal_knows_how(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	size_t count = 0, before = 0, after = 0;

	vt_settle(vt, QUIET_MS);
	assert_null(strstr(vt_bytes(vt, &count), "\033[?2026h"));
	vt_type(vt, "\033[?2026;2$y");
	vt_settle(vt, QUIET_MS);
	(void)vt_bytes(vt, &before);
	console_act(vt, "4", "Last message");
	const char *bytes = vt_bytes(vt, &after) + before;
	assert_true(text_starts_with(bytes, "\033[?2026h"));
	assert_non_null(strstr(bytes, "\033[?2026l"));
}

static void console__runs_nothing__of_a_megabyte_pasted_f61(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	DEFER(buf_done) struct buf paste = BUF_INIT(4 * ENOUGH_BYTES);

	buf_adds(&paste, "\033[200~");
	while (paste.len < ENOUGH_BYTES)
		buf_adds(&paste, "q4d\ry=l\033[A");
	buf_adds(&paste, "\033[201~");
	vt_type(vt, buf_text(&paste));
	assert_true(vt_wait(vt, "Pasted text goes into a field"));
	console_act(vt, "4", "Last message");
	console_act(vt, "a", "Ctrl-S");
	vt_type(vt, buf_text(&paste));
	assert_true(vt_wait(vt, "does not fit into"));
}

/* ---- what goes out ---- */

static void console__answers_keys__while_nobody_reads_f63(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	vt_settle(vt, QUIET_MS);
	vt_pause(vt, true);
	for (int i = 0; i < 300; i++)
		vt_type(vt, "4?\0332?\033");
	stage_do(s, "event Shop error"); /* it holds no lock meanwhile */
	vt_pause(vt, false);
	console_act(vt, "\0334", "Last message");
}

static void console__ends__while_nobody_reads_f63(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	vt_settle(vt, QUIET_MS);
	vt_pause(vt, true);
	for (int i = 0; i < 300; i++)
		vt_type(vt, "4?\0332?\033");
	vt_signal(vt, SIGTERM);
	assert_int_equal(vt_wait_exit(vt), 0);
	vt_pause(vt, false);
	assert_true(vt_modes_restored(vt));
}

static void console__refuses__without_a_terminal_to_draw_on_f66(void **state)
{
	struct stage *s = *state;
	static const char *const lines[] = { "exec \"$0\" --db \"$1\" >&-",
					     "exec \"$0\" --db \"$1\" >/dev/null",
					     "exec \"$0\" --db \"$1\" version >&-" };

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		const char *argv[] = { "/bin/sh",     "-c",
				       lines[i],      program_path("hublink"),
				       s->sandbox.db, NULL };
		const char *env[] = { "TERM=xterm-256color", NULL };
		DEFER(vt_done) struct vt *vt = vt_open(80, 24, argv, env);
		int status = vt_wait_exit(vt);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), i < 2 ? 1 : 0);
		assert_true(vt_modes_restored(vt));
	}
	stage_do(s, "doctor"); /* no answer was written into the database */
}

/* ---- hostile names ---- */

static void console__keeps_its_columns__whatever_names_hold_f62(void **state)
{
	static const char document[] =
		"{'hublink': 1, 'monitors': [{'name': 'a plain name'},"
		"{'name': 'b Caf\xC3\xA9'}, {'name': 'c Cafe\xCC\x81'},"
		"{'name': 'd \xE7\x9B\xA3\xE8\xA6\x96'}, {'name': 'e \xE2\x80\xAE"
		"abc'},"
		"{'name': 'f \xE2\x80\x8D\xE2\x80\x8B'}, {'name': 'g \xF3\xA0\x81\x81'},"
		"{'name': 'h e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81'},"
		"{'name': 'i \xF0\x9F\x94\xA5'}, {'name': 'j \xD0\xB0pple'}]}";
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	(void)stage_import(s, document);
	vt = console_open_sized(&s->sandbox, 120, 30, NULL);
	console_act(vt, "4", "j ");
	vt_settle(vt, QUIET_MS);
	int column =
		0; /* of the number of links, in the row of a name that is all ASCII */
	while (column < 119 && !text_equal(vt_cell_at(vt, 3, column).text, "1"))
		column++;
	for (int row = 3; row < 16; row++) {
		const struct vt_cell cell = vt_cell_at(vt, row, column);
		if (!text_equal(cell.text, "0") && !text_equal(cell.text, "1"))
			fail_msg("row %d is shifted:\n%s", row, vt_screen(vt));
	}
	assert_non_null(strstr(vt_screen(vt), "e <U+202E>abc"));
	assert_non_null(strstr(vt_screen(vt), "g <U+E0041>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(console__survives__random_bytes_f60),
		STAGE_TEST(console__takes_answers_for_no_keys__asked_or_forged_f67),
		STAGE_TEST(console__knows_the_usual_keys__of_any_terminal),
		STAGE_TEST(console__brackets_frames__only_when_the_terminal_knows_how),
		STAGE_TEST(console__runs_nothing__of_a_megabyte_pasted_f61),
		STAGE_TEST(console__answers_keys__while_nobody_reads_f63),
		STAGE_TEST(console__ends__while_nobody_reads_f63),
		STAGE_TEST(console__refuses__without_a_terminal_to_draw_on_f66),
		STAGE_TEST(console__keeps_its_columns__whatever_names_hold_f62),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
