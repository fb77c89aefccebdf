/* An import at work: where it stands in the document, what is wrong, what it has changed.
 * Functions return false only when the database fails (im->err says why); what is wrong
 * with the document is a fault, and the import goes on to find the others. Everything
 * happens in one transaction, which a fault undoes in the end. */
#ifndef DB_IMPORT_H
#define DB_IMPORT_H

#include "core/base/json.h"
#include "db/db.h"
#include "core/base/name_set.h"

/* A place in the document: a key of an object, or an item of a list. */
struct spot {
	const struct spot *above; /* NULL: the document itself */
	const char *key;          /* NULL: item number index */
	size_t index;
};

struct import {
	struct store *store;
	const struct import_options *options;
	struct buf *plan;   /* a line for every change */
	struct buf *faults; /* a line for everything wrong */
	size_t fault_count, created, changed, removed;
	struct name_set seen; /* "list's place\nname": the item's number */
	struct name_set told; /* places whose fault was told while parsing */
	struct name_set kept; /* "kind id": what the document names, and --prune keeps */
	const struct json *secrets;   /* --secrets, or NULL */
	struct name_set secret_names; /* its keys, each with its number */
	const char **secret_urls;     /* by number */
	struct err refusal;           /* the first R8 that stands in the way of --prune */
	struct err *err;
};

/* One record of the document, from its JSON to its row. */
struct item {
	enum record_kind kind;
	const struct spot *spot;
	const struct json *json;
	void *rec;    /* as it will be; parents and what identifies it are set first */
	void *before; /* as it is stored; id 0 when it is new */
	size_t faults_before;
};

/* ---- import_fault.c: faults ---- */

void import_fault(struct import *im, const struct spot *spot, const char *format, ...)
	PRINTF_LIKE(3, 4);
/* One fault, told once; path "": of the document as a whole. */
void import_tell(struct import *im, const char *path, const char *text);
/* why, if it is the document's (ERR_INVALID); else false: the database failed. */
bool import_fault_of(struct import *im, const struct spot *spot, const struct err *why)
	CHECKED;
void import_spot_add(struct buf *ret, const struct spot *spot);

/* ---- import_read.c: reading with faults ---- */

/* The string at object's key; NULL if it is absent or, with a fault, if it is none. */
const char *import_string(struct import *im, const struct spot *spot,
			  const struct json *object, const char *key);
/* The same, and its absence is a fault. */
const char *import_required(struct import *im, const struct spot *spot,
			    const struct json *object, const char *key);

/* Every item of the list at object's key, in order; none if it is absent (*ret_there
 * false, may be NULL). */
typedef bool import_item_fn(struct import *im, const struct spot *spot,
			    const struct json *item, void *arg);
bool import_each(struct import *im, const struct spot *spot, const struct json *object,
		 const char *key, import_item_fn *row, void *arg, bool *ret_there)
	CHECKED;

/* Is it an object with known keys only? extra: keys beside the record's fields, ended by
 * NULL. */
bool import_check_keys(struct import *im, const struct spot *spot,
		       const struct json *object, enum record_kind kind,
		       const char *const *extra);
bool import_is_object(struct import *im, const struct spot *spot,
		      const struct json *value);

/* Every field of the document into rec, but references and secrets, which their owners
 * read. */
void import_fields(struct import *im, const struct spot *spot, const struct json *object,
		   enum record_kind kind, void *rec);

/* A name at its second place in one list is a fault. key: where it stands in the item;
 * NULL: the item itself. */
void import_note_name(struct import *im, const struct spot *item, const char *key,
		      const char *name);

/* ---- import_store.c: storing, planning, pruning ---- */

/* A record on its way, with every default; its parents are the caller's to set. Release
 * with import_item_done. */
struct item import_item(struct import *im, enum record_kind kind, const struct spot *spot,
			const struct json *json);
/* Fill rec and before by what identifies it. */
bool import_open(struct import *im, struct item *item) CHECKED;
/* Store what the item says, unless it has faults; then something stands in, so that what
 * refers to it is checked too. */
bool import_store(struct import *im, struct item *item) CHECKED;
void import_item_done(struct item *item);
/* A record that is known by its name: opened, its keys checked and its fields read. */
bool import_named(struct import *im, struct item *item, const char *const *extra) CHECKED;
/* Does the document name this record? */
bool import_names(const struct import *im, enum record_kind kind, int64_t id);
/* "- link …" for each of the parent that the document does not name. */
bool import_prune(struct import *im, enum record_kind kind, int64_t parent_id) CHECKED;
/* Plan lines for members: "+ monitor Shop in group web". */
void import_plan(struct import *im, bool added, const char *format, ...)
	PRINTF_LIKE(3, 4);

/* ---- import_member.c: lists of names ---- */

enum member_list { MONITOR_GROUPS, DEFINITION_GROUPS, DEFINITION_MONITORS };
/* The item's list of that kind: adds what it names, and with --prune takes away what it
 * does not. */
bool import_members(struct import *im, const struct item *item, enum member_list list)
	CHECKED;

/* ---- the parts of a document ---- */

bool import_rename(struct import *im, const struct json *document)
	CHECKED; /* every "was" */
bool import_monitors(struct import *im, const struct json *document) CHECKED;
bool import_integrations(struct import *im, const struct json *document) CHECKED;
bool import_definitions(struct import *im, const struct json *document) CHECKED;
bool import_maintenance(struct import *im, const struct json *document) CHECKED;
bool import_keep(struct import *im, const struct json *document) CHECKED;

/* ---- import_secret.c: --secrets ---- */

/* What whoever imports calls it. */
const char *import_secrets_word(const struct import *im);
void import_open_secrets(struct import *im, const struct json *secrets);
void import_secrets_done(struct import *im);
/* The entry of a service, or NULL. */
const char *import_secret(const struct import *im, const char *integration,
			  const char *service);
/* What is said of services that the document does not name. */
bool import_other_secrets(struct import *im) CHECKED;

#endif
