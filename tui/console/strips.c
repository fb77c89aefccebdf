/* The strips of all services: read together, kept until what they come from changes. */
#include <stdlib.h>
#include <string.h>

#include "tui/console/strip.h"

struct day_of {
	int64_t service_id;
	struct day_strip strip;
};

struct reading {
	struct strips *strips;
	int64_t now_ms;
};

/* Where the service is, or belongs: they are kept sorted. */
static size_t place_of(const struct strips *strips, int64_t service_id)
{
	size_t low = 0;
	size_t high = strips->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (strips->items[middle].service_id < service_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct strips *strips, size_t place, int64_t service_id)
{
	return place < strips->count && strips->items[place].service_id == service_id;
}

static struct day_strip *find_or_add(struct strips *strips, int64_t service_id)
{
	size_t place = place_of(strips, service_id);

	if (!is_at(strips, place, service_id)) {
		VEC_PUSH(strips->items, strips->count, strips->capacity) =
			(struct day_of){ 0 };
		memmove(&strips->items[place + 1], &strips->items[place],
			(strips->count - 1 - place) * sizeof(*strips->items));
		strips->items[place].service_id = service_id;
		day_strip_reset(&strips->items[place].strip);
	}
	return &strips->items[place].strip;
}

static bool add_span(void *arg, const struct service_span *span)
{
	const struct reading *reading = arg;

	day_strip_add(find_or_add(reading->strips, span->service_id), span,
		      reading->now_ms);
	return true;
}

bool strips_load(struct strips *strips, uint64_t mark, struct store *store,
		 int64_t now_ms, struct err *err)
{
	struct reading reading = { strips, now_ms };

	if (strips->items != NULL && strips->mark == mark)
		return true;
	strips->count = 0;
	strips->mark = mark;
	return store_service_spans(store, day_strip_begin_ms(now_ms), now_ms, add_span,
				   &reading, err);
}

const struct day_strip *strips_find(const struct strips *strips, int64_t service_id)
{
	size_t place = place_of(strips, service_id);

	return is_at(strips, place, service_id) ? &strips->items[place].strip : NULL;
}

void strips_done(struct strips *strips)
{
	free(strips->items);
	*strips = (struct strips){ 0 };
}
