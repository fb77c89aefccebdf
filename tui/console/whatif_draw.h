/* The picture of a simulation on the screen: time, the monitor, its levels, the services. */
#ifndef CONSOLE_WHATIF_DRAW_H
#define CONSOLE_WHATIF_DRAW_H

#include "tui/console/paint.h"
#include "tui/console/whatif_run.h"

/* As much as there is room for; returns the rows used. mark_ms: pointed at on the axis; -1:
 * nothing is. */
int whatif_draw_picture(const struct whatif_question *question,
			const struct whatif_answer *answer, int64_t mark_ms,
			struct rect area);

#endif
