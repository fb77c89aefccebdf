/* Which role may run which command behind `hublink gate`. */
#ifndef CLI_GATE_RULES_H
#define CLI_GATE_RULES_H

#include "tui/cli/command.h"
#include "tui/gate_role.h"

/* One row: the command, or only with that first word or that option, needs a role. All rows
 * that fit count, the highest role decides, but for that of a --dry-run, which decides alone; a
 * command without a row is shut. */
struct gate_rule {
	const char *command;
	const char *word;   /* NULL: whatever its words are */
	const char *option; /* without dashes; NULL: whatever its options are */
	enum gate_role role;
};

extern const struct gate_rule gate_rules[];
extern const size_t gate_rule_count;

/* May this command line run behind a gate, with that role? ERR_REFUSED names the role that
 * may, or says that a file is "-" there. */
bool gate_rules_check(enum gate_role have, const struct arguments *args, struct err *err)
	CHECKED;

#endif
