/* The strip of a service's last 24 hours: a letter for each half hour, the worst of it. */
#ifndef CONSOLE_STRIP_H
#define CONSOLE_STRIP_H

#include "core/base/clock.h"
#include "core/store.h"

enum { STRIP_CELLS = 48 };
#define STRIP_CELL_MS (DAY_MS / STRIP_CELLS)

/* What the letters mean, for a heading. */
#define STRIP_LEGEND "24 h, 1 cell = 30 min, . ok - degr # down m maint"

/* Letters `.` `-` `#` `m`, blank where the journal does not hold it. */
struct day_strip {
	char cells[STRIP_CELLS + 1];
	int64_t known_ms, wrong_ms; /* how long of it is known, and degraded or down */
};

/* The half hour that the first cell begins with; the last one has begun by now_ms. */
int64_t day_strip_begin_ms(int64_t now_ms);

void day_strip_reset(struct day_strip *strip);
void day_strip_add(struct day_strip *strip, const struct service_span *span,
		   int64_t now_ms);

/* "99.31", "100", or "--" where less than an hour is known. */
void day_strip_add_percent(const struct day_strip *strip, struct buf *ret);

#endif
