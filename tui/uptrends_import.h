/* An import of an Uptrends account at work: what hublink-engine fetched of it, the names and
 * URLs of services that the API does not tell, and the change that comes of both. For the
 * command and for the console, each of which asks for names in its own way.
 *
 *     uptrends_import_take, once; uptrends_import_begin, uptrends_import_name for each
 *     service, uptrends_import_write; then act_configure with importing_apply. From
 *     uptrends_import_begin on it can be done again, with other names. */
#ifndef TUI_UPTRENDS_IMPORT_H
#define TUI_UPTRENDS_IMPORT_H

#include "core/peers/uptrends_document.h"
#include "core/store_uptrends.h"
#include "tui/importing.h"

struct uptrends_import {
	struct uptrends_account settings;
	int64_t now_ms;                    /* set by the caller */
	struct json *account;              /* as it was fetched */
	struct uptrends_services services; /* of it */
	struct uptrends_book book;
	struct importing importing;
	struct buf notes;        /* a line for each thing that is left out, and why */
	struct buf window_notes; /* of its maintenance: after it was applied */
};
#define UPTRENDS_IMPORT_INIT                                  \
	((struct uptrends_import){                            \
		.importing = IMPORTING_INIT,                  \
		.notes = BUF_INIT(DOCUMENT_MAX_BYTES),        \
		.window_notes = BUF_INIT(DOCUMENT_MAX_BYTES), \
	})
void uptrends_import_done(struct uptrends_import *import);

/* What `hublink-engine uptrends fetch` printed. */
bool uptrends_import_take(struct uptrends_import *import, const char *text, size_t bytes,
			  struct err *err) CHECKED;

/* Reads the account's settings and what is known of it here. */
bool uptrends_import_begin(struct uptrends_import *import, struct store *store,
			   struct err *err) CHECKED;

/* Has it a name already, from an earlier import or just now? */
bool uptrends_import_has_name(const struct uptrends_import *import,
			      const struct uptrends_service *service);

/* What its integration is called here. */
const char *uptrends_import_integration(const struct uptrends_import *import,
					const struct uptrends_service *service);

/* Is there such a service here? Then it needs no URL. */
bool uptrends_import_is_here(const struct uptrends_import *import, struct store *store,
			     const struct uptrends_service *service, const char *name);

/* ERR_INVALID: the name or the URL is no good, the URL is wanted (NULL, and no such
 * service is here), or another service of its integration has that name. */
bool uptrends_import_name(struct uptrends_import *import, struct store *store,
			  const struct uptrends_service *service, const char *name,
			  const char *url, struct err *err) CHECKED;

/* "12 links: Shop, API, Mail …" */
void uptrends_import_add_links(const struct uptrends_import *import,
			       const struct uptrends_service *service, struct buf *ret);

/* The document, with all that has a name; what has none is left out. */
void uptrends_import_write(struct uptrends_import *import);

/* After uptrends_import_write: what was known before, by the name it has here, and whether
 * the account still has it. */
typedef void uptrends_known_fn(void *arg, const char *kind, const char *integration,
			       const char *name, bool is_there);
void uptrends_import_each_known(const struct uptrends_import *import,
				uptrends_known_fn *row, void *arg);

#endif
