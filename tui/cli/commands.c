/* The table of commands, in the order in which help shows them. */
#include "core/base/compiler.h"
#include "tui/cli/commands.h"

const struct command *const commands[] = {
	&init_command,
	&event_command,
	&version_command,
	&help_command,
};
const size_t command_count = COUNT_OF(commands);
