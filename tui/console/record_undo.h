/* Undo and redo as the console offers them: what would change is shown, and asked. */
#ifndef CONSOLE_RECORD_UNDO_H
#define CONSOLE_RECORD_UNDO_H

#include "tui/console/app.h"

void record_undo(struct app *app, bool redo);

#endif
