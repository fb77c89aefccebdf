#include "tui/cli/lint_facts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/text.h"

/* `type items[]` that grows. */
#define ROWS(type)                      \
	struct {                        \
		type *items;            \
		size_t count, capacity; \
	}

/* A group and one monitor of it. */
struct membership {
	char *group;
	int64_t monitor_id;
};

struct lint_rows {
	ROWS(struct lint_monitor) monitors;
	ROWS(struct lint_integration) integrations;
	ROWS(struct lint_service) services;
	ROWS(struct lint_definition) definitions;
	ROWS(struct lint_level) levels;
	ROWS(struct lint_placement) placements;
	ROWS(struct lint_link) links;
	ROWS(struct lint_member) members;
	ROWS(struct lint_wording) wordings;
	ROWS(struct membership) memberships;
	ROWS(char *) texts; /* what the rows borrow */
	int64_t at; /* the monitor or definition whose groups and members are being read */
};

#define ADD(rows, field) \
	VEC_PUSH((rows)->field.items, (rows)->field.count, (rows)->field.capacity)

static const char *keep(struct lint_rows *rows, const char *text)
{
	char *copy = mem_strdup(text);
	ADD(rows, texts) = copy;
	return copy;
}

static bool take_monitor(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct monitor *monitor = rec;
	ADD(rows, monitors) = (struct lint_monitor){ .id = monitor->head.id,
						     .name = keep(rows, monitor->name),
						     .active = monitor->active };
	return true;
}

/* Public texts and templates: the others have no variables. */
static void take_wordings(struct lint_rows *rows, enum record_kind kind, const void *rec,
			  const char *title, const char *name)
{
	const struct record_type *type = &record_types[kind];
	DEFER(buf_done) struct buf owner = BUF_INIT(3 * NAME_SIZE);
	buf_addf(&owner, "%s '%s'", title, name);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (field->key == NULL || (!text_starts_with(field->key, "text.") &&
					   !text_equal(field->key, "template")))
			continue;
		ADD(rows, wordings) =
			(struct lint_wording){ .owner = keep(rows, buf_text(&owner)),
					       .label = field->label,
					       .text = keep(rows,
							    field_text(field, rec)) };
	}
}

static bool take_integration(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct integration *integration = rec;
	ADD(rows, integrations) =
		(struct lint_integration){ .id = integration->head.id,
					   .name = keep(rows, integration->name),
					   .storm_guard =
						   integration->storm_max_new > 0 };
	take_wordings(rows, RECORD_INTEGRATION, rec, "Integration", integration->name);
	return true;
}

static bool take_service(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct service *service = rec;
	DEFER(buf_done) struct buf full_name = BUF_INIT(2 * NAME_SIZE);
	buf_addf(&full_name, "%s/%s", service->integration, service->name);
	ADD(rows, services) =
		(struct lint_service){ .id = service->head.id,
				       .integration_id = service->integration_id,
				       .name = keep(rows, buf_text(&full_name)),
				       .url = keep(rows, service->url),
				       .needs = service->disruption_monitors };
	take_wordings(rows, RECORD_SERVICE, rec, "Service", buf_text(&full_name));
	return true;
}

static bool take_definition(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct definition *definition = rec;
	ADD(rows, definitions) =
		(struct lint_definition){ .id = definition->head.id,
					  .name = keep(rows, definition->name),
					  .active = definition->active };
	return true;
}

static bool take_level(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct level *level = rec;
	ADD(rows, levels) = (struct lint_level){ .id = level->head.id,
						 .definition_id = level->definition_id,
						 .number = level->number,
						 .active = level->active,
						 .after_errors = level->after_errors,
						 .after_minutes = level->after_minutes,
						 .remind_max = level->remind_max };
	return true;
}

static bool take_placement(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct placement *placement = rec;
	ADD(rows, placements) =
		(struct lint_placement){ .id = placement->head.id,
					 .level_id = placement->level_id,
					 .integration_id = placement->integration_id,
					 .active = placement->active,
					 .send_ok = placement->send_ok,
					 .send_reminders = placement->send_reminders };
	return true;
}

static bool take_link(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct link *link = rec;
	ADD(rows, links) = (struct lint_link){ link->placement_id, link->monitor_id,
					       link->service_id, link->critical };
	return true;
}

static bool take_group_of_monitor(void *arg, const char *group)
{
	struct lint_rows *rows = arg;
	ADD(rows, memberships) = (struct membership){ mem_strdup(group), rows->at };
	return true;
}

static bool take_direct_member(void *arg, const void *rec)
{
	struct lint_rows *rows = arg;
	const struct monitor *monitor = rec;
	ADD(rows, members) = (struct lint_member){ rows->at, monitor->head.id };
	return true;
}

static int compare_memberships(const void *a, const void *b)
{
	const struct membership *left = a, *right = b;
	return strcmp(left->group, right->group);
}

/* Memberships are sorted by group: the group's first, or the count. */
static size_t first_of_group(const struct lint_rows *rows, const char *group)
{
	size_t low = 0, high = rows->memberships.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(rows->memberships.items[middle].group, group) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool take_group_of_definition(void *arg, const char *group)
{
	struct lint_rows *rows = arg;
	for (size_t i = first_of_group(rows, group); i < rows->memberships.count; i++) {
		if (strcmp(rows->memberships.items[i].group, group) != 0)
			break;
		int64_t monitor_id = rows->memberships.items[i].monitor_id;
		ADD(rows, members) = (struct lint_member){ rows->at, monitor_id };
	}
	return true;
}

/* ---- reading it all ---- */

static bool read_records(struct lint_rows *rows, struct store *store, struct err *err)
{
	static const struct {
		enum record_kind kind;
		record_fn *take;
	} kinds[] = {
		{ RECORD_MONITOR, take_monitor },
		{ RECORD_INTEGRATION, take_integration },
		{ RECORD_SERVICE, take_service },
		{ RECORD_DEFINITION, take_definition },
		{ RECORD_LEVEL, take_level },
		{ RECORD_PLACEMENT, take_placement },
		{ RECORD_LINK, take_link },
	};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (!store_list(store, kinds[i].kind, 0, kinds[i].take, rows, err))
			return false;
	return true;
}

static bool read_members(struct lint_rows *rows, struct store *store, struct err *err)
{
	for (size_t i = 0; i < rows->monitors.count; i++) {
		rows->at = rows->monitors.items[i].id;
		if (!store_groups_of_monitor(store, rows->at, take_group_of_monitor, rows,
					     err))
			return false;
	}
	if (rows->memberships.count > 0)
		qsort(rows->memberships.items, rows->memberships.count,
		      sizeof(*rows->memberships.items), compare_memberships);
	for (size_t i = 0; i < rows->definitions.count; i++) {
		rows->at = rows->definitions.items[i].id;
		if (!store_monitors_of_definition(store, rows->at, take_direct_member,
						  rows, err) ||
		    !store_groups_of_definition(store, rows->at, take_group_of_definition,
						rows, err))
			return false;
	}
	return true;
}

/* Every row begins with its id. */
static int compare_ids(const void *a, const void *b)
{
	int64_t left, right;
	memcpy(&left, a, sizeof(left));
	memcpy(&right, b, sizeof(right));
	return (left > right) - (left < right);
}

static int compare_members(const void *a, const void *b)
{
	const struct lint_member *left = a, *right = b;
	int order = compare_ids(&left->definition_id, &right->definition_id);
	return order ? order : compare_ids(&left->monitor_id, &right->monitor_id);
}

/* A monitor that is held twice, by name and by group, is one member. */
static void drop_repeats(struct lint_rows *rows)
{
	size_t kept = 0;
	for (size_t i = 0; i < rows->members.count; i++)
		if (i == 0 || compare_members(&rows->members.items[i - 1],
					      &rows->members.items[i]) != 0)
			rows->members.items[kept++] = rows->members.items[i];
	rows->members.count = kept;
}

static void sort_rows(void *items, size_t count, size_t size,
		      int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(items, count, size, compare);
}
#define SORT(rows, field, compare)                          \
	sort_rows((rows)->field.items, (rows)->field.count, \
		  sizeof(*(rows)->field.items), compare)

/* One in error is enough nearly everywhere. */
static bool count_linked(struct lint_rows *rows, struct store *store, struct err *err)
{
	for (size_t i = 0; i < rows->services.count; i++) {
		struct lint_service *service = &rows->services.items[i];
		struct severity_facts severity = { 0 };
		if (service->needs > 1 && !store_severity_facts(store, service->id, 0,
								false, 0, &severity, err))
			return false;
		service->linked = severity.linked;
	}
	return true;
}

bool lint_input_load(struct lint_input *input, struct store *store, struct err *err)
{
	struct lint_rows *rows = mem_new(1, sizeof(*rows));
	*input = (struct lint_input){ .rows = rows };
	if (!read_records(rows, store, err) || !read_members(rows, store, err) ||
	    !count_linked(rows, store, err))
		return false;
	SORT(rows, monitors, compare_ids);
	SORT(rows, integrations, compare_ids);
	SORT(rows, services, compare_ids);
	SORT(rows, definitions, compare_ids);
	SORT(rows, levels, compare_ids);
	SORT(rows, placements, compare_ids);
	SORT(rows, members, compare_members);
	drop_repeats(rows);
	input->facts = (struct lint_facts){
		rows->monitors.items,    rows->integrations.items, rows->services.items,
		rows->definitions.items, rows->levels.items,       rows->placements.items,
		rows->links.items,       rows->members.items,      rows->wordings.items,
		rows->monitors.count,    rows->integrations.count, rows->services.count,
		rows->definitions.count, rows->levels.count,       rows->placements.count,
		rows->links.count,       rows->members.count,      rows->wordings.count,
	};
	return true;
}

void lint_input_done(struct lint_input *input)
{
	struct lint_rows *rows = input->rows;
	if (!rows)
		return;
	for (size_t i = 0; i < rows->texts.count; i++)
		free(rows->texts.items[i]);
	for (size_t i = 0; i < rows->memberships.count; i++)
		free(rows->memberships.items[i].group);
	void *const all[] = { rows->monitors.items,    rows->integrations.items,
			      rows->services.items,    rows->definitions.items,
			      rows->levels.items,      rows->placements.items,
			      rows->links.items,       rows->members.items,
			      rows->memberships.items, rows->wordings.items,
			      rows->texts.items };
	for (size_t i = 0; i < COUNT_OF(all); i++)
		free(all[i]);
	free(rows);
	*input = (struct lint_input){ 0 };
}
