#include "core/engine/flights.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void flights_init(struct flights *flights, unsigned max, unsigned landed)
{
	*flights = (struct flights){ .capacity = max + landed, .max = max };
	flights->places = mem_new(flights->capacity, sizeof(*flights->places));
	flights->landed = mem_new(flights->capacity, sizeof(*flights->landed));
	for (unsigned i = 0; i < flights->capacity; i++)
		flights->places[i].next = i + 1;
}

static void drop_texts(struct flight *flight)
{
	free(flight->error);
	free(flight->answer);
	flight->error = NULL;
	flight->answer = NULL;
}

void flights_done(struct flights *flights)
{
	for (unsigned i = 0; i < flights->landed_count; i++)
		drop_texts(&flights->places[flights->landed[i]]);
	free(flights->places);
	free(flights->landed);
	*flights = (struct flights){ 0 };
}

unsigned flights_room(const struct flights *flights)
{
	unsigned used = flights->flying + flights->landed_count;
	unsigned places = flights->capacity - used;
	unsigned flying = flights->max - flights->flying;
	return places < flying ? places : flying;
}

unsigned flights_start(struct flights *flights, const struct flight *flight)
{
	unsigned place = flights->free_place;
	assert(place < flights->capacity);
	flights->free_place = flights->places[place].next;
	flights->places[place] = *flight;
	flights->places[place].is_flying = true;
	flights->flying++;
	return place;
}

void flights_land(struct flights *flights, unsigned place, const struct outcome *outcome)
{
	struct flight *flight = &flights->places[place];
	flight->is_flying = false;
	flight->error = outcome->error ? mem_strdup(outcome->error) : NULL;
	flight->answer = outcome->answer ? mem_strdup(outcome->answer) : NULL;
	flight->outcome = *outcome;
	flight->outcome.error = flight->error;
	flight->outcome.answer = flight->answer;
	flight->outcome.started_ms = flight->started_ms;
	flights->landed[flights->landed_count++] = place;
	flights->flying--;
}

void flights_land_all(struct flights *flights)
{
	const struct outcome unanswered = {
		.request_sent = true,
		.error = "the engine was stopped before an answer came",
	};
	for (unsigned i = 0; i < flights->capacity; i++)
		if (flights->places[i].is_flying)
			flights_land(flights, i, &unanswered);
}

void flights_clear_landed(struct flights *flights, unsigned count)
{
	assert(count <= flights->landed_count);
	for (unsigned i = 0; i < count; i++) {
		unsigned place = flights->landed[i];
		drop_texts(&flights->places[place]);
		flights->places[place].next = flights->free_place;
		flights->free_place = place;
	}
	flights->landed_count -= count;
	memmove(flights->landed, flights->landed + count,
		flights->landed_count * sizeof(flights->landed[0]));
}
