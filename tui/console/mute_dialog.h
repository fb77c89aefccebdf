/* No alerts of something for a while, from any screen: how long, why, and then what it
 * covers before it is done (R11). */
#ifndef CONSOLE_MUTE_DIALOG_H
#define CONSOLE_MUTE_DIALOG_H

#include "tui/console/app.h"

/* kind: RECORD_MONITOR, whose groups can be muted whole, or RECORD_SERVICE, which mutes all
 * monitors linked to it. Refused with a sentence in a read-only console. */
void mute_ask(struct app *app, enum record_kind kind, int64_t id);

#endif
