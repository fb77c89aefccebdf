#include "tests/support/engine_rig.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"

#define BOOT0 INT64_C(5000000)

/* The boot clock goes with the world's, whatever the wall clock is set to. */
struct instant rig_now(const struct rig *rig)
{
	return (struct instant){ .wall_ms = rig->w->now_ms,
				 .boot_ms = BOOT0 + rig->w->now_ms - WORLD_T0 -
					    rig->skew_ms };
}

void rig_start(struct rig *rig, unsigned max_in_flight)
{
	rig->fake = fake_new();
	world_must(engine_new(rig->w->store, &rig->fake->transport, max_in_flight,
			      rig_now(rig), &rig->engine, err));
}

void rig_kill(struct rig *rig)
{
	engine_free(rig->engine);
	rig->fake->transport.ops->free(&rig->fake->transport);
	rig->engine = NULL;
	rig->fake = NULL;
}

int rig_open(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));
	void *world;
	world_open(&world);
	rig->w = world;
	world_link(rig->w, world_level(rig->w, 1, 1, 0), "Shop", "Website");
	rig_start(rig, 64);
	*state = rig;
	return 0;
}

int rig_close(void **state)
{
	struct rig *rig = *state;
	void *world = rig->w;
	if (rig->engine)
		rig_kill(rig);
	world_close(&world);
	free(rig);
	return 0;
}

void rig_turn(struct rig *rig)
{
	int turns = 0;
	do {
		world_must(engine_turn(rig->engine, rig_now(rig), &rig->turn, err));
		assert_true(++turns < 1000);
	} while (rig->turn.again);
}

void rig_pass(struct rig *rig, int64_t ms)
{
	rig->w->now_ms += ms;
	rig_turn(rig);
}

void rig_error(struct rig *rig, const char *monitor)
{
	double minute = (double)(rig->w->now_ms - WORLD_T0) / (double)MINUTE_MS;
	world_record(rig->w, minute, monitor, EVENT_ERROR);
	world_run(rig->w);
}

void rig_ok(struct rig *rig, const char *monitor)
{
	double minute = (double)(rig->w->now_ms - WORLD_T0) / (double)MINUTE_MS;
	world_record(rig->w, minute, monitor, EVENT_OK);
	world_run(rig->w);
}

void rig_add_services(struct rig *rig, int count)
{
	int64_t level = world_number(rig->w, "SELECT min(id) FROM level");
	char name[32];
	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "S%d", i);
		world_link(rig->w, level, "Shop", name);
	}
}
