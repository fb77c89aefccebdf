#include "tui/console/form_links.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/link_work.h"
#include "tui/console/name_offers.h"

enum { TEXT_MAX = 64 * 1024 };

/* ---- what it begins with ---- */

/* The name of id, on the list that it belongs to. */
static void begin_with(struct form *form, enum form_list list, int64_t id)
{
	const struct form_field *f = form_list_of(form, list);
	const struct name_item *item = id != 0 ? names_find_id(&f->names, id) : NULL;

	if (item != NULL)
		form_set_list(form, list, item->name);
}

static bool level_of_placement(struct store *store, int64_t placement_id, int64_t *ret,
			       struct err *err)
{
	struct placement placement;

	if (!store_get(store, RECORD_PLACEMENT, placement_id, &placement, err))
		return false;
	*ret = placement.level_id;
	return true;
}

static bool begin_as_link(struct form *form, struct store *store, int64_t link_id,
			  struct err *err)
{
	struct link link;
	int64_t level_id;

	if (!store_get(store, RECORD_LINK, link_id, &link, err) ||
	    !level_of_placement(store, link.placement_id, &level_id, err))
		return false;
	begin_with(form, FORM_LIST_LINK_MONITORS, link.monitor_id);
	begin_with(form, FORM_LIST_LINK_SERVICES, link.service_id);
	begin_with(form, FORM_LIST_LINK_LEVELS, level_id);
	return true;
}

/* The first level of a definition is the one that tells soonest. */
static bool keep_first(void *arg, const void *rec)
{
	*(int64_t *)arg = ((const struct record_head *)rec)->id;
	return false;
}

static bool begin_in(struct form *form, struct store *store,
		     const struct record_target *target, struct err *err)
{
	int64_t level_id = target->parent_id;

	switch ((int)target->parent_kind) {
	case RECORD_MONITOR:
		begin_with(form, FORM_LIST_LINK_MONITORS, target->parent_id);
		return true;
	case RECORD_SERVICE:
		begin_with(form, FORM_LIST_LINK_SERVICES, target->parent_id);
		return true;
	case RECORD_PLACEMENT:
		if (!level_of_placement(store, target->parent_id, &level_id, err))
			return false;
		break;
	case RECORD_DEFINITION:
		level_id = 0;
		if (!store_list(store, RECORD_LEVEL, target->parent_id, keep_first,
				&level_id, err))
			return false;
		break;
	default: break;
	}
	begin_with(form, FORM_LIST_LINK_LEVELS, level_id);
	return true;
}

bool form_links_load(struct form *form, const struct record_target *target,
		     struct store *store, struct err *err)
{
	if (!offer_monitors(store, &form_list_of(form, FORM_LIST_LINK_MONITORS)->names,
			    err) ||
	    !offer_services(store, &form_list_of(form, FORM_LIST_LINK_SERVICES)->names,
			    err) ||
	    !offer_levels(store, &form_list_of(form, FORM_LIST_LINK_LEVELS)->names, err))
		return false;
	if (target->clone_of != 0)
		return begin_as_link(form, store, target->clone_of, err);
	return target->parent_id == 0 || begin_in(form, store, target, err);
}

/* ---- what it makes ---- */

struct ids {
	int64_t *items;
	size_t count, capacity;
};

static void ids_done(struct ids *ids)
{
	free(ids->items);
}

static void read_ids(struct form *form, enum form_list list, struct ids *ret)
{
	const struct form_field *f = form_list_of(form, list);
	const char *rest = field_edit_text(&f->edit);
	DEFER(buf_done) struct buf line = BUF_INIT(TEXT_MAX);

	while (names_next_line(&rest, &line)) {
		const struct name_item *item = names_find(&f->names, buf_text(&line));
		if (item != NULL)
			VEC_PUSH(ret->items, ret->count, ret->capacity) = item->id;
	}
}

static bool add_changes(struct form *form, struct store *store, struct link_work *work,
			struct err *err)
{
	DEFER(ids_done) struct ids monitors = { 0 };
	DEFER(ids_done) struct ids services = { 0 };
	DEFER(ids_done) struct ids levels = { 0 };
	struct service *service = mem_new(1, sizeof(*service));
	bool read = true;

	read_ids(form, FORM_LIST_LINK_MONITORS, &monitors);
	read_ids(form, FORM_LIST_LINK_SERVICES, &services);
	read_ids(form, FORM_LIST_LINK_LEVELS, &levels);
	for (size_t s = 0; read && s < services.count; s++) {
		read = store_get(store, RECORD_SERVICE, services.items[s], service, err);
		for (size_t i = 0; read && i < levels.count * monitors.count; i++)
			link_changes_add(
				&work->changes,
				(struct link_change){
					.level_id = levels.items[i / monitors.count],
					.integration_id = service->integration_id,
					.monitor_id = monitors.items[i % monitors.count],
					.service_id = services.items[s],
					.critical = ((const struct link *)form->rec)
							    ->critical });
	}
	free(service);
	return read;
}

bool form_links_save(struct form *form, struct store *store, bool dry_run, int64_t now_ms,
		     struct act_result *ret, struct err *err)
{
	DEFER(link_work_done) struct link_work work = { 0 };

	if (!add_changes(form, store, &work, err))
		return false;
	if (work.changes.count > LINK_CHANGES_MAX)
		return fail(err, ERR_REFUSED,
			    "%zu links at once are too many; name fewer, for at most %d",
			    work.changes.count, LINK_CHANGES_MAX);
	if (dry_run && !link_work_describe(&work, store, &ret->said, err))
		return false;
	if (dry_run && ret->said.len > 0)
		buf_adds(&ret->said, "\n\n");
	if (!act_configure(store, link_work_apply, &work, dry_run, now_ms, ret, err))
		return false;
	form->links_added = work.added;
	if (!dry_run)
		((struct record_head *)form->rec)->id = work.last_id;
	return true;
}
