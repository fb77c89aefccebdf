/* The block of a monitor's page about its check. */
#ifndef CONSOLE_CHECK_BLOCK_H
#define CONSOLE_CHECK_BLOCK_H

#include "core/store.h"
#include "tui/console/lines.h"

/* Its last results: a strip of them, and the newest in words. Nothing for a monitor without
 * a check. */
bool check_block_add(struct lines *lines, struct store *store,
		     const struct monitor *monitor, int64_t now_ms, struct err *err)
	CHECKED;

#endif
