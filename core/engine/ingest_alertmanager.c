/* Prometheus Alertmanager's webhook, version 4: alerts with labels, each with a
 * fingerprint that fires until it resolves. Events count from their arrival, for an alert
 * may be told minutes after it began; when it began is told along. */
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/ingest_read.h"
#include "core/rules/event.h"

static const char *text_of(const struct json *alert, const char *part, const char *key)
{
	const char *text = json_string(json_get(json_get(alert, part), key));
	return text && *text ? text : NULL;
}

static bool read_status(const struct json *alert, struct event *ret,
			const char **ret_status, struct err *err)
{
	const char *status = json_string(json_get(alert, "status"));
	bool is_firing = text_equal(status, "firing");
	if (!is_firing && !text_equal(status, "resolved"))
		return fail(err, ERR_INVALID,
			    "status: it must be \"firing\" or \"resolved\"");
	ret->state = is_firing ? EVENT_ERROR : EVENT_OK;
	ret->confirmed = true;
	*ret_status = status;
	return true;
}

/* fingerprint, startsAt, and the id they make. */
static bool read_identity(const struct json *alert, const char *status,
			  struct sighting *ret, struct err *err)
{
	const char *fingerprint = json_string(json_get(alert, "fingerprint"));
	const char *starts_at = json_string(json_get(alert, "startsAt"));
	if (!fingerprint || !*fingerprint ||
	    !text_copy(ret->fingerprint, sizeof(ret->fingerprint), fingerprint))
		return fail(err, ERR_INVALID,
			    "fingerprint: it must be text of at most %zu bytes",
			    sizeof(ret->fingerprint) - 1);
	if (!starts_at || !time_parse_rfc3339(starts_at, &ret->started_ms, NULL))
		return fail(err, ERR_INVALID,
			    "startsAt: it must be a time like 2026-11-23T14:03:51Z");
	DEFER(buf_done) struct buf id = BUF_INIT(EVENT_ID_SIZE);
	buf_addf(&id, "%s/%s/%s", fingerprint, starts_at, status);
	return event_set_id(&ret->event, buf_text(&id), err);
}

/* Without the label, the alert's own name tells the operator what to look for. */
static bool read_subject(const struct json *alert, const char *label, struct subject *ret,
			 struct err *err)
{
	const char *name = text_of(alert, "labels", label);
	const char *alert_name = text_of(alert, "labels", "alertname");
	ret->is_guess = name == NULL;
	if (!name)
		name = alert_name ? alert_name
				  : json_string(json_get(alert, "fingerprint"));
	if (text_length(name) > NAME_CHARS_MAX && !ret->is_guess)
		return fail(err, ERR_INVALID, "labels: %s has at most %d characters",
			    label, NAME_CHARS_MAX);
	(void)text_cut(ret->name, sizeof(ret->name), name, NAME_CHARS_MAX);
	return true;
}

static const char *message_of(const struct json *alert)
{
	static const char *const keys[] = { "summary", "description", "message" };
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const char *text = text_of(alert, "annotations", keys[i]);
		if (text)
			return text;
	}
	return text_of(alert, "labels", "alertname");
}

static bool read_alert(const struct json *alert, const char *label, sighting_fn *take,
		       void *arg, struct err *err)
{
	struct sighting sighting = { 0 };
	const char *status;
	if (!read_status(alert, &sighting.event, &status, err) ||
	    !read_identity(alert, status, &sighting, err) ||
	    !read_subject(alert, label, &sighting.subject, err))
		return false;
	sighting.event.started_ms = sighting.started_ms;
	event_set_message(&sighting.event, message_of(alert));
	return take(arg, &sighting, err);
}

bool ingest_read_alertmanager(const struct json *body, const char *label,
			      sighting_fn *take, void *arg, struct err *err)
{
	int number = 0;
	if (!text_equal(json_string(json_get(body, "version")), "4") ||
	    json_type_of(json_get(body, "alerts")) != JSON_ARRAY)
		return fail(err, ERR_INVALID,
			    "The body must be Alertmanager's webhook message of version "
			    "4, with its alerts");
	for (const struct json *alert = json_first(json_get(body, "alerts")); alert;
	     alert = json_next(alert)) {
		number++;
		if (!read_alert(alert, label, take, arg, err))
			return fail_in(err, "alert %d", number);
	}
	return true;
}
