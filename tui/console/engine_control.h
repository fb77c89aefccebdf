/* An engine for this database, started and stopped from any screen. It works on when the
 * console is left. */
#ifndef CONSOLE_ENGINE_CONTROL_H
#define CONSOLE_ENGINE_CONTROL_H

#include "tui/console/app.h"

/* Is action one on the engine? Then it is asked for; false: it is another action. */
bool engine_control_act(struct app *app, enum action action);

/* With every load: says so when the one that was started here has begun to work. */
void engine_control_look(struct app *app);

/* The one that was started here has ended: a note when it was told to, else the end of its
 * log. */
void engine_control_ended(struct app *app);

#endif
