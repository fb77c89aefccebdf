/* An incident opened by hand for a service: its text, then what the public reads before it
 * does (R18). */
#ifndef CONSOLE_OPEN_DIALOG_H
#define CONSOLE_OPEN_DIALOG_H

#include "tui/console/app.h"

/* Refused with a sentence in a read-only console. */
void open_ask(struct app *app, int64_t service_id);

#endif
