/* The history of a record: who changed it, when, from what to what. */
#ifndef CONSOLE_RECORD_HISTORY_H
#define CONSOLE_RECORD_HISTORY_H

#include "tui/console/app.h"

void record_history_open(struct app *app, enum record_kind kind, int64_t id);

#endif
