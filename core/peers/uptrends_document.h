/* From an Uptrends account (uptrends_fetch.h) to a hublink document: monitors, groups,
 * definitions, levels, placements, links, windows. What the API cannot tell is left out,
 * so that a new thing gets its default, which is inactive for an integration in a level,
 * and a known one keeps what it has. */
#ifndef PEERS_UPTRENDS_DOCUMENT_H
#define PEERS_UPTRENDS_DOCUMENT_H

#include "core/base/json.h"
#include "core/peers/uptrends_book.h"

/* A service of StatusHub, of which the API tells nothing but its GUID. */
struct uptrends_service {
	char guid[GUID_SIZE];
	char integration_guid[GUID_SIZE];
	const char *integration; /* its name in Uptrends; borrowed from the account */
	int64_t links;           /* how many lead to it */
};
struct uptrends_services {
	struct uptrends_service *items;
	size_t count, capacity;
};
void uptrends_services_done(struct uptrends_services *services);
/* All of them, each once, in the API's order. */
void uptrends_list_services(const struct json *account, struct uptrends_services *ret);

/* Append the document. book: what is known already, and every service that shall be in
 * it, with name and perhaps URL; it gets what is new. ret_notes: a line for everything
 * that was left out, and why. */
void uptrends_document(const struct json *account, struct uptrends_book *book,
		       struct buf *ret, struct buf *ret_notes);

#endif
