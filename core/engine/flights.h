/* Requests from their sending until their outcome is stored: a fixed number of places,
 * each flying or landed. */
#ifndef ENGINE_FLIGHTS_H
#define ENGINE_FLIGHTS_H

#include "core/engine/hosts.h"
#include "core/rules/model.h"
#include "core/rules/retry.h"

struct flight {
	int64_t delivery_id, service_id;
	struct host *host;
	int64_t decided_ms; /* pauses since then not counted */
	int64_t started_ms;
	char key[KEY_SIZE];
	bool is_flying;
	struct outcome outcome; /* once landed */
	char *error, *answer;   /* its texts, owned */
	bool has_succeeded;     /* for the engine, when the outcome was judged */
	unsigned next;          /* free ones: the next free place */
};

struct flights {
	struct flight *places;
	unsigned capacity; /* more than max: while some wait to be stored, others fly */
	unsigned max;      /* flying at the same time */
	unsigned free_place;
	unsigned flying;
	unsigned *landed; /* places in order of landing */
	unsigned landed_count;
};

/* max may fly while as many as landed wait to be stored. */
void flights_init(struct flights *flights, unsigned max, unsigned landed);
void flights_done(struct flights *flights);

/* How many more may start now. */
unsigned flights_room(const struct flights *flights);
/* A free place, which then is flying; flights_room must not be 0. Returns its number,
 * the request's id. */
unsigned flights_start(struct flights *flights, const struct flight *flight);
/* Its outcome is here: copied. */
void flights_land(struct flights *flights, unsigned place, const struct outcome *outcome);
/* Every flying one lands without an answer. */
void flights_land_all(struct flights *flights);
/* The first so many of the landed ones are stored: their places are free again. */
void flights_clear_landed(struct flights *flights, unsigned count);

#endif
