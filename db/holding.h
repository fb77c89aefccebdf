/* What hangs on a record of the configuration and goes with it when it is deleted. */
#ifndef DB_HOLDING_H
#define DB_HOLDING_H

#include "db/db.h"

struct holding {
	enum record_kind kind; /* of what is deleted */
	enum record_kind held;
	enum query query; /* :id; answers with ids of held */
};
extern const struct holding holdings[];
extern const size_t holding_count;

/* The first column of every row that the question about id answers with. */
bool held_ids(struct store *store, enum query query, int64_t id, struct id_list *ret,
	      struct err *err) CHECKED;

#endif
