/* The rows of an Uptrends plan: services that want a name, what is new or different, what was
 * left out, what stays as it is, and what Uptrends has no more. */
#ifndef CONSOLE_UPTRENDS_PLAN_H
#define CONSOLE_UPTRENDS_PLAN_H

#include "tui/console/plan_rows.h"
#include "tui/console/uptrends_desk.h"

/* Fills the list with what stands on the desk, and counts each kind. */
void plan_list_load(struct list *list, const struct uptrends_desk *desk,
		    size_t ret_counts[PLAN_KIND_COUNT]);

#endif
