#include "core/judge/undo_target.h"

#include "core/base/text.h"
#include "core/store_schedule.h"

static bool group_of(const struct json *told, struct maintenance_target *ret)
{
	const char *group = json_string(json_get(told, "group"));

	ret->kind = TARGET_GROUP;
	return group != NULL && text_copy(ret->group, sizeof(ret->group), group);
}

bool undo_target_named(struct store *store, int64_t schedule_id, const struct json *told,
		       bool member, struct err *err)
{
	struct maintenance_target target = { 0 };
	const char *monitor = json_string(json_get(told, "monitor"));
	const char *service = json_string(json_get(told, "service"));
	bool is_monitor = monitor != NULL;

	if (group_of(told, &target))
		return store_schedule_set_target(store, schedule_id, &target, member,
						 err);
	if (!is_monitor && service == NULL)
		return true;
	target.kind = is_monitor ? TARGET_MONITOR : TARGET_SERVICE;
	return store_find_id(store, is_monitor ? RECORD_MONITOR : RECORD_SERVICE,
			     is_monitor ? monitor : service, &target.id, err) &&
	       store_schedule_set_target(store, schedule_id, &target, member, err);
}

bool undo_target_again(struct store *store, int64_t schedule_id, const struct json *told,
		       struct err *err)
{
	struct maintenance_target target = { 0 };
	int64_t named_id;

	if (json_integer(json_get(told, "schedule"), &named_id))
		schedule_id = named_id;
	if (group_of(told, &target))
		return store_schedule_set_target(store, schedule_id, &target, true, err);
	target.kind = TARGET_MONITOR;
	if (!json_integer(json_get(told, "monitor"), &target.id)) {
		target.kind = TARGET_SERVICE;
		if (!json_integer(json_get(told, "service"), &target.id))
			return true;
	}
	return store_schedule_set_target(store, schedule_id, &target, true, err);
}
