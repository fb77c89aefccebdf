/* One simulation for the console: the levels that a monitor climbs, and the updates that
 * would leave. */
#ifndef CONSOLE_WHATIF_RUN_H
#define CONSOLE_WHATIF_RUN_H

#include "tui/console/whatif.h"

/* What is asked. */
struct whatif_question {
	int64_t monitor_id;
	int64_t from_ms, error_for_ms, every_ms;
};

struct whatif_level {
	int64_t id, number, after_errors, after_minutes;
	char definition[NAME_SIZE];
	bool active, has_way; /* the definition, too; some link of it is open */
	bool sends;           /* some update is its */
};

struct whatif_answer {
	char monitor[NAME_SIZE];
	struct whatif_level *levels;
	size_t level_count, level_capacity;
	struct simulated_update *updates;
	size_t update_count, update_capacity;
};
void whatif_answer_done(struct whatif_answer *answer);

/* Long enough for every level to trigger, within a day. */
int64_t whatif_usual_ms(const struct whatif_answer *answer, int64_t every_ms);

/* The monitor's name and levels. */
bool whatif_read(struct store *store, int64_t monitor_id, struct whatif_answer *ret,
		 struct err *err) CHECKED;
/* The updates, after whatif_read. ERR_INVALID if it takes more checks than a console may
 * spend its time on. */
bool whatif_simulate(struct store *store, const struct whatif_question *question,
		     struct whatif_answer *ret, struct err *err) CHECKED;

/* "off", "not met", "joins", "shut" or "": why a level sends nothing of its own. */
const char *whatif_remark(const struct whatif_level *level,
			  const struct whatif_scale *scale);

#endif
