/* The alert definitions of a document: members, levels, placements, links. */
#include <inttypes.h>

#include "core/base/text.h"
#include "db/import.h"
#include "db/name.h"
#include "db/record.h"

/* ---- links ---- */

struct placed {
	const struct placement *placement;
	const char *integration; /* its name; NULL: unknown, a fault already */
};

static bool find_ends(struct import *im, const struct spot *spot, const struct json *json,
		      const struct placed *placed, struct link *ret)
{
	const struct spot at_monitor = { .above = spot, .key = "monitor" };
	const struct spot at_service = { .above = spot, .key = "service" };
	const char *monitor = import_required(im, spot, json, "monitor");
	const char *service = import_required(im, spot, json, "service");
	if (monitor != NULL &&
	    !name_find(im->store, RECORD_MONITOR, monitor, &ret->monitor_id, im->err))
		return false;
	if (monitor != NULL && ret->monitor_id == 0)
		import_fault(im, &at_monitor, "there is no monitor of this name");
	if (service == NULL || placed->integration == NULL)
		return true;
	if (!name_find_service(im->store, placed->integration, service, &ret->service_id,
			       im->err))
		return false;
	if (ret->service_id == 0)
		import_fault(im, &at_service,
			     "integration '%s' has no service of this name",
			     placed->integration);
	return true;
}

/* The same monitor and service a second time in one list. */
static void note_link(struct import *im, const struct spot *spot, const struct link *link)
{
	DEFER(buf_done) struct buf both = BUF_INIT(64);
	buf_addf(&both, "%" PRId64 " %" PRId64, link->monitor_id, link->service_id);
	if (link->monitor_id != 0 && link->service_id != 0)
		import_note_name(im, spot, NULL, buf_text(&both));
}

static bool link_item(struct import *im, const struct spot *spot, const struct json *json,
		      void *arg)
{
	static const char *const extra[] = { NULL };
	const struct placed *placed = arg;
	if (!import_check_keys(im, spot, json, RECORD_LINK, extra))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_LINK, spot, json);
	struct link *link = item.rec;
	link->placement_id = placed->placement->head.id;
	if (!find_ends(im, spot, json, placed, link))
		return false;
	note_link(im, spot, link);
	if (link->placement_id == 0 || link->monitor_id == 0 || link->service_id == 0)
		return true;
	if (!import_open(im, &item))
		return false;
	import_fields(im, spot, json, RECORD_LINK, link);
	return import_store(im, &item);
}

/* ---- placements ---- */

static bool find_integration(struct import *im, const struct spot *spot,
			     const struct json *json, struct placed *placed,
			     struct placement *ret)
{
	const struct spot at = { .above = spot, .key = "integration" };
	const char *name = import_required(im, spot, json, "integration");
	if (name == NULL)
		return true;
	import_note_name(im, spot, "integration", name);
	if (!name_find(im->store, RECORD_INTEGRATION, name, &ret->integration_id,
		       im->err))
		return false;
	if (ret->integration_id == 0)
		import_fault(im, &at, "there is no integration of this name");
	else
		placed->integration = name;
	return true;
}

/* Fields are read also where the integration is unknown: their faults are told too. */
static bool placement_fields(struct import *im, struct item *item)
{
	static const char *const extra[] = { "links", NULL };
	const struct placement *placement = item->rec;
	bool can_be_stored = placement->level_id != 0 && placement->integration_id != 0;
	if (can_be_stored && !import_open(im, item))
		return false;
	import_check_keys(im, item->spot, item->json, item->kind, extra);
	import_fields(im, item->spot, item->json, item->kind, item->rec);
	return !can_be_stored || import_store(im, item);
}

static bool placement_item(struct import *im, const struct spot *spot,
			   const struct json *json, void *arg)
{
	const struct level *level = arg;
	bool is_there = false;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_PLACEMENT, spot, json);
	struct placement *placement = item.rec;
	struct placed placed = { .placement = placement };
	placement->level_id = level->head.id;
	if (!find_integration(im, spot, json, &placed, placement) ||
	    !placement_fields(im, &item) ||
	    !import_each(im, spot, json, "links", link_item, &placed, &is_there))
		return false;
	return !im->options->prune || !is_there || placement->head.id == 0 ||
	       import_prune(im, RECORD_LINK, placement->head.id);
}

/* ---- levels ---- */

/* Its number tells a level from the others of its definition. */
static void level_number(struct import *im, const struct spot *spot,
			 const struct json *json, struct level *ret)
{
	DEFER(buf_done) struct buf text = BUF_INIT(32);
	const struct json *number = json_get(json, "level");
	const struct spot at = { .above = spot, .key = "level" };
	if (number == NULL)
		import_fault(im, &at, "this is missing");
	else if (json_integer(number, &ret->number))
		buf_addf(&text, "%" PRId64, ret->number);
	if (text.len > 0)
		import_note_name(im, spot, "level", buf_text(&text));
}

static bool is_whole(const struct json *object)
{
	int64_t number;
	for (const struct json *i = json_first(object); i != NULL; i = json_next(i)) {
		if (!json_integer(i, &number))
			return false;
	}
	return true;
}

/* By errors or by minutes, told also where something else is wrong with the level. */
static void level_threshold(struct import *im, const struct item *item)
{
	const struct level *level = item->rec;
	const struct json *after = json_get(item->json, "after");
	const struct spot at = { .above = item->spot, .key = "after" };
	if (after == NULL || json_type_of(after) != JSON_OBJECT || !is_whole(after))
		return;
	if ((level->after_errors > 0) == (level->after_minutes > 0))
		import_fault(im, &at,
			     "a level triggers after errors or after minutes: name one");
}

static bool level_item(struct import *im, const struct spot *spot,
		       const struct json *json, void *arg)
{
	static const char *const extra[] = { "integrations", NULL };
	const struct definition *definition = arg;
	bool is_there = false;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_LEVEL, spot, json);
	struct level *level = item.rec;
	level->definition_id = definition->head.id;
	level_number(im, spot, json, level);
	if (!import_open(im, &item))
		return false;
	import_check_keys(im, spot, json, RECORD_LEVEL, extra);
	import_fields(im, spot, json, RECORD_LEVEL, level);
	level_threshold(im, &item);
	if (!import_store(im, &item) || !import_each(im, spot, json, "integrations",
						     placement_item, level, &is_there))
		return false;
	return !im->options->prune || !is_there ||
	       import_prune(im, RECORD_PLACEMENT, level->head.id);
}

/* ---- definitions ---- */

static bool definition_item(struct import *im, const struct spot *spot,
			    const struct json *json, void *arg)
{
	static const char *const extra[] = { "monitors", "groups", "levels", "was",
					     NULL };
	bool is_there = false;
	(void)arg;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(import_item_done)
	struct item item = import_item(im, RECORD_DEFINITION, spot, json);
	const struct record_head *head = item.rec;
	if (!import_named(im, &item, extra) || !import_store(im, &item) ||
	    !import_members(im, &item, DEFINITION_MONITORS) ||
	    !import_members(im, &item, DEFINITION_GROUPS) ||
	    !import_each(im, spot, json, "levels", level_item, item.rec, &is_there))
		return false;
	return !im->options->prune || !is_there ||
	       import_prune(im, RECORD_LEVEL, head->id);
}

bool import_definitions(struct import *im, const struct json *document)
{
	bool is_there = false;
	if (!import_each(im, NULL, document, "alert_definitions", definition_item, NULL,
			 &is_there))
		return false;
	return !im->options->prune || !is_there || import_prune(im, RECORD_DEFINITION, 0);
}
