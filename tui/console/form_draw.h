/* A form on the screen: fields under each other, a fault under its field, the help of the
 * focused one at the bottom. */
#ifndef CONSOLE_FORM_DRAW_H
#define CONSOLE_FORM_DRAW_H

#include "tui/console/form.h"
#include "tui/console/paint.h"

void form_draw(struct form *form, struct rect area);

/* Columns of a value in an area that wide: what Up and Down in a text count with. */
int form_value_columns(int columns);

#endif
