#include "core/peers/uptrends_follow.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_alert.h"
#include "core/peers/uptrends_guid.h"
#include "core/store_sources.h"

enum {
	PAGES_MAX = 2000, /* of one period: a cursor that never ends is left there */
	STATUSES_AT_ONCE = 10000,
};

void uptrends_follow_init(struct uptrends_follow *follow, const struct zone *named)
{
	*follow = (struct uptrends_follow){ .is_named = named != NULL,
					    .zone = { .named = named },
					    .must_compare = true };
}

static void forget_running(struct uptrends_follow *follow)
{
	name_set_done(&follow->running_names);
	free(follow->running);
	follow->running = NULL;
	follow->running_count = 0;
	follow->running_capacity = 0;
}

void uptrends_follow_done(struct uptrends_follow *follow)
{
	forget_running(follow);
}

/* ---- the course of a round ---- */

static void go_to(struct uptrends_follow *follow, enum uptrends_step step)
{
	follow->step = step;
	follow->pages = 0;
	follow->skip = 0;
	follow->cursor[0] = '\0';
}

/* What was missed since the day that was read last; what the API offers is whole days. */
static const char *missed_since(int64_t then_day_ms, int64_t day_ms)
{
	const int64_t days = (day_ms - then_day_ms) / DAY_MS;
	if (days <= 0)
		return NULL;
	if (days == 1)
		return "PreviousDay";
	return days <= 7 ? "Last7Days" : "Last30Days";
}

static void begin_alerts(struct uptrends_follow *follow,
			 const struct uptrends_progress *progress)
{
	const bool same_day = progress->day_ms == follow->day_ms;
	go_to(follow, follow->missed != NULL ? FOLLOW_MISSED : FOLLOW_ALERTS);
	if (same_day)
		memcpy(follow->cursor, progress->cursor, sizeof(follow->cursor));
}

/* Once it is known whose day it is. */
static void begin_day(struct uptrends_follow *follow,
		      const struct uptrends_progress *progress, int64_t now_ms)
{
	follow->day_ms = uptrends_day(&follow->zone, now_ms);
	follow->missed =
		follow->is_first ? NULL : missed_since(progress->day_ms, follow->day_ms);
	follow->must_compare |= follow->is_first || follow->missed != NULL;
	begin_alerts(follow, progress);
}

/* Asked once a day: summer may have come, or another year's rules. */
static bool knows_todays_zone(const struct uptrends_follow *follow, int64_t now_ms)
{
	return follow->knows_zone &&
	       uptrends_day(&follow->zone, now_ms) == follow->day_ms;
}

void uptrends_follow_begin(struct uptrends_follow *follow,
			   const struct uptrends_progress *progress, int64_t now_ms)
{
	follow->is_first = progress->polled_ms == 0;
	follow->recorded = 0;
	follow->complaint[0] = '\0';
	forget_running(follow);
	if (!follow->is_named && !knows_todays_zone(follow, now_ms))
		go_to(follow, FOLLOW_SETTINGS);
	else if (follow->group[0] == '\0')
		go_to(follow, FOLLOW_GROUPS);
	else
		begin_day(follow, progress, now_ms);
}

/* ---- questions ---- */

/* The cursor as the value of a query (RFC 3986). */
static void add_cursor(struct buf *ret, const char *cursor)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";
	if (*cursor != '\0')
		buf_adds(ret, "&Cursor=");
	for (; *cursor != '\0'; cursor++)
		if (strchr(plain, *cursor) != NULL)
			buf_addc(ret, *cursor);
		else
			buf_addf(ret, "%%%02X", (unsigned)(unsigned char)*cursor);
}

static void add_feed(const struct uptrends_follow *follow, const char *period,
		     struct buf *ret)
{
	buf_addf(ret, "/Alert/MonitorGroup/%s?Sorting=Ascending&Take=100&PresetPeriod=%s",
		 follow->group, period);
	add_cursor(ret, follow->cursor);
}

bool uptrends_follow_question(const struct uptrends_follow *follow, struct buf *ret)
{
	switch (follow->step) {
	case FOLLOW_RESTS:
	case FOLLOW_STEP_COUNT: return false;
	case FOLLOW_SETTINGS: buf_adds(ret, "/Account/Settings"); break;
	case FOLLOW_ZONE: buf_addf(ret, "/Timezone/%" PRId64, follow->zone_id); break;
	case FOLLOW_GROUPS: buf_adds(ret, "/MonitorGroup"); break;
	case FOLLOW_MISSED: add_feed(follow, follow->missed, ret); break;
	case FOLLOW_ALERTS: add_feed(follow, "CurrentDay", ret); break;
	case FOLLOW_STATUS:
		buf_addf(ret, "/Status/MonitorGroup/%s?skip=%" PRId64 "&take=%d",
			 follow->group, follow->skip, STATUSES_AT_ONCE);
		break;
	}
	return true;
}

/* ---- answers: what the account is ---- */

typedef bool answer_fn(struct uptrends_follow *follow, struct store *store,
		       const struct json *answer, int64_t now_ms, struct err *err);

static bool lacks(const char *what, struct err *err)
{
	return fail(err, ERR_FAILED, "the API's answer lacks %s", what);
}

static bool take_settings(struct uptrends_follow *follow, struct store *store,
			  const struct json *answer, int64_t now_ms, struct err *err)
{
	(void)store;
	(void)now_ms;
	if (!json_integer(json_get(answer, "TimezoneId"), &follow->zone_id))
		return lacks("a TimezoneId", err);
	go_to(follow, FOLLOW_ZONE);
	return true;
}

static bool begin_day_again(struct uptrends_follow *follow, struct store *store,
			    int64_t now_ms, struct err *err)
{
	struct uptrends_progress progress;
	if (!store_uptrends_progress(store, &progress, err))
		return false;
	begin_day(follow, &progress, now_ms);
	return true;
}

static bool take_zone(struct uptrends_follow *follow, struct store *store,
		      const struct json *answer, int64_t now_ms, struct err *err)
{
	if (!uptrends_zone_read(answer, &follow->zone))
		return lacks("a time zone", err);
	follow->knows_zone = true;
	if (follow->group[0] != '\0')
		return begin_day_again(follow, store, now_ms, err);
	go_to(follow, FOLLOW_GROUPS);
	return true;
}

static bool take_groups(struct uptrends_follow *follow, struct store *store,
			const struct json *answer, int64_t now_ms, struct err *err)
{
	for (const struct json *one = json_first(answer); one; one = json_next(one)) {
		bool is_all;
		if (json_bool(json_get(one, "IsAll"), &is_all) && is_all &&
		    uptrends_guid(follow->group, json_get(one, "MonitorGroupGuid")))
			return begin_day_again(follow, store, now_ms, err);
	}
	return lacks("the group of all monitors", err);
}

/* ---- answers: alerts ---- */

/* The first round keeps in mind who is in error since when, and records nothing. */
static void note_running(struct uptrends_follow *follow,
			 const struct uptrends_sighting *sighting)
{
	const struct event *event = &sighting->event;
	size_t place;
	if (name_set_add(&follow->running_names, sighting->monitor, follow->running_count,
			 NULL))
		VEC_PUSH(follow->running, follow->running_count,
			 follow->running_capacity) = (struct uptrends_running){ 0 };
	if (!name_set_has(&follow->running_names, sighting->monitor, &place))
		return;
	if (event->state == EVENT_OK)
		follow->running[place].started_ms = 0;
	else if (follow->running[place].started_ms == 0)
		follow->running[place].started_ms =
			event->started_ms != 0 ? event->started_ms : event->at_ms;
}

static bool record(struct uptrends_follow *follow, struct store *store,
		   struct uptrends_sighting *sighting, int64_t now_ms, struct err *err)
{
	bool recorded;
	if (!uptrends_record(store, sighting, now_ms, &recorded, follow->complaint, err))
		return false;
	follow->recorded += recorded;
	return true;
}

static bool take_rows(struct uptrends_follow *follow, struct store *store,
		      const struct json *rows, int64_t now_ms, struct err *err)
{
	for (const struct json *row = json_first(rows); row; row = json_next(row)) {
		struct uptrends_sighting sighting;
		if (!uptrends_read_alert(&follow->zone, row, &sighting))
			return lacks("the type, monitor, id or time of an alert", err);
		if (sighting.changes_nothing)
			continue;
		if (follow->is_first)
			note_running(follow, &sighting);
		else if (!record(follow, store, &sighting, now_ms, err))
			return false;
	}
	return true;
}

/* Where the feed goes on: false at its end, which is there too when a page is empty, or
 * names itself, or never ends. */
static bool next_page(struct uptrends_follow *follow, const struct json *answer)
{
	const char *next = json_string(json_get(json_get(answer, "Cursors"), "Next"));
	return next != NULL && *next != '\0' && !text_equal(next, follow->cursor) &&
	       json_first(json_get(answer, "Data")) != NULL &&
	       ++follow->pages < PAGES_MAX &&
	       text_copy(follow->cursor, sizeof(follow->cursor), next);
}

static bool take_missed(struct uptrends_follow *follow, struct store *store,
			const struct json *answer, int64_t now_ms, struct err *err)
{
	if (!take_rows(follow, store, json_get(answer, "Data"), now_ms, err))
		return false;
	if (!next_page(follow, answer)) {
		follow->missed = NULL;
		go_to(follow, FOLLOW_ALERTS);
	}
	return true;
}

static bool end_round(struct uptrends_follow *follow, struct store *store, int64_t now_ms,
		      struct err *err)
{
	struct uptrends_progress progress = { .polled_ms = now_ms,
					      .day_ms = follow->day_ms };
	memcpy(progress.cursor, follow->cursor, sizeof(progress.cursor));
	if (follow->complaint[0] != '\0') {
		progress.failed_ms = now_ms;
		memcpy(progress.failure, follow->complaint, sizeof(progress.failure));
	}
	follow->step = FOLLOW_RESTS;
	follow->must_compare = false;
	return store_put_uptrends_progress(store, &progress, err);
}

/* The last page may grow: it is where the next round begins. */
static void keep_place(struct uptrends_follow *follow, const struct json *answer)
{
	const char *self = json_string(json_get(json_get(answer, "Cursors"), "Self"));
	if (self != NULL && !text_copy(follow->cursor, sizeof(follow->cursor), self))
		follow->cursor[0] = '\0';
}

static bool take_alerts(struct uptrends_follow *follow, struct store *store,
			const struct json *answer, int64_t now_ms, struct err *err)
{
	if (!take_rows(follow, store, json_get(answer, "Data"), now_ms, err))
		return false;
	if (next_page(follow, answer))
		return true;
	keep_place(follow, answer);
	if (!follow->must_compare)
		return end_round(follow, store, now_ms, err);
	follow->step = FOLLOW_STATUS;
	follow->skip = 0;
	return true;
}

/* ---- answers: statuses ---- */

/* Does the status tell what the journal does not know? What waits to be judged is known.
 */
static bool is_news(struct store *store, const struct uptrends_sighting *sighting,
		    bool *ret, struct err *err)
{
	struct subject subject = { 0 };
	struct monitor_state state;
	int64_t monitor_id;
	(void)text_cut(subject.guid, sizeof(subject.guid), sighting->monitor, GUID_SIZE);
	*ret = false;
	if (!store_subject_monitor(store, &subject, &monitor_id, err))
		return false;
	if (monitor_id == 0)
		return true;
	if (!store_monitor_state(store, monitor_id, &state, err))
		return false;
	const bool waits = state.newest_ms > state.judged_ms;
	const bool is_error = sighting->event.state == EVENT_ERROR;
	*ret = waits ? !is_error : state.in_error != is_error;
	return true;
}

static bool take_status(struct uptrends_follow *follow, struct store *store,
			const struct json *row, int64_t now_ms, struct err *err)
{
	struct uptrends_sighting sighting;
	bool news;
	size_t place;
	if (!uptrends_read_status(&follow->zone, row, &sighting))
		return lacks("the monitor or level of a status", err);
	if (sighting.changes_nothing)
		return true;
	if (!is_news(store, &sighting, &news, err))
		return false;
	if (sighting.event.state == EVENT_ERROR &&
	    name_set_has(&follow->running_names, sighting.monitor, &place))
		sighting.event.started_ms = follow->running[place].started_ms;
	return !news || record(follow, store, &sighting, now_ms, err);
}

static bool take_statuses(struct uptrends_follow *follow, struct store *store,
			  const struct json *answer, int64_t now_ms, struct err *err)
{
	const struct json *rows = json_get(answer, "Data");
	if (json_type_of(rows) != JSON_ARRAY)
		return lacks("its Data", err);
	for (const struct json *row = json_first(rows); row; row = json_next(row))
		if (!take_status(follow, store, row, now_ms, err))
			return false;
	follow->skip += (int64_t)json_count(rows);
	return json_count(rows) >= STATUSES_AT_ONCE ||
	       end_round(follow, store, now_ms, err);
}

/* ---- the answer ---- */

bool uptrends_follow_answer(struct uptrends_follow *follow, struct store *store,
			    const struct json *answer, int64_t now_ms, struct err *err)
{
	static answer_fn *const take[FOLLOW_STEP_COUNT] = {
		[FOLLOW_SETTINGS] = take_settings, [FOLLOW_ZONE] = take_zone,
		[FOLLOW_GROUPS] = take_groups,     [FOLLOW_MISSED] = take_missed,
		[FOLLOW_ALERTS] = take_alerts,     [FOLLOW_STATUS] = take_statuses,
	};
	return take[follow->step] == NULL ||
	       take[follow->step](follow, store, answer, now_ms, err);
}

bool uptrends_follow_failed(struct uptrends_follow *follow, struct store *store,
			    const char *why, int64_t now_ms, struct err *err)
{
	struct uptrends_progress progress;
	follow->step = FOLLOW_RESTS;
	follow->must_compare = true;
	if (!store_uptrends_progress(store, &progress, err))
		return false;
	progress.failed_ms = now_ms;
	progress.cursor[0] = '\0';
	(void)text_cut(progress.failure, sizeof(progress.failure), why, REASON_SIZE);
	return store_put_uptrends_progress(store, &progress, err);
}
