#include "core/rules/route.h"

static bool monitor_is_active(const struct path *path)
{
	return path->monitor_active;
}

static bool definition_is_active(const struct path *path)
{
	return path->definition_id != 0 && path->definition_active;
}

static bool level_is_active(const struct path *path)
{
	return path->level_id != 0 && path->level_active;
}

static bool placement_is_ticked(const struct path *path)
{
	return path->placement_id != 0 && path->placement_active;
}

static bool link_exists(const struct path *path)
{
	return path->service_id != 0;
}

static void say_monitor(const struct path *path, struct buf *ret)
{
	buf_adds(ret, path->monitor_active ? "the monitor is active"
					   : "the monitor is inactive: activate it");
}

static void say_definition(const struct path *path, struct buf *ret)
{
	if (path->definition_id == 0)
		buf_adds(ret, "no alert definition holds the monitor: add it to one, "
			      "directly or by a group");
	else if (path->definition_active)
		buf_addf(ret, "definition '%s' is active and holds the monitor",
			 path->definition);
	else
		buf_addf(ret, "definition '%s' is inactive: activate it",
			 path->definition);
}

static void say_level(const struct path *path, struct buf *ret)
{
	if (path->level_id == 0)
		buf_addf(ret, "definition '%s' has no level: add one", path->definition);
	else
		buf_addf(ret,
			 path->level_active ? "level %d of '%s' is active"
					    : "level %d of '%s' is inactive: activate it",
			 (int)path->level, path->definition);
}

static void say_placement(const struct path *path, struct buf *ret)
{
	if (path->placement_id == 0)
		buf_addf(ret, "no integration is placed in level %d of '%s': place one",
			 (int)path->level, path->definition);
	else
		buf_addf(ret,
			 path->placement_active
				 ? "integration '%s' is ticked in level %d of '%s'"
				 : "integration '%s' is not ticked in level %d of '%s': "
				   "tick it",
			 path->integration, (int)path->level, path->definition);
}

static void say_link(const struct path *path, struct buf *ret)
{
	if (path->service_id == 0)
		buf_addf(ret,
			 "no link leads from the monitor to a service of '%s' in level "
			 "%d of "
			 "'%s': add one",
			 path->integration, (int)path->level, path->definition);
	else
		buf_addf(ret, "a link leads to service '%s'", path->service);
}

static const struct {
	bool (*is_open)(const struct path *path);
	void (*say)(const struct path *path, struct buf *ret);
} gates[] = {
	[ROUTE_MONITOR] = { monitor_is_active, say_monitor },
	[ROUTE_DEFINITION] = { definition_is_active, say_definition },
	[ROUTE_LEVEL] = { level_is_active, say_level },
	[ROUTE_PLACEMENT] = { placement_is_ticked, say_placement },
	[ROUTE_LINK] = { link_exists, say_link },
};
_Static_assert(COUNT_OF(gates) == ROUTE_OPEN, "every gate has its row");

bool route_gate_is_open(const struct path *path, enum route_gate gate)
{
	return gates[gate].is_open(path);
}

enum route_gate route_first_shut(const struct path *path)
{
	enum route_gate gate = ROUTE_MONITOR;
	while (gate < ROUTE_OPEN && gates[gate].is_open(path))
		gate++;
	return gate;
}

void route_say(const struct path *path, enum route_gate gate, struct buf *ret)
{
	gates[gate].say(path, ret);
}
