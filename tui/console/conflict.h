/* Somebody else saved the record that a form stands on: both values of each field, and what
 * it was, to choose from. */
#ifndef CONSOLE_CONFLICT_H
#define CONSOLE_CONFLICT_H

#include "tui/console/app.h"
#include "tui/console/form.h"

/* Asks over the form, which stays the owner. sentence: who saved, and when. */
void conflict_open(struct app *app, struct form *form, const char *sentence);

#endif
