/* What a custom integration of Uptrends posts. Its variables are text, so a number may
 * come in quotes and what has no value as an empty text; its times are UTC and have no
 * zone. */
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/ingest_read.h"
#include "core/rules/event.h"
#include "core/peers/uptrends_type.h"

enum { ERRORS_MAX = 1000000000 };

/* The text under the key, NULL if it is absent, null or empty. */
static bool read_text(const struct json *object, const char *key, const char **ret,
		      struct err *err)
{
	const struct json *value = json_get(object, key);
	const char *text = json_string(value);
	if (value && !text && json_type_of(value) != JSON_NULL)
		return fail(err, ERR_INVALID, "%s: it must be text, not %s", key,
			    json_type_name(json_type_of(value)));
	*ret = text && *text ? text : NULL;
	return true;
}

static bool read_time(const struct json *object, const char *key, int64_t *ret_ms,
		      bool *ret_given, struct err *err)
{
	const char *text;
	if (!read_text(object, key, &text, err))
		return false;
	*ret_given = text != NULL;
	if (!text || time_parse_rfc3339(text, ret_ms, NULL))
		return true;
	DEFER(buf_done) struct buf zoned = BUF_INIT(TIME_TEXT_SIZE);
	buf_adds(&zoned, text);
	buf_addc(&zoned, 'Z');
	return time_parse_rfc3339(buf_text(&zoned), ret_ms, NULL) ||
	       fail(err, ERR_INVALID,
		    "%s: '%.64s' is no time like 2026-11-23T14:03:51, in UTC", key, text);
}

static bool read_count(const struct json *object, const char *key, int64_t *ret,
		       struct err *err)
{
	const struct json *value = json_get(object, key);
	const char *text = json_string(value);
	int64_t count = 0;
	bool is_absent = json_type_of(value) == JSON_NULL || (text && !*text);
	bool is_count = text ? text_integer(text, &count) : json_integer(value, &count);
	if (!is_absent && (!is_count || count < 0 || count > ERRORS_MAX))
		return fail(err, ERR_INVALID, "%s: it must be a whole number up to %d",
			    key, ERRORS_MAX);
	*ret = count;
	return true;
}

/* ---- the alert ---- */

static bool read_type(const struct json *alert, const struct uptrends_type **ret,
		      struct err *err)
{
	const char *text;
	if (!read_text(alert, "type", &text, err))
		return false;
	*ret = text ? uptrends_type_find(text) : NULL;
	return *ret || fail(err, ERR_INVALID,
			    "type: it must be \"Alert\", \"Ok\" or \"Reminder\"");
}

static bool read_id(const struct json *alert, const char *type, struct event *ret,
		    struct err *err)
{
	const char *guid;
	if (!read_text(alert, "alertGuid", &guid, err))
		return false;
	if (!guid)
		return true;
	DEFER(buf_done) struct buf id = BUF_INIT(EVENT_ID_SIZE);
	buf_addf(&id, "%s/%s", guid, type);
	return event_set_id(ret, buf_overflowed(&id) ? guid : buf_text(&id), err) ||
	       fail_in(err, "alertGuid");
}

static bool read_alert(const struct json *alert, struct sighting *ret, struct err *err)
{
	struct event *event = &ret->event;
	const char *message;
	bool is_start_given;
	const struct uptrends_type *type;
	if (!read_type(alert, &type, err) || !read_id(alert, type->word, event, err) ||
	    !read_time(alert, "timestampUtc", &event->at_ms, &event->explicit_at, err) ||
	    !read_time(alert, "firstErrorUtc", &event->started_ms, &is_start_given,
		       err) ||
	    !read_count(alert, "numberOfConsecutiveErrors", &event->errors, err) ||
	    !read_text(alert, "failureMessage", &message, err))
		return false;
	event->state = type->state;
	event->confirmed = true;
	event_set_message(event, message);
	ret->changes_nothing = type->changes_nothing;
	return true;
}

/* ---- the monitor ---- */

static bool read_monitor(const struct json *monitor, struct subject *ret, struct err *err)
{
	const char *guid, *name;
	if (!read_text(monitor, "monitorGuid", &guid, err) ||
	    !read_text(monitor, "name", &name, err))
		return false;
	if (!guid && !name)
		return fail(err, ERR_INVALID, "it must have a monitorGuid or a name");
	if (guid && !text_copy(ret->guid, sizeof(ret->guid), guid))
		return fail(err, ERR_INVALID, "monitorGuid: it has at most %d bytes",
			    GUID_SIZE - 1);
	(void)text_cut(ret->name, sizeof(ret->name), name ? name : guid, NAME_CHARS_MAX);
	return true;
}

bool ingest_read_uptrends(const struct json *body, const char *label, sighting_fn *take,
			  void *arg, struct err *err)
{
	struct sighting sighting = { 0 };
	(void)label;
	if (json_type_of(json_get(body, "alert")) != JSON_OBJECT ||
	    json_type_of(json_get(body, "monitor")) != JSON_OBJECT)
		return fail(err, ERR_INVALID,
			    "The body must be an object with the objects alert and "
			    "monitor, as the README shows it");
	return (read_alert(json_get(body, "alert"), &sighting, err) ||
		fail_in(err, "alert")) &&
	       (read_monitor(json_get(body, "monitor"), &sighting.subject, err) ||
		fail_in(err, "monitor")) &&
	       take(arg, &sighting, err);
}
