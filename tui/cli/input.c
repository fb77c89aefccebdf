/* What comes in beside the arguments: files, standard input, answers at the terminal. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tui/cli/cli.h"

bool cli_read_file(const char *path, struct buf *ret, struct err *err)
{
	bool standard = text_equal(path, "-");
	FILE *file = standard ? stdin : fopen(path, "re");
	const char *shown = standard ? "standard input" : path;
	char bytes[8192];
	size_t count;

	if (!file)
		return fail(err, ERR_INVALID, "Reading %s: %s", path, strerror(errno));
	while ((count = fread(bytes, 1, sizeof(bytes), file)) > 0 && !buf_overflowed(ret))
		buf_add(ret, bytes, count);
	int failed = ferror(file) ? errno : 0;
	if (!standard)
		fclose(file);
	if (failed)
		return fail(err, ERR_FAILED, "Reading %s: %s", shown, strerror(failed));
	if (buf_overflowed(ret))
		return fail(err, ERR_INVALID, "%s is longer than %zu bytes", shown,
			    ret->max);
	return true;
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

/* A signal ends the read, so that the terminal is put right before the command ends. */
static void end_read(int signal)
{
	(void)signal;
}

static bool read_silently(struct buf *ret, struct err *err)
{
	struct sigaction ending = { .sa_handler = end_read }, before[2];
	struct termios echoing;
	if (tcgetattr(STDIN_FILENO, &echoing) != 0)
		return read_line(ret, err);

	struct termios quiet = echoing;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	sigaction(SIGINT, &ending, &before[0]);
	sigaction(SIGTERM, &ending, &before[1]);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	bool read = read_line(ret, err);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &echoing);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	fputc('\n', stderr);
	return read;
}

bool cli_ask(const char *prompt, bool echo, struct buf *ret, struct err *err)
{
	fflush(stdout);
	fputs(prompt, stderr);
	return echo ? read_line(ret, err) : read_silently(ret, err);
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
