#include "tui/console/health.h"

#include "core/base/clock.h"
#include "core/base/lock.h"
#include "core/store_sources.h"
#include "tui/console/rows.h"

bool health_load(struct health *health, struct store *store, struct err *err)
{
	struct health h = { .pid = lock_holder(store_path(store)) };
	struct totals totals;

	if (!store_mode(store, &h.mode, err) || !store_pulse(store, &h.pulse, err) ||
	    !store_totals(store, &totals, err) ||
	    !store_count_unmatched(store, &h.unmatched, err) ||
	    !store_fact(store, FACT_ENGINE_SINCE, 0, &h.engine_since_ms, err) ||
	    !store_fact(store, FACT_MODE_SINCE, 0, &h.mode_since_ms, err))
		return false;
	h.events = totals.events;
	h.incidents = totals.incidents;
	*health = h;
	return true;
}

/* How long the oldest event waits to be judged: "0s" is none. */
static void add_lag(struct buf *ret, const struct pulse *pulse, int64_t now_ms)
{
	if (pulse->pending_ms == 0)
		buf_adds(ret, "0s");
	else
		add_age(ret, pulse->pending_ms, now_ms);
}

static void add_outbox(struct buf *ret, const struct pulse *p, int64_t now_ms)
{
	long long unfinished = (long long)p->fresh + p->retrying + p->failed;

	buf_addf(ret, "outbox %lld", unfinished);
	if (p->retrying > 0)
		buf_addf(ret, ", %lld retried", (long long)p->retrying);
	if (p->failed > 0)
		buf_addf(ret, ", %lld REFUSED", (long long)p->failed);
	if (p->held > 0)
		buf_addf(ret, ", %lld held", (long long)p->held);
	if (unfinished > 0) {
		buf_adds(ret, ", oldest ");
		add_age(ret, p->oldest_ms, now_ms);
	}
}

static void add_hook(struct buf *ret, const struct pulse *p, int64_t now_ms)
{
	if (p->hook_ms == 0) {
		buf_adds(ret, "no hook yet");
		return;
	}
	buf_adds(ret, "last hook ");
	if (p->hook_status != 0)
		buf_addf(ret, "%lld %lld ms ", (long long)p->hook_status,
			 (long long)p->hook_duration_ms);
	else
		buf_adds(ret, "not answered ");
	add_when(ret, p->hook_ms, now_ms);
}

void health_draw_line(const struct health *health, struct rect line, int64_t now_ms)
{
	const struct pulse *p = &health->pulse;
	int x = line.x + 1;
	int end = line.x + line.columns;
	DEFER(buf_done) struct buf lag = BUF_INIT(64);
	DEFER(buf_done) struct buf outbox = BUF_INIT(256);
	DEFER(buf_done) struct buf hook = BUF_INIT(128);

	add_lag(&lag, p, now_ms);
	add_outbox(&outbox, p, now_ms);
	add_hook(&hook, p, now_ms);
	x += paint_text(line.y, x, end - x, health->pid != 0 ? ROLE_OK : ROLE_BAD,
			health->pid != 0 ? "engine runs" : "NO ENGINE RUNS");
	x += paint_format(line.y, x, end - x, ROLE_TEXT, ", lag %s | ", buf_text(&lag));
	x += paint_text(line.y, x, end - x,
			p->failed > 0     ? ROLE_BAD
			: p->retrying > 0 ? ROLE_WARN
					  : ROLE_TEXT,
			buf_text(&outbox));
	x += paint_format(line.y, x, end - x,
			  p->hook_ms != 0 && p->hook_status / 100 != 2 ? ROLE_WARN
								       : ROLE_TEXT,
			  " | %s", buf_text(&hook));
	if (health->unmatched > 0)
		(void)paint_format(line.y, x, end - x, ROLE_WARN, " | %lld unmatched",
				   (long long)health->unmatched);
}

static void draw_since(struct rect line, const char *what, int64_t since_ms,
		       int64_t now_ms)
{
	DEFER(buf_done) struct buf text = BUF_INIT(256);

	buf_adds(&text, what);
	if (since_ms != 0) {
		buf_adds(&text, " since ");
		add_when(&text, since_ms, now_ms);
		buf_adds(&text, " (");
		add_age(&text, since_ms, now_ms);
		buf_adds(&text, ")");
	}
	(void)paint_text(line.y, line.x + 1, line.columns - 1, ROLE_TEXT,
			 buf_text(&text));
}

void health_draw(const struct health *health, struct rect area, int64_t now_ms)
{
	struct rect line = { area.y + 1, area.x, 1, area.columns };
	DEFER(buf_done) struct buf outbox = BUF_INIT(256);
	DEFER(buf_done) struct buf hook = BUF_INIT(128);
	DEFER(buf_done) struct buf engine = BUF_INIT(128);

	paint_rule(area.y, area.x, area.columns, "Engine", "");
	add_outbox(&outbox, &health->pulse, now_ms);
	add_hook(&hook, &health->pulse, now_ms);
	if (health->pid != 0)
		buf_addf(&engine, "engine   pid %lld, runs", (long long)health->pid);
	else
		buf_adds(&engine, "engine   none runs; the last one");
	draw_since(line, buf_text(&engine), health->engine_since_ms, now_ms);
	buf_reset(&engine);
	buf_addf(&engine, "mode     %s", mode_text(health->mode));
	line.y++;
	draw_since(line, buf_text(&engine), health->mode_since_ms, now_ms);
	(void)paint_format(++line.y, area.x + 1, area.columns - 1, ROLE_TEXT,
			   "updates  %s", buf_text(&outbox));
	(void)paint_format(++line.y, area.x + 1, area.columns - 1, ROLE_TEXT,
			   "answers  %s", buf_text(&hook));
	(void)paint_format(++line.y, area.x + 1, area.columns - 1, ROLE_TEXT,
			   "journal  %lld events, %lld incidents",
			   (long long)health->events, (long long)health->incidents);
}
