/* The palette over the screen: type, choose, Enter. */
#ifndef CONSOLE_PALETTE_VIEW_H
#define CONSOLE_PALETTE_VIEW_H

#include "tui/console/app.h"

void palette_open(struct app *app);

/* Only what can be done with the marked rows; nothing is marked: with the one under the
 * cursor. */
void palette_open_acts(struct app *app);

/* Do what the item says, or show the object. */
void palette_go(struct app *app, const struct palette_item *item);

#endif
