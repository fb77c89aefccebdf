#include "tui/cli/lint.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

enum { UNGUARDED_SERVICES = 10 };

struct lint {
	struct store *store;
	finding_fn *row;
	void *arg;
	struct err *err;
	bool failed;
};

/* Names that active links lead from, or to, sorted; "Integration/Service" for services. */
struct names {
	char **items;
	size_t count, capacity;
};

struct reached {
	struct names monitors, services;
};

static void find(struct lint *lint, const char *kind, const char *object,
		 const char *format, ...) PRINTF_LIKE(4, 5);
static void find(struct lint *lint, const char *kind, const char *object,
		 const char *format, ...)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4096);
	va_list values;
	va_start(values, format);
	buf_vaddf(&text, format, values);
	va_end(values);
	lint->row(lint->arg, kind, object, buf_text(&text));
}

/* ---- who reaches whom ---- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void names_sort(struct names *names)
{
	if (names->count > 0)
		qsort(names->items, names->count, sizeof(*names->items), compare_names);
}

static bool names_hold(const struct names *names, const char *name)
{
	return names->count > 0 && bsearch(&name, names->items, names->count,
					   sizeof(*names->items), compare_names) != NULL;
}

static void names_done(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

static void names_add(struct names *names, char *name)
{
	VEC_PUSH(names->items, names->count, names->capacity) = name;
}

static char *full_name(const char *integration, const char *service)
{
	struct buf name = BUF_INIT(2 * NAME_SIZE);
	buf_addf(&name, "%s/%s", integration, service);
	return buf_take(&name);
}

static bool take_link(void *arg, const struct link_row *row)
{
	struct reached *reached = arg;
	if (!row->active)
		return true;
	names_add(&reached->monitors, mem_strdup(row->monitor));
	names_add(&reached->services, full_name(row->integration, row->service));
	return true;
}

static void reached_done(struct reached *reached)
{
	names_done(&reached->monitors);
	names_done(&reached->services);
}

struct reach_lint {
	struct lint *lint;
	const struct reached *reached;
};

static bool look_at_monitor(void *arg, const void *rec)
{
	const struct reach_lint *reach = arg;
	const struct monitor *monitor = rec;
	if (monitor->active && !names_hold(&reach->reached->monitors, monitor->name))
		find(reach->lint, "monitor", monitor->name,
		     "Monitor '%s' reaches no service; `hublink explain` says which gate "
		     "is shut",
		     monitor->name);
	return true;
}

static bool look_at_service(void *arg, const void *rec)
{
	const struct reach_lint *reach = arg;
	const struct service *service = rec;
	DEFER(mem_free_text) char *name = full_name(service->integration, service->name);
	if (!names_hold(&reach->reached->services, name))
		find(reach->lint, "service", name,
		     "No active link leads to service '%s'; link a monitor to it, or "
		     "delete it",
		     name);
	return true;
}

static bool look_at_reach(struct lint *lint)
{
	DEFER(reached_done) struct reached reached = { 0 };
	struct reach_lint reach = { lint, &reached };

	if (!store_list_links(lint->store, &FILTER_ALL, take_link, &reached, lint->err))
		return false;
	names_sort(&reached.monitors);
	names_sort(&reached.services);
	return store_list(lint->store, RECORD_MONITOR, 0, look_at_monitor, &reach,
			  lint->err) &&
	       store_list(lint->store, RECORD_SERVICE, 0, look_at_service, &reach,
			  lint->err);
}

/* ---- two services, one URL ---- */

struct address {
	char *url, *name;
};
struct addresses {
	struct address *items;
	size_t count, capacity;
};

static bool take_address(void *arg, const void *rec)
{
	struct addresses *addresses = arg;
	const struct service *service = rec;
	struct address address = { mem_strdup(service->url),
				   full_name(service->integration, service->name) };
	VEC_PUSH(addresses->items, addresses->count, addresses->capacity) = address;
	return true;
}

static void addresses_done(struct addresses *addresses)
{
	for (size_t i = 0; i < addresses->count; i++) {
		free(addresses->items[i].url);
		free(addresses->items[i].name);
	}
	free(addresses->items);
}

static int compare_addresses(const void *a, const void *b)
{
	const struct address *left = a, *right = b;
	int order = strcmp(left->url, right->url);
	return order ? order : strcmp(left->name, right->name);
}

static bool look_at_addresses(struct lint *lint)
{
	DEFER(addresses_done) struct addresses found = { 0 };
	if (!store_list(lint->store, RECORD_SERVICE, 0, take_address, &found, lint->err))
		return false;
	if (found.count > 0)
		qsort(found.items, found.count, sizeof(*found.items), compare_addresses);
	for (size_t i = 1; i < found.count; i++)
		if (text_equal(found.items[i - 1].url, found.items[i].url))
			find(lint, "service", found.items[i].name,
			     "Services '%s' and '%s' have one URL; set the right one "
			     "with `hublink "
			     "service set-url`",
			     found.items[i - 1].name, found.items[i].name);
	return true;
}

/* ---- levels ---- */

struct level_lint {
	struct lint *lint;
	const char *definition;
	bool definition_active;
	const struct level *level;
	struct level seen[LEVELS_MAX];
	size_t seen_count;
	int64_t ticked; /* active placements of the level */
};

static bool look_at_placement(void *arg, const void *rec)
{
	struct level_lint *levels = arg;
	const struct placement *placement = rec;
	int64_t number = levels->level->number;

	levels->ticked += placement->active;
	if (placement->active && !placement->send_ok)
		find(levels->lint, "level", levels->definition,
		     "Level %" PRId64
		     " of '%s' has send_ok off: what it opens alone is not recovered",
		     number, levels->definition);
	return true;
}

static bool same_threshold(const struct level *a, const struct level *b)
{
	return a->after_errors == b->after_errors && a->after_minutes == b->after_minutes;
}

static void look_for_repeat(struct level_lint *levels, const struct level *level)
{
	for (size_t i = 0; i < levels->seen_count; i++)
		if (same_threshold(&levels->seen[i], level))
			find(levels->lint, "level", levels->definition,
			     "Level %" PRId64 " of '%s' triggers when level %" PRId64
			     " does",
			     level->number, levels->definition, levels->seen[i].number);
	if (levels->seen_count < LEVELS_MAX)
		levels->seen[levels->seen_count++] = *level;
}

static bool look_at_level(void *arg, const void *rec)
{
	struct level_lint *levels = arg;
	const struct level *level = rec;

	if (!levels->definition_active || !level->active) {
		find(levels->lint, "level", levels->definition,
		     "Level %" PRId64 " of '%s' never triggers: its %s is not active",
		     level->number, levels->definition,
		     level->active ? "definition" : "switch");
		return true;
	}
	look_for_repeat(levels, level);
	levels->level = level;
	levels->ticked = 0;
	if (!store_list(levels->lint->store, RECORD_PLACEMENT, level->head.id,
			look_at_placement, levels, levels->lint->err)) {
		levels->lint->failed = true;
		return false;
	}
	if (levels->ticked == 0)
		find(levels->lint, "level", levels->definition,
		     "Level %" PRId64
		     " of '%s' alerts nobody: no integration is ticked active in it",
		     level->number, levels->definition);
	return true;
}

static bool look_at_definition(void *arg, const void *rec)
{
	struct lint *lint = arg;
	const struct definition *definition = rec;
	struct level_lint levels = { .lint = lint,
				     .definition = definition->name,
				     .definition_active = definition->active };
	if (!store_list(lint->store, RECORD_LEVEL, definition->head.id, look_at_level,
			&levels, lint->err))
		lint->failed = true;
	return !lint->failed;
}

/* ---- integrations ---- */

static bool count_one(void *arg, const void *rec)
{
	(void)rec;
	++*(int64_t *)arg;
	return true;
}

static bool look_at_integration(void *arg, const void *rec)
{
	struct lint *lint = arg;
	const struct integration *integration = rec;
	int64_t services = 0;
	if (!store_list(lint->store, RECORD_SERVICE, integration->head.id, count_one,
			&services, lint->err)) {
		lint->failed = true;
		return false;
	}
	if (services > UNGUARDED_SERVICES && integration->storm_max_new == 0)
		find(lint, "integration", integration->name,
		     "Integration '%s' has %" PRId64
		     " services and no storm guard; set storm.max_new "
		     "and storm.within",
		     integration->name, services);
	return true;
}

bool lint_configuration(struct store *store, finding_fn *row, void *arg, struct err *err)
{
	struct lint lint = { .store = store, .row = row, .arg = arg, .err = err };
	return look_at_reach(&lint) && look_at_addresses(&lint) &&
	       store_list(store, RECORD_DEFINITION, 0, look_at_definition, &lint, err) &&
	       !lint.failed &&
	       store_list(store, RECORD_INTEGRATION, 0, look_at_integration, &lint,
			  err) &&
	       !lint.failed;
}
