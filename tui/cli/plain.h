/* The line mode: the console for screen readers, dumb terminals and pipes. It asks for a line,
 * answers in sentences, and never moves the cursor. */
#ifndef CLI_PLAIN_H
#define CLI_PLAIN_H

#include "tui/cli/cli.h"

/* Lines from standard input until `quit` or its end. A line is what an action of the
 * console is called, or any command of hublink's. From a pipe, false with the code of
 * the last line that failed (which was told already). */
bool plain_run(struct cli *cli, struct err *err) CHECKED;

/* What an action of the console means here: command lines to which the words behind it are
 * added, separated by newlines. NULL: it needs a screen. */
const char *plain_line_of(const char *action);

/* One sentence for each change, as it happens, until a line or the end comes in. */
bool plain_watch(struct cli *cli, struct err *err) CHECKED;

#endif
