/* Groups, which exist through their members, and what a definition holds. */
#include "db/group.h"

#include "core/base/json.h"
#include "db/name.h"
#include "db/record.h"
#include "db/row.h"

/* ---- membership, without audit ---- */

static bool change(struct store *store, enum query query, int64_t id, const char *group,
		   int64_t monitor_id, bool *ret_changed, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, query);
	bind_int(s, ":id", id);
	if (group != NULL)
		bind_text(s, ":group_name", group);
	else
		bind_int(s, ":monitor_id", monitor_id);
	return stmt_any(s, ret_changed, err);
}

bool group_put_monitor(struct store *store, const char *group, int64_t monitor_id,
		       bool member, bool *ret_changed, struct err *err)
{
	return change(store, member ? Q_MONITOR_GROUP_ADD : Q_MONITOR_GROUP_REMOVE,
		      monitor_id, group, 0, ret_changed, err);
}

bool group_put_definition(struct store *store, const char *group, int64_t definition_id,
			  bool member, bool *ret_changed, struct err *err)
{
	return change(store, member ? Q_DEFINITION_GROUP_ADD : Q_DEFINITION_GROUP_REMOVE,
		      definition_id, group, 0, ret_changed, err);
}

bool group_put_direct(struct store *store, int64_t definition_id, int64_t monitor_id,
		      bool member, bool *ret_changed, struct err *err)
{
	return change(store,
		      member ? Q_DEFINITION_MONITOR_ADD : Q_DEFINITION_MONITOR_REMOVE,
		      definition_id, NULL, monitor_id, ret_changed, err);
}

/* A group's name obeys the rules of every name. */
bool group_check(const char *group, struct err *err)
{
	return field_check_name(group, err) || fail_in(err, "group");
}

/* ---- acts ---- */

bool group_audit(struct store *store, enum record_kind kind, const void *rec, bool member,
		 const char *what, const char *name, struct err *err)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(NAME_SHOWN_MAX);
	const struct record_head *head = rec;
	struct json_writer w = { .out = &text };
	json_open_object(&w, NULL);
	json_put_string(&w, what, name);
	json_close(&w);
	return store_audit(store, member ? "add" : "remove", record_types[kind].name,
			   head->id, record_name(kind, rec),
			   member ? NULL : buf_text(&text),
			   member ? buf_text(&text) : NULL, err) &&
	       record_configuration_changed(store, err);
}

bool store_group_set(struct store *store, const char *group, int64_t monitor_id,
		     bool member, struct err *err)
{
	struct monitor monitor;
	bool changed = false;
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!group_check(group, err) || !store_begin(store, &tx, err) ||
	    !store_get(store, RECORD_MONITOR, monitor_id, &monitor, err) ||
	    !group_put_monitor(store, group, monitor_id, member, &changed, err))
		return false;
	if (changed &&
	    !group_audit(store, RECORD_MONITOR, &monitor, member, "group", group, err))
		return false;
	return store_commit(&tx, err);
}

bool store_definition_set_monitor(struct store *store, int64_t definition_id,
				  int64_t monitor_id, bool member, struct err *err)
{
	struct definition definition;
	struct monitor monitor;
	bool changed = false;
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !store_get(store, RECORD_DEFINITION, definition_id, &definition, err) ||
	    !store_get(store, RECORD_MONITOR, monitor_id, &monitor, err) ||
	    !group_put_direct(store, definition_id, monitor_id, member, &changed, err))
		return false;
	if (changed && !group_audit(store, RECORD_DEFINITION, &definition, member,
				    "monitor", monitor.name, err))
		return false;
	return store_commit(&tx, err);
}

bool store_definition_set_group(struct store *store, int64_t definition_id,
				const char *group, bool member, struct err *err)
{
	struct definition definition;
	bool changed = false;
	DEFER(store_abort)
	struct transaction tx = { 0 };
	if (!group_check(group, err) || !store_begin(store, &tx, err) ||
	    !store_get(store, RECORD_DEFINITION, definition_id, &definition, err) ||
	    !group_put_definition(store, group, definition_id, member, &changed, err))
		return false;
	if (changed && !group_audit(store, RECORD_DEFINITION, &definition, member,
				    "group", group, err))
		return false;
	return store_commit(&tx, err);
}

/* ---- lists ---- */

bool store_groups_of_monitor(struct store *store, int64_t monitor_id, text_fn *row,
			     void *arg, struct err *err)
{
	return row_texts(store, Q_GROUPS_OF_MONITOR, monitor_id, row, arg, err);
}

bool store_groups_of_definition(struct store *store, int64_t definition_id, text_fn *row,
				void *arg, struct err *err)
{
	return row_texts(store, Q_GROUPS_OF_DEFINITION, definition_id, row, arg, err);
}

bool store_monitors_of_definition(struct store *store, int64_t definition_id,
				  record_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_MONITORS_OF_DEFINITION);
	bind_int(s, ":id", definition_id);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		struct monitor monitor;
		if (!store_get(store, RECORD_MONITOR, column_int(s, 0), &monitor, err))
			return false;
		if (!row(arg, &monitor))
			return true;
	}
	return got == 0;
}

bool store_list_groups(struct store *store, group_fn *row, void *arg, struct err *err)
{
	DEFER(stmt_done)
	struct stmt *s = db_query(store, Q_GROUPS);
	int got;
	while ((got = stmt_step(s, err)) > 0) {
		if (!row(arg, column_text(s, 0), column_int(s, 1)))
			return true;
	}
	return got == 0;
}
