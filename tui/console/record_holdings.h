/* What hangs on a record and goes with it when it is deleted. */
#ifndef CONSOLE_RECORD_HOLDINGS_H
#define CONSOLE_RECORD_HOLDINGS_H

#include "core/store.h"

/* "It takes with it 2 levels, 2 placed integrations and 12 links."; "Nothing hangs on it." */
bool record_add_holdings(struct store *store, enum record_kind kind, int64_t id,
			 struct buf *ret, struct err *err) CHECKED;

#endif
