/* Monitors that senders speak of and nobody knows: a row for each with its last event, and
 * the monitor that it is, once somebody says so. */
#include "tui/console/unmatched_view.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/text.h"
#include "core/judge/adopt.h"
#include "tui/console/choose.h"
#include "tui/console/name_offers.h"
#include "tui/console/rows.h"
#include "tui/console/said.h"
#include "tui/console/sentence.h"

enum { DETAIL_ROWS = 4, OFFER_SIZE = NAME_SIZE + 32 };

static const char title[] = "Adopt";

struct unmatched_line {
	int64_t id;
	enum event_state state;
	int64_t last_ms, events;
	char name[NAME_SIZE];
	char message[ROW_NOTE];
};

struct unmatched_view {
	struct view view;
	struct list list;
};

static const struct view_ops view_unmatched;

void unmatched_open(struct app *app)
{
	(void)app_open(app, &view_unmatched, 0);
}

static struct unmatched_view *unmatched_of(struct view *view)
{
	return (struct unmatched_view *)view;
}

/* ---- rows ---- */

static void row_state(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct unmatched_line *line = row;

	(void)now_ms;
	buf_adds(ret, line->state == EVENT_ERROR ? "ERROR" : "OK");
}

static enum role state_role(const void *row)
{
	return ((const struct unmatched_line *)row)->state == EVENT_ERROR ? ROLE_BAD
									  : ROLE_OK;
}

static void row_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct unmatched_line *)row)->name);
}

static void row_last(const void *row, int64_t now_ms, struct buf *ret)
{
	add_age(ret, ((const struct unmatched_line *)row)->last_ms, now_ms);
}

static void row_events(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%lld", (long long)((const struct unmatched_line *)row)->events);
}

static void row_message(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct unmatched_line *)row)->message);
}

static const struct column columns[] = {
	{ "State", 7, 0, state_role, row_state },
	{ "Said to be", 26, 0, NULL, row_name },
	{ "Last", 7, 1, NULL, row_last },
	{ "Events", 7, 3, NULL, row_events },
	{ "Last message", 0, 2, NULL, row_message },
};

static bool add_row(void *arg, const struct unmatched *unmatched)
{
	struct unmatched_line line = { .id = unmatched->id,
				       .state = unmatched->event.state,
				       .last_ms = unmatched->event.received_ms,
				       .events = unmatched->events };

	(void)text_cut(line.name, sizeof(line.name), unmatched->name, NAME_CHARS_MAX);
	(void)text_cut(line.message, sizeof(line.message), unmatched->event.message,
		       ROW_NOTE);
	list_add(arg, &line);
	return true;
}

static bool unmatched_load(struct view *view, struct store *store, int64_t now_ms,
			   struct err *err)
{
	struct list *list = &unmatched_of(view)->list;

	(void)now_ms;
	list_begin(list);
	if (!store_list_unmatched(store, &FILTER_ALL, add_row, list, err))
		return false;
	list_end(list);
	return true;
}

/* ---- whose it is ---- */

static void on_chosen(struct app *app, void *arg, const struct name_item *item)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(act_result_done) struct act_result told = ACT_RESULT_INIT;
	struct adoption *adoption = arg;
	struct err err = { 0 };

	adoption->monitor_id = item->id;
	app->needs_load = true;
	if (!act_adopt(app->store, adoption, app_now(app), &result, &err)) {
		said_refused(app, title, err.text);
		return;
	}
	adoption_describe(adoption, &told.said);
	if (result.said.len > 0)
		buf_addf(&told.said, "\n%s", buf_text(&result.said));
	said_show(app, title, &told);
}

static void adopt(struct app *app, const struct unmatched_line *line)
{
	char offer[OFFER_SIZE];
	struct choose_question question = {
		.title = "Which monitor is it?",
		.help = "Its last and all later events count.",
		.chosen = on_chosen,
		.free_arg = free
	};

	(void)snprintf(offer, sizeof(offer), "a new monitor: %s", line->name);
	names_add(&question.names, offer, 0);
	if (!offer_monitors(app->store, &question.names, &app->message)) {
		names_done(&question.names);
		return;
	}
	struct adoption *adoption = mem_new(1, sizeof(*adoption));
	adoption->unmatched_id = line->id;
	question.arg = adoption;
	choose_ask(app, &question);
}

static enum reaction unmatched_act(struct view *view, struct app *app, enum action action)
{
	struct list *list = &unmatched_of(view)->list;
	const struct unmatched_line *line = list_current(list);

	if (action != ACTION_ADOPT)
		return list_act(list, action) ? REACTION_REDRAW : REACTION_IGNORED;
	if (line != NULL)
		adopt(app, line);
	return REACTION_REDRAW;
}

/* ---- the screen ---- */

static void unmatched_init(struct view *view)
{
	list_init(&unmatched_of(view)->list, columns, COUNT_OF(columns),
		  sizeof(struct unmatched_line));
}

static void unmatched_done(struct view *view)
{
	list_done(&unmatched_of(view)->list);
}

static void unmatched_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct list *list = &unmatched_of(view)->list;
	const struct unmatched_line *line = list_current(list);

	if (line != NULL && line->message[0] != '\0')
		area = sentence_foot(area, DETAIL_ROWS, line->name, ROLE_TEXT,
				     line->message);
	list_draw(list, area, true, true, now_ms, "every event is of a monitor here");
}

static struct list *unmatched_list(struct view *view)
{
	return &unmatched_of(view)->list;
}

static void unmatched_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct unmatched_view *v = (const struct unmatched_view *)view;

	(void)now_ms;
	buf_addf(ret, "%zu that nobody knows", v->list.total);
}

static const enum action hints[] = { ACTION_HELP, ACTION_ADOPT, ACTION_FILTER,
				     ACTION_BACK, ACTION_NONE };

static const struct view_ops view_unmatched = {
	.name = "unmatched",
	.title = "Unmatched events",
	.size = sizeof(struct unmatched_view),
	.keys = &keymap_unmatched,
	.hints = hints,
	.init = unmatched_init,
	.done = unmatched_done,
	.list = unmatched_list,
	.load = unmatched_load,
	.draw = unmatched_draw,
	.act = unmatched_act,
	.summary = unmatched_summary,
};
