/* The incident room: what happened, what was decided, what the public was told and what was
 * answered. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/judge/next.h"
#include "tui/console/lines.h"
#include "tui/console/object_acts.h"
#include "tui/console/operator.h"
#include "tui/console/room_picture.h"
#include "tui/console/rows.h"
#include "tui/console/view.h"

struct incident_view {
	struct view view;
	struct incident incident;
	struct lines lines;
	int64_t now_ms;
	int64_t soonest_ms; /* what its countdown tells; 0: nothing */
	bool loaded;
};

static void incident_done(struct view *view)
{
	lines_done(&((struct incident_view *)view)->lines);
}

static void add_time_fact(struct lines *lines, const char *label, int64_t time_ms,
			  int64_t now_ms)
{
	char text[TIME_TEXT_SIZE];
	DEFER(buf_done)
	struct buf line = BUF_INIT(256);

	if (time_ms == 0)
		return;
	buf_addf(&line, "%s  (", time_format_local(text, time_ms));
	add_age(&line, time_ms, now_ms);
	buf_adds(&line, " ago)");
	lines_fact(lines, label, ROLE_TEXT, buf_text(&line));
}

/* What was last told, and whether it is what hublink decided. */
static void add_told(struct lines *lines, const struct incident *incident, int64_t now_ms)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(512);

	if (!incident->is_published) {
		lines_fact(lines, "last told", ROLE_WARN,
			   incident->reach == REACH_NONE
				   ? "nothing: this incident is not public"
				   : "nothing yet");
		return;
	}
	bool differs = incident->published_status != incident->status &&
		       incident->status != INCIDENT_DETACHED;
	buf_addf(&line, "%s, %s ", incident_word(incident->published_status),
		 service_word(incident->published_service_status));
	add_when(&line, incident->published_at_ms, now_ms);
	if (differs)
		buf_adds(&line, "  - differs from what hublink decided");
	lines_fact(lines, "last told", differs ? ROLE_WARN : ROLE_TEXT, buf_text(&line));
}

static bool add_join(void *arg, const struct join *join, const char *monitor)
{
	struct incident_view *v = arg;
	DEFER(buf_done)
	struct buf line = BUF_INIT(1024);

	buf_addf(&line, "%s: %s", monitor,
		 join->in_error ? "in error, joined " : "ok again, joined ");
	add_when(&line, join->joined_ms, v->now_ms);
	lines_fact(&v->lines, "monitor", join->in_error ? ROLE_BAD : ROLE_OK,
		   buf_text(&line));
	return true;
}

static bool add_entry(void *arg, const struct timeline_entry *entry)
{
	struct incident_view *v = arg;
	char text[TIME_TEXT_SIZE];

	(void)time_format_local(text, entry->at_ms);
	lines_add(&v->lines, ROLE_TEXT, " %.14s %-9s %s%s%s", text + 5, entry->kind,
		  entry->text, entry->actor[0] != '\0' ? "  - " : "", entry->actor);
	return true;
}

static void add_summary(struct incident_view *v)
{
	const struct incident *incident = &v->incident;
	DEFER(buf_done)
	struct buf status = BUF_INIT(256);

	if (incident->status == INCIDENT_HELD)
		buf_adds(&status, "Held: not public yet");
	else
		buf_addf(&status, "%s, service %s", incident_word(incident->status),
			 service_word(incident->service_status));
	if (incident->ok_not_sent)
		buf_adds(&status, "  - OK not sent: send_ok is off");
	lines_fact(&v->lines, "service", ROLE_TITLE, incident->service);
	lines_fact(&v->lines, "status", incident_role(incident->status),
		   buf_text(&status));
	add_told(&v->lines, incident, v->now_ms);
	add_time_fact(&v->lines, "began", incident->start_ms, v->now_ms);
	add_time_fact(&v->lines, "decided", incident->opened_at_ms, v->now_ms);
	add_time_fact(&v->lines, "monitoring", incident->monitoring_at_ms, v->now_ms);
	add_time_fact(&v->lines, "resolved", incident->resolved_at_ms, v->now_ms);
}

static bool add_message(struct incident_view *v, struct store *store, struct err *err)
{
	DEFER(buf_done)
	struct buf message = BUF_INIT(PUBLIC_TEXT_SIZE);
	if (!v->incident.by_hand)
		return true;
	if (!store_incident_message(store, v->incident.id, &message, err))
		return false;
	lines_fact(&v->lines, "by hand", ROLE_TEXT, buf_text(&message));
	return true;
}

struct looking_ahead {
	struct incident_view *view;
	struct store *store;
	bool covered; /* the window covers the incident's service */
};

static bool is_service(void *arg, const void *rec)
{
	struct looking_ahead *ahead = arg;

	ahead->covered = ((const struct service *)rec)->head.id ==
			 ahead->view->incident.service_id;
	return !ahead->covered;
}

/* Of maintenance what covers the service; of all else what this incident waits for. */
static bool concerns(struct looking_ahead *ahead, const struct next_item *item)
{
	struct err gone = { 0 };

	if (item->kind != NEXT_MAINTENANCE)
		return item->incident_id == ahead->view->incident.id;
	ahead->covered = false;
	return store_maintenance_covers(ahead->store, item->window_id, NULL, is_service,
					ahead, &gone) &&
	       ahead->covered;
}

/* What of this incident goes public next, and when. */
static bool add_next(void *arg, const struct next_item *item)
{
	struct looking_ahead *ahead = arg;
	struct incident_view *v = ahead->view;
	DEFER(buf_done) struct buf line = BUF_INIT(2048);

	if (!concerns(ahead, item))
		return true;
	if (v->soonest_ms == 0)
		v->soonest_ms = item->at_ms;
	add_until(&line, item->at_ms, v->now_ms);
	buf_addf(&line, "  %s", item->text);
	lines_fact(&v->lines, "next", item->kind == NEXT_HELD ? ROLE_WARN : ROLE_INFO,
		   buf_text(&line));
	return true;
}

static bool incident_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	struct incident_view *v = (struct incident_view *)view;
	struct looking_ahead ahead = { .view = v, .store = store };

	if (!store_incident_get(store, view->object_id, &v->incident, err))
		return false;
	v->now_ms = now_ms;
	v->loaded = true;
	lines_reset(&v->lines);
	v->soonest_ms = 0;
	add_summary(v);
	if (!next_list(store, now_ms, 0, add_next, &ahead, err) ||
	    !add_message(v, store, err) ||
	    !store_joins(store, view->object_id, add_join, v, err) ||
	    !room_picture_add(&v->lines, store, &v->incident, now_ms, err))
		return false;
	lines_heading(&v->lines, "Timeline, newest first");
	return store_timeline(store, view->object_id, true, add_entry, v, err);
}

static void incident_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct incident_view *)view)->lines, area);
}

static enum reaction incident_act(struct view *view, struct app *app, enum action action)
{
	struct incident_view *v = (struct incident_view *)view;

	if (operator_on_incident(app, action, view->object_id) ||
	    operator_on_waiting(app, action, view->object_id) ||
	    lines_act(&v->lines, action))
		return REACTION_REDRAW;
	return object_act(app, RECORD_SERVICE, v->incident.service_id, action);
}

static int64_t incident_changes_ms(const struct view *view, int64_t now_ms)
{
	return countdown_changes_ms(((const struct incident_view *)view)->soonest_ms,
				    now_ms);
}

static void incident_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct incident_view *v = (const struct incident_view *)view;

	(void)now_ms;
	if (v->loaded)
		buf_addf(ret, "#%lld %s", (long long)v->incident.id, v->incident.service);
}

static const enum action hints[] = { ACTION_HELP,     ACTION_BACK,    ACTION_NOTE,
				     ACTION_IDENTIFY, ACTION_RECOVER, ACTION_RESOLVE,
				     ACTION_DETACH,   ACTION_RETRY,   ACTION_CANCEL,
				     ACTION_RELEASE,  ACTION_NONE };

static struct lines *incident_lines(struct view *view)
{
	return &((struct incident_view *)view)->lines;
}

const struct view_ops view_incident = {
	.name = "incident",
	.title = "Incident",
	.size = sizeof(struct incident_view),
	.keys = &keymap_room,
	.hints = hints,
	.done = incident_done,
	.lines = incident_lines,
	.load = incident_load,
	.draw = incident_draw,
	.act = incident_act,
	.changes_ms = incident_changes_ms,
	.summary = incident_summary,
};
