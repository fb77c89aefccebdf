/* Membership without audit: what import changes in bulk. *ret_changed: it was not so
 * before. */
#ifndef DB_GROUP_H
#define DB_GROUP_H

#include "db/db.h"

bool group_check(const char *group, struct err *err) CHECKED;
bool group_put_monitor(struct store *store, const char *group, int64_t monitor_id,
		       bool member, bool *ret_changed, struct err *err) CHECKED;
bool group_put_definition(struct store *store, const char *group, int64_t definition_id,
			  bool member, bool *ret_changed, struct err *err) CHECKED;
bool group_put_direct(struct store *store, int64_t definition_id, int64_t monitor_id,
		      bool member, bool *ret_changed, struct err *err) CHECKED;

/* The audit row of a membership that was changed: {what: name}, in what rec is. Counts as a
 * change of configuration. */
bool group_audit(struct store *store, enum record_kind kind, const void *rec, bool member,
		 const char *what, const char *name, struct err *err) CHECKED;

#endif
