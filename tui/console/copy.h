/* Copying what the cursor is on to the operator's clipboard, never with a secret. */
#ifndef CONSOLE_COPY_H
#define CONSOLE_COPY_H

#include "tui/console/app.h"

/* What is copied: a record of that kind, an incident or an update. */
enum copy_kind {
	COPY_RECORD, /* and a record_kind on top */
	COPY_INCIDENT = RECORD_KIND_COUNT,
	COPY_DELIVERY,
	COPY_KIND_COUNT,
};

/* Asks what of it: its name, its id or key, its URL, all of it as JSON, a curl line. kind: a
 * record_kind, or one of the above. */
void copy_ask(struct app *app, int kind, int64_t id);

#endif
