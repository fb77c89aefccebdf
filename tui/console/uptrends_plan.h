/* The rows of an Uptrends plan: services that want a name, what is new or different, what was
 * left out, what stays as it is, and what Uptrends has no more. */
#ifndef CONSOLE_UPTRENDS_PLAN_H
#define CONSOLE_UPTRENDS_PLAN_H

#include "tui/console/rows.h"
#include "tui/console/uptrends_desk.h"

enum plan_kind {
	PLAN_WANTED,
	PLAN_NAMED,
	PLAN_NEW,
	PLAN_CHANGE,
	PLAN_NOTE,
	PLAN_KEPT,
	PLAN_GONE,
	PLAN_KIND_COUNT
};

struct plan_line {
	int64_t id;
	enum plan_kind kind;
	size_t service; /* wanted or named: which */
	char what[ROW_NOTE], about[ROW_NOTE];
};

void plan_list_init(struct list *list);
enum role plan_line_role(const struct plan_line *line);

/* Fills the list with what stands on the desk, and counts each kind. */
void plan_list_load(struct list *list, const struct uptrends_desk *desk,
		    size_t ret_counts[PLAN_KIND_COUNT]);

#endif
