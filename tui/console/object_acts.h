/* What can be done with a monitor, a service, an integration or an alert definition beside
 * changing its record, from any screen that shows one. */
#ifndef CONSOLE_OBJECT_ACTS_H
#define CONSOLE_OBJECT_ACTS_H

#include "tui/console/app.h"

/* REACTION_IGNORED: the action is none of these. One that this kind of record does not know
 * leaves a sentence that says where it belongs. */
enum reaction object_act(struct app *app, enum record_kind kind, int64_t id,
			 enum action action);

#endif
