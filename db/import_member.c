/* Lists of names in a document: the groups of a monitor, the groups and monitors of a
 * definition. */
#include "core/base/text.h"
#include "db/group.h"
#include "db/import.h"
#include "db/name.h"
#include "db/record.h"

enum { PLACE_MAX = 4096 };

static const struct members {
	const char *key;
	enum query stored; /* the names that are there */
	int column;
	bool has_monitors; /* else groups */
	const char *plan;  /* with the owner's name and the member's, in this order or the
			      other */
} lists[] = {
	[MONITOR_GROUPS] = { "groups", Q_GROUPS_OF_MONITOR, 0, false, NULL },
	[DEFINITION_GROUPS] = { "groups", Q_GROUPS_OF_DEFINITION, 0, false, "group" },
	[DEFINITION_MONITORS] = { "monitors", Q_MONITORS_OF_DEFINITION, 1, true,
				  "monitor" },
};

struct owner {
	const struct item *item;
	enum member_list list;
};

static void plan(struct import *im, const struct owner *owner, bool added,
		 const char *member)
{
	const char *name = record_name(owner->item->kind, owner->item->rec);
	const char *what = lists[owner->list].plan;
	if (what == NULL)
		import_plan(im, added, "monitor %s in group %s", name, member);
	else
		import_plan(im, added, "%s %s in definition %s", what, member, name);
}

/* *ret_known false, with a fault: there is no such monitor, or no group may be called so.
 */
static bool know(struct import *im, const struct spot *spot, const struct owner *owner,
		 const char *member, int64_t *ret_monitor, bool *ret_known)
{
	struct err why = { 0 };
	*ret_known = false;
	if (!lists[owner->list].has_monitors) {
		*ret_known = group_check(member, &why);
		return *ret_known || import_fault_of(im, spot, &why);
	}
	if (!name_find(im->store, RECORD_MONITOR, member, ret_monitor, im->err))
		return false;
	*ret_known = *ret_monitor != 0;
	if (!*ret_known)
		import_fault(im, spot, "there is no monitor of this name");
	return true;
}

static bool put(struct import *im, const struct owner *owner, const char *member,
		int64_t monitor_id, bool is_member)
{
	const struct record_head *head = owner->item->rec;
	bool changed = false;
	bool good = owner->list == MONITOR_GROUPS
			    ? group_put_monitor(im->store, member, head->id, is_member,
						&changed, im->err)
		    : owner->list == DEFINITION_GROUPS
			    ? group_put_definition(im->store, member, head->id, is_member,
						   &changed, im->err)
			    : group_put_direct(im->store, head->id, monitor_id, is_member,
					       &changed, im->err);
	if (good && changed)
		plan(im, owner, is_member, member);
	return good;
}

static bool member_item(struct import *im, const struct spot *spot,
			const struct json *json, void *arg)
{
	const struct owner *owner = arg;
	const struct record_head *head = owner->item->rec;
	int64_t monitor_id = 0;
	bool is_known = false;
	const char *member = json_string(json);
	if (member == NULL) {
		import_fault(im, spot, "this is %s, it must be a string",
			     json_type_name(json_type_of(json)));
		return true;
	}
	import_note_name(im, spot, NULL, member);
	if (!know(im, spot, owner, member, &monitor_id, &is_known))
		return false;
	return !is_known || head->id == 0 || put(im, owner, member, monitor_id, true);
}

/* What is stored and not in the document's list. */
static bool drop_others(struct import *im, const struct owner *owner)
{
	const struct members *members = &lists[owner->list];
	const struct record_head *head = owner->item->rec;
	const struct spot list = { .above = owner->item->spot, .key = members->key };
	DEFER(buf_done) struct buf place = BUF_INIT(PLACE_MAX);
	import_spot_add(&place, &list);
	DEFER(stmt_done) struct stmt *s = db_query(im->store, members->stored);
	bind_int(s, ":id", head->id);
	int got;
	while ((got = stmt_step(s, im->err)) > 0) {
		DEFER(buf_done) struct buf seen = BUF_INIT(PLACE_MAX + NAME_SIZE);
		const char *member = column_text(s, members->column);
		buf_addf(&seen, "%s\n%s", buf_text(&place), member);
		if (name_set_has(&im->seen, buf_text(&seen), NULL))
			continue;
		if (!put(im, owner, member, column_int(s, 0), false))
			return false;
	}
	return got == 0;
}

bool import_members(struct import *im, const struct item *item, enum member_list list)
{
	struct owner owner = { item, list };
	bool is_there = false;
	return import_each(im, item->spot, item->json, lists[list].key, member_item,
			   &owner, &is_there) &&
	       (!im->options->prune || !is_there || drop_others(im, &owner));
}
