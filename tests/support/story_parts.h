/* What the files of story.c share: pieces of which acts are made, and acts that are told
 * elsewhere. Nothing else includes this. */
#ifndef TESTS_SUPPORT_STORY_PARTS_H
#define TESTS_SUPPORT_STORY_PARTS_H

#include "tests/support/story.h"

int64_t story_now_ms(void);
bool story_record(struct store *store, int64_t monitor_id, enum event_state state,
		  struct err *err);
bool story_answered(struct store *store, int64_t delivery_id, int status,
		    struct err *err);
act_fn story_judging;

/* ---- senders ---- */

act_fn story_a_stranger, story_its_adoption; /* of its monitor */
act_fn story_a_token, story_its_revocation;

/* ---- retention ---- */

act_fn story_old_outages; /* a few that are over, with all their rows */
act_fn story_sweeping;    /* the first step of a sweep that finds all of it too old */
act_fn story_sweeping_on; /* the next that removes something */
act_fn story_giving_back; /* the pages that came free */

#endif
