/* One service's test: the exact requests as a dry run, what can be said of them, and, when
 * asked for, the answers of a connection or of a real send. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/dialog.h"
#include "tui/console/lines.h"
#include "tui/console/prompt.h"
#include "tui/console/test_request.h"
#include "tui/console/test_view.h"

struct test_view {
	struct view view;
	struct service service;
	enum test_event event;
	struct lines lines; /* what is shown: outcome, then dry */
	struct lines dry;
	int64_t revision; /* of the configuration that dry was made of; 0: make it anew */
	struct test_run run;
	struct test_outcome outcome;
	bool has_outcome, connects;
};

static const struct view_ops view_test;

void test_open(struct app *app, int64_t service_id)
{
	(void)app_open(app, &view_test, service_id);
}

static void test_init(struct view *view)
{
	((struct test_view *)view)->run = TEST_RUN_INIT;
}

static void test_done(struct view *view)
{
	struct test_view *v = (struct test_view *)view;

	lines_done(&v->lines);
	lines_done(&v->dry);
	test_run_done(&v->run);
}

/* ---- what is shown ---- */

static void add_answer(struct lines *lines, const struct test_answer *answer)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4096);

	test_answer_add(answer, &text);
	lines_fact(lines,
		   answer->connects      ? "connection"
		   : answer->is_recovery ? "operational"
					 : "disruption",
		   answer->is_well ? ROLE_OK : ROLE_BAD, buf_text(&text));
	lines_fact(lines, "", ROLE_TEXT, answer->answer);
}

static void add_outcome(struct test_view *v)
{
	lines_heading(&v->lines, v->connects ? "Connection" : "Sent for real");
	if (v->run.fd >= 0)
		lines_add(&v->lines, ROLE_INFO, " %s …",
			  v->connects ? "connecting" : "sending");
	else if (v->outcome.failure[0] != '\0')
		lines_flush(&v->lines, ROLE_BAD, v->outcome.failure);
	for (size_t i = 0; v->run.fd < 0 && i < v->outcome.count; i++)
		add_answer(&v->lines, &v->outcome.answers[i]);
}

static void compose(struct test_view *v)
{
	struct lines *lines = &v->lines;

	lines_reset(lines);
	if (v->has_outcome)
		add_outcome(v);
	else
		lines_add(lines, ROLE_TITLE, " DRY RUN: nothing leaves this machine");
	lines_fact(lines, "it says", ROLE_TEXT,
		   v->event == TEST_BOTH
			   ? "a disruption, then its recovery (e changes it)"
		   : v->event == TEST_DISRUPTION ? "a disruption (e changes it)"
						 : "operational (e changes it)");
	for (size_t i = 0; i < v->dry.count; i++) {
		const struct text_line *line = &v->dry.items[i];
		if (line->heading)
			lines_heading(lines, line->text);
		else if (line->flush)
			lines_flush(lines, line->role, line->text);
		else
			lines_add(lines, line->role, "%s", line->text);
	}
}

/* Keys are made anew with each dry run, so it is made only when something changed. */
static bool test_load(struct view *view, struct store *store, int64_t now_ms,
		      struct err *err)
{
	struct test_view *v = (struct test_view *)view;
	int64_t revision = 0;

	if (!store_fact(store, FACT_CONFIG_REVISION, 0, &revision, err))
		return false;
	if (v->revision != revision + 1) {
		lines_reset(&v->dry);
		if (!store_get(store, RECORD_SERVICE, view->object_id, &v->service,
			       err) ||
		    !test_add_dry_run(store, &v->service, v->event, now_ms, &v->dry, err))
			return false;
		v->revision = revision + 1;
	}
	compose(v);
	return true;
}

static void test_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct test_view *)view)->lines, area);
}

/* ---- for real ---- */

static void start(struct test_view *v, struct app *app, bool connects)
{
	v->connects = connects;
	v->has_outcome = test_run_start(&v->run, app, &v->service, v->event, connects,
					&app->message);
	v->lines.top = 0;
	compose(v);
}

static bool check_name(void *arg, const char *text, struct err *err)
{
	return text_equal(text, arg) ||
	       fail(err, ERR_INVALID,
		    "That is not its name: '%s'; nothing was sent, Esc leaves it",
		    (const char *)arg);
}

/* The prompt is gone, and the screen that asked is shown again. */
static void on_name(struct app *app, void *arg, const char *text)
{
	struct view *view = app_view(app);

	(void)arg;
	(void)text;
	if (view->ops == &view_test)
		start((struct test_view *)view, app, false);
}

static void ask_to_send(struct test_view *v, struct app *app)
{
	const struct prompt_question question = {
		.title = "Send it for real: visible to subscribers",
		.help = "Type the service's name to send it.",
		.max_bytes = NAME_SIZE - 1,
		.check = check_name,
		.entered = on_name,
		.arg = mem_strdup(v->service.name),
		.free_arg = free,
	};

	if (app_may_act(app, ACTION_SEND_TEST))
		prompt_ask(app, &question);
	else
		free(question.arg);
}

static int test_fd(const struct view *view)
{
	return ((const struct test_view *)view)->run.fd;
}

static void test_ready(struct view *view, struct app *app)
{
	struct test_view *v = (struct test_view *)view;

	(void)app;
	if (test_run_read(&v->run, &v->outcome))
		compose(v);
}

/* ---- keys ---- */

static enum reaction test_act(struct view *view, struct app *app, enum action action)
{
	struct test_view *v = (struct test_view *)view;
	bool runs = v->run.fd >= 0;

	if (lines_act(&v->lines, action))
		return REACTION_REDRAW;
	if (action == ACTION_TEST_EVENT) {
		v->event = (v->event + 1) % TEST_EVENT_COUNT;
		v->revision = 0;
		return REACTION_RELOAD;
	}
	if (action != ACTION_CONNECT && action != ACTION_SEND_TEST)
		return REACTION_IGNORED;
	if (runs)
		app_note(app, "It is on its way; wait for the answer");
	else if (action == ACTION_CONNECT)
		start(v, app, true);
	else
		ask_to_send(v, app);
	return REACTION_REDRAW;
}

static void test_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct service *service = &((const struct test_view *)view)->service;

	(void)now_ms;
	if (service->name[0] != '\0')
		buf_addf(ret, "%s of %s", service->name, service->integration);
}

static const enum action hints[] = { ACTION_HELP,       ACTION_CONNECT, ACTION_SEND_TEST,
				     ACTION_TEST_EVENT, ACTION_BACK,    ACTION_NONE };

static const struct view_ops view_test = {
	.name = "test",
	.title = "Test",
	.size = sizeof(struct test_view),
	.keys = &keymap_test,
	.hints = hints,
	.init = test_init,
	.done = test_done,
	.load = test_load,
	.draw = test_draw,
	.act = test_act,
	.fd = test_fd,
	.ready = test_ready,
	.summary = test_summary,
};
