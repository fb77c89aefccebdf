/* The full-screen console: what is broken now, what was told to whom, and what is next, live. */
#ifndef CONSOLE_CONSOLE_H
#define CONSOLE_CONSOLE_H

#include <stdbool.h>

#include "core/base/clock.h"
#include "core/base/err.h"
#include "core/store.h"
#include "tui/console/key_overrides.h"
#include "tui/gate_role.h"

/* Which colours say again what a word says. */
enum palette {
	PALETTE_DARK,   /* for a dark background */
	PALETTE_LIGHT,  /* for a light one */
	PALETTE_DEUTER, /* blue and orange: red and green need not be told apart */
	PALETTE_MONO,   /* none */
	PALETTE_COUNT,
};

/* What rules and frames are drawn with. */
enum line_art {
	LINE_ART_AUTO,    /* by the locale and $TERM */
	LINE_ART_UNICODE, /* ─ and │, as the terminal has them */
	LINE_ART_ASCII,   /* - and | */
	LINE_ART_COUNT,
};

struct console_options {
	struct key_overrides keys;
	enum palette palette;
	bool shows_clock; /* in the top row, where there is room */
	bool ascii;       /* whatever the locale says */
	enum line_art lines;
	bool mouse; /* on from the start */
	bool read_only;
	enum gate_role role;      /* GATE_ABSENT: not behind a gate */
	const char *as;           /* who came through the gate, or NULL */
	struct clock clock;       /* fixed in tests and pictures */
	const char *session_path; /* where the operator was; NULL: it is not kept */
	int caption_fd; /* its first line stands above the hints, for demonstrations;
			 * 0: none. Kept by the caller, and rewritten in place */
};

/* Can $TERM draw a screen on the terminal, or one of its family? */
bool console_can_draw(void);

/* Put a parent on guard that gives the terminal back even after SIGKILL: once, before the
 * database is opened. */
void console_guard(void);

/* Runs until the operator quits (true) or the terminal is lost or cannot be used (false,
 * *err says why; a hang-up is true: there is nothing to lose). */
bool console_run(struct store *store, const struct console_options *options,
		 struct err *err) CHECKED;

#endif
