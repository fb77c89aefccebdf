/* One act on everything that is marked in a list: tried first, asked for once with what it
 * breaks and what goes public, then done in one transaction, which is one step to undo. */
#ifndef CONSOLE_BULK_H
#define CONSOLE_BULK_H

#include "tui/console/app.h"

/* Can the action be done to many of what the view lists? */
bool bulk_can(const struct view *view, enum action action);

/* Does it to what is marked in the shown list; false: nothing is marked there, or it cannot
 * be done to many. */
bool bulk_act(struct app *app, enum action action);

#endif
