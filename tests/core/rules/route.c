/* The gates of R3, in their order, with a sentence each. */
#include "core/rules/route.h"

#include <string.h>

#include "tests/support/check.h"

static struct path an_open_path(void)
{
	return (struct path){
		.monitor_id = 1,
		.definition_id = 2,
		.level_id = 3,
		.placement_id = 4,
		.integration_id = 5,
		.service_id = 6,
		.level = 1,
		.monitor_active = true,
		.definition_active = true,
		.level_active = true,
		.placement_active = true,
		.definition = "Default",
		.integration = "Hub",
		.service = "Website",
	};
}

static void route__is_open__when_every_gate_is_r3(void **state)
{
	(void)state;
	const struct path path = an_open_path();
	assert_int_equal(route_first_shut(&path), ROUTE_OPEN);
	for (enum route_gate gate = ROUTE_MONITOR; gate < ROUTE_OPEN; gate++)
		assert_true(route_gate_is_open(&path, gate));
}

static void shut_monitor(struct path *path)
{
	path->monitor_active = false;
}
static void shut_definition(struct path *path)
{
	path->definition_active = false;
}
static void lose_definition(struct path *path)
{
	path->definition_id = 0;
}
static void shut_level(struct path *path)
{
	path->level_active = false;
}
static void lose_level(struct path *path)
{
	path->level_id = 0;
}
static void shut_placement(struct path *path)
{
	path->placement_active = false;
}
static void lose_placement(struct path *path)
{
	path->placement_id = 0;
}
static void lose_link(struct path *path)
{
	path->service_id = 0;
}

static const struct {
	void (*shut)(struct path *path);
	enum route_gate gate;
	const char *says;
} faults[] = {
	{ shut_monitor, ROUTE_MONITOR, "the monitor is inactive" },
	{ lose_definition, ROUTE_DEFINITION, "no alert definition holds the monitor" },
	{ shut_definition, ROUTE_DEFINITION, "definition 'Default' is inactive" },
	{ lose_level, ROUTE_LEVEL, "definition 'Default' has no level" },
	{ shut_level, ROUTE_LEVEL, "level 1 of 'Default' is inactive" },
	{ lose_placement, ROUTE_PLACEMENT,
	  "no integration is placed in level 1 of 'Default'" },
	{ shut_placement, ROUTE_PLACEMENT, "integration 'Hub' is not ticked in level 1" },
	{ lose_link, ROUTE_LINK, "no link leads from the monitor to a service of 'Hub'" },
};

static void route__names_the_gate__that_is_shut_r3(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		DEFER(buf_done) struct buf said = BUF_INIT(1000);
		struct path path = an_open_path();
		faults[i].shut(&path);
		assert_int_equal(route_first_shut(&path), faults[i].gate);
		assert_false(route_gate_is_open(&path, faults[i].gate));
		route_say(&path, faults[i].gate, &said);
		assert_non_null(strstr(buf_text(&said), faults[i].says));
	}
}

static void route__stops_at_the_first__of_two_r3(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(faults); i++)
		for (size_t j = 0; j < COUNT_OF(faults); j++) {
			struct path path = an_open_path();
			faults[i].shut(&path);
			faults[j].shut(&path);
			const enum route_gate first = faults[i].gate < faults[j].gate
							      ? faults[i].gate
							      : faults[j].gate;
			assert_int_equal(route_first_shut(&path), first);
		}
}

static void route_say__names_what_it_found__when_a_gate_is_open(void **state)
{
	(void)state;
	const struct path path = an_open_path();
	DEFER(buf_done) struct buf said = BUF_INIT(1000);
	for (enum route_gate gate = ROUTE_MONITOR; gate < ROUTE_OPEN; gate++) {
		route_say(&path, gate, &said);
		buf_adds(&said, "; ");
	}
	assert_string_equal(
		buf_text(&said),
		"the monitor is active; definition 'Default' is active and holds the "
		"monitor; level 1 of 'Default' is active; integration 'Hub' is ticked in "
		"level 1 of 'Default'; a link leads to service 'Website'; ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(route__is_open__when_every_gate_is_r3),
		cmocka_unit_test(route__names_the_gate__that_is_shut_r3),
		cmocka_unit_test(route__stops_at_the_first__of_two_r3),
		cmocka_unit_test(route_say__names_what_it_found__when_a_gate_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
