/* A long list of named rows, and a short one of the same: the one is gone through a slice at a
 * time, the other is read at a time. */
#ifndef TESTS_SUPPORT_LONG_LIST_H
#define TESTS_SUPPORT_LONG_LIST_H

#include "tests/support/journal.h"
#include "tui/console/list.h"

enum { ROWS = 3000, HEIGHT = 10 };

struct named {
	int64_t id, number;
	char name[32];
};

/* What a store would hold: rows by id - 1; one without a name is there no longer. */
extern struct named world[ROWS];
extern size_t rows_read;

void make_world(void);
void named_init(struct list *list, bool is_long);

void load_whole(struct list *list);
/* As app does; changed: else for rows alone. */
void load(struct list *list, struct store *store, bool changed);

#endif
