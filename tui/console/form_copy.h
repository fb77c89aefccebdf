/* A copy of what a record holds: levels, placements and links go with a definition, a level
 * or a placement that is cloned. */
#ifndef CONSOLE_FORM_COPY_H
#define CONSOLE_FORM_COPY_H

#include "core/store.h"

/* Inside the change that adds to_id. Services have URLs of their own and are not copied. */
bool form_copy_children(struct store *store, enum record_kind kind, int64_t from_id,
			int64_t to_id, struct err *err) CHECKED;

#endif
