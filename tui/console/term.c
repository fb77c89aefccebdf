#include "tui/console/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "tui/console/canvas.h"
#include "tui/console/rescue.h"
#include "tui/console/term_input.h"
#include "tui/console/terminfo.h"
#include "tui/files.h"

/* One of the few variables of a file that may change (tests/lint.sh): a process has one
 * terminal, and its signal handlers must find it. */
static struct {
	bool open;
	int tty_fd; /* the real terminal, for handlers and frames */
	int out_fd; /* what ncurses believes to be the terminal */
	int memory_fd;
	FILE *out;
	SCREEN *screen;
	struct term_info info;
	bool redraw;
	bool gone;
	bool cursor_wanted, cursor_shown;
	int cursor_y, cursor_x;
	bool asked_for_sync;
} term = { .tty_fd = -1, .out_fd = -1, .memory_fd = -1 };

struct family {
	const char *prefix;
	const char *entry;
};

/* An unknown terminal name is tried as the family it says it belongs to. */
static const struct family families[] = {
	{ "tmux", "tmux-256color" },
	{ "screen", "screen" },
	{ "linux", "linux" },
	{ "vt", "vt100" },
	{ "rxvt", "xterm-256color" },
	{ "xterm", "xterm-256color" },
	{ "alacritty", "xterm-256color" },
	{ "foot", "xterm-256color" },
	{ "kitty", "xterm-256color" },
	{ "ghostty", "xterm-256color" },
	{ "wezterm", "xterm-256color" },
	{ "st", "xterm-256color" },
	{ "konsole", "xterm-256color" },
	{ "gnome", "xterm-256color" },
};

/* NULL: none can be drawn with. */
static const char *choose_entry(const char *wanted, int fd)
{
	if (wanted == NULL || *wanted == '\0' || strcmp(wanted, "dumb") == 0)
		return NULL; /* it says itself that it cannot */
	if (terminfo_usable(wanted, fd))
		return wanted;
	for (size_t i = 0; i < COUNT_OF(families); i++)
		if (text_starts_with(wanted, families[i].prefix) &&
		    terminfo_usable(families[i].entry, fd))
			return families[i].entry;
	return terminfo_usable("vt100", fd) ? "vt100" : NULL;
}

bool term_can_draw(void)
{
	return choose_entry(getenv("TERM"), STDOUT_FILENO) != NULL;
}

static void start_colours(void)
{
	const char *no_color = getenv("NO_COLOR");

	if ((no_color != NULL && *no_color != '\0') || !has_colors())
		return;
	term.info.colours = start_color() == OK && use_default_colors() == OK;
}

/* Only where the name says that it is known: others would show the sequence as text. */
static bool knows_paste(void)
{
	return !text_starts_with(term.info.name, "vt") &&
	       !text_starts_with(term.info.name, "linux") &&
	       !text_starts_with(term.info.name, "ansi");
}

static void bracket_pastes(bool on)
{
	if (knows_paste())
		(void)putp(on ? "\033[?2004h" : "\033[?2004l");
}

static void set_modes(void)
{
	(void)raw();
	(void)noecho();
	(void)nonl();
	(void)nodelay(stdscr, TRUE);
	(void)keypad(stdscr, TRUE);
	(void)typeahead(-1);
	(void)idlok(stdscr, TRUE);
	term_input_start(knows_paste());
	bracket_pastes(true);
	(void)curs_set(0);
	term.cursor_shown = false;
}

static bool open_descriptors(struct err *err)
{
	term.tty_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	term.out_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	term.memory_fd = memfd_create("hublink-frame", MFD_CLOEXEC);
	if (term.tty_fd >= 0 && term.out_fd >= 0 && term.memory_fd >= 0)
		term.out = fdopen(term.out_fd, "w");
	if (term.out == NULL)
		return fail(err, ERR_FAILED, "The terminal cannot be opened: %s",
			    strerror(errno));
	return true;
}

static void close_descriptors(void)
{
	rescue_disarm();
	if (term.out != NULL)
		(void)fclose(term.out);
	else if (term.out_fd >= 0)
		(void)close(term.out_fd);
	if (term.memory_fd >= 0)
		(void)close(term.memory_fd);
	if (term.tty_fd >= 0)
		(void)close(term.tty_fd);
	term.out = NULL;
	term.out_fd = term.memory_fd = term.tty_fd = -1;
}

bool term_open(bool ascii, struct err *err)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return fail(err, ERR_FAILED,
			    "The console needs a terminal on standard input and output; "
			    "commands work "
			    "without one: hublink help");
	if (!open_descriptors(err)) {
		close_descriptors();
		return false;
	}
	if (!rescue_arm(term.tty_fd)) {
		fail(err, ERR_FAILED, "The terminal's modes cannot be read: %s",
		     strerror(errno));
		close_descriptors();
		return false;
	}
	(void)setlocale(LC_CTYPE, "");
	bool utf8 = !ascii && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	term.info.charset = utf8 ? TERM_UTF8 : TERM_ASCII;
	const char *type = getenv("TERM");
	term.info.name = choose_entry(type, term.tty_fd);
	term.info.fell_back = term.info.name != NULL && strcmp(term.info.name, type) != 0;
	if (term.info.name != NULL)
		term.screen = newterm(term.info.name, term.out, stdin);
	if (term.screen == NULL) {
		close_descriptors();
		return fail(err, ERR_FAILED,
			    "No usable terminal description for TERM=%s; set "
			    "TERM=xterm-256color, or use the "
			    "commands: hublink help",
			    getenv("TERM") != NULL ? getenv("TERM") : "");
	}
	term.open = true;
	term.gone = false;
	set_modes();
	start_colours();
	return true;
}

/* Cooked modes and the main screen. */
static void leave_screen(void)
{
	bracket_pastes(false);
	term_input_stop();
	(void)endwin();
	if (knows_paste()) /* some take the cursor's look back with the main screen */
		(void)putp("\033[?25h");
	(void)fflush(term.out);
	rescue_line_modes();
}

bool term_can_write(void)
{
	struct pollfd output = { .fd = term.tty_fd, .events = POLLOUT };

	return poll(&output, 1, 0) != 0;
}

/* Bytes that nobody reads must not keep us: what waits is thrown away. */
static void make_room(void)
{
	if (term_can_write())
		return;
	(void)tcflow(term.tty_fd, TCOON);
	(void)tcflush(term.tty_fd, TCOFLUSH);
}

void term_close(void)
{
	if (!term.open)
		return;
	make_room();
	leave_screen();
	term_input_done();
	canvas_done();
	delscreen(term.screen);
	term.screen = NULL;
	term.open = false;
	close_descriptors();
}

const struct term_info *term_info(void)
{
	return &term.info;
}

void term_draw_lines(bool drawn)
{
	term.info.draws_lines = drawn;
}

int term_output_fd(void)
{
	return term.tty_fd;
}

bool term_send(const char *bytes, size_t count)
{
	return knows_paste() && term_can_write() && files_put(term.tty_fd, bytes, count);
}

/* What ncurses wrote into the memory file goes to the terminal. */
static long send_memory(void)
{
	off_t size = lseek(term.memory_fd, 0, SEEK_END);

	if (size <= 0)
		return 0;
	char *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, term.memory_fd, 0);
	if (bytes == MAP_FAILED)
		return -1;
	bool sent = files_put(term.tty_fd, bytes, (size_t)size);
	(void)munmap(bytes, (size_t)size);
	if (ftruncate(term.memory_fd, 0) != 0 || lseek(term.memory_fd, 0, SEEK_SET) != 0)
		return -1;
	return sent ? (long)size : -1;
}

/* Inside a frame: what shows or hides the cursor leaves with the rest of it. */
static void place_cursor(void)
{
	if (term.cursor_wanted != term.cursor_shown)
		(void)curs_set(term.cursor_wanted ? 1 : 0);
	term.cursor_shown = term.cursor_wanted;
	if (!term.cursor_wanted)
		return;
	(void)wmove(stdscr, term.cursor_y, term.cursor_x);
	(void)wnoutrefresh(stdscr);
}

void term_cursor(bool shown, int y, int x)
{
	term.cursor_wanted = shown;
	term.cursor_y = y;
	term.cursor_x = x;
}

/* Mode 2026 brackets what changed, where the terminal has said that it knows it: it then shows
 * the frame whole. It is asked with the first frame, and nobody waits for the answer. */
static void compose(void)
{
	static const char begin[] = "\033[?2026h", end[] = "\033[?2026l";
	static const char question[] = "\033[?2026$p";
	bool bracketed = term_input_is_synchronised();

	if (!term.asked_for_sync && knows_paste())
		(void)fputs(question, term.out);
	term.asked_for_sync = true;
	if (bracketed)
		(void)fputs(begin, term.out);
	(void)fflush(term.out);
	off_t before = lseek(term.memory_fd, 0, SEEK_END);
	place_cursor();
	(void)doupdate();
	(void)fflush(term.out);
	bool empty = bracketed && lseek(term.memory_fd, 0, SEEK_END) == before;
	if (empty && ftruncate(term.memory_fd, 0) == 0)
		(void)lseek(term.memory_fd, 0, SEEK_SET);
	else if (bracketed)
		(void)fputs(end, term.out);
	(void)fflush(term.out);
}

long term_frame(void)
{
	if (term.redraw)
		(void)clearok(curscr, TRUE);
	term.redraw = false;
	canvas_show();
	(void)wnoutrefresh(stdscr);
	(void)fflush(term.out);
	(void)dup3(term.memory_fd, term.out_fd, O_CLOEXEC);
	compose();
	(void)dup3(term.tty_fd, term.out_fd, O_CLOEXEC);
	long sent = send_memory();
	if (sent < 0)
		term.gone = true;
	return sent;
}

int term_fd(void)
{
	return STDIN_FILENO;
}

int term_key(void)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	if (term.gone)
		return -2;
	int key = term_input_key();
	if (key != -1)
		return key;
	if (poll(&input, 1, 0) > 0 &&
	    (input.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		return -2;
	return -1;
}

void term_resize(void)
{
	struct winsize size;

	if (ioctl(term.tty_fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
	    size.ws_col == 0)
		return;
	(void)resizeterm(size.ws_row, size.ws_col);
}

void term_lend(void)
{
	leave_screen();
}

void term_take_back(void)
{
	term.redraw = true;
	set_modes();
	term_resize();
	(void)refresh();
}

void term_suspend(void)
{
	leave_screen();
	/* The whole job, as the terminal would: who started the console stops with it. Not SIGTSTP,
	 * which is blocked: it arrives through the signal descriptor. */
	(void)kill(0, SIGSTOP);
	term_take_back();
}

void term_redraw(void)
{
	term.redraw = true;
}
