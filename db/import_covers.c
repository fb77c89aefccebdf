#include "db/import_covers.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

static bool same_target(const struct maintenance_target *a,
			const struct maintenance_target *b)
{
	return a->kind == b->kind && a->id == b->id && text_equal(a->group, b->group);
}

/* Where it stands among the first count; count: nowhere. */
static size_t place_of(const struct covers *c, size_t count,
		       const struct maintenance_target *target)
{
	size_t i = 0;
	while (i < count && !same_target(&c->items[i], target))
		i++;
	return i;
}

static bool find_cover(struct import *im, const char *name,
		       struct maintenance_target *ret, struct err *why)
{
	static const struct {
		const char *prefix;
		enum target_kind kind;
	} kinds[] = { { "group:", TARGET_GROUP },
		      { "service:", TARGET_SERVICE },
		      { "monitor:", TARGET_MONITOR },
		      { "", TARGET_MONITOR } };
	size_t k = 0;
	while (!text_starts_with(name, kinds[k].prefix))
		k++;
	name += strlen(kinds[k].prefix);
	ret->kind = kinds[k].kind;
	if (ret->kind != TARGET_GROUP)
		return store_find_id(im->store,
				     ret->kind == TARGET_MONITOR ? RECORD_MONITOR
								 : RECORD_SERVICE,
				     name, &ret->id, why);
	return field_check_name(name, why) &&
	       text_copy(ret->group, sizeof(ret->group), name);
}

static bool cover_item(struct import *im, const struct spot *spot,
		       const struct json *json, void *arg)
{
	struct covers *c = arg;
	struct maintenance_target target = { 0 };
	struct err why = { 0 };
	if (json_string(json) == NULL) {
		import_fault(im, spot, "this is %s, it must be a string",
			     json_type_name(json_type_of(json)));
		return true;
	}
	if (!find_cover(im, json_string(json), &target, &why)) {
		if (why.code == ERR_NOT_FOUND)
			why.code = ERR_INVALID;
		return import_fault_of(im, spot, &why);
	}
	if (place_of(c, c->count, &target) < c->count)
		import_fault(im, spot, "this is in the list already");
	else
		VEC_PUSH(c->items, c->count, c->capacity) = target;
	return true;
}

struct merge {
	struct import *im;
	const char *name; /* of the entry */
	struct covers *covers;
	bool *was_there; /* of the document's */
};

static void plan(const struct merge *merge, bool added, const char *cover)
{
	merge->covers->has_changed = true;
	import_plan(merge->im, added, "%s in maintenance %s", cover, merge->name);
}

static bool stored_cover(void *arg, const struct maintenance_target *target,
			 const char *name)
{
	const struct merge *merge = arg;
	struct covers *c = merge->covers;
	const size_t at = place_of(c, c->named, target);
	if (at < c->named)
		merge->was_there[at] = true;
	else if (merge->im->options->prune && c->is_list)
		plan(merge, false, name);
	else
		VEC_PUSH(c->items, c->count, c->capacity) = *target;
	return true;
}

bool import_covers_merge(struct import *im, const struct json *json,
			 const struct schedule *schedule, struct covers *covers)
{
	bool *was_there = mem_new(covers->count + 1, sizeof(*was_there));
	struct merge merge = { im, schedule->name, covers, was_there };
	covers->named = covers->count;
	const bool ok = store_schedule_covers(im->store, schedule->head.id, stored_cover,
					      &merge, im->err);
	const struct json *item = json_first(json_get(json, "covers"));
	for (size_t i = 0; ok && i < covers->named; i++, item = json_next(item))
		if (!was_there[i])
			plan(&merge, true, json_string(item));
	free(was_there);
	return ok;
}

bool import_covers_read(struct import *im, const struct spot *entry,
			const struct json *json, struct covers *ret)
{
	return import_each(im, entry, json, "covers", cover_item, ret, &ret->is_list);
}

void import_covers_done(struct covers *covers)
{
	free(covers->items);
}
