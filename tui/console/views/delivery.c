/* One update: what it says, every attempt with its answer, and the exact bytes. */
#include <stdio.h>

#include "core/base/clock.h"
#include "tui/console/lines.h"
#include "tui/console/operator.h"
#include "tui/console/rows.h"
#include "tui/console/view.h"

struct delivery_view {
	struct view view;
	struct delivery delivery;
	struct lines lines;
	int64_t now_ms;
	bool loaded;
};

static void delivery_done(struct view *view)
{
	lines_done(&((struct delivery_view *)view)->lines);
}

static void add_state(struct delivery_view *v)
{
	const struct delivery *d = &v->delivery;
	DEFER(buf_done)
	struct buf line = BUF_INIT(512);

	buf_adds(&line, delivery_state_text(d->state));
	if (delivery_is_unfinished(d->state)) {
		buf_adds(&line, ", next try ");
		add_until(&line, d->next_attempt_ms, v->now_ms);
	}
	if (d->ambiguous)
		buf_adds(&line, ", a try ended without an answer");
	lines_fact(&v->lines, "state", delivery_role(d->state), buf_text(&line));
}

static void add_facts(struct delivery_view *v)
{
	const struct delivery *d = &v->delivery;
	DEFER(buf_done)
	struct buf says = BUF_INIT(512);
	char text[TIME_TEXT_SIZE];

	buf_addf(&says, "%s: incident %s, service %s", delivery_kind_text(d->kind),
		 incident_word(d->incident_status), service_word(d->service_status));
	lines_fact(&v->lines, "service", ROLE_TITLE, d->service);
	lines_fact(&v->lines, "integration", ROLE_TEXT, d->integration);
	lines_fact(&v->lines, "says", ROLE_TEXT, buf_text(&says));
	add_state(v);
	lines_fact(&v->lines, "error", ROLE_BAD, d->error);
	lines_fact(&v->lines, "key", ROLE_DIM, d->key);
	lines_fact(&v->lines, "decided", ROLE_TEXT,
		   time_format_local(text, d->created_ms));
	if (d->delivered_ms != 0)
		lines_fact(&v->lines, "delivered", ROLE_OK,
			   time_format_local(text, d->delivered_ms));
}

static bool add_attempt(void *arg, const struct attempt *attempt)
{
	struct delivery_view *v = arg;
	char text[TIME_TEXT_SIZE];

	(void)time_format_local(text, attempt->at_ms);
	if (attempt->http_status != 0)
		lines_add(&v->lines, attempt->http_status / 100 == 2 ? ROLE_OK : ROLE_BAD,
			  " %.14s HTTP %lld  %lld ms  %s", text + 5,
			  (long long)attempt->http_status,
			  (long long)attempt->duration_ms, attempt->answer);
	else
		lines_add(&v->lines, ROLE_BAD, " %.14s %s  %lld ms  %s", text + 5,
			  attempt->no_answer ? "no answer" : "not sent",
			  (long long)attempt->duration_ms, attempt->error);
	return true;
}

static bool delivery_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	struct delivery_view *v = (struct delivery_view *)view;
	DEFER(buf_done)
	struct buf body = BUF_INIT(BODY_MAX);

	if (!store_delivery_get(store, view->object_id, &v->delivery, err) ||
	    !store_delivery_body(store, view->object_id, &body, err))
		return false;
	v->now_ms = now_ms;
	v->loaded = true;
	lines_reset(&v->lines);
	add_facts(v);
	lines_heading(&v->lines, "Attempts, oldest first");
	if (!store_list_attempts(store, view->object_id, add_attempt, v, err))
		return false;
	lines_heading(&v->lines, "Body, exactly what is sent");
	lines_flush(&v->lines, ROLE_TEXT, buf_text(&body));
	return true;
}

static void delivery_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct delivery_view *)view)->lines, area);
}

static enum reaction delivery_act(struct view *view, struct app *app, enum action action)
{
	struct delivery_view *v = (struct delivery_view *)view;

	if (action == ACTION_OPEN && v->loaded && v->delivery.incident_id != 0) {
		app_open(app, &view_incident, v->delivery.incident_id);
		return REACTION_RELOAD;
	}
	if (operator_on_delivery(app, action, view->object_id))
		return REACTION_REDRAW;
	return lines_act(&v->lines, action) ? REACTION_REDRAW : REACTION_IGNORED;
}

static void delivery_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct delivery_view *v = (const struct delivery_view *)view;

	(void)now_ms;
	if (v->loaded)
		buf_addf(ret, "#%lld of incident #%lld", (long long)v->delivery.id,
			 (long long)v->delivery.incident_id);
}

static const enum action hints[] = { ACTION_HELP,  ACTION_OPEN,   ACTION_BACK,
				     ACTION_RETRY, ACTION_CANCEL, ACTION_RELEASE,
				     ACTION_NONE };

static struct lines *delivery_lines(struct view *view)
{
	return &((struct delivery_view *)view)->lines;
}

const struct view_ops view_delivery = {
	.name = "delivery",
	.title = "Delivery",
	.size = sizeof(struct delivery_view),
	.keys = &keymap_delivery,
	.hints = hints,
	.done = delivery_done,
	.lines = delivery_lines,
	.load = delivery_load,
	.draw = delivery_draw,
	.act = delivery_act,
	.summary = delivery_summary,
};
