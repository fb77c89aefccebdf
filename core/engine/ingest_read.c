/* The listener's own form: one event or an array of them. */
#include "core/engine/ingest_read.h"

#include "core/rules/event.h"

static bool read_event(const struct json *value, sighting_fn *take, void *arg,
		       struct err *err)
{
	struct sighting sighting;
	sighting.subject.guid[0] = '\0';
	sighting.subject.is_guess = false;
	sighting.changes_nothing = false;
	sighting.fingerprint[0] = '\0';
	/* cppcheck-suppress uninitStructMember ; event_from_json is what writes it */
	return event_from_json(value, &sighting.event, sighting.subject.name, err) &&
	       take(arg, &sighting, err);
}

bool ingest_read_events(const struct json *body, const char *label, sighting_fn *take,
			void *arg, struct err *err)
{
	int number = 0;
	(void)label;
	if (json_type_of(body) != JSON_ARRAY)
		return read_event(body, take, arg, err);
	for (const struct json *item = json_first(body); item; item = json_next(item)) {
		number++;
		if (!read_event(item, take, arg, err))
			return fail_in(err, "event %d", number);
	}
	return true;
}
