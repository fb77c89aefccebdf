/* The nine screens that a digit leads to, and their names in the top row. */
#ifndef CONSOLE_TABS_H
#define CONSOLE_TABS_H

#include "tui/console/app.h"

/* The screen that the action goes to; NULL: it is none of these. */
const struct view_ops *tabs_destination(enum action action);

/* Draws them all, as long as the terminal is wide; returns the columns used. */
int tabs_draw(const struct view_ops *here, int columns);

/* The screen of that name; NULL: there is none. */
const struct view_ops *tabs_screen(const char *name);

#endif
