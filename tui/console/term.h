/* The terminal: taking it over, one write per frame, and giving it back whatever happens.
 *
 * ncurses composes a frame into a memory file, and the frame leaves in one write(2): one
 * SSH segment, never a half painted screen. The restore string and the saved termios are
 * put back on every way out, from signal handlers too. */
#ifndef CONSOLE_TERM_H
#define CONSOLE_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"

enum term_charset { TERM_ASCII, TERM_UTF8 };

struct term_info {
	const char *name; /* the terminfo entry in use */
	bool fell_back;   /* $TERM was unknown; name is of its family */
	bool colours;
	enum term_charset charset;
	bool draws_lines; /* with the terminal's line-drawing characters */
};

/* Is there a terminfo entry for $TERM or its family that can draw? */
bool term_can_draw(void);

/* Take the terminal on fds 0 and 1; ascii: whatever the locale says. ERR_FAILED "… is not a
 * terminal" or that no entry, not even vt100's, is known; the terminal is then as it was. One
 * at a time per process. */
bool term_open(bool ascii, struct err *err) CHECKED;
void term_close(void); /* gives it back; safe to call twice */
const struct term_info *term_info(void);
void term_draw_lines(bool drawn); /* instead of - and | */

/* Send what changed since the last frame in one write; nothing when nothing changed.
 * Returns the bytes sent, -1 when the terminal is gone. */
long term_frame(void);

/* Send bytes of our own between two frames, to a terminal that knows such sequences; false
 * where it might show them as text. */
bool term_send(const char *bytes, size_t count) CHECKED;

/* Clicks and the wheel come as KEY_MOUSE, for term_mouse_event; the terminal's own marking of
 * text then needs Shift. */
void term_mouse(bool on);
bool term_mouse_is_on(void);

enum term_mouse_kind { TERM_CLICK, TERM_WHEEL_UP, TERM_WHEEL_DOWN };
struct term_mouse_event {
	enum term_mouse_kind kind;
	int y, x;
};
/* After the key TERM_KEY_MOUSE: what it was. False: nothing that means anything. */
bool term_mouse_event(struct term_mouse_event *ret);

/* Does the terminal take bytes now? If not, a frame would stop the console until somebody
 * reads: skip it, and wait for term_output_fd. */
bool term_can_write(void);
int term_output_fd(void);

/* The descriptor that keys come from, for poll. */
int term_fd(void);

/* The next key: a code point (from U+0100 on with KEY_IS_CHAR), a KEY_… of ncurses, or -1
 * when none waits; -2 when the terminal is gone; TERM_KEY_PASTE when a bracketed paste has
 * come in whole. */
enum {
	TERM_KEY_PASTE = 0x110000,
	TERM_KEY_MOUSE = 0x110001,
	TERM_PASTE_MAX = 1024 * 1024
};
int term_key(void);

/* What was pasted; empty if it was longer than TERM_PASTE_MAX. Valid until the next key. */
const char *term_paste(void);

/* The terminal's own cursor: shown there, or hidden, from the next frame on. */
void term_cursor(bool shown, int y, int x);

/* For a program that takes the terminal for a while ($EDITOR): gives it back, and takes it
 * again. */
void term_lend(void);
void term_take_back(void);

void term_resize(void); /* after SIGWINCH: asks the terminal for its size */
void term_suspend(
	void); /* gives the terminal back, stops the process, and takes it again on SIGCONT */
void term_redraw(void); /* the next frame repaints everything */

#endif
