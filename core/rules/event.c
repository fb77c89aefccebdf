#include "core/rules/event.h"

#include "core/base/clock.h"
#include "core/base/text.h"

/* What is read so far. */
struct reading {
	struct event event;
	char monitor[NAME_SIZE];
	bool has_state;
};

bool event_set_id(struct event *event, const char *id, struct err *err)
{
	if (!id)
		return true;
	if (!*id || !text_no_controls(id) || !text_copy(event->id, sizeof(event->id), id))
		return fail(err, ERR_INVALID,
			    "id: it must have 1 to %zu bytes without control characters",
			    sizeof(event->id) - 1);
	return true;
}

void event_set_message(struct event *event, const char *message)
{
	if (message)
		text_cut(event->message, sizeof(event->message), message,
			 MESSAGE_CHARS_MAX);
}

static bool fail_type(const char *key, const char *wanted, const struct json *value,
		      struct err *err)
{
	return fail(err, ERR_INVALID, "%s: it must be %s, not %s", key, wanted,
		    json_type_name(json_type_of(value)));
}

static bool read_monitor(struct reading *r, const struct json *value, struct err *err)
{
	const char *name = json_string(value);
	if (!name)
		return fail_type("monitor", "a name", value, err);
	if (!*name || !text_copy(r->monitor, sizeof(r->monitor), name))
		return fail(err, ERR_INVALID, "monitor: a name has 1 to %d characters",
			    NAME_CHARS_MAX);
	return true;
}

static bool read_state(struct reading *r, const struct json *value, struct err *err)
{
	const char *text = json_string(value);
	int state = text ? event_state_parse(text) : -1;
	if (state < 0)
		return fail(err, ERR_INVALID, "state: it must be \"error\" or \"ok\"");
	r->event.state = (enum event_state)state;
	r->has_state = true;
	return true;
}

static bool read_at(struct reading *r, const struct json *value, struct err *err)
{
	const char *text = json_string(value);
	if (!text)
		return fail_type("at", "a time like \"2026-11-23T14:03:51Z\"", value,
				 err);
	r->event.explicit_at = true;
	return time_parse_rfc3339(text, &r->event.at_ms, err) || fail_in(err, "at");
}

static bool read_id(struct reading *r, const struct json *value, struct err *err)
{
	const char *text = json_string(value);
	if (!text)
		return fail_type("id", "text", value, err);
	return event_set_id(&r->event, text, err);
}

static bool read_message(struct reading *r, const struct json *value, struct err *err)
{
	const char *text = json_string(value);
	if (!text)
		return fail_type("message", "text", value, err);
	event_set_message(&r->event, text);
	return true;
}

static bool read_unconfirmed(struct reading *r, const struct json *value, struct err *err)
{
	bool unconfirmed;
	if (!json_bool(value, &unconfirmed))
		return fail_type("unconfirmed", "true or false", value, err);
	r->event.confirmed = !unconfirmed;
	return true;
}

static const struct {
	const char *key;
	bool (*read)(struct reading *r, const struct json *value, struct err *err);
} keys[] = {
	{ "monitor", read_monitor }, { "state", read_state },
	{ "at", read_at },           { "id", read_id },
	{ "message", read_message }, { "unconfirmed", read_unconfirmed },
};

static bool read_item(struct reading *r, const struct json *item, struct err *err)
{
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (text_equal(keys[i].key, json_key(item)))
			return keys[i].read(r, item, err);
	return fail(err, ERR_INVALID,
		    "There is no key \"%s\" in an event; it has monitor, state, at, id, "
		    "message and "
		    "unconfirmed",
		    json_key(item));
}

bool event_from_json(const struct json *value, struct event *ret,
		     char ret_monitor[NAME_SIZE], struct err *err)
{
	struct reading r = { .event = { .confirmed = true } };
	if (json_type_of(value) != JSON_OBJECT)
		return fail(err, ERR_INVALID, "An event is an object, not %s",
			    json_type_name(json_type_of(value)));
	for (const struct json *item = json_first(value); item; item = json_next(item))
		if (!read_item(&r, item, err))
			return false;
	if (!*r.monitor || !r.has_state)
		return fail(err, ERR_INVALID, "%s is missing",
			    *r.monitor ? "state" : "monitor");
	*ret = r.event;
	return text_copy(ret_monitor, NAME_SIZE, r.monitor);
}
