/* Forms from the store and back: what is read when one is opened, and the one change that
 * saves it. */
#ifndef CONSOLE_FORM_STORE_H
#define CONSOLE_FORM_STORE_H

#include "core/judge/act.h"
#include "core/store.h"
#include "tui/console/form.h"

/* What is edited. */
struct record_target {
	enum record_kind kind;
	int64_t id;        /* 0: one is added */
	int64_t parent_id; /* of what is added: integration, definition, level; 0: none */
	enum record_kind parent_kind; /* of links, which have a part of several */
	int64_t clone_of; /* what is added begins as a copy of it; 0: no copy */
	bool to_read;     /* nothing is typed: no names are offered */
};

/* A form for it; the caller frees it. NULL and *err if it is gone. */
struct form *form_load(struct store *store, const struct record_target *target,
		       int64_t now_ms, struct err *err) CHECKED;

/* Saves it as one act (act_configure): the record, the names that belong to it, and what a
 * copy holds. dry_run: only ret->said is told. ERR_REFUSED with *ret_conflict: somebody
 * changed or deleted it meanwhile. */
bool form_save(struct form *form, struct store *store, bool dry_run, int64_t now_ms,
	       struct act_result *ret, bool *ret_conflict, struct err *err) CHECKED;

/* The record as it is stored now; free() it. NULL: it is gone. */
void *form_stored(const struct form *form, struct store *store);

#endif
