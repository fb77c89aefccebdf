/* One import at work, from `import` and from `uptrends import`: what goes in, what comes
 * of it, and the answer. */
#ifndef CLI_IMPORTING_H
#define CLI_IMPORTING_H

#include "tui/cli/document.h"

struct importing {
	struct buf document, secrets, plan, faults;
	struct import_options options;
	/* What else happens in the same transaction; NULL: nothing. */
	bool (*also)(void *arg, struct store *store, struct err *err);
	void *also_arg;
};

#define IMPORTING_INIT                                    \
	((struct importing){                              \
		.document = BUF_INIT(DOCUMENT_MAX_BYTES), \
		.secrets = BUF_INIT(DOCUMENT_MAX_BYTES),  \
		.plan = BUF_INIT(DOCUMENT_MAX_BYTES),     \
		.faults = BUF_INIT(DOCUMENT_MAX_BYTES),   \
	})
void importing_done(struct importing *importing);

/* Applies the document: for act_configure, with the struct importing as arg. */
bool importing_apply(void *arg, struct store *store, struct err *err) CHECKED;

/* Applies it to cli->store, or tries it with dry_run, and answers: the plan, what it
 * opens. A document that is refused has its faults printed. */
bool importing_run(struct cli *cli, struct importing *importing, bool dry_run,
		   struct err *err) CHECKED;

#endif
