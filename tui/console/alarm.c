#include "tui/console/alarm.h"

#include "tui/console/rows.h"

/* Nothing is overdue where nothing is sent. */
static bool sends(const struct app *app)
{
	return app->engine_running && app->mode == MODE_LIVE;
}

static bool is_stuck(const struct app *app, int64_t now_ms)
{
	return sends(app) && app->pulse.due_ms != 0 &&
	       now_ms - app->pulse.due_ms >= ALARM_STUCK_MS;
}

static const struct {
	const char *sentence, *brief;
} troubles[TROUBLE_COUNT] = {
	[TROUBLE_ROOM] = { "NO ROOM ON THE DISK: nothing is stored or sent", "NO ROOM" },
	[TROUBLE_LOG] = { "LOG TOO LARGE: `hublink status` says why", "LOG TOO LARGE" },
};

void alarm_add(const struct app *app, int64_t now_ms, struct buf *sentence,
	       struct buf *brief)
{
	long long failed = (long long)app->pulse.failed;

	if (!app->engine_running) {
		buf_adds(sentence, "NO ENGINE RUNS: & starts one");
		buf_adds(brief, "NO ENGINE");
	} else if (app->trouble != TROUBLE_NONE) {
		buf_adds(sentence, troubles[app->trouble].sentence);
		buf_adds(brief, troubles[app->trouble].brief);
	} else if (is_stuck(app, now_ms)) {
		buf_adds(sentence, "ENGINE STUCK: an update is overdue since ");
		add_when(sentence, app->pulse.due_ms, now_ms);
		buf_adds(brief, "STUCK");
	} else if (failed > 0) {
		buf_addf(sentence, "%lld REFUSED by StatusHub: see the deliveries",
			 failed);
		buf_addf(brief, "%lld REFUSED", failed);
	}
}

static void add_part(struct buf *ret, int64_t count, const char *word)
{
	if (count > 0)
		buf_addf(ret, "%s%lld %s", ret->len > 0 ? " " : "", (long long)count,
			 word);
}

void alarm_add_summary(const struct app *app, int64_t now_ms, struct buf *ret)
{
	const struct pulse *p = &app->pulse;
	DEFER(buf_done) struct buf sentence = BUF_INIT(256);
	long long outbox = (long long)p->fresh + p->retrying + p->failed;

	alarm_add(app, now_ms, &sentence, ret);
	if (p->services_down + p->services_degraded == 0)
		buf_adds(ret, ret->len > 0 ? " all UP" : "all UP");
	add_part(ret, p->services_down, "DOWN");
	add_part(ret, p->services_degraded, "DEGR");
	if (outbox > 0)
		buf_addf(ret, " outbox %lld", outbox);
	add_part(ret, p->held, "held");
}

int64_t alarm_changes_ms(const struct app *app, int64_t now_ms)
{
	int64_t stuck_ms = app->pulse.due_ms + ALARM_STUCK_MS;

	return sends(app) && app->pulse.due_ms != 0 && stuck_ms > now_ms ? stuck_ms : 0;
}
