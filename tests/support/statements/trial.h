/* An act of a store, tried again and again while one statement of it after the other fails:
 * it says so in a sentence, changes nothing, and can be asked for again. */
#ifndef TESTS_SUPPORT_TRIAL_H
#define TESTS_SUPPORT_TRIAL_H

#include "tests/support/story.h"

struct trial {
	const char *name;
	act_fn *act;
	/* It may be done although something failed: what it does for a better answer, or
	 * what somebody else will do later, was left out. */
	bool shrugs;
};

/* The function of an act of the table ACTS(X), X(name, shrugs, call); and its row. */
#define TRIAL_ACT(named, shrugging, call)                          \
	static bool do_##named(struct hand *hand, struct err *err) \
	{                                                          \
		struct store *store = hand->store;                 \
		return (call);                                     \
	}
#define TRIAL_ROW(named, shrugging, call) \
	{ .name = #named, .act = do_##named, .shrugs = (shrugging) },

/* Tries all of it in the table's order; what each does when all is well stays. */
void trial_all(struct store *store, const struct trial *trials, size_t count);

/* What a store is asked, and what it does, but for what stories tell; for the database that
 * trial_world makes. */
extern const struct trial store_questions[], store_acts[], store_config_acts[];
extern const size_t store_question_count, store_act_count, store_config_act_count;

#endif
