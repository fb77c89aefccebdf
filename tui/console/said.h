/* What came of an act, told to the operator who did it. */
#ifndef CONSOLE_SAID_H
#define CONSOLE_SAID_H

#include "core/judge/act.h"
#include "tui/console/app.h"

/* One sentence is a note above the hints, whole; more are shown until Esc. title: a constant. */
void said_show(struct app *app, const char *title, const struct act_result *result);

/* Until Esc. */
void said_refused(struct app *app, const char *title, const char *refusal);

#endif
