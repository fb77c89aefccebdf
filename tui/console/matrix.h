/* A matrix of links: monitors down, services across, in each cell the levels that link
 * them. Sparse: only links are kept. Knows no terminal and no store. */
#ifndef CONSOLE_MATRIX_H
#define CONSOLE_MATRIX_H

#include "core/store.h"
#include "tui/console/link_changes.h"

struct axis_item {
	int64_t id;
	char *name;
	bool marked;
	size_t links; /* cells that are linked in its row or column */
};

/* Rows, or columns. What the filter leaves is shown; the cursor is among that, and stays
 * on its object. */
struct axis {
	struct axis_item *items; /* by name */
	size_t count, capacity;
	size_t *shown; /* positions in items */
	size_t shown_count, shown_capacity;
	size_t cursor, first; /* in shown: chosen; the first one on the screen */
	int64_t cursor_id;
	char *filter;   /* part of a name; NULL: all */
	int64_t *marks; /* ids, while it is filled anew */
	size_t mark_count, mark_capacity;
};

struct matrix {
	struct axis monitors, services;
	struct link_cell *links; /* by monitor, service, level */
	size_t link_count, link_capacity;
	int64_t level_ids[LEVELS_MAX + 1]; /* of the definition, by number; 0: none */
	int level;                         /* that is painted, 1 to LEVELS_MAX */
	int64_t integration_id;
};

void matrix_done(struct matrix *matrix);

/* Filling it anew: begin, the axes and links in any order, end. Marks, cursors and filters
 * stay. */
void matrix_begin(struct matrix *matrix);
void axis_add(struct axis *axis, int64_t id, const char *name);
void matrix_add_link(struct matrix *matrix, const struct link_cell *cell);
void matrix_end(struct matrix *matrix);

/* NULL or empty: all. */
void axis_set_filter(struct axis *axis, const char *filter);

/* Moves the cursor by so many, as far as it goes. */
void axis_move(struct axis *axis, long step);

/* So many fit on the screen: afterwards the cursor is among those from first on. */
void axis_scroll(struct axis *axis, size_t visible);

const struct axis_item *axis_at(const struct axis *axis, size_t position); /* shown */
const struct axis_item *axis_current(const struct axis *axis); /* NULL: empty */
size_t axis_marked(const struct axis *axis);                   /* among what is shown */
void axis_mark(struct axis *axis);                             /* or no longer */
void axis_unmark(struct axis *axis);

/* Bit n: linked at level n. */
unsigned matrix_levels(const struct matrix *matrix, int64_t monitor_id,
		       int64_t service_id);

/* What painting the level does: marked rows and columns crossed, the cursor's where none
 * are marked. All linked already: they are taken away; else those that are missing are
 * added. */
void matrix_paint(const struct matrix *matrix, struct link_changes *ret);

/* Makes the rows that are marked, or the cursor's, link as the row of monitor_id does. */
void matrix_paste(const struct matrix *matrix, int64_t monitor_id,
		  struct link_changes *ret);

/* "12", "." for none. */
void matrix_add_cell(unsigned levels, struct buf *ret);

#endif
