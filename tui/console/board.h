/* The lists of the dashboard: what is broken, what goes public next, what happened last.
 * Columns, rows, and how they are read. */
#ifndef CONSOLE_BOARD_H
#define CONSOLE_BOARD_H

#include "core/judge/next.h"
#include "tui/console/rows.h"
#include "tui/console/view.h"

/* Incidents that stand, then those that wait for a person's Resolved: of the last day each,
 * the older ones folded into one row. The list is incident_list_init_board's. */
enum { BOARD_FOLDED_ID = -1 };
bool board_incidents_load(struct list *list, struct store *store, enum mode mode,
			  int64_t now_ms, int64_t waiting, struct err *err) CHECKED;

struct next_line {
	int64_t id;
	enum next_kind kind;
	int64_t at_ms, incident_id, delivery_id, monitor_id, window_id;
	char text[ROW_NOTE];
};
void board_next_init(struct list *list);
bool board_next_load(struct list *list, struct store *store, int64_t now_ms,
		     struct err *err) CHECKED;

/* Updates with what was answered, alerts that reached nothing, and acts of people. */
struct board_event {
	int64_t id;
	struct view_subject subject; /* what Enter opens */
	int64_t at_ms, incident_id, delivery_id, next_ms;
	enum role role, result_role;
	char what[8]; /* ERROR, OK … */
	char who[ROW_NAME], text[ROW_NOTE], result[ROW_NAME];
};
void board_events_init(struct list *list);
bool board_events_load(struct list *list, struct store *store, struct err *err) CHECKED;

#endif
