/* One import at work, of a document or of an Uptrends account: what goes in, and what comes
 * of it. */
#ifndef TUI_IMPORTING_H
#define TUI_IMPORTING_H

#include "core/store.h"

enum { DOCUMENT_MAX_BYTES = 256 * 1024 * 1024 };

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

/* What was read into secrets counts from now on; shown: where from. */
bool importing_use_secrets(struct importing *importing, const char *shown,
			   struct err *err) CHECKED;

/* Applies the document: for act_configure, with the struct importing as arg. */
bool importing_apply(void *arg, struct store *store, struct err *err) CHECKED;

#endif
