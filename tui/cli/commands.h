/* Every command; each group has a file of its own, cmd_GROUP.c. To add one: its row there, its name here, and its
 * place in commands.c. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "tui/cli/command.h"

extern const struct command init_command;
extern const struct command event_command;
extern const struct command version_command;
extern const struct command help_command;

#endif
