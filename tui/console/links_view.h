/* The list of links, of one record. */
#ifndef CONSOLE_LINKS_VIEW_H
#define CONSOLE_LINKS_VIEW_H

#include "tui/console/app.h"

/* Those that the record has a part in: a monitor, a service, a definition, a level … */
void links_open(struct app *app, enum record_kind kind, int64_t id);

/* The same, the cursor on a link of the monitor, if it has one there. */
void links_open_at(struct app *app, enum record_kind kind, int64_t id,
		   int64_t monitor_id);

#endif
