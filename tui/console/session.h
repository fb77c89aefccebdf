/* Where an operator was: the screen that was shown, and each list's filter, order and cursor,
 * kept from one console to the next. No secrets: only what stands on the screens. */
#ifndef CONSOLE_SESSION_H
#define CONSOLE_SESSION_H

#include "tui/console/app.h"

/* Goes to where the last console on this database was left. A file about another database is
 * passed over; one that cannot be read, too, with a note. path NULL: nothing is kept. */
void session_restore(struct app *app, const char *path);

/* Keeps where it is; its folder is made. A place that cannot be written keeps nothing. */
void session_save(const struct app *app, const char *path);

#endif
