/* Maintenance that an Uptrends account brings along. */
#ifndef TUI_UPTRENDS_WINDOWS_H
#define TUI_UPTRENDS_WINDOWS_H

#include "core/base/json.h"
#include "core/store_uptrends.h"

/* Adds the windows of the account's monitors that are not over, and its recurring
 * maintenance, inside the caller's transaction; what is there already stays, what recurs
 * otherwise now is changed. ret_plan: a line for each that is new or changed; ret_notes:
 * for each that is left out. */
bool uptrends_import_windows(struct store *store, const struct json *account,
			     const struct uptrends_account *settings, int64_t now_ms,
			     struct buf *ret_plan, struct buf *ret_notes, struct err *err)
	CHECKED;

#endif
