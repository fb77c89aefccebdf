#include "tests/support/loop_rig.h"

#include <stdlib.h>

#include "core/base/clock.h"
#include "core/engine/http.h"

void loop_rig_start(struct loop_rig *rig, unsigned max_in_flight)
{
	struct err err = { 0 };
	const struct http_options http = { .max_in_flight = max_in_flight };
	const struct instant now = { .wall_ms = clock_now_ms(&(struct clock){ 0 }),
				     .boot_ms = clock_boot_ms() };
	rig->http = http_new(&http, &err);
	place_must(rig->http != NULL, &err);
	place_must(engine_new(rig->fleet.place.store, rig->http, max_in_flight, now,
			      &rig->engine, &err),
		   &err);
}

int loop_rig_open(void **state)
{
	struct loop_rig *rig = calloc(1, sizeof(*rig));
	struct err err = { 0 };
	char url[64];
	rig->receiver = receiver_new();
	fleet_open(&rig->fleet, receiver_url(rig->receiver, "", url, sizeof(url)),
		   LOOP_RIG_SERVICES);
	place_must(store_open(rig->fleet.place.path, STORE_WRITE, &rig->other, &err),
		   &err);
	rig->options =
		(struct loop_options){ .until_idle = true, .before_wait_arg = rig };
	*state = rig;
	return 0;
}

void loop_rig_stop(struct loop_rig *rig)
{
	engine_free(rig->engine);
	if (rig->http)
		rig->http->ops->free(rig->http);
	rig->engine = NULL;
	rig->http = NULL;
}

int loop_rig_close(void **state)
{
	struct loop_rig *rig = *state;
	loop_rig_stop(rig);
	store_close(rig->other);
	fleet_close(&rig->fleet);
	receiver_free(rig->receiver);
	free(rig);
	return 0;
}

void loop_rig_run(struct loop_rig *rig)
{
	struct err err = { 0 };
	place_must(loop_run(rig->engine, rig->fleet.place.store, rig->http, &rig->options,
			    &err),
		   &err);
}

void loop_rig_record(struct loop_rig *rig, enum event_state state)
{
	for (int i = 0; i < LOOP_RIG_SERVICES; i++)
		fleet_event(&rig->fleet, rig->other, i, state);
}
