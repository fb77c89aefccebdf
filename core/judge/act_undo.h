/* Undo and redo of changes of configuration, read from the audit: an operator's act is taken
 * back whole, unless what it changed was changed again since. A replaced secret cannot be
 * brought back, for it is not kept. */
#ifndef JUDGE_ACT_UNDO_H
#define JUDGE_ACT_UNDO_H

#include "core/judge/act.h"

/* Undoes the act (store_undo_next), or makes it again, as one change of configuration with
 * audit rows of its own. said: what else comes of it. dry_run: only said. ERR_REFUSED names
 * what stands in the way. */
bool act_undo(struct store *store, int64_t act, bool redo, bool dry_run, int64_t now_ms,
	      struct act_result *ret, struct err *err) CHECKED;

/* What undoing or redoing it would change, a line for each. */
bool act_undo_describe(struct store *store, int64_t act, bool redo, struct buf *ret,
		       struct err *err) CHECKED;

#endif
