/* What would be sent, when and to whom, if a monitor failed: the judge itself on a scratch
 * store, drawn over time. Nothing is stored or sent. */
#ifndef CONSOLE_WHATIF_VIEW_H
#define CONSOLE_WHATIF_VIEW_H

#include "tui/console/app.h"

/* kind: RECORD_MONITOR; RECORD_SERVICE or RECORD_DEFINITION: of each monitor that is linked
 * there, one after the other. */
void whatif_open(struct app *app, enum record_kind kind, int64_t id);

#endif
