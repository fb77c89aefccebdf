/* What differs on a terminal: prompts without echo, interruption, the console. */
#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"

/* hublink on a terminal of its own. */
struct session {
	int fd;
	pid_t pid;
	struct buf seen;
};

static void session_open(struct session *session, const struct sandbox *sandbox,
			 const char *const *words)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	const char *argv[8] = { program_path("hublink") };
	for (size_t i = 0; words[i]; i++)
		argv[i + 1] = words[i];
	session->seen = BUF_INIT(RUN_OUTPUT_MAX);
	session->pid = forkpty(&session->fd, NULL, NULL, &size);
	assert_true(session->pid >= 0);
	if (session->pid == 0) {
		alarm(RUN_TIMEOUT_S);
		setenv("HUBLINK_DB", sandbox->db, 1);
		setenv("HOME", sandbox->folder, 1);
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(126);
	}
}

/* One read; false when the terminal is closed. */
static bool session_read(struct session *session)
{
	char bytes[4096];
	ssize_t count = read(session->fd, bytes, sizeof(bytes));
	if (count <= 0)
		return false;
	buf_add(&session->seen, bytes, (size_t)count);
	return true;
}

static void wait_for(struct session *session, const char *text)
{
	int64_t until = clock_boot_ms() + RUN_TIMEOUT_S * SECOND_MS;
	while (!strstr(buf_text(&session->seen), text)) {
		struct pollfd fd = { .fd = session->fd, .events = POLLIN };
		assert_true(poll(&fd, 1, 1000) >= 0);
		bool more = !fd.revents || session_read(session);
		if (!more || clock_boot_ms() > until)
			fail_msg("'%s' did not come: %s", text, buf_text(&session->seen));
	}
}

static void type(const struct session *session, const char *text)
{
	assert_int_equal(write(session->fd, text, strlen(text)), strlen(text));
}

static int session_end(struct session *session)
{
	int status;
	while (session_read(session))
		continue;
	assert_int_equal(waitpid(session->pid, &status, 0), session->pid);
	close(session->fd);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void set_url__echoes_nothing__and_takes_what_was_typed(void **state)
{
	const struct sandbox *sandbox = *state;
	static const char *const words[] = { "service", "set-url", "Website", NULL };
	struct session session;
	session_open(&session, sandbox, words);
	wait_for(&session, "it is not shown");
	type(&session, "https://hub.example/hooks/uptrends?token=typed0da9ba4738\n");
	assert_int_equal(session_end(&session), 0);
	assert_lacks(buf_text(&session.seen), "typed0da9ba4738");
	assert_holds(buf_text(&session.seen), " -> ");
	assert_holds(cli_out(sandbox, 0, "export --with-secrets"), "typed0da9ba4738");
	buf_done(&session.seen);
}

static void set_url__changes_nothing_and_puts_the_echo_back__when_interrupted(
	void **state)
{
	const struct sandbox *sandbox = *state;
	static const char *const words[] = { "service", "set-url", "Website", NULL };
	struct session session;
	struct termios after;
	char *before = mem_strdup(cli_out(sandbox, 0, "export --secrets-only"));
	session_open(&session, sandbox, words);
	wait_for(&session, "it is not shown");
	type(&session, "https://half\003");
	wait_for(&session, "nothing was changed");
	assert_int_equal(tcgetattr(session.fd, &after), 0);
	assert_true(after.c_lflag & ECHO);
	assert_int_equal(session_end(&session), 3);
	assert_string_equal(cli_out(sandbox, 0, "export --secrets-only"), before);
	buf_done(&session.seen);
	free(before);
}

static void console__opens__without_a_command(void **state)
{
	static const char *const words[] = { NULL };
	struct session session;
	session_open(&session, *state, words);
	wait_for(&session, "DRY-RUN");
	type(&session, "q");
	assert_int_equal(session_end(&session), 0);
	buf_done(&session.seen);
}

static void list__is_coloured__unless_no_color_is_set(void **state)
{
	static const char *const words[] = { "list", "monitors", NULL };
	struct session session;
	setenv("NO_COLOR", "", 1);
	session_open(&session, *state, words);
	assert_int_equal(session_end(&session), 0);
	assert_holds(buf_text(&session.seen), "\033[1mShop\033[0m");
	buf_done(&session.seen);

	setenv("NO_COLOR", "1", 1);
	session_open(&session, *state, words);
	assert_int_equal(session_end(&session), 0);
	assert_lacks(buf_text(&session.seen), "\033");
	buf_done(&session.seen);
	unsetenv("NO_COLOR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_url__echoes_nothing__and_takes_what_was_typed),
		cmocka_unit_test(
			set_url__changes_nothing_and_puts_the_echo_back__when_interrupted),
		cmocka_unit_test(console__opens__without_a_command),
		cmocka_unit_test(list__is_coloured__unless_no_color_is_set),
	};
	return cmocka_run_group_tests(tests, cli_setup, cli_teardown);
}
