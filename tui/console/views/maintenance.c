/* Maintenance (R11): what is muted now, what will be, what comes round again, what was. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/recur.h"
#include "tui/console/app.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_view.h"
#include "tui/console/rows.h"

enum { WINDOWS_MAX = 1000 };

/* In this order they are listed. */
enum window_state {
	WINDOW_NOW,
	WINDOW_PLANNED,
	WINDOW_RECURS,
	WINDOW_PAUSED,
	WINDOW_OVER
};

/* A window, or what recurs, with the window that it makes next. */
struct window_line {
	int64_t id; /* of the row: unique among both */
	enum record_kind kind;
	int64_t record_id;
	bool paused;
	int64_t from_ms, until_ms; /* 0: it never comes round again */
	char targets[ROW_NOTE], note[ROW_NOTE];
};

struct window_lines {
	struct window_line *items;
	size_t count, capacity;
};

struct maintenance_view {
	struct view view;
	struct list list;
	size_t counts[WINDOW_OVER + 1];
};

static struct list *list_of(struct view *view)
{
	return &((struct maintenance_view *)view)->list;
}

static const char *const state_words[] = { "NOW", "planned", "recurs", "paused", "over" };

/* Told by the minute, as everything on the screen. */
static enum window_state state_of(const struct window_line *line, int64_t now_ms)
{
	if (line->kind == RECORD_SCHEDULE)
		return line->paused ? WINDOW_PAUSED : WINDOW_RECURS;
	if (line->until_ms <= now_ms)
		return WINDOW_OVER;
	return line->from_ms <= now_ms ? WINDOW_NOW : WINDOW_PLANNED;
}

static void window_state(const void *row, int64_t now_ms, struct buf *ret)
{
	buf_adds(ret, state_words[state_of(row, now_ms)]);
}

static void window_from(const void *row, int64_t now_ms, struct buf *ret)
{
	add_when(ret, ((const struct window_line *)row)->from_ms, now_ms);
}

static void window_until(const void *row, int64_t now_ms, struct buf *ret)
{
	add_when(ret, ((const struct window_line *)row)->until_ms, now_ms);
}

/* Until it begins, "in 5m", or is over, "ends in 5m". */
static void window_next(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct window_line *line = row;
	const bool is_open = line->from_ms <= now_ms;

	if (state_of(line, now_ms) == WINDOW_OVER || line->from_ms == 0)
		return;
	buf_adds(ret, is_open ? "ends " : "");
	add_until(ret, is_open ? line->until_ms : line->from_ms, now_ms);
}

static void window_targets(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct window_line *)row)->targets);
}

static void window_note(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct window_line *)row)->note);
}

static enum role window_role(const void *row)
{
	return ((const struct window_line *)row)->kind == RECORD_SCHEDULE ? ROLE_INFO
									  : ROLE_TEXT;
}

static const struct column columns[] = {
	{ "State", 7, 0, window_role, window_state },
	{ "Covers", 0, 0, NULL, window_targets },
	{ "From", 12, 2, NULL, window_from },
	{ "Until", 12, 1, NULL, window_until },
	{ "Next", 15, 3, NULL, window_next },
	{ "Note", 24, 4, NULL, window_note },
};

static const struct facet facets[] = {
	{ "monitor", window_targets },
	{ "service", window_targets },
	{ "group", window_targets },
};

static void maintenance_init(struct view *view)
{
	struct list *list = list_of(view);

	list_init(list, columns, COUNT_OF(columns), sizeof(struct window_line));
	list->facets = facets;
	list->facet_count = COUNT_OF(facets);
}

static void maintenance_done(struct view *view)
{
	list_done(list_of(view));
}

/* ---- reading ---- */

struct loading {
	struct window_lines lines;
	int64_t now_ms;
};

static void loading_done(struct loading *loading)
{
	free(loading->lines.items);
}

static struct window_line line_of(enum record_kind kind, int64_t id)
{
	return (struct window_line){ .id = id * RECORD_KIND_COUNT + (int)kind,
				     .kind = kind,
				     .record_id = id };
}

static bool keep_window(void *arg, const struct maintenance *window)
{
	struct loading *loading = arg;
	struct window_line line = line_of(RECORD_MAINTENANCE, window->head.id);

	line.from_ms = window->from_ms;
	line.until_ms = window->until_ms;
	(void)text_cut(line.targets, sizeof(line.targets), window->targets, ROW_NOTE);
	(void)text_cut(line.note, sizeof(line.note), window->note, ROW_NOTE);
	VEC_PUSH(loading->lines.items, loading->lines.count, loading->lines.capacity) =
		line;
	return true;
}

/* By its name, and what it covers; beside it when it comes round. */
static bool keep_schedule(void *arg, const void *rec)
{
	struct loading *loading = arg;
	const struct schedule *schedule = rec;
	struct window_line line = line_of(RECORD_SCHEDULE, schedule->head.id);
	DEFER(buf_done) struct buf text = BUF_INIT(4 * MESSAGE_SIZE);
	struct err unread = { 0 };
	bool found = false;

	line.paused = !schedule->active;
	if (!recur_next(schedule, loading->now_ms, &line.from_ms, &line.until_ms, &found,
			&unread) ||
	    !found || line.paused)
		line.from_ms = line.until_ms = 0;
	buf_addf(&text, "%s: %s", schedule->name, schedule->covers);
	(void)text_cut(line.targets, sizeof(line.targets), buf_text(&text), ROW_NOTE);
	buf_reset(&text);
	schedule_add_text(schedule, &text);
	(void)text_cut(line.note, sizeof(line.note), buf_text(&text), ROW_NOTE);
	VEC_PUSH(loading->lines.items, loading->lines.count, loading->lines.capacity) =
		line;
	return true;
}

/* By state; what is planned soonest first. */
static void list_lines(struct maintenance_view *v, const struct loading *loading)
{
	const struct window_lines *lines = &loading->lines;

	for (enum window_state state = WINDOW_NOW; state <= WINDOW_OVER; state++) {
		bool backwards = state == WINDOW_PLANNED; /* they come newest first */
		v->counts[state] = 0;
		for (size_t i = 0; i < lines->count; i++) {
			size_t at = backwards ? lines->count - 1 - i : i;
			if (state_of(&lines->items[at], loading->now_ms) != state)
				continue;
			v->counts[state]++;
			list_add(&v->list, &lines->items[at]);
		}
	}
}

static bool maintenance_load(struct view *view, struct store *store, int64_t now_ms,
			     struct err *err)
{
	DEFER(loading_done) struct loading loading = { .now_ms = now_ms };
	struct filter newest = FILTER_ALL;

	newest.limit = WINDOWS_MAX;
	if (!store_list_maintenance(store, &newest, keep_window, &loading, err) ||
	    !store_list(store, RECORD_SCHEDULE, 0, keep_schedule, &loading, err))
		return false;
	list_begin(list_of(view));
	list_lines((struct maintenance_view *)view, &loading);
	list_end(list_of(view));
	return true;
}

static void maintenance_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms,
		  "no maintenance: a once, A recurring");
}

/* ---- keys ---- */

static enum reaction maintenance_act(struct view *view, struct app *app,
				     enum action action)
{
	struct list *list = list_of(view);
	const struct window_line *line = list_current(list);
	enum record_kind kind = line != NULL ? line->kind : RECORD_MAINTENANCE;

	if (action == ACTION_ADD_RECURRING || action == ACTION_ADD_INSIDE)
		return record_add(app, RECORD_SCHEDULE, 0);
	if (action == ACTION_ADD)
		return record_add(app, RECORD_MAINTENANCE, 0);
	if (list_act(list, action))
		return REACTION_REDRAW;
	if (line != NULL && action == ACTION_OPEN) {
		record_view_open(app, kind, line->record_id);
		return REACTION_RELOAD;
	}
	return record_act(app, kind, line != NULL ? line->record_id : 0, action);
}

static void maintenance_select(struct view *view, enum record_kind kind, int64_t id)
{
	list_select(list_of(view), line_of(kind, id).id);
}

/* What recurs has a zone of its own; the list tells all times in this machine's. */
static void add_zone(int64_t now_ms, struct buf *ret)
{
	char now[TIME_TEXT_SIZE];

	buf_addf(ret, "; times in %s", strrchr(time_format_local(now, now_ms), ' ') + 1);
}

static void maintenance_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct maintenance_view *v = (const struct maintenance_view *)view;

	buf_addf(ret, "%zu now, %zu planned", v->counts[WINDOW_NOW],
		 v->counts[WINDOW_PLANNED]);
	if (v->counts[WINDOW_RECURS] > 0)
		buf_addf(ret, ", %zu recur%s", v->counts[WINDOW_RECURS],
			 v->counts[WINDOW_RECURS] == 1 ? "s" : "");
	if (v->counts[WINDOW_PAUSED] > 0)
		buf_addf(ret, ", %zu paused", v->counts[WINDOW_PAUSED]);
	if (v->counts[WINDOW_RECURS] + v->counts[WINDOW_PAUSED] > 0)
		add_zone(now_ms, ret);
}

static const enum action hints[] = { ACTION_HELP,  ACTION_ADD,    ACTION_ADD_RECURRING,
				     ACTION_EDIT,  ACTION_TOGGLE, ACTION_OPEN,
				     ACTION_CLONE, ACTION_QUIT,   ACTION_NONE };

static struct view_subject maintenance_subject(const struct view *view)
{
	const struct window_line *line =
		list_current(&((const struct maintenance_view *)view)->list);

	return line != NULL ? record_view_subject(line->kind, line->record_id)
			    : (struct view_subject){ 0 };
}

const struct view_ops view_maintenance = {
	.name = "maintenance",
	.title = "Maintenance",
	.size = sizeof(struct maintenance_view),
	.keys = &keymap_maintenance,
	.hints = hints,
	.init = maintenance_init,
	.done = maintenance_done,
	.select = maintenance_select,
	.list = list_of,
	.subject = maintenance_subject,
	.load = maintenance_load,
	.draw = maintenance_draw,
	.act = maintenance_act,
	.summary = maintenance_summary,
};
