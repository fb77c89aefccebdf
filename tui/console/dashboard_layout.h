/* Where the dashboard's parts stand, by arithmetic. */
#ifndef CONSOLE_DASHBOARD_LAYOUT_H
#define CONSOLE_DASHBOARD_LAYOUT_H

#include "tui/console/layout.h"
#include "tui/console/list.h"

enum pane {
	PANE_INCIDENTS,
	PANE_SERVICES,
	PANE_NEXT,
	PANE_EVENTS,
	PANE_LISTS,
	PANE_DETAIL = PANE_LISTS,
	PANE_COUNT,
};

struct dashboard_layout {
	struct rect health;           /* one row */
	bool bare;                    /* too small for rules: rows alone */
	struct rect pane[PANE_COUNT]; /* with its rule; no rows: not shown */
	struct rect engine;
};

/* focus is always shown, zoomed alone. */
void dashboard_layout(enum layout_shape shape, struct rect area,
		      const struct list panes[PANE_LISTS], enum pane focus, bool zoomed,
		      struct dashboard_layout *ret);

#endif
