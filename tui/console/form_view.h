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

/* Whose form it is, when saving it stores no record. */
struct form_owner {
	/* Something was typed. */
	void (*typed)(struct app *app, struct form *form);
	/* Ctrl-S, without a fault of the fields: false leaves the form open, and has said
	 * why. */
	bool (*take)(struct app *app, struct form *form);
};

/* Shows a form that stays its owner's, with what was typed, whichever way it is left. */
void form_view_lend(struct app *app, struct form *form, const struct form_owner *owner);

#endif
