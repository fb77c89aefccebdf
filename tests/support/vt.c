#include "tests/support/vt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "tests/support/process.h"
#include "tests/support/run.h"

enum {
	DEADLINE_MS = 60000,
	BUSY_MS = 5000,
	SCREEN_BYTES = 1 << 20,
	STREAM_BYTES = 1 << 26
};

struct vt {
	VTerm *term;
	VTermScreen *screen;
	int columns, rows;
	int fd;
	int slave_fd; /* kept open, to ask for its modes after the end */
	pid_t pid;
	int status;
	bool ended, paused;
	bool alternate, cursor_visible;
	struct termios before;
	struct buf text, stream;
};

static int on_property(VTermProp property, VTermValue *value, void *arg)
{
	struct vt *vt = arg;

	if (property == VTERM_PROP_ALTSCREEN)
		vt->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		vt->cursor_visible = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void on_answer(const char *bytes, size_t count, void *arg)
{
	const struct vt *vt = arg;
	ssize_t ignored = write(vt->fd, bytes, count);
	(void)ignored;
}

static void die(const char *what)
{
	perror(what);
	abort();
}

static _Noreturn void become(const struct vt *vt, const char *const *argv,
			     char *const *environment)
{
	(void)setsid();
	(void)ioctl(vt->slave_fd, TIOCSCTTY, 0);
	for (int fd = 0; fd < 3; fd++)
		(void)dup2(vt->slave_fd, fd);
	for (int fd = 3; fd < 64; fd++)
		(void)close(fd);
	(void)execve(argv[0], (char *const *)(const void *)argv, environment);
	_exit(127);
}

struct vt *vt_open(int columns, int rows, const char *const *argv, const char *const *env)
{
	struct vt *vt = mem_new(1, sizeof(*vt));
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)columns };

	vt->columns = columns;
	vt->rows = rows;
	vt->cursor_visible = true;
	vt->text = BUF_INIT(SCREEN_BYTES);
	vt->stream = BUF_INIT(STREAM_BYTES);
	if (openpty(&vt->fd, &vt->slave_fd, NULL, NULL, &size) != 0 ||
	    tcgetattr(vt->slave_fd, &vt->before) != 0)
		die("openpty");
	vt->term = vterm_new(rows, columns);
	vterm_set_utf8(vt->term, 1);
	vterm_output_set_callback(vt->term, on_answer, vt);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
	/* Each console starts at the front, unless a test says where it was left. */
	(void)setenv("XDG_STATE_HOME", "/dev/null", 1);
	char **environment = environment_with(env);
	vt->pid = fork();
	if (vt->pid < 0)
		die("fork");
	if (vt->pid == 0)
		become(vt, argv, environment);
	free(environment);
	(void)fcntl(vt->fd, F_SETFL, O_NONBLOCK);
	return vt;
}

void vt_close(struct vt *vt)
{
	if (vt == NULL)
		return;
	if (!vt->ended) {
		(void)kill(vt->pid, SIGCONT);
		(void)kill(vt->pid, SIGKILL);
		(void)waitpid(vt->pid, NULL, 0);
	}
	vterm_free(vt->term);
	if (vt->fd >= 0)
		(void)close(vt->fd);
	if (vt->slave_fd >= 0)
		(void)close(vt->slave_fd);
	buf_done(&vt->text);
	buf_done(&vt->stream);
	free(vt);
}

void vt_done(struct vt **vt)
{
	vt_close(*vt);
}

/* Takes in what is there, waiting at most wait_ms for it. True if something came. */
static bool take_in(struct vt *vt, int wait_ms)
{
	char bytes[65536];
	struct pollfd input = { .fd = vt->fd, .events = POLLIN };
	bool came = false;

	(void)poll(&input, vt->paused ? 0 : 1, wait_ms);
	while (!vt->paused) {
		ssize_t count = read(vt->fd, bytes, sizeof(bytes));
		if (count <= 0)
			break;
		came = true;
		(void)vterm_input_write(vt->term, bytes, (size_t)count);
		buf_add(&vt->stream, bytes, (size_t)count);
	}
	if (!vt->ended && waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid)
		vt->ended = true;
	return came;
}

void vt_type(struct vt *vt, const char *bytes)
{
	size_t left = strlen(bytes);

	while (left > 0) {
		ssize_t wrote = write(vt->fd, bytes, left);
		if (wrote < 0 && errno != EAGAIN)
			return;
		if (wrote < 0) {
			(void)take_in(vt, 10);
			if (vt->ended)
				return; /* nobody reads any more */
			continue;
		}
		bytes += wrote;
		left -= (size_t)wrote;
	}
}

void vt_pause(struct vt *vt, bool paused)
{
	vt->paused = paused;
}

void vt_resize(struct vt *vt, int columns, int rows)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)columns };

	vt->columns = columns;
	vt->rows = rows;
	vterm_set_size(vt->term, rows, columns);
	(void)ioctl(vt->fd, TIOCSWINSZ, &size);
	if (!vt->ended)
		(void)kill(vt->pid, SIGWINCH);
}

void vt_signal(struct vt *vt, int number)
{
	(void)kill(vt->pid, number);
}

void vt_hang_up(struct vt *vt)
{
	(void)close(vt->slave_fd);
	(void)close(vt->fd);
	vt->fd = vt->slave_fd = -1;
}

pid_t vt_pid(const struct vt *vt)
{
	return vt->pid;
}

/* The sixteen colours that terminals let people choose. */
static const uint32_t palette[16] = {
	0x3b4252, 0xe06c75, 0x98c379, 0xe5c07b, 0x61afef, 0xc678dd, 0x56b6c2, 0xd8dee9,
	0x5c6370, 0xff7b86, 0xb5e890, 0xffd68a, 0x82c4ff, 0xdf9af0, 0x7fdbe6, 0xffffff,
};

static uint32_t colour(const struct vt *vt, VTermColor color, uint32_t usual)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
		return usual;
	if (VTERM_COLOR_IS_INDEXED(&color) && color.indexed.idx < COUNT_OF(palette))
		return palette[color.indexed.idx];
	vterm_screen_convert_color_to_rgb(vt->screen, &color);
	return (uint32_t)(color.rgb.red << 16 | color.rgb.green << 8 | color.rgb.blue);
}

static void put_text(const VTermScreenCell *cell, char ret[static 32])
{
	size_t length = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++)
		length += utf8_encode(cell->chars[i], ret + length);
	ret[length] = '\0';
}

struct vt_cell vt_cell_at(struct vt *vt, int row, int column)
{
	VTermScreenCell cell;
	struct vt_cell ret = { .text = " " };

	(void)vterm_screen_get_cell(vt->screen, (VTermPos){ row, column }, &cell);
	uint32_t ink = colour(vt, cell.fg, VT_INK), paper = colour(vt, cell.bg, VT_PAPER);
	ret.ink = cell.attrs.reverse ? paper : ink;
	ret.paper = cell.attrs.reverse ? ink : paper;
	ret.bold = cell.attrs.bold;
	ret.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
	if (cell.chars[0] == (uint32_t)-1)
		ret.text[0] = '\0';
	else if (cell.chars[0] != 0)
		put_text(&cell, ret.text);
	return ret;
}

void vt_size(const struct vt *vt, int *ret_columns, int *ret_rows)
{
	*ret_columns = vt->columns;
	*ret_rows = vt->rows;
}

static void add_row(struct vt *vt, int row)
{
	size_t length = vt->text.len;

	for (int column = 0; column < vt->columns; column++) {
		VTermScreenCell cell;
		char bytes[4];
		(void)vterm_screen_get_cell(vt->screen, (VTermPos){ row, column }, &cell);
		if (cell.chars[0] == 0) {
			buf_addc(&vt->text, ' ');
			continue;
		}
		if (cell.chars[0] == (uint32_t)-1)
			continue; /* the right half of a wide character */
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			buf_add(&vt->text, bytes, utf8_encode(cell.chars[i], bytes));
		length = cell.chars[0] == ' ' ? length : vt->text.len;
	}
	vt->text.len = length;
	vt->text.data[length] = '\0';
	buf_addc(&vt->text, '\n');
}

const char *vt_screen(struct vt *vt)
{
	buf_reset(&vt->text);
	buf_adds(&vt->text, "");
	for (int row = 0; row < vt->rows; row++)
		add_row(vt, row);
	return buf_text(&vt->text);
}

static bool wait_for(struct vt *vt, const char *text, bool present)
{
	int64_t until = clock_boot_ms() + DEADLINE_MS;

	for (;;) {
		(void)take_in(vt, 20);
		if ((strstr(vt_screen(vt), text) != NULL) == present)
			return true;
		if (vt->ended || clock_boot_ms() > until) {
			(void)fprintf(stderr, "%s '%s' on this screen:\n%s",
				      present ? "no" : "still", text, vt_screen(vt));
			return false;
		}
	}
}

bool vt_wait(struct vt *vt, const char *text)
{
	return wait_for(vt, text, true);
}

bool vt_wait_gone(struct vt *vt, const char *text)
{
	return wait_for(vt, text, false);
}

int vt_wait_exit(struct vt *vt)
{
	int64_t until = clock_boot_ms() + DEADLINE_MS;

	while (!vt->ended && clock_boot_ms() < until)
		(void)take_in(vt, 20);
	while (take_in(vt, 20)) /* the kernel hands on the last bytes when it likes */
		;
	return vt->ended ? vt->status : -1;
}

/* A key is unread, or somebody works on what was read. */
static bool is_busy(const struct vt *vt)
{
	int unread = 0;
	if (vt->ended)
		return false;
	return (ioctl(vt->slave_fd, FIONREAD, &unread) == 0 && unread > 0) ||
	       process_is_busy(vt->pid);
}

void vt_settle(struct vt *vt, int quiet_ms)
{
	const int64_t until = clock_boot_ms() + BUSY_MS;
	bool came;

	do
		came = take_in(vt, quiet_ms);
	while (came || (is_busy(vt) && clock_boot_ms() < until));
}

const char *vt_bytes(const struct vt *vt, size_t *ret_count)
{
	*ret_count = vt->stream.len;
	return buf_text(&vt->stream);
}

bool vt_alternate_screen(const struct vt *vt)
{
	return vt->alternate;
}

bool vt_cursor_visible(const struct vt *vt)
{
	return vt->cursor_visible;
}

bool vt_modes_restored(const struct vt *vt)
{
	struct termios now;

	return tcgetattr(vt->slave_fd, &now) == 0 && now.c_lflag == vt->before.c_lflag &&
	       now.c_iflag == vt->before.c_iflag && now.c_oflag == vt->before.c_oflag;
}
