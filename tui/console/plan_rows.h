/* The rows of an import's plan: what is new or different, what would go, and what stays. */
#ifndef CONSOLE_PLAN_ROWS_H
#define CONSOLE_PLAN_ROWS_H

#include "tui/console/rows.h"

enum { PLAN_CHANGE_MAX = 64 * 1024 };

enum plan_kind {
	PLAN_WANTED, /* of an Uptrends account: a service has no name yet, or has one */
	PLAN_NAMED,
	PLAN_NEW,
	PLAN_CHANGE,
	PLAN_DELETED,
	PLAN_NOTE,
	PLAN_KEPT,
	PLAN_GONE,
	PLAN_FAULT, /* why there is no plan */
	PLAN_KIND_COUNT
};

struct plan_line {
	int64_t id;
	enum plan_kind kind;
	size_t service; /* wanted or named: which */
	char what[ROW_NOTE], about[ROW_NOTE];
};

/* has_about: a column beside what it is. */
void plan_list_init(struct list *list, bool has_about);
enum role plan_line_role(const struct plan_line *line);

/* A row at the list's end, like line but for its id and its texts, which are cut. */
void plan_add(struct list *list, size_t counts[PLAN_KIND_COUNT],
	      const struct plan_line *line, const char *what, const char *about);
/* Each line of the text is a row. */
void plan_add_lines(struct list *list, size_t counts[PLAN_KIND_COUNT],
		    enum plan_kind kind, const char *text);
/* As store_import has them. */
void plan_add_changes(struct list *list, size_t counts[PLAN_KIND_COUNT],
		      const char *text);

#endif
