/* The console in a real tmux: a second terminal that shows the same picture as libvterm, keys
 * included. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/scene.h"
#include "tests/support/stage.h"

enum { LOOK_AGAIN_MS = 50, DEADLINE_MS = 60000 };

static const char tmux_path[] = "/usr/bin/tmux";

static const char *const environment[] = {
	"LC_ALL=C.UTF-8", "TZ=UTC", "NO_COLOR", "TMUX", "TERM=xterm-256color", NULL
};

/* `tmux COMMAND ARGUMENT…` on the server of the sandbox; what it printed. */
static const char *tmux(const struct stage *s, struct ran *ran, const char *const *words)
{
	char socket[128];
	const char *argv[16] = { tmux_path, "-u", "-f", "/dev/null", "-S", socket };

	(void)snprintf(socket, sizeof(socket), "%s/tmux.sock", s->sandbox.folder);
	for (size_t i = 0; words[i] != NULL; i++)
		argv[6 + i] = words[i];
	run_program(ran, argv, NULL, environment);
	return buf_text(&ran->out);
}
#define TMUX(s, ran, ...) tmux(s, ran, (const char *const[]){ __VA_ARGS__, NULL })

static void start(const struct stage *s, struct ran *ran)
{
	char line[512];

	/* A server without a session ends at once: options and session come together. */
	(void)snprintf(line, sizeof(line), "exec '%s' --db '%s'", program_path("hublink"),
		       s->sandbox.db);
	(void)TMUX(s, ran, "set-option", "-g", "default-terminal", "tmux-256color", ";",
		   "new-session", "-d", "-x80", "-y24", line);
	if (ran->exit_code != 0)
		(void)TMUX(s, ran, "new-session", "-d", "-x80", "-y24", line);
	assert_int_equal(ran->exit_code, 0);
	(void)TMUX(s, ran, "set-option", "-g", "status", "off");
	(void)TMUX(s, ran, "resize-window", "-x80", "-y24");
}

/* Both show the same in the end: ages and minutes move on in between. */
static void assert_same_picture(const struct stage *s, struct ran *ran, struct vt *vt,
				const char *awaited)
{
	int64_t until_ms = clock_boot_ms() + DEADLINE_MS;
	const char *shown = "";

	assert_true(vt_wait(vt, awaited));
	do {
		vt_settle(vt, LOOK_AGAIN_MS);
		shown = TMUX(s, ran, "capture-pane", "-p");
		if (text_equal(shown, vt_screen(vt)))
			return;
	} while (clock_boot_ms() < until_ms);
	fail_msg("libvterm shows:\n%s\ntmux shows:\n%s", vt_screen(vt), shown);
}

static void console__looks_the_same__in_a_real_tmux(void **state)
{
	static const struct {
		const char *tmux_key, *bytes, *awaited;
	} steps[] = {
		{ "j", "j", "Incidents open" },   { "2", "2", "Status" },
		{ "Enter", "\r", "Timeline" },    { "4", "4", "timeout after 10 s" },
		{ "Down", "\033[B", "b Caf" },    { "End", "\033[F", "b Caf" },
		{ "3", "3", "Website" },          { "a", "a", "Ctrl-S" },
		{ "F1", "\033OP", "Next field" }, { "Escape", "\033", "Ctrl-S" },
		{ "Escape", "\033", "Website" },  { "=", "=", "It is live now" },
		{ "Escape", "\033", "Website" },  { "?", "?", "Leave this screen" },
		{ "NPage", "\033[6~", "Help" },
	};
	struct stage *s = *state;
	DEFER(ran_done) struct ran ran = { 0 };

	stage_do(s, "event Shop error --message 'timeout after 10 s'");
	stage_settle(s);
	(void)stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'b Caf\xC3\xA9'},"
			      "{'name': 'd \xE7\x9B\xA3\xE8\xA6\x96'}]}");
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db, NULL };
	const char *env[] = { "TERM=tmux-256color", "LC_ALL=C.UTF-8", "TZ=UTC",
			      "NO_COLOR", NULL };
	DEFER(vt_done) struct vt *vt = vt_open(80, 24, argv, env);
	start(s, &ran);
	assert_same_picture(s, &ran, vt, "Incidents open");
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		(void)TMUX(s, &ran, "send-keys", steps[i].tmux_key);
		vt_type(vt, steps[i].bytes);
		assert_same_picture(s, &ran, vt, steps[i].awaited);
	}
	(void)TMUX(s, &ran, "kill-server");
}

static int setup(void **state)
{
	scene_skip_without(tmux_path, "tmux");
	return stage_setup(state);
}

static int teardown(void **state)
{
	DEFER(ran_done) struct ran ran = { 0 };

	(void)TMUX(*state, &ran, "kill-server");
	return stage_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(console__looks_the_same__in_a_real_tmux,
						setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
