/* An incident as a picture over time: a line for each monitor that joined it, each level and
 * what was sent. */
#ifndef CONSOLE_ROOM_PICTURE_H
#define CONSOLE_ROOM_PICTURE_H

#include "core/store.h"
#include "tui/console/lines.h"

/* A row of cells that begins with from_ms. */
struct axis {
	int64_t from_ms, cell_ms;
	int cells;
};

/* At most so many cells, each a whole and round number of minutes. */
struct axis axis_fit(int64_t from_ms, int64_t until_ms, int most);

/* The cell of a time; before the first one -1, behind the last one `cells`. */
int axis_cell(const struct axis *axis, int64_t time_ms);

bool room_picture_add(struct lines *lines, struct store *store,
		      const struct incident *incident, int64_t now_ms, struct err *err)
	CHECKED;

#endif
