/* One command line from its words to its end: what main() does, and what a gate or the line
 * mode does again for the words it is given. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "tui/cli/cli.h"

/* The options of every command, put into cli; what is not given stays as it is. */
void cli_use_globals(struct cli *cli, const struct global_values *globals);

/* Parse the words (without the program's name) and do what they say; without a command the
 * console, where there is a terminal. */
bool cli_run(struct cli *cli, int argc, char **argv, struct err *err) CHECKED;

/* The same for a command line that has been parsed and looked at. */
bool cli_run_parsed(struct cli *cli, const struct global_values *globals,
		    const struct arguments *args, struct err *err) CHECKED;

#endif
