/* Short stories of what a store is asked to do, to be told while its disk fails. Each act is
 * one transaction, or one change of the file. */
#ifndef TESTS_SUPPORT_STORY_H
#define TESTS_SUPPORT_STORY_H

#include "core/store.h"
#include "tests/support/fleet.h"

enum { STORY_ACTS_MAX = 8 };

/* What an act has at hand. */
struct hand {
	struct store *store; /* NULL in a story of the file */
	const char *path;
};
typedef bool act_fn(struct hand *hand, struct err *err);

struct story {
	const char *name;
	/* About the file itself: its acts open it. */
	bool is_of_file;
	act_fn *before[STORY_ACTS_MAX]; /* told while all is well; ended by NULL */
	act_fn *acts[STORY_ACTS_MAX];   /* ended by NULL */
	void (*make)(
		struct fleet
			*fleet); /* then by this, the database closed; NULL: nothing */
};

extern const struct story stories[];
extern const size_t story_count;

/* path with this behind it. Ended by free(). */
char *story_beside(const char *path, const char *suffix);

#endif
