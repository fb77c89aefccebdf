/* The names that belong to a record and are no column of it: a monitor's groups, what a
 * definition holds, what maintenance covers. */
#ifndef CONSOLE_FORM_MEMBERS_H
#define CONSOLE_FORM_MEMBERS_H

#include "core/store.h"
#include "tui/console/form.h"

/* Fills the form's lists from record id (0: none), and what may be named in them. */
bool form_members_load(struct form *form, struct store *store, int64_t id,
		       struct err *err) CHECKED;

/* Stores what was added to and taken from the lists since they were loaded; what others did
 * meanwhile stays. Inside a change of configuration. */
bool form_members_save(const struct form *form, struct store *store, int64_t id,
		       struct err *err) CHECKED;

struct maintenance_targets {
	struct maintenance_target *items;
	size_t count, capacity;
};
/* What a window's form names. */
bool maintenance_targets_of(struct form *form, struct maintenance_targets *ret,
			    struct err *err) CHECKED;
void maintenance_targets_done(struct maintenance_targets *targets);

#endif
