/* What-if: the picture of a simulated outage, and the updates in it as a list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/linked.h"
#include "tui/console/list.h"
#include "tui/console/prompt.h"
#include "tui/console/rows.h"
#include "tui/console/whatif_draw.h"
#include "tui/console/whatif_view.h"

enum {
	LIST_ROWS_LEAST = 3, /* with the rule over it */
	TIME_MAX_BYTES = 40,
};

/* What can be asked otherwise. */
enum knob { KNOB_FOR, KNOB_EVERY, KNOB_START, KNOB_COUNT };

struct update_line {
	int64_t id; /* its place, from 1 */
	int64_t at_ms, after_ms;
	enum alert_type alert;
	enum service_status status;
	bool held;
	char text[ROW_NOTE];
};

struct whatif_view {
	struct view view;
	enum record_kind kind;
	struct id_list monitors;
	size_t at; /* which of them */
	struct whatif_question question;
	struct whatif_answer answer;
	struct list list;
	int64_t revision; /* of the configuration that was simulated, + 1; 0: none was */
	bool chosen;      /* how long it fails was set by hand */
};

static const struct view_ops view_whatif;

void whatif_open(struct app *app, enum record_kind kind, int64_t id)
{
	struct whatif_view *v = (struct whatif_view *)app_open(app, &view_whatif, id);

	if (v == NULL)
		return;
	v->kind = kind;
	v->question.from_ms = app_now(app) / SECOND_MS * SECOND_MS;
	v->question.every_ms = MINUTE_MS;
}

static struct whatif_view *whatif_of(struct view *view)
{
	return (struct whatif_view *)view;
}

/* ---- the list ---- */

static void line_after(const void *row, int64_t now_ms, struct buf *ret)
{
	char text[DURATION_TEXT_SIZE];

	(void)now_ms;
	buf_addf(
		ret, "+%s",
		duration_format_short(text, ((const struct update_line *)row)->after_ms));
}

static void line_at(const void *row, int64_t now_ms, struct buf *ret)
{
	char text[TIME_TEXT_SIZE];

	(void)now_ms;
	buf_adds(ret, time_format_clock(text, ((const struct update_line *)row)->at_ms));
}

static void line_alert(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct update_line *line = row;

	(void)now_ms;
	buf_adds(ret, line->held ? "held" : alert_type_text(line->alert));
}

static enum role line_role(const void *row)
{
	const struct update_line *line = row;

	return line->held ? ROLE_WARN : service_role(line->status);
}

static void line_text(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct update_line *)row)->text);
}

static const struct column columns[] = {
	{ "After", 8, 0, NULL, line_after },
	{ "At", 8, 2, NULL, line_at },
	{ "Alert", 8, 1, line_role, line_alert },
	{ "What the public reads", 0, 0, NULL, line_text },
};

static void whatif_init(struct view *view)
{
	list_init(&whatif_of(view)->list, columns, COUNT_OF(columns),
		  sizeof(struct update_line));
}

static void whatif_done(struct view *view)
{
	struct whatif_view *v = whatif_of(view);

	id_list_done(&v->monitors);
	whatif_answer_done(&v->answer);
	list_done(&v->list);
}

static void fill_list(struct whatif_view *v)
{
	list_begin(&v->list);
	for (size_t i = 0; i < v->answer.update_count; i++) {
		const struct simulated_update *update = &v->answer.updates[i];
		struct update_line line = { .id = (int64_t)i + 1,
					    .at_ms = update->at_ms,
					    .after_ms = update->after_ms,
					    .alert = update->alert,
					    .status = update->service_status,
					    .held = update->held };
		DEFER(buf_done) struct buf text = BUF_INIT(4 * NAME_SIZE);
		buf_addf(&text, "%s %s, %s  (level %lld of %s)", update->service,
			 service_word(update->service_status),
			 incident_word(update->incident_status), (long long)update->level,
			 update->definition);
		(void)text_cut(line.text, sizeof(line.text), buf_text(&text), ROW_NOTE);
		list_add(&v->list, &line);
	}
	list_end(&v->list);
}

/* ---- reading ---- */

static bool run(struct whatif_view *v, struct store *store, struct err *err)
{
	whatif_answer_done(&v->answer);
	if (v->at >= v->monitors.count)
		return true;
	v->question.monitor_id = v->monitors.items[v->at];
	if (!whatif_read(store, v->question.monitor_id, &v->answer, err))
		return false;
	if (!v->chosen)
		v->question.error_for_ms =
			whatif_usual_ms(&v->answer, v->question.every_ms);
	return whatif_simulate(store, &v->question, &v->answer, err);
}

/* A simulation takes its time, so it is made only when something changed. */
static bool whatif_load(struct view *view, struct store *store, int64_t now_ms,
			struct err *err)
{
	struct whatif_view *v = whatif_of(view);
	int64_t revision = 0;

	(void)now_ms;
	if (!store_fact(store, FACT_CONFIG_REVISION, 0, &revision, err))
		return false;
	if (v->revision == revision + 1) {
		fill_list(v);
		return true;
	}
	v->revision = revision + 1;
	v->monitors.count = 0;
	bool done = linked_monitors(store, v->kind, view->object_id, &v->monitors, err) &&
		    run(v, store, err);
	fill_list(v);
	return done;
}

/* ---- drawing ---- */

static void draw_question(const struct whatif_view *v, struct rect line)
{
	char length[DURATION_TEXT_SIZE], every[DURATION_TEXT_SIZE];
	char from[TIME_TEXT_SIZE];
	const struct whatif_question *q = &v->question;

	(void)paint_format(line.y, line.x + 1, line.columns - 1, ROLE_TITLE,
			   "fails for %s, checked every %s, from %.16s",
			   duration_format_short(length, q->error_for_ms),
			   duration_format_short(every, q->every_ms),
			   time_format_local(from, q->from_ms));
}

static void whatif_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct whatif_view *v = whatif_of(view);
	static const char legend[] =
		"# error  ^ level triggers  o its OK  D disruption  M Monitoring";

	if (v->monitors.count == 0) {
		(void)paint_text(area.y, area.x + 1, area.columns - 1, ROLE_DIM,
				 "no monitor is linked to it");
		return;
	}
	draw_question(v, area);
	struct rect picture = { area.y + 1, area.x, area.rows - 1 - LIST_ROWS_LEAST,
				area.columns };
	const struct update_line *current = list_current(&v->list);
	int y = area.y + 1 +
		whatif_draw_picture(&v->question, &v->answer,
				    current != NULL ? current->after_ms : -1, picture);
	if (area.y + area.rows - y > LIST_ROWS_LEAST + 3)
		(void)paint_text(y++, area.x + 1, area.columns - 1, ROLE_DIM, legend);
	paint_rule(y++, area.x, area.columns, "Updates", "nothing is sent or stored");
	list_draw(&v->list,
		  (struct rect){ y, area.x, area.y + area.rows - y, area.columns }, true,
		  false, now_ms, "nothing would be sent: W tells which gate is shut");
}

/* ---- keys ---- */

struct turn {
	enum knob knob;
	int64_t now_ms, value;
};

static bool check_value(void *arg, const char *text, struct err *err)
{
	struct turn *turn = arg;

	if (turn->knob == KNOB_START)
		return time_parse(text, turn->now_ms, &turn->value, err);
	return duration_parse(text, &turn->value, err) &&
	       (turn->value >= SECOND_MS ||
		fail(err, ERR_INVALID, "A second at least; 30s, 10m, 2h"));
}

static void on_value(struct app *app, void *arg, const char *text)
{
	const struct turn *turn = arg;
	struct whatif_view *v = whatif_of(app_view(app));

	(void)text;
	if (v->view.ops != &view_whatif)
		return;
	int64_t *const values[KNOB_COUNT] = {
		[KNOB_FOR] = &v->question.error_for_ms,
		[KNOB_EVERY] = &v->question.every_ms,
		[KNOB_START] = &v->question.from_ms,
	};
	*values[turn->knob] = turn->value;
	v->chosen = v->chosen || turn->knob == KNOB_FOR;
	v->revision = 0;
	app->needs_load = true;
}

static void ask(const struct whatif_view *v, struct app *app, enum knob knob)
{
	static const char *const titles[KNOB_COUNT] = {
		[KNOB_FOR] = "How long it fails",
		[KNOB_EVERY] = "How often it is checked",
		[KNOB_START] = "When the first error comes",
	};
	struct turn *turn = mem_new(1, sizeof(*turn));
	char text[DURATION_TEXT_SIZE];
	int64_t length_ms =
		knob == KNOB_FOR ? v->question.error_for_ms : v->question.every_ms;
	const struct prompt_question question = {
		.title = titles[knob],
		.help = knob == KNOB_START ? "HH:MM, +30m, or a date and time with zone"
					   : "90s, 10m, 2h …",
		.text = knob == KNOB_START ? "+0m" : duration_format(text, length_ms),
		.max_bytes = TIME_MAX_BYTES,
		.check = check_value,
		.entered = on_value,
		.arg = turn,
		.free_arg = free,
	};

	turn->knob = knob;
	turn->now_ms = app_now(app);
	prompt_ask(app, &question);
}

static enum reaction whatif_act(struct view *view, struct app *app, enum action action)
{
	struct whatif_view *v = whatif_of(view);

	if (list_act(&v->list, action))
		return REACTION_REDRAW;
	if (action == ACTION_NEXT_PANE && v->monitors.count > 1) {
		v->at = (v->at + 1) % v->monitors.count;
		v->revision = 0;
		return REACTION_RELOAD;
	}
	if (action == ACTION_ERROR_FOR)
		ask(v, app, KNOB_FOR);
	else if (action == ACTION_CHECK_EVERY)
		ask(v, app, KNOB_EVERY);
	else if (action == ACTION_START_AT)
		ask(v, app, KNOB_START);
	else
		return REACTION_IGNORED;
	return REACTION_REDRAW;
}

static struct list *whatif_list(struct view *view)
{
	return &whatif_of(view)->list;
}

static void whatif_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct whatif_view *v = (const struct whatif_view *)view;

	(void)now_ms;
	buf_adds(ret, v->answer.monitor);
	if (v->monitors.count > 1)
		buf_addf(ret, ", %zu of %zu (Tab)", v->at + 1, v->monitors.count);
}

static const enum action hints[] = { ACTION_HELP,        ACTION_ERROR_FOR,
				     ACTION_CHECK_EVERY, ACTION_START_AT,
				     ACTION_NEXT_PANE,   ACTION_BACK,
				     ACTION_NONE };

static const struct view_ops view_whatif = {
	.name = "what-if",
	.title = "What-if",
	.size = sizeof(struct whatif_view),
	.keys = &keymap_whatif,
	.hints = hints,
	.init = whatif_init,
	.done = whatif_done,
	.list = whatif_list,
	.load = whatif_load,
	.draw = whatif_draw,
	.act = whatif_act,
	.summary = whatif_summary,
};
