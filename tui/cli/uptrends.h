/* What the commands of Uptrends share with the asking for names. */
#ifndef CLI_UPTRENDS_H
#define CLI_UPTRENDS_H

#include "tui/cli/cli.h"
#include "tui/uptrends_import.h"

/* Name and URL for every service that has none yet: out of answers (an object
 * {"GUID": {"name", "url"}}, or NULL), else asked for on the terminal. ERR_INVALID: an
 * answer is no good, or there is neither answer nor terminal and `must` is set. */
bool uptrends_name_services(struct cli *cli, struct uptrends_import *import,
			    const struct json *answers, bool must, struct err *err)
	CHECKED;

#endif
