/* A program on a pty, its screen in libvterm: what an operator would see, as text to
 * compare. */
#ifndef TESTS_SUPPORT_VT_H
#define TESTS_SUPPORT_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct vt;

/* Starts argv[0] on a pty of that size. env: "NAME=value" strings put over the
 * environment, NULL-terminated, or NULL; "NAME" without = unsets. Aborts the test on
 * failure. */
struct vt *vt_open(int columns, int rows, const char *const *argv,
		   const char *const *env);

/* Kills the program if it still runs, and frees. NULL is fine. */
void vt_close(struct vt *vt);
void vt_done(struct vt **vt);

/* Sends bytes as typed: "\r" Enter, "\033[B" Down, … */
void vt_type(struct vt *vt, const char *bytes);
/* Nobody reads: what the program writes stays where it is, as after Ctrl-S. */
void vt_pause(struct vt *vt, bool paused);
void vt_resize(struct vt *vt, int columns, int rows);
void vt_signal(struct vt *vt, int number);
/* The line is cut: the program reads the end, and gets SIGHUP. Only vt_wait_exit and
 * vt_close may follow. */
void vt_hang_up(struct vt *vt);
pid_t vt_pid(const struct vt *vt);

/* Reads what the program writes until text is on the screen (or is not, for
 * vt_wait_gone), at most 20 s; false on time-out. */
bool vt_wait(struct vt *vt, const char *text);
bool vt_wait_gone(struct vt *vt, const char *text);

/* Reads until the program ended; its exit status as of waitpid, -1 on time-out. */
int vt_wait_exit(struct vt *vt);

/* Reads for as long as something comes and then until nothing has come for quiet_ms, and no key is
 * unread and the program sleeps: on a busy machine silence alone says little. */
void vt_settle(struct vt *vt, int quiet_ms);

/* One character cell as it is drawn. */
struct vt_cell {
	char text[32];       /* UTF-8; empty: right half of what stands before */
	uint32_t ink, paper; /* 0xRRGGBB */
	bool bold, underline;
};
enum { VT_INK = 0xd8dee9, VT_PAPER = 0x1b1f27 }; /* where the program chose none */

/* The cell at row and column, both from 0. */
struct vt_cell vt_cell_at(struct vt *vt, int row, int column);
void vt_size(const struct vt *vt, int *ret_columns, int *ret_rows);

/* The screen as lines without trailing blanks; valid until the next call. */
const char *vt_screen(struct vt *vt);

/* Every byte written since vt_open, and how many. */
const char *vt_bytes(const struct vt *vt, size_t *ret_count);

bool vt_alternate_screen(const struct vt *vt);
bool vt_cursor_visible(const struct vt *vt);
/* Is the pty's line discipline as it was before the program started? */
bool vt_modes_restored(const struct vt *vt);

/* Compares the screen with tests/e2e/golden/NAME.txt, and waits until it is painted;
 * UPDATE_GOLDEN=1 writes it. On a difference prints both. Digits that belong to times, ages,
 * durations and keys are 0 on both sides, and drawn lines are - and |: what the clock and the
 * host say is no part of a screen's look. */
bool vt_golden(struct vt *vt, const char *name);

#endif
