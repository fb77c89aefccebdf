/* A form as a screen on the stack. */
#ifndef CONSOLE_FORM_VIEW_H
#define CONSOLE_FORM_VIEW_H

#include "tui/console/app.h"
#include "tui/console/form_store.h"

/* Opens a form, or the draft that was left of it; false, with a message, if it cannot be
 * loaded. */
bool form_view_open(struct app *app, const struct record_target *target);

/* After a conflict was settled: saves the form that is shown, and closes it. */
void form_view_save_again(struct app *app);

extern const struct view_ops view_form;

#endif
