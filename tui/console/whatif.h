/* What a simulation gave, as a picture over time: one cell is a step. Knows no terminal and
 * no store.
 *
 *     monitor  ..####################......      # in error
 *     level 1    ^-------------------o           ^ triggers, o its OK
 *     service  ..DDDDDDDDDDDDDDDDDDDDMMMMMM      D disruption, M Monitoring */
#ifndef CONSOLE_WHATIF_H
#define CONSOLE_WHATIF_H

#include "core/judge/simulate.h"

enum { WHATIF_LEAD = 2, WHATIF_COLUMNS_MAX = 400 }; /* cells before the first error */

/* Times are counted from the first error. */
struct whatif_scale {
	int64_t every_ms, ok_ms; /* between checks; the first check that is OK */
	int64_t step_ms;
	int columns;
};

/* When the OK comes, and steps so wide that all up to last_ms fits into columns. */
struct whatif_scale whatif_scale_of(int64_t error_for_ms, int64_t every_ms,
				    int64_t last_ms, int columns);

/* When a level triggers (R2); -1: not in that time. */
int64_t whatif_trigger_ms(const struct whatif_scale *scale, int64_t after_errors,
			  int64_t after_minutes);

/* Each adds one row of cells. */
void whatif_add_axis(const struct whatif_scale *scale, struct buf *ret); /* "0   5m" */
void whatif_add_mark(const struct whatif_scale *scale, int64_t at_ms, struct buf *ret);
void whatif_add_monitor(const struct whatif_scale *scale, struct buf *ret);
void whatif_add_level(const struct whatif_scale *scale, int64_t trigger_ms,
		      struct buf *ret);
/* h: held to the end; R: a reminder. */
void whatif_add_service(const struct whatif_scale *scale,
			const struct simulated_update *updates, size_t count,
			const struct simulated_update *service, struct buf *ret);

#endif
