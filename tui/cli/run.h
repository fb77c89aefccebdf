/* One command line from its words to its end: what main() does, and what a gate or the line
 * mode does again for the words it is given. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "tui/cli/cli.h"

/* Parse the words (without the program's name) and do what they say, if a gate lets them
 * through; without a command the console, where there is a terminal. What cli holds counts
 * where the words say nothing else. */
bool cli_run(struct cli *cli, int argc, char **argv, struct err *err) CHECKED;

#endif
