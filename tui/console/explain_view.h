/* Why an error would, or would not, reach the public; and which monitors reach nobody. */
#ifndef CONSOLE_EXPLAIN_VIEW_H
#define CONSOLE_EXPLAIN_VIEW_H

#include "tui/console/app.h"

/* kind: RECORD_MONITOR, or RECORD_SERVICE: every monitor that is linked to it. */
void explain_open(struct app *app, enum record_kind kind, int64_t id);

/* Active monitors that reach no service, each with the gate that is in the way. */
void coverage_open(struct app *app);

#endif
