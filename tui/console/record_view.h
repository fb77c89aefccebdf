/* A record whole, to read: its fields, the names that belong to it, what hangs on it. */
#ifndef CONSOLE_RECORD_VIEW_H
#define CONSOLE_RECORD_VIEW_H

#include "tui/console/app.h"

void record_view_open(struct app *app, enum record_kind kind, int64_t id);

/* The record as what is shown beside a list. */
struct view_subject record_view_subject(enum record_kind kind, int64_t id);

/* Is the view one that shows this record? */
bool record_view_shows(const struct view *view, enum record_kind kind, int64_t id);

#endif
