#include "tui/console/rescue.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/compiler.h"

/* Handlers must find it: together with term.c's the one terminal that a process has. */
static struct {
	volatile sig_atomic_t armed;
	bool is_registered; /* to be called at the end */
	int fd;
	struct termios saved;
} rescue;

/* Every mode that we or a half-finished sequence could have left on, off; then the main
 * screen. */
static const char restore_string[] =
	"\033[?2026l\033[?2004l\033[?1004l\033[?1006l\033[?1002l\033[?1000l\033[?1l\033>"
	"\033[r\033[0m\033[?25h\033[?1049l";

static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT };

/* Async-signal-safe: write, tcsetattr, signal and raise only. Terminals outside the xterm
 * family are cleared by their own cooked modes; they ignore the private modes. */
static void give_back(void)
{
	ssize_t ignored = write(rescue.fd, restore_string, sizeof(restore_string) - 1);
	(void)ignored;
	(void)tcsetattr(rescue.fd, TCSANOW, &rescue.saved);
}

static void on_fatal_signal(int number)
{
	if (rescue.armed)
		give_back();
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

/* ncurses ends the program where it finds no memory for a sequence. */
static void on_exit_unasked(void)
{
	if (rescue.armed)
		give_back();
}

/* Handlers run on their own stack, so that a stack overflow gives the terminal back as well. */
static void catch_fatal_signals(void)
{
	static char stack[65536];
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = { .sa_handler = on_fatal_signal,
				    .sa_flags = (int)SA_ONSTACK | (int)SA_RESETHAND };

	(void)sigaltstack(&alternate, NULL);
	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT_OF(fatal_signals); i++)
		(void)sigaction(fatal_signals[i], &action, NULL);
}

bool rescue_arm(int fd)
{
	if (tcgetattr(fd, &rescue.saved) != 0)
		return false;
	rescue.fd = fd;
	if (!rescue.is_registered)
		rescue.is_registered = atexit(on_exit_unasked) == 0;
	rescue.armed = true;
	catch_fatal_signals();
	return true;
}

void rescue_now(void)
{
	give_back();
}

void rescue_disarm(void)
{
	rescue.armed = false;
}

void rescue_line_modes(void)
{
	(void)tcsetattr(rescue.fd, TCSANOW, &rescue.saved);
}
