/* The stand-in's state as JSON. */
#include "core/base/json.h"
#include "core/engine/hub_state.h"

static void put_service(struct json_writer *w, const struct hub_service *service)
{
	json_open_object(w, NULL);
	json_put_string(w, "name", service->name);
	json_put_string(w, "path", service->path);
	json_put_string(w, "token", service->token);
	json_put_string(w, "status", service_status_text(service->status));
	json_put_time(w, "since", service->since_ms);
	json_put_integer(w, "open_incidents", (int64_t)service->open_incidents);
	json_close(w);
}

static void put_update(struct json_writer *w, const struct hub_update *update)
{
	json_open_object(w, NULL);
	json_put_time(w, "at", update->at_ms);
	json_put_string(w, "state", incident_status_text(update->state));
	json_put_string(w, "service_status", service_status_text(update->service_status));
	json_put_string(w, "title", update->title);
	json_put_string(w, "description", update->description);
	json_put_string(w, "key", update->key);
	json_put_bool(w, "test", update->test);
	json_close(w);
}

static void put_incident(struct json_writer *w, const struct hub_state *state,
			 const struct hub_incident *incident)
{
	const struct hub_service *service = &state->services[incident->service];

	json_open_object(w, NULL);
	json_put_string(w, "id", incident->id);
	json_put_string(w, "service", service->name);
	json_put_string(w, "token", service->token);
	json_put_string(w, "title", incident->updates[incident->count - 1].title);
	json_put_string(w, "state", incident_status_text(incident->state));
	json_put_string(w, "start_time", incident->start_time);
	json_open_array(w, "updates");
	for (size_t i = 0; i < incident->count; i++)
		put_update(w, &incident->updates[i]);
	json_close(w);
	json_close(w);
}

void hub_state_add_json(const struct hub_state *state,
			const struct hub_behaviour *behaviour, struct buf *ret)
{
	struct json_writer w = { .out = ret };

	json_open_object(&w, NULL);
	json_put_string(&w, "hub", HUB_STAND_IN);
	json_put_integer(&w, "requests", state->requests);
	json_put_integer(&w, "accepted", state->accepted);
	json_put_integer(&w, "duplicates", state->duplicates);
	json_put_integer(&w, "refused", state->refused);
	json_put_integer(&w, "failed", state->failed);
	json_put_integer(&w, "dropped", state->dropped);
	json_put_integer(&w, "waiting", state->waiting);
	hub_behaviour_add(behaviour, "behaviour", &w);
	json_open_array(&w, "services");
	for (size_t i = 0; i < state->service_count; i++)
		put_service(&w, &state->services[i]);
	json_close(&w);
	json_open_array(&w, "incidents");
	for (size_t i = 0; i < state->incident_count; i++)
		put_incident(&w, state, &state->incidents[i]);
	json_close(&w);
	json_close(&w);
}
