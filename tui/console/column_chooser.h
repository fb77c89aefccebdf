/* Which columns of a list are shown: chosen over the screen, kept with the session. */
#ifndef CONSOLE_COLUMN_CHOOSER_H
#define CONSOLE_COLUMN_CHOOSER_H

#include "tui/console/app.h"

/* Of the list that the cursor is in; a note where it has no columns to choose from. */
void column_chooser_open(struct app *app);

#endif
