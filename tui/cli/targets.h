/* What a maintenance window covers, as words of a command line: "Shop", "group:web",
 * "service:Website"; "monitor:group:x" is for monitors with such names. */
#ifndef CLI_TARGETS_H
#define CLI_TARGETS_H

#include "core/judge/act.h"
#include "core/store.h"
#include "tui/cli/cli.h"

struct targets {
	struct maintenance_target *items;
	size_t count;
};

/* What is named twice is there once. */
bool targets_find(struct cli *cli, const struct arguments *args, struct targets *ret,
		  struct err *err) CHECKED;
void targets_done(struct targets *targets);

/* `maintenance add … --every`. */
bool maintenance_add_recurring(struct cli *cli, const struct arguments *args,
			       struct act_result *ret, struct err *err) CHECKED;

#endif
