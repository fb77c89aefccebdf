/* The form that adds links: which monitors, to which services, in which levels. */
#ifndef CONSOLE_FORM_LINKS_H
#define CONSOLE_FORM_LINKS_H

#include "tui/console/form_store.h"

/* What may be named, and what the target names already. */
bool form_links_load(struct form *form, const struct record_target *target,
		     struct store *store, struct err *err) CHECKED;

/* A link for each monitor, service and level, as one act; those that are there stay. */
bool form_links_save(struct form *form, struct store *store, bool dry_run, int64_t now_ms,
		     struct act_result *ret, struct err *err) CHECKED;

#endif
