/* Tells a story (story.h) again and again in a child that is hit by something, and compares
 * what is in the database with what each of its acts leaves when all is well. */
#ifndef TESTS_SUPPORT_TELLING_H
#define TESTS_SUPPORT_TELLING_H

#include "core/base/buf.h"
#include "tests/support/fleet.h"
#include "tests/support/story.h"

enum { TELLING_FILES = 3 };

struct told {
	int acts; /* so many were answered as done */
	long ended; /* what the fault counts, until the end and one more; 0: there was none */
};

struct telling {
	const struct story *story;
	struct fleet fleet;
	struct buf files[TELLING_FILES]; /* before its first act */
	int acts;
	char *states[STORY_ACTS_MAX +
		     1];   /* what is in the database after so many of them */
	struct told *told; /* shared with the child */
};

/* What happens to the child: armed before it begins. */
struct telling_fault {
	void (*arm)(const void *plan);
	long (*counted)(void);
	const void *plan;
};

/* HUBLINK_STORY=WORDS: only those whose name has these words in it. */
bool telling_is_wanted(const struct story *story);

void telling_begin(struct telling *telling, const struct story *story);
void telling_end(struct telling *telling);

/* From the beginning; an act that fails is asked for again, a few times. Returns the child's
 * wait status. */
int telling_run(struct telling *telling, const struct telling_fault *fault);

/* What was answered is there, the act that was hit whole or not at all. where: which fault. */
void telling_check(struct telling *telling, const char *where);

#endif
