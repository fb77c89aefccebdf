/* A letter on every row that is shown, in whichever part of the screen: typed, it takes the
 * cursor there. */
#ifndef CONSOLE_JUMP_H
#define CONSOLE_JUMP_H

#include "tui/console/app.h"

void jump_open(struct app *app);

#endif
