/* Links added, taken away and moved, however many, as one change of configuration. Knows no
 * screen. */
#ifndef CONSOLE_LINK_WORK_H
#define CONSOLE_LINK_WORK_H

#include "core/base/buf.h"
#include "core/store.h"

/* As many as one transaction takes while an operator waits. */
enum { LINK_CHANGES_MAX = 10000, LINK_PLACES_MAX = 64 };

struct link_change {
	int64_t link_id;  /* what goes, or moves; 0: one is added */
	int64_t level_id; /* where it is to be; 0: nowhere, it goes */
	int64_t integration_id, monitor_id, service_id;
	bool critical; /* of one that is added */
};

struct link_changes {
	struct link_change *items;
	size_t count, capacity;
};

void link_changes_add(struct link_changes *changes, struct link_change change);
void link_changes_done(struct link_changes *changes);

/* An integration in a level, as looked up or made. */
struct link_place {
	int64_t level_id, integration_id, placement_id; /* 0: not placed */
};

struct link_work {
	struct link_changes changes;
	struct link_place places[LINK_PLACES_MAX];
	size_t place_count;
	/* What the last run did. */
	size_t added, removed, moved;
	int64_t last_id; /* the link that was added or moved last; 0: none */
};

void link_work_done(struct link_work *work); /* for DEFER, too */

/* Does them; arg is the work. What is to be where it is already stays as it is. For
 * act_configure. */
bool link_work_apply(void *arg, struct store *store, struct err *err) CHECKED;

/* Which integrations must be placed in a level for it, and what that means; nothing if
 * none. */
bool link_work_describe(struct link_work *work, struct store *store, struct buf *ret,
			struct err *err) CHECKED;

/* "2 added, 1 taken away". */
void link_work_add_counts(const struct link_work *work, struct buf *ret);

#endif
