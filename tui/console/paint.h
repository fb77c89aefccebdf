/* Painting: the only place that puts text on the screen. All of it passes the sanitiser and
 * is cut to its width. */
#ifndef CONSOLE_PAINT_H
#define CONSOLE_PAINT_H

#include <stdbool.h>

#include "core/base/compiler.h"

/* What a piece of text means; term's colours decide how it looks. State is word, then
 * glyph, then colour. */
enum role {
	ROLE_TEXT,
	ROLE_DIM,
	ROLE_TITLE,
	ROLE_OK,
	ROLE_WARN,
	ROLE_BAD,
	ROLE_INFO,
	ROLE_COUNT,
	ROLE_LETTERS =
		ROLE_COUNT, /* a picture: `#` is bad, `-` and `u` warn, `m` informs */
};

struct rect {
	int y, x, rows, columns;
};

/* Once, after term_open. */
enum palette;
void paint_start(enum palette palette);
enum line_art;
void paint_choose_lines(enum line_art lines);
void paint_clear(
	void); /* an empty frame to draw on; costs nothing where nothing changes */
struct rect paint_screen(void);

/* Text from x on, at most columns wide, nothing outside the screen. Returns the columns used. */
int paint_text(int y, int x, int columns, enum role role, const char *text);
int paint_format(int y, int x, int columns, enum role role, const char *format, ...)
	PRINTF_LIKE(5, 6);
void paint_bold(bool on); /* for the texts that follow */

/* Where the terminal's own cursor blinks in this frame: in the field that takes text.
 * paint_clear hides it again. */
void paint_cursor(int y, int x);

/* Blanks, for what is drawn over something else. */
void paint_blank(struct rect area);
/* A box over what fills area: what would be left beside it is too narrow to be read, and is
 * blank, too, unless the screen is wide. */
void paint_blank_for(struct rect area, struct rect box);

/* A line down the screen, and the frame of a box. */
void paint_line_down(int y, int x, int rows);
void paint_frame(struct rect box, const char *title);

/* A heading on a rule: "-- Incidents open 2 ------ note --". */
void paint_rule(int y, int x, int columns, const char *heading, const char *note);

#endif
