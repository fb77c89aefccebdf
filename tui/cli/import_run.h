/* An import from the command line, with its answer. */
#ifndef CLI_IMPORT_RUN_H
#define CLI_IMPORT_RUN_H

#include "tui/cli/document.h"

/* Applies it to cli->store, or tries it with dry_run, and answers: the plan, what it
 * opens. A document that is refused has its faults printed. */
bool import_run(struct cli *cli, struct importing *importing, bool dry_run,
		struct err *err) CHECKED;

#endif
