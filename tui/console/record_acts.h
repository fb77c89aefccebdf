/* What can be done to a record of the configuration from any screen that shows one: add,
 * edit, clone, delete, switch on and off. Each asks first when it would tell the public
 * something, and does nothing in a read-only console. */
#ifndef CONSOLE_RECORD_ACTS_H
#define CONSOLE_RECORD_ACTS_H

#include "tui/console/app.h"
#include "tui/console/form_store.h"

/* Opens the form; false, with a message, if it may not be or cannot be opened. */
bool record_form_open(struct app *app, const struct record_target *target);

/* Edit, clone, delete, toggle and history of this record, and what object_act() does;
 * REACTION_IGNORED for other actions. id 0: there is nothing under the cursor. */
enum reaction record_act(struct app *app, enum record_kind kind, int64_t id,
			 enum action action);

/* Add: a form for a new one. */
enum reaction record_add(struct app *app, enum record_kind kind, int64_t parent_id);

#endif
