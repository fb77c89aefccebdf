/* The page is told again what differs from what it was last told; the plan is shown first
 * (R23). */
#ifndef CONSOLE_RESYNC_DIALOG_H
#define CONSOLE_RESYNC_DIALOG_H

#include "tui/console/app.h"

/* Services by id; copied. Refused with a sentence in a read-only console. */
void resync_ask(struct app *app, const int64_t *service_ids, size_t count);

/* All services of an integration. */
void resync_ask_integration(struct app *app, int64_t integration_id);

#endif
