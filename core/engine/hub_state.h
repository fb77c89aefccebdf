/* What the stand-in knows: services, their incidents and every update of them, as StatusHub
 * would keep them. */
#ifndef ENGINE_HUB_STATE_H
#define ENGINE_HUB_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/random.h"
#include "core/engine/hub_index.h"
#include "core/engine/hub_options.h"
#include "core/rules/model.h"

struct hub_service {
	char *name; /* ?name=, or as the first title says; empty: not known yet */
	char *path; /* /hooks/… */
	char token
		[FINGERPRINT_SIZE]; /* its fingerprint; the token itself is never shown */
	enum service_status status;
	int64_t since_ms;      /* of that status */
	size_t open_incidents; /* investigating or identified */
};

struct hub_update {
	int64_t at_ms;
	enum incident_status state;
	enum service_status service_status;
	char *title, *description, *key;
	bool test;
};

struct hub_incident {
	char *id, *start_time;
	size_t service; /* in services */
	enum incident_status state;
	struct hub_update *updates; /* oldest first; at least one */
	size_t count, capacity;
};

struct hub_state {
	struct hub_service *services;
	size_t service_count, service_capacity;
	struct hub_incident *incidents; /* oldest first */
	size_t incident_count, incident_capacity;
	struct hub_index service_index, incident_index, key_index;
	int64_t requests, accepted, duplicates, refused, failed, dropped;
	int64_t waiting; /* for --latency, right now */
};

/* One post to a hook. */
struct hub_post {
	const char *path, *token;
	const char *name; /* NULL: not given */
	const char *key;  /* idempotency key; NULL: none */
	const struct json *body;
	int64_t at_ms;
};

/* Is it an update of profile generic-v2 or uptrends? ERR_INVALID says what is wrong with
 * it. */
bool hub_body_check(const struct json *body, struct err *err) CHECKED;

/* Take a checked post. False if its key was taken before: counted as a duplicate, nothing
 * else changes. */
bool hub_state_take(struct hub_state *state, const struct hub_post *post);

/* JSON of GET /state, and the page of GET /. */
void hub_state_add_json(const struct hub_state *state,
			const struct hub_behaviour *behaviour, struct buf *ret);
void hub_state_add_page(const struct hub_state *state,
			const struct hub_behaviour *behaviour, struct buf *ret);

void hub_state_done(struct hub_state *state);

/* What every page and answer says. */
#define HUB_STAND_IN "stand-in for demonstrations, not StatusHub"

#endif
