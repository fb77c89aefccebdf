/* The console on a pty, its screen in libvterm, the engine in another process: what an
 * operator sees, and that the terminal is always given back. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/support/check.h"
#include "tests/support/stage.h"
#include "tests/support/vt.h"

#define QUIET_MS 400

static struct vt *open_console(const struct stage *s, int columns, int rows,
			       const char *term)
{
	char variable[64];
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, NULL };
	const char *env[] = { variable, "LC_ALL=C.UTF-8", "TZ=UTC", "NO_COLOR", NULL };

	(void)snprintf(variable, sizeof(variable), "TERM=%s", term);
	return vt_open(columns, rows, argv, env);
}

static struct vt *open_usual(const struct stage *s)
{
	struct vt *vt = open_console(s, 80, 24, "xterm-256color");

	assert_true(vt_wait(vt, "Incidents open"));
	return vt;
}

/* One service down with two monitors, one recovered, one monitor unknown. */
static void fill(struct stage *s)
{
	stage_do(s, "event Shop error --message 'timeout after 10 s'");
	stage_do(s, "event API error");
	stage_do(s, "event Batch error");
	stage_do(s, "event Batch ok");
	stage_settle(s);
}

static void assert_left_clean(struct vt *vt)
{
	assert_false(vt_alternate_screen(vt));
	assert_true(vt_cursor_visible(vt));
	assert_true(vt_modes_restored(vt));
}

/* ---- what it shows ---- */

static void console__shows_the_state_of_things__at_80x24(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	fill(s);
	vt = open_usual(s);
	assert_true(vt_wait(vt, "NO ENGINE RUNS"));
	assert_true(vt_golden(vt, "dashboard_80x24"));
	vt_type(vt, "\r");
	assert_true(vt_wait(vt, "Timeline"));
	assert_true(vt_golden(vt, "incident_80x24"));
	vt_type(vt, "2");
	assert_true(vt_wait(vt, "Status"));
	assert_true(vt_golden(vt, "incidents_80x24"));
}

static void console__shows_deliveries_and_monitors__at_80x24(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	fill(s);
	vt = open_usual(s);
	vt_type(vt, "7");
	assert_true(vt_wait(vt, "Update"));
	assert_true(vt_golden(vt, "deliveries_80x24"));
	vt_type(vt, "\r");
	assert_true(vt_wait(vt, "Attempts, oldest first"));
	assert_true(vt_wait(vt, "HTTP 200"));
	vt_type(vt, "4");
	assert_true(vt_wait(vt, "Last message"));
	assert_true(vt_golden(vt, "monitors_80x24"));
	vt_type(vt, "\r");
	assert_true(vt_wait(vt, "What an error would reach now"));
	assert_true(vt_wait(vt, "reaches  level 1 of Default -> Hub/Website"));
}

static void console__uses_its_room__at_every_width(void **state)
{
	static const struct {
		int columns, rows;
		const char *shows, *golden;
	} sizes[] = {
		{ 20, 5, "1 DOWN", "dashboard_20x5" },
		{ 40, 12, "Incidents open", "dashboard_40x12" },
		{ 120, 40, "Incidents open", "dashboard_120x40" },
		{ 200, 50, "last told", "dashboard_200x50" },
	};
	struct stage *s = *state;

	fill(s);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		DEFER(vt_done)
		struct vt *vt = open_console(s, sizes[i].columns, sizes[i].rows,
					     "xterm-256color");
		assert_true(vt_wait(vt, sizes[i].shows));
		assert_true(vt_golden(vt, sizes[i].golden));
	}
}

static void console__helps_with_every_key__on_question_mark(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_usual(s);

	vt_type(vt, "?");
	assert_true(vt_wait(vt, "Next row"));
	assert_true(vt_golden(vt, "help_80x24"));
	vt_type(vt, "\033");
	assert_true(vt_wait(vt, "Incidents open"));
	vt_type(vt, "q");
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_left_clean(vt);
}

/* ---- live ---- */

static void console__shows_what_another_process_commits__without_a_key(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_usual(s);

	stage_engine_start(s);
	assert_true(vt_wait_gone(vt, "NO ENGINE RUNS"));
	assert_true(vt_wait(vt, "nothing is broken"));
	stage_do(s, "event Shop error --message 'disk full'");
	assert_true(vt_wait(vt, "DOWN Website"));
	assert_true(vt_wait(vt, "told Investigating"));
	stage_do(s, "event Shop ok");
	assert_true(vt_wait(vt, "UP   Website"));
	assert_true(vt_wait(vt, "1 waits for your Resolved"));
}

static void console__says_so__when_the_engine_is_killed(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_engine_start(s);
	vt = open_usual(s);
	vt_settle(vt, QUIET_MS);
	assert_null(strstr(vt_screen(vt), "NO ENGINE RUNS"));
	(void)stage_engine_end(s, SIGKILL);
	assert_true(vt_wait(vt, "NO ENGINE RUNS"));
}

static void console__says_the_mode__on_every_screen(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_usual(s);
	static const char *const keys[] = { "1", "2", "3", "4", "5",
					    "6", "7", "8", "9", "?" };

	assert_true(vt_wait(vt, "LIVE"));
	stage_do(s, "mode dry-run");
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		vt_type(vt, keys[i]);
		assert_true(vt_wait(vt, "DRY-RUN"));
	}
}

static void console__sends_nothing__while_nothing_changes(void **state)
{
	struct stage *s = *state;
	size_t before = 0;
	size_t after = 0;
	DEFER(vt_done) struct vt *vt = open_usual(s);

	vt_settle(vt, QUIET_MS);
	(void)vt_bytes(vt, &before);
	vt_settle(vt, 1500);
	(void)vt_bytes(vt, &after);
	assert_int_equal(after, before);
}

static void console__shows_hidden_characters__of_hostile_names(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	(void)stage_import(
		s, "{'hublink': 1, 'monitors': [{'name': 'pay\xE2\x80\xAEreversed'}]}");
	vt = open_usual(s);
	vt_type(vt, "4");
	assert_true(vt_wait(vt, "pay<U+202E>"));
}

static void console__stays_ascii__without_utf_8(void **state)
{
	struct stage *s = *state;
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, NULL };
	const char *env[] = { "TERM=vt100", "LC_ALL=C", NULL };
	size_t count = 0;

	(void)stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'Caf\xC3\xA9'}]}");
	DEFER(vt_done) struct vt *vt = vt_open(80, 24, argv, env);
	assert_true(vt_wait(vt, "Incidents open"));
	vt_type(vt, "4");
	assert_true(vt_wait(vt, "Caf?"));
	const char *bytes = vt_bytes(vt, &count);
	for (size_t i = 0; i < count; i++)
		assert_true((unsigned char)bytes[i] < 0x80);
}

/* ---- the terminal ---- */

static void console__survives_every_size__and_comes_back(void **state)
{
	static const int sizes[][2] = { { 1, 1 },     { 20, 5 },  { 40, 12 }, { 79, 23 },
					{ 300, 100 }, { 2, 200 }, { 200, 2 }, { 30, 8 },
					{ 29, 7 },    { 80, 24 } };
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	fill(s);
	vt = open_usual(s);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		vt_type(vt, "jk");
		vt_settle(vt, 60);
	}
	assert_true(vt_wait(vt, "Last events"));
	assert_true(vt_golden(vt, "dashboard_80x24"));
}

static void console__stops_and_comes_back__on_control_z(void **state)
{
	struct stage *s = *state;
	int status = 0;
	DEFER(vt_done) struct vt *vt = open_usual(s);

	vt_type(vt, "\x1a");
	assert_int_equal(waitpid(vt_pid(vt), &status, WUNTRACED), vt_pid(vt));
	assert_true(WIFSTOPPED(status));
	vt_settle(vt, 60);
	assert_left_clean(vt);
	vt_signal(vt, SIGCONT);
	vt_type(vt, "4");
	assert_true(vt_wait(vt, "Last message"));
	assert_true(vt_alternate_screen(vt));
	assert_false(vt_cursor_visible(vt));
}

static void console__gives_the_terminal_back__whatever_ends_it(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGSEGV, SIGABRT };
	struct stage *s = *state;

	for (size_t i = 0; i < COUNT_OF(signals); i++) {
		DEFER(vt_done) struct vt *vt = open_usual(s);
		vt_signal(vt, signals[i]);
		assert_int_not_equal(vt_wait_exit(vt), -1);
		assert_left_clean(vt);
	}
}

static void console__ends__when_the_line_hangs_up(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = open_usual(s);

	vt_hang_up(vt);
	assert_int_not_equal(vt_wait_exit(vt), -1);
}

static void console__falls_back_to_the_family__of_an_unknown_terminal(void **state)
{
	static const char *const names[] = {
		"xterm-ghostty-unheard-of", "tmux-next", "vt100", "linux",
		"nothing-at-all",           "screen"
	};
	struct stage *s = *state;

	fill(s);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		DEFER(vt_done) struct vt *vt = open_console(s, 80, 24, names[i]);
		assert_true(vt_wait(vt, "DOWN Website"));
		vt_type(vt, "q");
		assert_int_equal(vt_wait_exit(vt), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(console__shows_the_state_of_things__at_80x24),
		STAGE_TEST(console__shows_deliveries_and_monitors__at_80x24),
		STAGE_TEST(console__uses_its_room__at_every_width),
		STAGE_TEST(console__helps_with_every_key__on_question_mark),
		STAGE_TEST(console__shows_what_another_process_commits__without_a_key),
		STAGE_TEST(console__says_so__when_the_engine_is_killed),
		STAGE_TEST(console__says_the_mode__on_every_screen),
		STAGE_TEST(console__sends_nothing__while_nothing_changes),
		STAGE_TEST(console__shows_hidden_characters__of_hostile_names),
		STAGE_TEST(console__stays_ascii__without_utf_8),
		STAGE_TEST(console__survives_every_size__and_comes_back),
		STAGE_TEST(console__stops_and_comes_back__on_control_z),
		STAGE_TEST(console__gives_the_terminal_back__whatever_ends_it),
		STAGE_TEST(console__ends__when_the_line_hangs_up),
		STAGE_TEST(console__falls_back_to_the_family__of_an_unknown_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
