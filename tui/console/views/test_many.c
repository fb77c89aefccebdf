/* A test of many services, one after the other: how far it is, and what came of each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/list.h"
#include "tui/console/prompt.h"
#include "tui/console/rows.h"
#include "tui/console/sentence.h"
#include "tui/console/test_view.h"
#include "tui/console/test_run.h"

enum { DETAIL_ROWS = 3, BAR_MAX = 30 };

enum turn { TURN_WAITS, TURN_RUNS, TURN_WELL, TURN_FAILED, TURN_SKIPPED };

struct target {
	int64_t id; /* of the service */
	enum turn turn;
	char service[ROW_NAME], integration[ROW_NAME];
	char told[ROW_NOTE];
};

struct test_many {
	struct view view;
	struct list list;
	struct target *targets;
	size_t count, next, well, failed;
	enum test_event event;
	struct test_run run;
	bool started, stopping, connects;
};

static const struct view_ops view_test_many;

/* ---- rows ---- */

static void row_service(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct target *)row)->service);
}

static void row_integration(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct target *)row)->integration);
}

static void row_told(const void *row, int64_t now_ms, struct buf *ret)
{
	static const char *const words[] = {
		[TURN_WAITS] = "",
		[TURN_RUNS] = "…",
		[TURN_WELL] = "",
		[TURN_FAILED] = "FAILED: ",
		[TURN_SKIPPED] = "not tried",
	};
	const struct target *target = row;

	(void)now_ms;
	buf_addf(ret, "%s%s", words[target->turn], target->told);
}

static enum role row_role(const void *row)
{
	static const enum role roles[] = {
		[TURN_WAITS] = ROLE_DIM,   [TURN_RUNS] = ROLE_INFO,
		[TURN_WELL] = ROLE_OK,     [TURN_FAILED] = ROLE_BAD,
		[TURN_SKIPPED] = ROLE_DIM,
	};

	return roles[((const struct target *)row)->turn];
}

static const struct column columns[] = {
	{ "Service", 22, 0, NULL, row_service },
	{ "Integration", 16, 2, NULL, row_integration },
	{ "Answer", 0, 1, row_role, row_told },
};

static struct test_many *many_of(struct view *view)
{
	return (struct test_many *)view;
}

static void many_init(struct view *view)
{
	list_init(&many_of(view)->list, columns, COUNT_OF(columns),
		  sizeof(struct target));
	many_of(view)->run = TEST_RUN_INIT;
}

static void many_done(struct view *view)
{
	struct test_many *v = many_of(view);

	list_done(&v->list);
	free(v->targets);
	test_run_done(&v->run);
}

void test_open_many(struct app *app, const int64_t *service_ids, size_t count)
{
	if (count == 0)
		app_note(app, "No service hangs on it: there is nothing to test");
	if (count == 1)
		test_open(app, service_ids[0]);
	if (count < 2)
		return;
	struct test_many *v = (struct test_many *)app_open(app, &view_test_many, 0);
	if (v == NULL)
		return;
	v->targets = mem_new(count, sizeof(*v->targets));
	v->count = count;
	for (size_t i = 0; i < count; i++)
		v->targets[i].id = service_ids[i];
}

static void fill_list(struct test_many *v)
{
	list_begin(&v->list);
	for (size_t i = 0; i < v->count; i++)
		list_add(&v->list, &v->targets[i]);
	list_end(&v->list);
}

static bool many_load(struct view *view, struct store *store, int64_t now_ms,
		      struct err *err)
{
	struct test_many *v = many_of(view);
	struct service *service = mem_new(1, sizeof(*service));
	bool ok = true;

	(void)now_ms;
	for (size_t i = 0; ok && i < v->count; i++) {
		struct target *target = &v->targets[i];
		if (target->service[0] != '\0')
			continue;
		ok = store_get(store, RECORD_SERVICE, target->id, service, err);
		(void)text_cut(target->service, ROW_NAME, service->name, NAME_CHARS_MAX);
		(void)text_cut(target->integration, ROW_NAME, service->integration,
			       NAME_CHARS_MAX);
	}
	free(service);
	fill_list(v);
	return ok;
}

/* ---- the run ---- */

static void settle(struct test_many *v, struct target *target, bool is_well)
{
	target->turn = is_well ? TURN_WELL : TURN_FAILED;
	v->well += is_well;
	v->failed += !is_well;
}

/* A service that is gone, or cannot be started on, has failed; the next one is tried. */
static bool begin(struct test_many *v, struct app *app, struct target *target)
{
	struct service *service = mem_new(1, sizeof(*service));
	struct err err = { 0 };
	bool started = store_get(app->store, RECORD_SERVICE, target->id, service, &err) &&
		       test_run_start(&v->run, app, service, v->event, v->connects, &err);

	free(service);
	target->turn = TURN_RUNS;
	if (!started) {
		(void)text_cut(target->told, ROW_NOTE, err.text, ROW_NOTE);
		settle(v, target, false);
	}
	return started;
}

static void say_end(const struct test_many *v, struct app *app)
{
	size_t left = v->count - v->well - v->failed;
	char untried[48] = "";

	if (left > 0)
		(void)snprintf(untried, sizeof(untried), ", %zu not tried", left);
	app_note(app, "%zu %s, %zu failed%s", v->well,
		 v->connects ? "connected" : "delivered", v->failed, untried);
}

static void go_on(struct test_many *v, struct app *app)
{
	while (!v->stopping && v->next < v->count)
		if (begin(v, app, &v->targets[v->next++]))
			break;
	if (v->run.fd < 0) {
		for (; v->next < v->count; v->next++)
			v->targets[v->next].turn = TURN_SKIPPED;
		say_end(v, app);
	}
	fill_list(v);
}

static void start(struct test_many *v, struct app *app, bool connects)
{
	for (size_t i = 0; i < v->count; i++) {
		v->targets[i].turn = TURN_WAITS;
		v->targets[i].told[0] = '\0';
	}
	v->next = v->well = v->failed = 0;
	v->connects = connects;
	v->started = true;
	v->stopping = false;
	go_on(v, app);
}

static int many_fd(const struct view *view)
{
	return ((const struct test_many *)view)->run.fd;
}

static void many_ready(struct view *view, struct app *app)
{
	struct test_many *v = many_of(view);
	struct target *target = &v->targets[v->next - 1];
	struct test_outcome outcome;
	DEFER(buf_done) struct buf told = BUF_INIT(4096);

	if (!test_run_read(&v->run, &outcome))
		return;
	test_outcome_add(&outcome, &told);
	(void)text_cut(target->told, ROW_NOTE, buf_text(&told), ROW_NOTE);
	settle(v, target, outcome.is_well);
	go_on(v, app);
}

/* ---- drawing ---- */

/* "[######......] 12 of 24, 1 failed   Esc stops it" */
static void draw_progress(const struct test_many *v, struct rect line)
{
	static const char *const events[TEST_EVENT_COUNT] = {
		[TEST_BOTH] = "a disruption, then its recovery",
		[TEST_DISRUPTION] = "a disruption",
		[TEST_OPERATIONAL] = "operational",
	};
	size_t ended = v->well + v->failed;
	int width = line.columns / 3 < BAR_MAX ? line.columns / 3 : BAR_MAX;
	char bar[BAR_MAX + 1] = "";

	if (!v->started) {
		(void)paint_format(line.y, line.x + 1, line.columns - 1, ROLE_TEXT,
				   "%zu services, each told %s", v->count,
				   events[v->event]);
		return;
	}
	for (int i = 0; i < width; i++)
		bar[i] = (size_t)i * v->count < ended * (size_t)width ? '#' : '.';
	int x = line.x + 1;
	x += paint_format(line.y, x, line.columns, ROLE_INFO, "[%s] ", bar);
	x += paint_format(line.y, x, line.columns - x, ROLE_TEXT, "%zu of %zu, ", ended,
			  v->count);
	x += paint_format(line.y, x, line.columns - x, v->failed > 0 ? ROLE_BAD : ROLE_OK,
			  "%zu failed", v->failed);
	if (v->run.fd >= 0)
		(void)paint_text(line.y, x, line.columns - x, ROLE_DIM,
				 v->stopping ? "  stops after this one"
					     : "  Esc stops it");
}

static void many_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct test_many *v = many_of(view);
	const struct target *target = list_current(&v->list);
	struct rect body = { area.y + 1, area.x, area.rows - 1, area.columns };

	draw_progress(v, area);
	if (target != NULL)
		body = sentence_foot(body, DETAIL_ROWS, target->service, row_role(target),
				     target->told);
	list_draw(&v->list, body, true, true, now_ms, "no service");
}

/* ---- keys ---- */

static bool check_count(void *arg, const char *text, struct err *err)
{
	return text_equal(text, arg) ||
	       fail(err, ERR_INVALID,
		    "There are %s services; nothing was sent, Esc leaves it",
		    (const char *)arg);
}

static void on_count(struct app *app, void *arg, const char *text)
{
	struct view *view = app_view(app);

	(void)arg;
	(void)text;
	if (view->ops == &view_test_many)
		start(many_of(view), app, false);
}

static void ask_to_send(const struct test_many *v, struct app *app)
{
	char count[24];

	if (!app_may_act(app, ACTION_SEND_TEST))
		return;
	(void)snprintf(count, sizeof(count), "%zu", v->count);
	const struct prompt_question question = {
		.title = "Send them for real: visible to subscribers",
		.help = "Type how many services they go to, to send them.",
		.max_bytes = sizeof(count) - 1,
		.check = check_count,
		.entered = on_count,
		.arg = mem_strdup(count),
		.free_arg = free,
	};
	prompt_ask(app, &question);
}

static enum reaction act_while_it_runs(struct test_many *v, enum action action)
{
	if (action != ACTION_BACK && action != ACTION_QUIT)
		return REACTION_IGNORED;
	if (v->stopping)
		return REACTION_IGNORED; /* the second time it is left */
	v->stopping = true;
	return REACTION_REDRAW;
}

static enum reaction many_act(struct view *view, struct app *app, enum action action)
{
	struct test_many *v = many_of(view);
	const struct target *target = list_current(&v->list);

	if (list_act(&v->list, action))
		return REACTION_REDRAW;
	if (action == ACTION_OPEN && target != NULL) {
		test_open(app, target->id);
		return REACTION_RELOAD;
	}
	if (v->run.fd >= 0)
		return act_while_it_runs(v, action);
	if (action == ACTION_TEST_EVENT)
		v->event = (v->event + 1) % TEST_EVENT_COUNT;
	else if (action == ACTION_CONNECT)
		start(v, app, true);
	else if (action == ACTION_SEND_TEST)
		ask_to_send(v, app);
	else
		return REACTION_IGNORED;
	return REACTION_REDRAW;
}

static struct list *many_list(struct view *view)
{
	return &many_of(view)->list;
}

static const enum action hints[] = { ACTION_HELP,      ACTION_OPEN,       ACTION_CONNECT,
				     ACTION_SEND_TEST, ACTION_TEST_EVENT, ACTION_BACK,
				     ACTION_NONE };

static const struct view_ops view_test_many = {
	.name = "tests",
	.title = "Tests",
	.size = sizeof(struct test_many),
	.keys = &keymap_test,
	.hints = hints,
	.init = many_init,
	.done = many_done,
	.list = many_list,
	.load = many_load,
	.draw = many_draw,
	.act = many_act,
	.fd = many_fd,
	.ready = many_ready,
};
