/* What is done to links in their list, to all that are marked at once: to another level, to
 * another service, as a copy to another alert definition, and the tests of what they lead
 * to. One question, one transaction, one step of undo. */
#ifndef CONSOLE_LINK_ACTS_H
#define CONSOLE_LINK_ACTS_H

#include "tui/console/app.h"

bool link_can(enum action action);
/* False: the action is none of these. */
bool link_act(struct app *app, enum action action, const int64_t *link_ids, size_t count);

#endif
