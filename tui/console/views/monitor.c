/* One monitor: its state, what an error of it would reach and why not, and its last events. */
#include <stdio.h>

#include "core/base/clock.h"
#include "core/judge/explain.h"
#include "tui/console/check_block.h"
#include "tui/console/lines.h"
#include "tui/console/record_acts.h"
#include "tui/console/rows.h"
#include "tui/console/view.h"

enum { EVENTS_SHOWN = 200 };

struct monitor_view {
	struct view view;
	struct monitor monitor;
	struct lines lines;
	bool loaded;
};

static void monitor_done(struct view *view)
{
	lines_done(&((struct monitor_view *)view)->lines);
}

static bool add_path(void *arg, const struct explained_path *path)
{
	struct lines *lines = arg;

	if (path->path.service_id != 0)
		lines_add(lines, path->reaches ? ROLE_OK : ROLE_WARN,
			  " %s  level %lld of %s -> %s/%s",
			  path->reaches ? "reaches" : "shut   ",
			  (long long)path->path.level, path->path.definition,
			  path->path.integration, path->path.service);
	for (int i = 0; i < path->gate_count; i++)
		if (!path->gates[i].open)
			lines_add(lines, ROLE_WARN, "          %s", path->gates[i].text);
	return true;
}

/* The events, and how far back the newest of them say nothing but OK. */
struct events {
	struct lines lines;
	size_t read, oks;
	int64_t ok_since_ms;
	bool errors; /* a confirmed error came before those */
};

static void count_ok(struct events *events, const struct event_line *event)
{
	events->read++;
	events->errors |= event->state != EVENT_OK && event->confirmed;
	if (events->errors || event->state != EVENT_OK)
		return;
	events->oks++;
	events->ok_since_ms = event->at_ms;
}

static bool add_event(void *arg, const struct event_line *event)
{
	struct events *events = arg;
	struct lines *lines = &events->lines;
	char text[TIME_TEXT_SIZE];

	count_ok(events, event);
	(void)time_format_local(text, event->at_ms);
	lines_add(lines,
		  event->state == EVENT_OK ? ROLE_OK
		  : event->confirmed       ? ROLE_BAD
					   : ROLE_DIM,
		  " %.14s %-5s %s%s", text + 5, event_state_text(event->state),
		  event->confirmed ? "" : "(unconfirmed) ", event->message);
	return true;
}

static void events_done(struct events *events)
{
	lines_done(&events->lines);
}

/* "ok for 14m, since 03:12, 3 events"; more may lie behind those that were read. */
static void add_ok(struct buf *ret, const struct events *events, int64_t now_ms)
{
	bool more = !events->errors && events->read >= EVENTS_SHOWN;

	buf_adds(ret, "ok");
	if (events->oks == 0)
		return;
	buf_adds(ret, more ? " for at least " : " for ");
	add_age(ret, events->ok_since_ms, now_ms);
	buf_adds(ret, ", since ");
	add_when(ret, events->ok_since_ms, now_ms);
	if (more)
		buf_adds(ret, " or before");
	else
		buf_addf(ret, ", %zu event%s", events->oks, events->oks == 1 ? "" : "s");
}

static void add_state(struct lines *lines, const struct monitor *monitor,
		      const struct monitor_state *state, const struct events *events,
		      int64_t now_ms)
{
	DEFER(buf_done)
	struct buf line = BUF_INIT(512);

	if (!monitor->active)
		buf_adds(&line, "inactive; ");
	if (state->in_error) {
		buf_addf(&line, "in error for ");
		add_age(&line, state->started_ms, now_ms);
		buf_addf(&line, ", %lld error%s in a row", (long long)state->errors,
			 state->errors == 1 ? "" : "s");
	} else if (state->judged_ms == 0) {
		buf_adds(&line,
			 events->read > 0 ? "no event is judged yet" : "no event yet");
	} else {
		add_ok(&line, events, now_ms);
	}
	lines_fact(lines, "monitor", ROLE_TITLE, monitor->name);
	lines_fact(lines, "state", state->in_error ? ROLE_BAD : ROLE_TEXT,
		   buf_text(&line));
	lines_fact(lines, "message", ROLE_TEXT, state->in_error ? state->message : "");
	lines_fact(lines, "guid", ROLE_DIM, monitor->guid);
}

static bool monitor_load(struct view *view, struct store *store, int64_t now_ms,
			 struct err *err)
{
	struct monitor_view *v = (struct monitor_view *)view;
	struct monitor_state state;
	struct filter filter = FILTER_ALL;
	DEFER(events_done) struct events events = { 0 };
	bool reaches = false;

	if (!store_get(store, RECORD_MONITOR, view->object_id, &v->monitor, err) ||
	    !store_monitor_state(store, view->object_id, &state, err))
		return false;
	filter.monitor_id = view->object_id;
	filter.limit = EVENTS_SHOWN;
	if (!store_list_events(store, &filter, add_event, &events, err))
		return false;
	v->loaded = true;
	lines_reset(&v->lines);
	add_state(&v->lines, &v->monitor, &state, &events, now_ms);
	if (!check_block_add(&v->lines, store, &v->monitor, now_ms, err))
		return false;
	lines_heading(&v->lines, "What an error would reach now");
	if (!explain_monitor(store, view->object_id, 0, now_ms, add_path, &v->lines,
			     &reaches, err))
		return false;
	lines_heading(&v->lines, "Events, newest first");
	lines_move(&v->lines, &events.lines);
	return true;
}

static void monitor_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct monitor_view *)view)->lines, area);
}

static enum reaction monitor_act(struct view *view, struct app *app, enum action action)
{
	if (lines_act(&((struct monitor_view *)view)->lines, action))
		return REACTION_REDRAW;
	return record_act(app, RECORD_MONITOR, view->object_id, action);
}

static void monitor_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct monitor_view *v = (const struct monitor_view *)view;

	(void)now_ms;
	if (v->loaded)
		buf_adds(ret, v->monitor.name);
}

static const enum action hints[] = { ACTION_HELP,     ACTION_MUTE, ACTION_EXPLAIN,
				     ACTION_WHAT_IF,  ACTION_EDIT, ACTION_TOGGLE,
				     ACTION_LINKS_OF, ACTION_BACK, ACTION_NONE };

static struct lines *monitor_lines(struct view *view)
{
	return &((struct monitor_view *)view)->lines;
}

const struct view_ops view_monitor = {
	.name = "monitor",
	.title = "Monitor",
	.size = sizeof(struct monitor_view),
	.keys = &keymap_records,
	.hints = hints,
	.done = monitor_done,
	.lines = monitor_lines,
	.load = monitor_load,
	.draw = monitor_draw,
	.act = monitor_act,
	.summary = monitor_summary,
};
