/* Links added, taken away and moved, however many: one transaction, one step of undo. Asks
 * first when that tells the public something, or needs an integration placed in a level. */
#ifndef CONSOLE_LINK_CHANGES_H
#define CONSOLE_LINK_CHANGES_H

#include "tui/console/app.h"

/* As many as one transaction takes while an operator waits. */
enum { LINK_CHANGES_MAX = 10000 };

struct link_change {
	int64_t link_id;  /* what goes, or moves; 0: one is added */
	int64_t level_id; /* where it is to be; 0: nowhere, it goes */
	int64_t integration_id, monitor_id, service_id;
};

struct link_changes {
	struct link_change *items;
	size_t count, capacity;
};

void link_changes_add(struct link_changes *changes, struct link_change change);
void link_changes_done(struct link_changes *changes);

/* Does them, after asking where it must; the changes pass over. What is to be where it is
 * already stays as it is. */
void link_changes_start(struct app *app, struct link_changes *changes);

#endif
