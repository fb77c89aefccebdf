/* What came of an act, told to the operator who did it. */
#ifndef CONSOLE_SAID_H
#define CONSOLE_SAID_H

#include "core/judge/act.h"
#include "tui/console/app.h"

/* One line is a note above the hints; more are shown until Esc. title: a constant. */
void said_show(struct app *app, const char *title, const struct act_result *result);

/* The same, but one line that does not fit there is shown until Esc, too: where its end says
 * what the act was for. */
void said_show_whole(struct app *app, const char *title, const struct act_result *result);

/* Whole: its end is the remedy. */
void said_refused(struct app *app, const char *title, const char *refusal);

#endif
