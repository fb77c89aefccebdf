/* Links added, taken away and moved, however many: one transaction, one step of undo. Asks
 * first when that tells the public something, or needs an integration placed in a level. */
#ifndef CONSOLE_LINK_CHANGES_H
#define CONSOLE_LINK_CHANGES_H

#include "tui/console/app.h"
#include "tui/console/link_work.h"

/* Does them, after asking where it must; the changes pass over. What is to be where it is
 * already stays as it is. */
void link_changes_start(struct app *app, struct link_changes *changes);

#endif
