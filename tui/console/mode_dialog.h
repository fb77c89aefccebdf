/* Choosing what leaves at all: dry-run, paused or live (R19). Going live lists what would
 * leave at once, and asks. */
#ifndef CONSOLE_MODE_DIALOG_H
#define CONSOLE_MODE_DIALOG_H

#include "tui/console/app.h"

void mode_dialog(struct app *app);

#endif
