#include "tui/console/clipboard.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/base64.h"
#include "tui/console/term.h"

enum { SEQUENCE_MAX_BYTES = 256 * 1024 };

static _Noreturn void become_tmux(int fd)
{
	static const char *const words[] = { "tmux", "load-buffer", "-w", "-", NULL };
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)dup2(fd, STDIN_FILENO);
	(void)close(STDOUT_FILENO);
	(void)close(STDERR_FILENO);
	(void)execvp(words[0], (char *const *)(uintptr_t)words);
	_exit(127);
}

/* -w: tmux passes it on to the terminal that it runs in. Nobody waits for it: the console
 * takes in its end some time later. */
static bool copy_to_tmux(const char *text)
{
	int fd = memfd_create("hublink-copy", MFD_CLOEXEC);
	size_t bytes = strlen(text);

	if (fd < 0)
		return false;
	bool written =
		write(fd, text, bytes) == (ssize_t)bytes && lseek(fd, 0, SEEK_SET) == 0;
	pid_t pid = written ? fork() : -1;
	if (pid == 0)
		become_tmux(fd);
	(void)close(fd);
	return pid > 0;
}

bool clipboard_copy(const char *text, bool may_start_programs)
{
	DEFER(buf_done) struct buf sequence = BUF_INIT(SEQUENCE_MAX_BYTES);
	const char *tmux = getenv("TMUX");

	if (may_start_programs && tmux != NULL && *tmux != '\0' && copy_to_tmux(text))
		return true;
	buf_adds(&sequence, "\033]52;c;");
	base64_add(&sequence, text, strlen(text));
	buf_addc(&sequence, '\007');
	return !buf_overflowed(&sequence) && term_send(buf_text(&sequence), sequence.len);
}
