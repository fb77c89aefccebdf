/* The gates between a monitor and the page as rows: each path under a heading, each gate
 * with the record that opens it. */
#ifndef CONSOLE_GATE_ROWS_H
#define CONSOLE_GATE_ROWS_H

#include "core/judge/explain.h"
#include "tui/console/list.h"

enum { GATE_TEXT_SIZE = 800 };

struct gate_row {
	int64_t id;   /* its place, from 1 */
	bool is_path; /* the heading of a path; else one of its gates */
	bool open;    /* it reaches; the gate is open */
	enum gate_kind kind;
	enum record_kind record_kind; /* what Enter opens */
	int64_t record_id;            /* 0: no record; see kind */
	int64_t monitor_id;           /* whose path it is */
	char text[GATE_TEXT_SIZE];
};

/* Heading and gates of a path, numbered from first_id on. ret: room for GATE_COUNT + 1.
 * monitor: named in the heading; NULL: not. Returns how many. */
size_t gate_rows(const struct explained_path *path, const char *monitor, int64_t first_id,
		 struct gate_row *ret);

/* The gate that keeps a path from being one that could reach a service, whatever the mode
 * and maintenance are just now; NULL: none. */
const struct gate *gate_in_the_way(const struct explained_path *path);

void gate_list_init(struct list *list);

#endif
