/* hublink --plain: the commands as lines, answers as sentences, on a pipe and on a terminal
 * that cannot draw. */
#include "tui/cli/plain.h"

#include <string.h>
#include <sys/wait.h>

#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/vt.h"
#include "tui/console/keys.h"

/* What the lines led to; the exit code is asserted. */
static const char *lines(const struct sandbox *sandbox, int exit_code, const char *input)
{
	return cli_out_fed(sandbox, exit_code, "--plain", input);
}

static void plain__answers_in_sentences(void **state)
{
	const char *out = lines(*state, 0, "list monitors\nquit\nlist services\n");

	assert_holds(out, "mode dry-run, no engine runs;");
	assert_holds(out, "name Shop");
	assert_holds(out, "3 in all");
	assert_lacks(out, "NAME");
	assert_lacks(out, "Website");  /* behind quit */
	assert_lacks(out, "hublink>"); /* a pipe needs no prompt */
	assert_lacks(out, "\033");
}

static void plain__takes_the_consoles_words__and_any_command(void **state)
{
	const char *out = lines(*state, 0,
				"open-incident 'Partner API' --message \"It's slow\"\n"
				"incidents --open\nnote 1 --message 'Called them'\n"
				"\n  \ndashboard\nhelp\nhelp mute\nversion");

	assert_holds(out, "id 1, status investigating, service Partner API");
	assert_holds(out, "Incident #1 of 'Partner API' is noted");
	assert_holds(out, "1 investigating, 0 identified");
	assert_holds(out, "note: Add words to the incident (`incident note`).");
	assert_holds(out, "delivery release: Let go what is held");
	assert_holds(out, "Usage: hublink mute" + sizeof("Usage: ") - 1);
	assert_holds(out, "hublink 0");
}

static void plain__names_every_action__that_changes_something(void **state)
{
	/* What a screen shows and a form edits is `list`, `export` and `import` here. */
	static const enum action on_screen[] = {
		ACTION_ADD,       ACTION_ADD_INSIDE, ACTION_EDIT,
		ACTION_CLONE,     ACTION_DELETE,     ACTION_UNDO,
		ACTION_REDO,      ACTION_SAVE,       ACTION_TOGGLE,
		ACTION_PAINT,     ACTION_PASTE_ROW,  ACTION_ADD_RECURRING,
		ACTION_MOVE_LINK, ACTION_POINT_LINK, ACTION_COPY_LINK,
	};

	(void)state;
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		bool excused = !action_changes((enum action)action);
		for (size_t i = 0; i < COUNT_OF(on_screen); i++)
			excused |= (int)on_screen[i] == action;
		if (!excused && plain_line_of(action_infos[action].name) == NULL)
			fail_msg("'%s' means nothing in the line mode",
				 action_infos[action].name);
	}
	assert_string_equal(plain_line_of("incidents"), "list incidents");
	assert_null(plain_line_of("move-down"));
	assert_null(plain_line_of("no such thing"));
}

static void plain__goes_on__after_a_line_that_failed(void **state)
{
	const char *out = lines(*state, 5, "incident show 9\nversion\n");

	assert_holds(out, "hublink 0");
	(void)lines(*state, 2, "'open\nversion\n");
	(void)lines(*state, 2, "edit\n");
	(void)lines(*state, 2, "no-such-command\n");
	assert_holds(cli_err_fed(*state, 2, "--plain", "edit\n"),
		     "works on a screen only");
	assert_holds(cli_err_fed(*state, 2, "--plain", "quit now\n"),
		     "'quit' is a line by itself: take out what is behind it");
	assert_holds(cli_err_fed(*state, 2, "--plain", "watch Shop\n"),
		     "'watch' is a line by itself");
	(void)cli_err(*state, 2, "--plain status");
}

static void plain__leaves_input_to_the_command__that_reads_it(void **state)
{
	const char *out = lines(*state, 0, "check -\n{\"hublink\": 1}");

	assert_holds(out, "No faults");
}

static void plain__needs_a_database(void **state)
{
	assert_holds(cli_err_fed(*state, 5, "--plain", "status\n"), "hublink init");
}

/* ---- on a terminal ---- */

static struct vt *open_terminal(const struct sandbox *sandbox, const char *term,
				const char *option)
{
	const char *argv[] = { program_path("hublink"), "--db", sandbox->db, option,
			       NULL };
	const char *env[] = { term, "LC_ALL=C.UTF-8", "TZ=UTC", NULL };

	return vt_open(80, 24, argv, env);
}

static void assert_comes_by_itself(const struct sandbox *sandbox, const char *term,
				   const char *said)
{
	DEFER(vt_done) struct vt *vt = open_terminal(sandbox, term, NULL);

	assert_true(vt_wait(vt, said));
	assert_true(vt_wait(vt, "hublink>"));
	vt_type(vt, "monitors\r");
	assert_true(vt_wait(vt, "name Batch"));
	vt_type(vt, "quit\r");
	assert_int_equal(vt_wait_exit(vt), 0);
	assert_false(vt_alternate_screen(vt));
	assert_true(vt_modes_restored(vt));
}

static void plain__comes_by_itself__where_no_screen_can_be_drawn(void **state)
{
	assert_comes_by_itself(*state, "TERM=dumb", "TERM is dumb");
	assert_comes_by_itself(*state, "TERM=", "TERM is not set");
	assert_comes_by_itself(*state, "TERM", "TERM is not set");
}

static void plain__watches__a_sentence_for_each_change(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done)
	struct vt *vt = open_terminal(sandbox, "TERM=xterm-256color", "--plain");

	assert_true(vt_wait(vt, "hublink>"));
	vt_type(vt, "watch\r");
	assert_true(vt_wait(vt, "press Enter to stop"));
	(void)cli_out(sandbox, 0, "event Shop error --message 'disk full'");
	assert_true(vt_wait(vt, "Shop: error, disk full."));
	(void)cli_out(sandbox, 0, "engine --until-idle");
	assert_true(vt_wait(vt, "Website: incident 1 is investigating"));
	assert_true(vt_wait(vt, "Website: the disruption (update 1) is dry-run"));
	(void)cli_out(sandbox, 0, "mode paused");
	assert_true(vt_wait(vt, "The mode is paused."));
	vt_type(vt, "\r");
	vt_type(vt, "version\r");
	assert_true(vt_wait(vt, "hublink 0"));
}

static void plain__ends_the_command_alone__on_control_c(void **state)
{
	DEFER(vt_done) struct vt *vt = open_terminal(*state, "TERM=dumb", "--plain");

	assert_true(vt_wait(vt, "hublink>"));
	vt_type(vt, "watch\r");
	assert_true(vt_wait(vt, "press Enter to stop"));
	vt_type(vt, "\003");
	vt_type(vt, "version\r");
	assert_true(vt_wait(vt, "hublink 0"));
	vt_type(vt, "\004");
	assert_int_equal(vt_wait_exit(vt), 0);
}

int main(void)
{
#define PLAIN_TEST(name) cmocka_unit_test_setup_teardown(name, cli_setup, cli_teardown)
	const struct CMUnitTest tests[] = {
		PLAIN_TEST(plain__answers_in_sentences),
		PLAIN_TEST(plain__takes_the_consoles_words__and_any_command),
		cmocka_unit_test(plain__names_every_action__that_changes_something),
		PLAIN_TEST(plain__goes_on__after_a_line_that_failed),
		PLAIN_TEST(plain__leaves_input_to_the_command__that_reads_it),
		cmocka_unit_test_setup_teardown(plain__needs_a_database,
						cli_setup_nothing, cli_teardown),
		PLAIN_TEST(plain__comes_by_itself__where_no_screen_can_be_drawn),
		PLAIN_TEST(plain__watches__a_sentence_for_each_change),
		PLAIN_TEST(plain__ends_the_command_alone__on_control_c),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
