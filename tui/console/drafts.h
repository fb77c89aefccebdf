/* Forms that were left with changes: kept for as long as the console runs. */
#ifndef CONSOLE_DRAFTS_H
#define CONSOLE_DRAFTS_H

#include "tui/console/form_store.h"

enum { DRAFTS_MAX = 16 };

struct draft {
	struct record_target target;
	struct form *form;
};

struct drafts {
	struct draft items[DRAFTS_MAX]; /* oldest first */
	size_t count;
};

/* The form passes to the drafts; the oldest one goes when there are too many. */
void drafts_keep(struct drafts *drafts, const struct record_target *target,
		 struct form *form);

/* The form that was left of it, now the caller's; NULL if none was. */
struct form *drafts_take(struct drafts *drafts, const struct record_target *target);

void drafts_done(struct drafts *drafts);

#endif
