/* What the frame that is being drawn has on each row of the screen. ncurses hears of rows
 * only that are not as they were in the frame before: to wipe, copy and compare all of a large
 * screen costs more than everything else that a key does. */
#ifndef CONSOLE_CANVAS_H
#define CONSOLE_CANVAS_H

#include <curses.h>
#include <stdbool.h>

/* An empty frame; what was drawn since the last canvas_show is thrown away. */
void canvas_clear(void);

/* Safe text of one row, no wider than what is right of x; over what is there already. */
void canvas_text(int y, int x, attr_t look, const char *text);

/* The same sign so many times; nothing outside the screen. */
void canvas_signs(int y, int x, int count, attr_t look, chtype sign);

/* What follows is bold besides. */
void canvas_bold(bool on);

/* The frame is whole: tell ncurses's standard screen what has changed. */
void canvas_show(void);

void canvas_done(void);

#endif
