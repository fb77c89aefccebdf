/* The console in any terminal, and given back whatever ends it: faults F55 to F59, F64 and F65
 * by name. */
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"
#include "tests/support/vt.h"

enum { QUIET_MS = 100 };

static void fill(struct stage *s)
{
	stage_do(s, "event Shop error --message 'timeout after 10 s'");
	stage_do(s, "event Batch error");
	stage_do(s, "event Batch ok");
	stage_settle(s);
}

/* ---- every terminal ---- */

static const char *const terms[] = {
	"xterm-256color", "tmux-256color", "screen", "linux", "vt100", "xterm-unheard-of"
};
static const int sizes[][2] = { { 80, 24 }, { 40, 12 }, { 20, 5 }, { 200, 50 } };

/* CSI … m with a parameter that chooses a colour. */
static bool has_colour(const char *bytes)
{
	regex_t colour;

	assert_int_equal(regcomp(&colour, "\033\\[([0-9;]*;)?[34][0-8](;[0-9;]*)?m",
				 REG_EXTENDED | REG_NOSUB),
			 0);
	bool found = regexec(&colour, bytes, 0, NULL, 0) == 0;
	regfree(&colour);
	return found;
}

static bool is_ascii(const char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((unsigned char)bytes[i] >= 0x80)
			return false;
	return true;
}

/* Words say what is wrong at every size; colour only says it again. */
static void try_terminal(const struct stage *s, const char *term, const char *locale,
			 bool colour)
{
	char term_is[64], locale_is[64];
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, NULL };
	const char *env[] = { term_is, locale_is, "TZ=UTC",
			      colour ? "NO_COLOR" : "NO_COLOR=1", NULL };
	size_t count = 0;

	(void)snprintf(term_is, sizeof(term_is), "TERM=%s", term);
	(void)snprintf(locale_is, sizeof(locale_is), "LC_ALL=%s", locale);
	DEFER(vt_done) struct vt *vt = vt_open(80, 24, argv, env);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		assert_true(vt_wait(vt, "DOWN"));
	}
	vt_type(vt, "4");
	assert_true(vt_wait(vt, "timeout after 10 s"));
	vt_type(vt, "1q");
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_given_back(vt);
	const char *bytes = vt_bytes(vt, &count);
	bool coloured = has_colour(bytes);
	if (coloured != (colour && !text_equal(term, "vt100")))
		fail_msg("%s, %s: %scoloured", term, locale, coloured ? "" : "not ");
	assert_true(!text_equal(locale, "C") || is_ascii(bytes, count));
}

static void terminal__shows_the_same__of_every_name_locale_and_size_f59(void **state)
{
	struct stage *s = *state;

	fill(s);
	for (size_t i = 0; i < COUNT_OF(terms); i++) {
		try_terminal(s, terms[i], "C.UTF-8", true);
		try_terminal(s, terms[i], "C", false);
	}
	try_terminal(s, "xterm-256color", "C.UTF-8", false);
	try_terminal(s, "xterm-256color", "C", true);
}

/* `lines` in console.conf: NULL where there is no such file. */
static void expect_lines(const struct stage *s, const char *term, const char *locale,
			 const char *lines, bool drawn)
{
	char term_is[64], locale_is[64], config_is[160], path[160];
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, NULL };
	const char *env[] = { term_is, locale_is, config_is, "TZ=UTC", NULL };

	(void)snprintf(term_is, sizeof(term_is), "TERM=%s", term);
	(void)snprintf(locale_is, sizeof(locale_is), "LC_ALL=%s", locale);
	(void)snprintf(config_is, sizeof(config_is), "XDG_CONFIG_HOME=%s",
		       s->sandbox.folder);
	(void)snprintf(path, sizeof(path), "%s/hublink", s->sandbox.folder);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof(path), "%s/hublink/console.conf", s->sandbox.folder);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	if (lines != NULL)
		(void)fprintf(file, "lines = %s\n", lines);
	(void)fclose(file);
	DEFER(vt_done) struct vt *vt = vt_open(200, 40, argv, env);
	assert_true(vt_wait(vt, "Incidents open"));
	vt_type(vt, "4");
	assert_true(vt_wait(vt, "What an error would reach now")); /* beside a line */
	vt_type(vt, "=");
	assert_true(vt_wait(vt, "It is live now")); /* in a frame */
	const char *screen = vt_screen(vt);
	if (drawn != (strstr(screen, "\u2500\u2500\u2500") != NULL) ||
	    drawn != (strstr(screen, "\u2502") != NULL) ||
	    drawn != (strstr(screen, "\u250c") != NULL) ||
	    drawn == (strstr(screen, "---") != NULL))
		fail_msg("%s, %s, lines %s: %s", term, locale,
			 lines != NULL ? lines : "not said", screen);
}

static void terminal__draws_lines__as_locale_and_configuration_say(void **state)
{
	const struct stage *s = *state;

	expect_lines(s, "xterm-256color", "C.UTF-8", NULL, true);
	expect_lines(s, "tmux-256color", "C.UTF-8", "auto", true);
	expect_lines(s, "xterm-256color", "C.UTF-8", "ascii", false);
	expect_lines(s, "xterm-256color", "C", NULL, false);
	expect_lines(s, "linux", "C.UTF-8", NULL, false);
	expect_lines(s, "linux", "C.UTF-8", "unicode", true);
}

static void terminal__survives_sizes__that_no_screen_has_f58(void **state)
{
	static const int odd[][2] = { { 1, 1 }, { 500, 2 }, { 2, 500 }, { 80, 24 } };
	DEFER(vt_done) struct vt *vt = console_open(&((struct stage *)*state)->sandbox);

	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		vt_resize(vt, odd[i][0], odd[i][1]);
		vt_type(vt, "2j1j");
		vt_settle(vt, QUIET_MS);
	}
	assert_true(vt_wait(vt, "Incidents open"));
}

static void terminal__shows_the_last_size__of_a_storm_f56(void **state)
{
	DEFER(vt_done) struct vt *vt = console_open(&((struct stage *)*state)->sandbox);
	size_t before = 0, after = 0;

	vt_settle(vt, QUIET_MS);
	(void)vt_bytes(vt, &before);
	for (int i = 0; i < 1000; i++)
		vt_resize(vt, 60 + i % 60, 20 + i % 20);
	vt_resize(vt, 100, 30);
	assert_true(vt_wait(vt, "Incidents open"));
	vt_settle(vt, QUIET_MS);
	(void)vt_bytes(vt, &after);
	/* A frame of this size takes about 2 KB; a thousand of them would take 2 MB. */
	assert_true(after - before < 400000);
	assert_string_equal(vt_cell_at(vt, 3, 99).text,
			    "\u2500"); /* its rules are as wide */
}

/* ---- its end ---- */

static void terminal__is_given_back__whatever_ends_the_console_f64(void **state)
{
	static const int numbers[] = {
		SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGABRT, SIGKILL
	};
	struct stage *s = *state;

	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
		(void)kill(console_process(vt), numbers[i]);
		assert_int_not_equal(vt_wait_exit(vt), -1);
		assert_given_back(vt);
	}
}

static void terminal__is_given_back__whatever_ends_its_guardian(void **state)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGSEGV };
	struct stage *s = *state;

	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
		vt_signal(vt, numbers[i]);
		assert_int_not_equal(vt_wait_exit(vt), -1);
		vt_settle(vt, QUIET_MS);
		assert_given_back(vt);
	}
}

/* The same end as the console's own, for whoever waits. */
static void guardian__ends_as_the_console_ended(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *killed = console_open(&s->sandbox);

	(void)kill(console_process(killed), SIGKILL);
	assert_true(WIFSIGNALED(vt_wait_exit(killed)));
	const char *argv[] = { program_path("hublink"), "--db", "/nonexistent/x.db",
			       NULL };
	const char *env[] = { "TERM=xterm-256color", NULL };
	DEFER(vt_done) struct vt *refused = vt_open(80, 24, argv, env);
	assert_int_equal(WEXITSTATUS(vt_wait_exit(refused)), 5);
}

static void console__ends__when_the_line_is_lost_and_nobody_says_so_f55(void **state)
{
	struct stage *s = *state;

	(void)signal(SIGHUP, SIG_IGN); /* inherited, as by nohup */
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	(void)signal(SIGHUP, SIG_DFL);
	vt_hang_up(vt);
	assert_int_not_equal(vt_wait_exit(vt), -1);
}

static void console__stops_and_goes_on__inside_a_dialog_f57(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	int status = 0;

	console_act(vt, "=", "It is live now");
	vt_signal(vt, SIGTSTP);
	assert_int_equal(waitpid(vt_pid(vt), &status, WUNTRACED), vt_pid(vt));
	assert_true(WIFSTOPPED(status));
	vt_settle(vt, QUIET_MS);
	assert_given_back(vt);
	vt_signal(vt, SIGCONT);
	console_act(vt, "", "It is live now");
	assert_true(vt_alternate_screen(vt));
	console_act(vt, "p", "PAUSED");
}

static void console__keeps_no_half_record__when_it_is_ended_in_a_form_f65(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "4", "Last message");
	console_act(vt, "a", "Ctrl-S");
	vt_type(vt, "Half a name");
	vt_settle(vt, QUIET_MS);
	vt_signal(vt, SIGTERM);
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_given_back(vt);
	assert_lacks(stage_out(s, 0, "list monitors"), "Half");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(terminal__shows_the_same__of_every_name_locale_and_size_f59),
		STAGE_TEST(terminal__draws_lines__as_locale_and_configuration_say),
		STAGE_TEST(terminal__survives_sizes__that_no_screen_has_f58),
		STAGE_TEST(terminal__shows_the_last_size__of_a_storm_f56),
		STAGE_TEST(terminal__is_given_back__whatever_ends_the_console_f64),
		STAGE_TEST(terminal__is_given_back__whatever_ends_its_guardian),
		STAGE_TEST(guardian__ends_as_the_console_ended),
		STAGE_TEST(console__ends__when_the_line_is_lost_and_nobody_says_so_f55),
		STAGE_TEST(console__stops_and_goes_on__inside_a_dialog_f57),
		STAGE_TEST(console__keeps_no_half_record__when_it_is_ended_in_a_form_f65),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
