/* Whose database is this: a copy that was put back, or a file found on another machine,
 * starts paused and says so, because its twin may still be sending. */
#ifndef DB_MACHINE_H
#define DB_MACHINE_H

#include "db/db.h"

/* On opening: pause what was restored or moved here, remember this machine. To be read
 * only: counts as paused. */
bool machine_settle(struct store *store, struct err *err) CHECKED;

/* Mark the database as a copy: whoever opens it next finds it paused. */
bool machine_mark_copy(struct store *store, struct err *err) CHECKED;

#endif
