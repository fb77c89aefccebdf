/* The way from an empty database to the public page: what is done and what is open, as the
 * database itself tells. */
#ifndef CONSOLE_FIRST_STEPS_H
#define CONSOLE_FIRST_STEPS_H

#include "tui/console/app.h"

/* Opens the guide; says so where there is nothing left to do. */
void first_steps_open(struct app *app);

/* Opens it over the dashboard where there is no configuration yet. */
void first_steps_greet(struct app *app);

#endif
