/* What import, check and rename share: documents, faults, and a store to try a
 * document on. */
#ifndef CLI_DOCUMENT_H
#define CLI_DOCUMENT_H

#include "tui/cli/cli.h"
#include "tui/importing.h"

/* cli->store, writable for what is then rolled back, also with --read-only; a passing
 * empty one where there is no database. */
struct trial {
	char folder[32]; /* of the passing one; empty: none */
};
bool trial_open(struct trial *trial, struct cli *cli, struct err *err) CHECKED;
void trial_close(struct trial *trial, struct cli *cli); /* closes cli->store */

/* After a failed store_import: prints the faults, one a line; the error is about their
 * number. Always false. */
bool document_fail(const struct buf *faults);

int64_t document_count_lines(const struct buf *text);

#endif
