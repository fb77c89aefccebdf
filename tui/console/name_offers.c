#include "tui/console/name_offers.h"

#include "core/base/text.h"

enum { NAME_LINE = 2 * NAME_SIZE + 16 };

/* ---- by their own name ---- */

struct named {
	enum record_kind kind;
	struct names *names;
};

static bool offer_record(void *arg, const void *rec)
{
	const struct named *named = arg;
	const struct record_head *head = rec;

	names_add(named->names, record_name(named->kind, rec), head->id);
	return true;
}

bool offer_records(struct store *store, enum record_kind kind, int64_t parent_id,
		   struct names *ret, struct err *err)
{
	struct named named = { kind, ret };

	return store_list(store, kind, parent_id, offer_record, &named, err);
}

bool offer_monitors(struct store *store, struct names *ret, struct err *err)
{
	return offer_records(store, RECORD_MONITOR, 0, ret, err);
}

bool offer_definitions(struct store *store, struct names *ret, struct err *err)
{
	return offer_records(store, RECORD_DEFINITION, 0, ret, err);
}

static bool offer_group(void *arg, const char *group, int64_t monitors)
{
	(void)monitors;
	names_add(arg, group, 0);
	return true;
}

bool offer_groups(struct store *store, struct names *ret, struct err *err)
{
	return store_list_groups(store, offer_group, ret, err);
}

/* ---- with what they belong to ---- */

/* What stands before the names, and where they go. */
struct offering {
	const char *before;
	struct names *names;
};

static bool offer_service(void *arg, const void *rec)
{
	const struct offering *offering = arg;
	const struct service *service = rec;
	DEFER(buf_done) struct buf name = BUF_INIT(NAME_LINE);

	buf_addf(&name, "%s%s/%s", offering->before, service->integration, service->name);
	names_add(offering->names, buf_text(&name), service->head.id);
	return true;
}

bool offer_services(struct store *store, struct names *ret, struct err *err)
{
	struct offering offering = { "", ret };

	return store_list(store, RECORD_SERVICE, 0, offer_service, &offering, err);
}

static bool offer_level(void *arg, const void *rec)
{
	const struct offering *offering = arg;
	const struct level *level = rec;
	DEFER(buf_done) struct buf name = BUF_INIT(NAME_LINE);

	buf_addf(&name, "level %lld of %s", (long long)level->number, offering->before);
	names_add(offering->names, buf_text(&name), level->head.id);
	return true;
}

bool offer_levels(struct store *store, struct names *ret, struct err *err)
{
	DEFER(names_done) struct names definitions = { 0 };

	if (!offer_definitions(store, &definitions, err))
		return false;
	for (size_t i = 0; i < definitions.count; i++) {
		struct offering offering = { definitions.items[i].name, ret };
		if (!store_list(store, RECORD_LEVEL, definitions.items[i].id, offer_level,
				&offering, err))
			return false;
	}
	return true;
}

/* ---- what maintenance covers ---- */

/* One that is called like a group or a service is named as what it is, as documents do. */
static bool offer_monitor_target(void *arg, const void *rec)
{
	static const char *const kinds[] = { "monitor:", "group:", "service:" };
	const struct monitor *monitor = rec;
	DEFER(buf_done) struct buf name = BUF_INIT(NAME_LINE);

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (name.len == 0 && text_starts_with(monitor->name, kinds[i]))
			buf_adds(&name, kinds[0]);
	buf_adds(&name, monitor->name);
	names_add(arg, buf_text(&name), monitor->head.id);
	return true;
}

static bool offer_group_target(void *arg, const char *group, int64_t monitors)
{
	DEFER(buf_done) struct buf name = BUF_INIT(NAME_LINE);

	(void)monitors;
	buf_addf(&name, "group:%s", group);
	names_add(arg, buf_text(&name), 0);
	return true;
}

bool offer_targets(struct store *store, struct names *ret, struct err *err)
{
	struct offering offering = { "service:", ret };

	return store_list(store, RECORD_MONITOR, 0, offer_monitor_target, ret, err) &&
	       store_list_groups(store, offer_group_target, ret, err) &&
	       store_list(store, RECORD_SERVICE, 0, offer_service, &offering, err);
}
