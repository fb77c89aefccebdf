#include "core/peers/uptrends_alert.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/base/text.h"
#include "core/peers/uptrends_guid.h"
#include "core/rules/event.h"
#include "core/peers/uptrends_type.h"
#include "core/store_sources.h"

/* ---- reading ---- */

static void set_words(struct event *event, const struct json *attributes)
{
	const char *what = json_string(json_get(attributes, "ErrorDescription"));
	const char *more = json_string(json_get(attributes, "ErrorMessage"));
	DEFER(buf_done) struct buf words = BUF_INIT(4 * MESSAGE_SIZE);
	buf_adds(&words, what ? what : "");
	if (more && *more)
		buf_addf(&words, "%s%s", words.len > 0 ? ": " : "", more);
	event_set_message(event, buf_overflowed(&words) ? what : buf_text(&words));
}

static bool set_id(struct event *event, const char *thing, const char *word)
{
	DEFER(buf_done) struct buf id = BUF_INIT(EVENT_ID_SIZE);
	buf_addf(&id, "%s/%s", thing, word);
	return !buf_overflowed(&id) && event_set_id(event, buf_text(&id), NULL);
}

bool uptrends_read_alert(const struct uptrends_zone *zone, const struct json *row,
			 struct uptrends_sighting *ret)
{
	const struct json *attributes = json_get(row, "Attributes");
	const char *name = json_string(json_get(attributes, "AlertType"));
	const char *id = json_string(json_get(row, "Id"));
	const struct uptrends_type *type = name ? uptrends_type_find(name) : NULL;
	*ret = (struct uptrends_sighting){ .event = { .confirmed = true,
						      .explicit_at = true } };
	if (!type || !id ||
	    !uptrends_guid(ret->monitor, json_get(attributes, "MonitorGuid")) ||
	    !uptrends_time(zone, json_get(attributes, "Timestamp"), &ret->event.at_ms) ||
	    !set_id(&ret->event, id, type->word))
		return false;
	if (!uptrends_time(zone, json_get(attributes, "FirstError"),
			   &ret->event.started_ms))
		ret->event.started_ms = 0;
	ret->event.state = type->state;
	ret->changes_nothing = type->changes_nothing;
	if (type->state == EVENT_ERROR)
		set_words(&ret->event, attributes);
	return true;
}

/* Which monitor a status is about: by itself, or by what it is related to. */
static bool read_monitor(const struct json *row, char ret[GUID_SIZE])
{
	const struct json *one;
	for (one = json_first(json_get(row, "Relationships")); one;
	     one = json_next(one)) {
		const char *type = json_string(json_get(one, "Type"));
		if (type && text_equal_nocase(type, "Monitor"))
			return uptrends_guid(ret, json_get(one, "Id"));
	}
	return uptrends_guid(ret, json_get(row, "Id"));
}

bool uptrends_read_status(const struct uptrends_zone *zone, const struct json *row,
			  struct uptrends_sighting *ret)
{
	const struct json *attributes = json_get(row, "Attributes");
	const char *level = json_string(json_get(attributes, "ErrorLevel"));
	char check[32];
	int64_t id;
	*ret = (struct uptrends_sighting){ .event = { .confirmed = true,
						      .explicit_at = true } };
	if (!level || !read_monitor(row, ret->monitor))
		return false;
	const bool is_error = text_equal_nocase(level, "Confirmed");
	ret->changes_nothing = !is_error && !text_equal_nocase(level, "NoError");
	ret->event.state = is_error ? EVENT_ERROR : EVENT_OK;
	if (ret->changes_nothing ||
	    !uptrends_time(zone, json_get(attributes, "LastCheck"), &ret->event.at_ms)) {
		ret->changes_nothing = true; /* never checked */
		return true;
	}
	if (!json_integer(json_get(attributes, "LastMonitorCheckId"), &id))
		id = ret->event.at_ms;
	(void)snprintf(check, sizeof(check), "status-%" PRId64, id);
	if (is_error)
		set_words(&ret->event, attributes);
	return set_id(&ret->event, check, is_error ? "Alert" : "Ok");
}

/* ---- recording ---- */

static void complain(const struct err *why, const char *monitor, char ret[REASON_SIZE])
{
	DEFER(buf_done) struct buf text = BUF_INIT(2 * ERR_TEXT_SIZE);
	buf_addf(&text, "An alert of %s was not taken: %s", monitor, why->text);
	(void)text_cut(ret, REASON_SIZE, buf_text(&text), REASON_SIZE);
}

bool uptrends_record(struct store *store, struct uptrends_sighting *sighting,
		     int64_t now_ms, bool *ret_recorded, char ret_complaint[REASON_SIZE],
		     struct err *err)
{
	struct subject subject = { 0 };
	enum event_verdict verdict = VERDICT_ACCEPTED;
	struct err why = { 0 };
	int64_t unmatched_id;
	bool conflict, ok;
	*ret_recorded = false;
	(void)text_cut(subject.guid, sizeof(subject.guid), sighting->monitor, GUID_SIZE);
	(void)text_cut(subject.name, sizeof(subject.name), sighting->monitor, GUID_SIZE);
	if (!store_subject_monitor(store, &subject, &sighting->event.monitor_id, err))
		return false;
	if (sighting->event.monitor_id != 0)
		ok = store_event_add(store, &sighting->event, now_ms, &verdict, &conflict,
				     &why);
	else
		ok = store_unmatched_add(store, &subject, &sighting->event, now_ms,
					 &unmatched_id, &conflict, &why);
	*ret_recorded = ok && verdict == VERDICT_ACCEPTED;
	if (ok)
		return true;
	if (why.code != ERR_INVALID)
		return fail(err, why.code, "%s", why.text);
	complain(&why, sighting->monitor, ret_complaint);
	return true;
}
