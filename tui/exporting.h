/* The configuration as a document: for commands and console. */
#ifndef TUI_EXPORTING_H
#define TUI_EXPORTING_H

#include "core/store.h"

/* What becomes of the secret parts of URLs. */
enum exporting {
	EXPORTING_MASKED,
	EXPORTING_WITH_SECRETS,
	EXPORTING_SECRETS_ALONE, /* nothing else, as `import --secrets` takes them */
};

/* ret: empty, DOCUMENT_MAX_BYTES at most. */
bool exporting_read(struct store *store, enum exporting what, struct buf *ret,
		    struct err *err) CHECKED;

#endif
