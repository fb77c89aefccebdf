/* Events of monitors that nobody knows: what waits, and whose it is. */
#ifndef CONSOLE_UNMATCHED_VIEW_H
#define CONSOLE_UNMATCHED_VIEW_H

#include "tui/console/app.h"

void unmatched_open(struct app *app);

#endif
