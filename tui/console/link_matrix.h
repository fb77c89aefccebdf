/* The matrix of links as a screen. */
#ifndef CONSOLE_LINK_MATRIX_H
#define CONSOLE_LINK_MATRIX_H

#include "tui/console/app.h"

/* Of the definition and integration that this placement belongs to; 0: of the first. */
void link_matrix_open(struct app *app, int64_t placement_id);

#endif
