#include "tui/console/linked.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/names.h"

/* The names on one end of the links that fit. */
struct ends {
	struct names names; /* of monitors, or "Integration/Service" */
	bool of_services;
	char definition[NAME_SIZE]; /* only its links; empty: any */
};

static void ends_done(struct ends *ends)
{
	names_done(&ends->names);
}

static bool add_end(void *arg, const struct link_row *row)
{
	struct ends *ends = arg;
	DEFER(buf_done) struct buf name = BUF_INIT(2 * NAME_SIZE);

	if (ends->definition[0] != '\0' && strcmp(ends->definition, row->definition) != 0)
		return true;
	if (ends->of_services)
		buf_addf(&name, "%s/%s", row->integration, row->service);
	else
		buf_adds(&name, row->monitor);
	names_add(&ends->names, buf_text(&name), 0);
	return true;
}

static bool name_definition(struct store *store, int64_t id, struct ends *ret,
			    struct err *err)
{
	struct definition definition;

	if (!store_get(store, RECORD_DEFINITION, id, &definition, err))
		return false;
	memcpy(ret->definition, definition.name, sizeof(ret->definition));
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct name_item *)a)->name,
		      ((const struct name_item *)b)->name);
}

/* Each once, by name; their ids into ret. */
static bool find_ids(struct store *store, struct ends *ends, struct id_list *ret,
		     struct err *err)
{
	struct names *names = &ends->names;
	enum record_kind kind = ends->of_services ? RECORD_SERVICE : RECORD_MONITOR;

	if (names->count > 1)
		qsort(names->items, names->count, sizeof(*names->items), by_name);
	for (size_t i = 0; i < names->count; i++) {
		int64_t id;
		if (i > 0 && strcmp(names->items[i].name, names->items[i - 1].name) == 0)
			continue;
		if (!store_find_id(store, kind, names->items[i].name, &id, err))
			return false;
		(void)id_list_add(ret, id);
	}
	return true;
}

static bool follow(struct store *store, enum record_kind kind, int64_t id,
		   bool to_services, struct id_list *ret, struct err *err)
{
	DEFER(ends_done) struct ends ends = { .of_services = to_services };
	struct filter filter = FILTER_ALL;

	if (kind == RECORD_MONITOR)
		filter.monitor_id = id;
	if (kind == RECORD_SERVICE)
		filter.service_id = id;
	return (kind != RECORD_DEFINITION || name_definition(store, id, &ends, err)) &&
	       store_list_links(store, &filter, add_end, &ends, err) &&
	       find_ids(store, &ends, ret, err);
}

static bool add_service(void *arg, const void *rec)
{
	return id_list_add(arg, ((const struct service *)rec)->head.id);
}

bool linked_monitors(struct store *store, enum record_kind kind, int64_t id,
		     struct id_list *ret, struct err *err)
{
	if (kind == RECORD_MONITOR)
		return id_list_add(ret, id);
	return follow(store, kind, id, false, ret, err);
}

bool linked_services(struct store *store, enum record_kind kind, int64_t id,
		     struct id_list *ret, struct err *err)
{
	if (kind == RECORD_MONITOR || kind == RECORD_DEFINITION)
		return follow(store, kind, id, true, ret, err);
	if (kind == RECORD_SERVICE && id != 0)
		return id_list_add(ret, id);
	return store_list(store, RECORD_SERVICE, id, add_service, ret, err);
}
