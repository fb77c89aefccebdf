/* What comes in beside the arguments: files, standard input, answers at the terminal. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "tui/cli/cli.h"
#include "tui/files.h"

FILE *cli_open_file(const char *path, struct err *err)
{
	if (text_equal(path, "-"))
		return stdin;
	if (*path != '\0')
		return files_open(path, err);
	fail(err, ERR_INVALID, "The name of a file is empty; '-' is standard input");
	return NULL;
}

bool cli_read_file(const char *path, struct buf *ret, struct err *err)
{
	FILE *file = cli_open_file(path, err);

	if (file == NULL)
		return false;
	bool standard = file == stdin;
	bool read = files_take(file, standard ? "standard input" : path, ret, err);
	if (!standard)
		fclose(file);
	return read;
}

/* Reads one line; the newline is dropped. */
static bool read_line(struct buf *ret, struct err *err)
{
	int c;
	while ((c = getchar()) != EOF && c != '\n')
		buf_addc(ret, (char)c);
	if (buf_overflowed(ret))
		return fail(err, ERR_INVALID, "The answer is longer than %zu bytes",
			    ret->max);
	if (c == EOF && (ret->len == 0 || ferror(stdin)))
		return fail(err, ERR_INVALID, "There was no answer; nothing was changed");
	return true;
}

/* Wakes the wait for an answer; the terminal is put right, then the command ends. */
static void end_wait(int signal)
{
	(void)signal;
}

/* Waits until a line is there; only meanwhile `unblocked` lets a signal in. */
static bool wait_for_line(const sigset_t *unblocked, struct err *err)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	return ppoll(&input, 1, NULL, unblocked) > 0 ||
	       fail(err, ERR_INVALID, "Interrupted; nothing was changed");
}

/* The terminal is silent, and signals wait, before the prompt is seen: what is typed at it is
 * neither shown nor lost, and an interruption leaves the terminal as it was. */
static bool ask_silently(const char *prompt, const struct termios *echoing,
			 struct buf *ret, struct err *err)
{
	static const int signals[] = { SIGINT, SIGTERM };
	struct sigaction ending = { .sa_handler = end_wait }, before[COUNT_OF(signals)];
	struct termios quiet = *echoing;
	sigset_t blocked, unblocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaddset(&blocked, signals[i]);
	sigprocmask(SIG_BLOCK, &blocked, &unblocked);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaction(signals[i], &ending, &before[i]);
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	fputs(prompt, stderr);

	bool read = wait_for_line(&unblocked, err) && read_line(ret, err);

	tcsetattr(STDIN_FILENO, TCSAFLUSH, echoing);
	fputc('\n', stderr);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaction(signals[i], &before[i], NULL);
	sigprocmask(SIG_SETMASK, &unblocked, NULL);
	return read;
}

bool cli_ask(const char *prompt, bool echo, struct buf *ret, struct err *err)
{
	struct termios echoing;
	(void)fflush(stdout);
	if (!echo && tcgetattr(STDIN_FILENO, &echoing) == 0)
		return ask_silently(prompt, &echoing, ret, err);
	fputs(prompt, stderr);
	return read_line(ret, err);
}

static void note_time(const struct arguments *args, const char *name, int64_t time_ms)
{
	char local[TIME_TEXT_SIZE], utc[TIME_TEXT_SIZE];

	if (option_given(args, name))
		cli_note("--%s: %s (%s)", name, time_format_utc(utc, time_ms),
			 time_format_local(local, time_ms));
}

bool cli_option_time(const struct cli *cli, const struct arguments *args,
		     const char *name, int64_t *ret, struct err *err)
{
	if (!option_time(args, name, cli->now_ms, ret, err))
		return false;
	note_time(args, name, *ret);
	return true;
}

bool cli_option_span(const struct cli *cli, const struct arguments *args,
		     int64_t *ret_since_ms, int64_t *ret_until_ms, struct err *err)
{
	if (!option_span(args, cli->now_ms, ret_since_ms, ret_until_ms, err))
		return false;
	note_time(args, "since", *ret_since_ms);
	note_time(args, "until", *ret_until_ms);
	return true;
}

bool cli_confirm(const struct cli *cli, const char *question, const char *remedy,
		 bool *ret, struct err *err)
{
	DEFER(buf_done)
	struct buf answer = BUF_INIT(100);
	DEFER(buf_done)
	struct buf prompt = BUF_INIT(2000);

	if (!cli->terminal)
		return fail(err, ERR_REFUSED,
			    "%s There is no terminal to ask on; repeat with %s", question,
			    remedy);
	text_add_safe(&prompt, question, false);
	buf_adds(&prompt, " [y/N] ");
	if (!cli_ask(buf_text(&prompt), true, &answer, err))
		return false;
	*ret = text_equal_nocase(buf_text(&answer), "y") ||
	       text_equal_nocase(buf_text(&answer), "yes");
	return true;
}
