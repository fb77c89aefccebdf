/* What an update says to the public, quoted before an operator lets it go or ends it. */
#ifndef CONSOLE_QUOTE_H
#define CONSOLE_QUOTE_H

#include "tui/console/app.h"

enum { QUOTE_MAX = 2 * BODY_MAX }; /* bytes of a question with a quotation */

/* Appends the service and the statuses that the page would get, and below `words` ("The
 * public reads:") the title and text of its very bytes. */
bool quote_add(struct store *store, const struct delivery *delivery, const char *words,
	       struct buf *ret, struct err *err) CHECKED;

/* Appends when it goes public if it is queued now, as the mode and the engine are. */
void quote_add_when(const struct app *app, const struct delivery *delivery,
		    struct buf *ret);

#endif
