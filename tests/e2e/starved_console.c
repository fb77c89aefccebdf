/* F19: allocations that fail in a console, in a frame or wherever. It goes on, or ends after one
 * line; the terminal is given back, and the database is whole. */
#include <curses.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/judge/judge.h"
#include "tests/support/check.h"
#include "tests/support/fleet.h"
#include "tests/support/memory/memory.h"
#include "tui/console/console.h"

enum {
	MONITORS = 6,
	QUIET_MS = 30,
	PATIENCE_MS = 30 * 1000,
	SAID_MAX_BYTES = 4096,
	POINTS = 12,
	HUNTED_POINTS = 600,
};

/* Of term.h, which takes names such as `lines` for itself. */
int setupterm(NCURSES_CONST char *name, int fd, int *ret_status);

static struct fleet fleet;
static FILE *said;         /* what consoles write to standard error */
static atomic_long *asked; /* shared with them */
static struct memory_plan plan;

static int make_fleet(void **state)
{
	struct err err = { 0 };
	struct judge_report report = { 0 };
	(void)state;
	fleet_open(&fleet, "http://127.0.0.1:1", MONITORS);
	for (int i = 0; i < MONITORS; i++)
		fleet_event(&fleet, fleet.place.store, i, EVENT_ERROR);
	place_must(judge_run(fleet.place.store, clock_now_ms(&(struct clock){ 0 }), 1000,
			     &report, &err),
		   &err);
	place_close(&fleet.place);
	return 0;
}

static int remove_fleet(void **state)
{
	(void)state;
	fleet_close(&fleet);
	return 0;
}

/* ---- ncurses ---- */

/* It takes the length of a name that it could not copy, and looks things up in a table that it
 * could not make: its opening is not what is tested. */
int setupterm(NCURSES_CONST char *name, int fd, int *ret_status)
{
	static int (*next)(NCURSES_CONST char *, int, int *);
	memory_spare(true);
	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "setupterm");
	const int code = next(name, fd, ret_status);
	memory_spare(false);
	return code;
}

char *tigetstr(NCURSES_CONST char *name)
{
	static char *(*next)(NCURSES_CONST char *);
	memory_spare(true);
	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "tigetstr");
	char *const text = next(name);
	memory_spare(false);
	return text;
}

SCREEN *newterm(const char *name, FILE *to, FILE *from)
{
	static SCREEN *(*next)(const char *, FILE *, FILE *);
	memory_spare(true);
	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "newterm");
	SCREEN *screen = next(name, to, from);
	memory_spare(false);
	return screen;
}

/* It takes the length of a sequence that it had no room for, and scrolls by numbers that it could
 * not work out: what it asks for while it writes a frame is not what is tested either. */
int doupdate(void)
{
	static int (*next)(void);
	memory_spare(true);
	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "doupdate");
	const int code = next();
	memory_spare(false);
	return code;
}

/* ---- a console in a child ---- */

/* Where ncurses ends the program, LeakSanitizer looks at it, and would tell of what the C
 * library lost when it was given no memory. */
static bool is_console;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return is_console;
}

static _Noreturn void be_console(int terminal)
{
	is_console = true;
	struct store *store = NULL;
	struct err err = { 0 };
	const struct console_options options = { .caption_fd = 0 };
	(void)setsid();
	(void)ioctl(terminal, TIOCSCTTY, 0);
	(void)dup2(terminal, STDIN_FILENO);
	(void)dup2(terminal, STDOUT_FILENO);
	(void)dup2(fileno(said), STDERR_FILENO);
	(void)setenv("TERM", "xterm-256color", 1);
	memory_count_at(asked);
	memory_use(&plan);
	bool ok = store_open(fleet.place.path, STORE_WRITE, &store, &err) &&
		  console_run(store, &options, &err);
	if (!ok)
		(void)fprintf(stderr, "hublink: %s\n", err.text);
	store_close(store);
	_exit(ok ? 0 : 1);
}

static void read_until_quiet(int master)
{
	struct pollfd output = { .fd = master, .events = POLLIN };
	char bytes[65536];
	while (poll(&output, 1, QUIET_MS) > 0 && read(master, bytes, sizeof(bytes)) > 0)
		;
}

/* Its wait status: screens, a page, help, and out; a key when all is drawn. */
static int use_console(pid_t console, int master)
{
	static const char *const keys[] = { "2", "\r", "\033", "4", "j", "6",
					    "9", "?",  "\033", "1", "q" };
	int status = 0;
	const int64_t give_up_ms = clock_boot_ms() + PATIENCE_MS;
	struct pollfd output = { .fd = master, .events = POLLIN };
	(void)poll(&output, 1, PATIENCE_MS / 10);
	for (size_t i = 0; waitpid(console, &status, WNOHANG) == 0; i++) {
		read_until_quiet(master);
		const char *key = keys[i < COUNT_OF(keys) ? i : COUNT_OF(keys) - 1];
		(void)!write(master, key, 1);
		if (clock_boot_ms() > give_up_ms)
			kill(console, SIGKILL);
	}
	return status;
}

static const char *what_was_said(void)
{
	static char text[SAID_MAX_BYTES];
	rewind(said);
	text[fread(text, 1, sizeof(text) - 1, said)] = '\0';
	return text;
}

static void expect_end(int status)
{
	const char *text = what_was_said();
	bool is_well = status == 0 && text[0] == '\0';
	bool is_told = WIFEXITED(status) && WEXITSTATUS(status) == 1 && text[0] != '\0' &&
		       strchr(text, '\n') == text + strlen(text) - 1;
	bool gave_up = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
		       strcmp(text, "hublink: out of memory\n") == 0;
	if (!is_well && !is_told && !gave_up)
		fail_msg("allocation %ld %s: the console ended with status %d and said "
			 "'%s'",
			 plan.at, plan.for_good ? "and all later ones" : "alone", status,
			 text);
}

static void expect_whole(void)
{
	struct err err = { 0 };
	struct store_health health;
	place_must(store_health(fleet.place.path, &health, &err), &err);
	assert_string_equal(health.integrity, "ok");
}

static void hit(void)
{
	int master, terminal;
	struct termios before, after;
	const struct winsize size = { .ws_row = 24, .ws_col = 80 };
	rewind(said);
	assert_int_equal(ftruncate(fileno(said), 0), 0);
	assert_int_equal(openpty(&master, &terminal, NULL, NULL, &size), 0);
	assert_int_equal(tcgetattr(terminal, &before), 0);
	pid_t console = fork();
	assert_true(console >= 0);
	if (console == 0)
		be_console(terminal);
	expect_end(use_console(console, master));
	assert_int_equal(tcgetattr(terminal, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	assert_int_equal(after.c_iflag, before.c_iflag);
	close(terminal);
	close(master);
	expect_whole();
}

static void sweep(bool for_good)
{
	plan = (struct memory_plan){ .at = 1L << 40 };
	hit();
	const long all = *asked;
	const long apart = all / (getenv("HUBLINK_HUNT") ? HUNTED_POINTS : POINTS) + 1;
	print_message("a console asks %ld times for memory\n", all);
	for (long at = 1 + for_good * apart / 2; at < all; at += apart) {
		plan = (struct memory_plan){ .at = at, .for_good = for_good };
		hit();
	}
}

static void console__goes_on_or_ends_in_words__when_an_allocation_fails_f19(void **state)
{
	(void)state;
	sweep(false);
}

static void console__ends_in_words__when_memory_is_out_f19(void **state)
{
	(void)state;
	sweep(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			console__goes_on_or_ends_in_words__when_an_allocation_fails_f19),
		cmocka_unit_test(console__ends_in_words__when_memory_is_out_f19),
	};
	said = tmpfile();
	asked = mmap(NULL, sizeof(*asked), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (said == NULL || asked == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, make_fleet, remove_fleet);
}
