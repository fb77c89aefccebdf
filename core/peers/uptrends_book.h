/* Which thing of Uptrends is which of ours: by kind and GUID, with its name here. Things
 * that are new get a name that nothing else of Uptrends has. */
#ifndef PEERS_UPTRENDS_BOOK_H
#define PEERS_UPTRENDS_BOOK_H

#include "core/base/name_set.h"
#include "core/rules/model.h"
#include "core/store_uptrends.h"

struct uptrends_entry {
	enum uptrends_kind kind;
	char guid[GUID_SIZE];  /* lower case */
	char scope[GUID_SIZE]; /* a service's integration; else empty */
	char name[NAME_SIZE];
	char *url;   /* a service's, if it was asked for just now; else NULL */
	bool is_new; /* it was not known before this import */
	bool is_met; /* the account has it: uptrends_document came across it */
};

struct uptrends_book {
	struct uptrends_entry *entries;
	size_t count, capacity;
	struct name_set by_guid; /* "kind guid" */
	struct name_set by_name; /* "kind scope name" */
};

void uptrends_book_done(struct uptrends_book *book);

/* Adds what is known already. A GUID that is there keeps what it has. */
void uptrends_book_add(struct uptrends_book *book, enum uptrends_kind kind,
		       const char *guid, const char *scope, const char *name);

/* NULL: it is unknown. Valid until the next thing is added. */
struct uptrends_entry *uptrends_book_find(const struct uptrends_book *book,
					  enum uptrends_kind kind, const char *guid);

/* Does anything of that kind, in that scope, have the name? */
bool uptrends_book_has_name(const struct uptrends_book *book, enum uptrends_kind kind,
			    const char *scope, const char *name);

/* Its name; a new thing is added with one made from `wanted` (NULL: from its GUID): cut
 * to what a name may be, with a number behind it if another thing has that name. Valid
 * until the next thing is added. */
const char *uptrends_book_name(struct uptrends_book *book, enum uptrends_kind kind,
			       const char *guid, const char *scope, const char *wanted);

#endif
