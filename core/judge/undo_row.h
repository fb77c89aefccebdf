/* One row of the audit taken back, or made again: what act_undo is made of. */
#ifndef JUDGE_UNDO_ROW_H
#define JUDGE_UNDO_ROW_H

#include "core/base/buf.h"
#include "core/store.h"

struct undo_row {
	struct audit_row row;
	char *before, *after; /* NULL: was not, is not */
};

/* Inside a change of configuration. redo: makes it again. said: gets a sentence for what
 * cannot be brought back although the rest can. */
bool undo_row_apply(const struct undo_row *row, struct store *store, bool redo,
		    struct buf *said, struct err *err) CHECKED;

#endif
