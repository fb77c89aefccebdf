/* What the commands of Uptrends share: the account as it was fetched, and the services
 * of which the API tells no name. */
#ifndef CLI_UPTRENDS_H
#define CLI_UPTRENDS_H

#include "core/peers/uptrends_document.h"
#include "tui/cli/cli.h"

/* Name and URL for every service that the book does not know: out of answers (an object
 * {"GUID": {"name", "url"}}, or NULL), else asked for on the terminal. ret_notes: a line
 * for each that has none and is left out. ERR_INVALID: an answer is no good, or there is
 * neither answer nor terminal and `must` is set. */
bool uptrends_name_services(struct cli *cli, const struct json *account,
			    const struct json *answers, bool must,
			    struct uptrends_book *book, struct buf *ret_notes,
			    struct err *err) CHECKED;

#endif
