#include "core/engine/hub_state.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/text.h"

/* An update as its body says it; texts are borrowed from the document. */
struct body {
	const char *id, *title, *description, *start_time;
	enum incident_status state;
	bool has_status; /* profile uptrends */
	enum service_status service_status;
	bool test;
};

/* ---- reading a body ---- */

static bool read_text(const struct json *document, const char *key, const char **ret,
		      struct err *err)
{
	const struct json *value = json_get(document, key);
	*ret = json_string(value);
	if (value == NULL)
		return fail(err, ERR_INVALID, "%s is missing", key);
	return *ret != NULL || fail(err, ERR_INVALID, "%s must be a string", key);
}

static bool read_state(const struct json *document, enum incident_status *ret,
		       struct err *err)
{
	static const enum incident_status known[] = { INCIDENT_INVESTIGATING,
						      INCIDENT_IDENTIFIED,
						      INCIDENT_MONITORING,
						      INCIDENT_RESOLVED };
	const char *word;
	if (!read_text(document, "state", &word, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		if (text_equal(incident_status_text(known[i]), word)) {
			*ret = known[i];
			return true;
		}
	}
	return fail(err, ERR_INVALID,
		    "state must be investigating, identified, monitoring or resolved");
}

static const char *const status_words[SERVICE_STATUS_COUNT] = {
	[SERVICE_OPERATIONAL] = "up",
	[SERVICE_DEGRADED] = "degraded-performance",
	[SERVICE_DISRUPTION] = "down",
};

static bool read_service_status(const struct json *document, struct body *ret,
				struct err *err)
{
	const char *word;
	ret->has_status = json_get(document, "service_status") != NULL;
	if (!ret->has_status)
		return true;
	if (!read_text(document, "service_status", &word, err))
		return false;
	for (int i = 0; i < SERVICE_STATUS_COUNT; i++) {
		if (text_equal(status_words[i], word)) {
			ret->service_status = (enum service_status)i;
			return true;
		}
	}
	return fail(err, ERR_INVALID,
		    "service_status must be down, degraded-performance or up");
}

static bool read_start(const struct json *document, const char **ret, struct err *err)
{
	int64_t start_ms;
	return read_text(document, "start_time", ret, err) &&
	       (time_parse_rfc3339(*ret, &start_ms, err) || fail_in(err, "start_time"));
}

static bool read_body(const struct json *document, struct body *ret, struct err *err)
{
	const char *type;
	if (json_type_of(document) != JSON_OBJECT)
		return fail(err, ERR_INVALID, "the body must be an object");
	if (!read_text(document, "type", &type, err))
		return false;
	if (!text_equal(type, "incident"))
		return fail(err, ERR_INVALID, "type must be incident");
	if (!read_text(document, "id", &ret->id, err) ||
	    !read_text(document, "title", &ret->title, err) ||
	    !read_text(document, "description", &ret->description, err) ||
	    !read_start(document, &ret->start_time, err) ||
	    !read_state(document, &ret->state, err) ||
	    !read_service_status(document, ret, err))
		return false;
	if (*ret->id == '\0')
		return fail(err, ERR_INVALID, "id is empty");
	ret->test = json_bool(json_get(document, "test"), &ret->test) && ret->test;
	return true;
}

bool hub_body_check(const struct json *body, struct err *err)
{
	struct body read = { 0 };
	return read_body(body, &read, err);
}

/* ---- taking it ---- */

static size_t service_of(struct hub_state *state, const struct hub_post *post)
{
	DEFER(buf_done) struct buf hook = BUF_INIT(65536);
	buf_addf(&hook, "%s?%s", post->path, post->token);
	size_t found;
	if (hub_index_find(&state->service_index, buf_text(&hook), &found))
		return found;

	struct hub_service service = {
		.name = mem_strdup(post->name != NULL ? post->name : ""),
		.path = mem_strdup(post->path),
		.since_ms = post->at_ms,
	};
	fingerprint(service.token, post->token);
	found = state->service_count;
	VEC_PUSH(state->services, state->service_count, state->service_capacity) =
		service;
	hub_index_add(&state->service_index, buf_text(&hook), found);
	return found;
}

/* "Website: Service disruption" and "TEST – Website: …" name Website, as hublink's own
 * texts do. */
static void learn_name(struct hub_service *service, const char *title)
{
	static const char prefix[] = "TEST – ";

	if (*service->name != '\0')
		return;
	if (text_starts_with(title, prefix))
		title += strlen(prefix);
	const char *end = strstr(title, ": Service ");
	if (end == NULL || end == title)
		return;
	char *name = mem_strdup(title);
	name[end - title] = '\0';
	free(service->name);
	service->name = name;
}

static struct hub_incident *incident_of(struct hub_state *state, size_t service,
					const struct body *body)
{
	DEFER(buf_done) struct buf key = BUF_INIT(BODY_MAX * 32);
	buf_addf(&key, "%zu %s", service, body->id);
	size_t found;
	if (hub_index_find(&state->incident_index, buf_text(&key), &found))
		return &state->incidents[found];

	found = state->incident_count;
	VEC_PUSH(state->incidents, state->incident_count, state->incident_capacity) =
		(struct hub_incident){
			.id = mem_strdup(body->id),
			.start_time = mem_strdup(body->start_time),
			.service = service,
			.state = INCIDENT_RESOLVED, /* not open: the update counts it */
		};
	hub_index_add(&state->incident_index, buf_text(&key), found);
	return &state->incidents[found];
}

static void move_incident(struct hub_service *service, struct hub_incident *incident,
			  enum incident_status to)
{
	service->open_incidents += incident_is_open(to) ? 1U : 0U;
	service->open_incidents -= incident_is_open(incident->state) ? 1U : 0U;
	incident->state = to;
}

static void update_incident(struct hub_state *state, const struct hub_post *post,
			    const struct body *body)
{
	size_t at = service_of(state, post);
	struct hub_incident *incident = incident_of(state, at, body);
	struct hub_service *service = &state->services[at];
	learn_name(service, body->title);
	move_incident(service, incident, body->state);

	enum service_status status = body->service_status;
	if (!body->has_status)
		status = service->open_incidents > 0 ? SERVICE_DISRUPTION
						     : SERVICE_OPERATIONAL;
	if (status != service->status)
		service->since_ms = post->at_ms;
	service->status = status;
	VEC_PUSH(incident->updates, incident->count, incident->capacity) =
		(struct hub_update){
			.at_ms = post->at_ms,
			.state = body->state,
			.service_status = status,
			.title = mem_strdup(body->title),
			.description = mem_strdup(body->description),
			.key = mem_strdup(post->key != NULL ? post->key : ""),
			.test = body->test,
		};
}

bool hub_state_take(struct hub_state *state, const struct hub_post *post)
{
	size_t found;
	if (post->key != NULL && hub_index_find(&state->key_index, post->key, &found)) {
		state->duplicates++;
		return false;
	}
	struct body body = { 0 };
	if (!read_body(post->body, &body, NULL))
		return true;
	if (post->key != NULL)
		hub_index_add(&state->key_index, post->key, (size_t)state->accepted);
	state->accepted++;
	update_incident(state, post, &body);
	return true;
}

void hub_state_done(struct hub_state *state)
{
	for (size_t i = 0; i < state->service_count; i++) {
		free(state->services[i].name);
		free(state->services[i].path);
	}
	for (size_t i = 0; i < state->incident_count; i++) {
		struct hub_incident *incident = &state->incidents[i];
		for (size_t u = 0; u < incident->count; u++) {
			free(incident->updates[u].title);
			free(incident->updates[u].description);
			free(incident->updates[u].key);
		}
		free(incident->updates);
		free(incident->id);
		free(incident->start_time);
	}
	free(state->services);
	free(state->incidents);
	hub_index_done(&state->service_index);
	hub_index_done(&state->incident_index);
	hub_index_done(&state->key_index);
	*state = (struct hub_state){ 0 };
}
