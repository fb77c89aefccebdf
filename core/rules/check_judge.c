#include "core/rules/check_judge.h"

#include <inttypes.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/check.h"

enum { SOON_MS = 60 * 1000 };

/* ---- verdicts ---- */

static void judge_failure(const struct monitor *monitor, const struct check_facts *facts,
			  struct buf *ret)
{
	char limit[DURATION_TEXT_SIZE];
	const char *what = facts->http_status != 0 ? "whole answer"
			   : facts->is_connected   ? "answer"
						   : "connection";
	if (!facts->timed_out)
		buf_adds(ret, facts->failure);
	else
		buf_addf(ret, "no %s within %s", what,
			 duration_format_short(limit, monitor->check_timeout_ms));
}

/* A part of text that people wrote into the monitor, or into its page. */
static void add_quoted(struct buf *ret, const char *text)
{
	buf_addc(ret, '\'');
	text_add_safe(ret, text, false);
	buf_addc(ret, '\'');
}

static void judge_text(const struct monitor *monitor, const struct check_facts *facts,
		       struct buf *ret)
{
	if (facts->lacks) {
		buf_adds(ret, "the answer contains ");
		add_quoted(ret, monitor->check_lacks);
	} else if (*monitor->check_contains && !facts->contains) {
		buf_addf(ret, "%s does not contain ",
			 facts->is_cut ? "the first MiB of the answer" : "the answer");
		add_quoted(ret, monitor->check_contains);
	}
}

static void add_count(struct buf *ret, int64_t count, const char *unit)
{
	buf_addf(ret, "%" PRId64 " %s%s", count, unit, count == 1 ? "" : "s");
}

static void judge_certificate(const struct monitor *monitor,
			      const struct check_facts *facts, int64_t now_ms,
			      struct buf *ret)
{
	int64_t left_ms = facts->expires_ms - now_ms;
	if (monitor->check_certificate_days == 0 || facts->expires_ms == 0 ||
	    left_ms > monitor->check_certificate_days * DAY_MS)
		return;
	buf_adds(ret, "the certificate expires in ");
	if (left_ms >= DAY_MS)
		add_count(ret, left_ms / DAY_MS, "day");
	else
		add_count(ret, left_ms > 0 ? left_ms / HOUR_MS : 0, "hour");
}

void check_judge(const struct monitor *monitor, const struct check_facts *facts,
		 int64_t now_ms, struct buf *ret)
{
	bool is_http = monitor->check_type != CHECK_TCP;
	if (facts->timed_out || facts->failure != NULL)
		judge_failure(monitor, facts, ret);
	else if (is_http &&
		 !check_statuses_hold(monitor->check_status, facts->http_status))
		buf_addf(ret, "HTTP %ld, expected %s", facts->http_status,
			 monitor->check_status);
	else if (is_http)
		judge_text(monitor, facts, ret);
	if (ret->len == 0 && is_http)
		judge_certificate(monitor, facts, now_ms, ret);
}

/* ---- times ---- */

/* Multiples of the golden ratio: however many ids follow one another, their places are
 * spread evenly. */
static int64_t place_of(int64_t id, int64_t every_ms)
{
	const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t fraction = ((uint64_t)id * golden) >> 32;
	return (int64_t)((fraction * (uint64_t)every_ms) >> 32);
}

int64_t check_next_ms(int64_t monitor_id, int64_t every_ms, int64_t after_ms)
{
	int64_t place_ms = place_of(monitor_id, every_ms);
	int64_t turns = (after_ms - place_ms) / every_ms + 1;
	if (after_ms < place_ms)
		turns = 0;
	return place_ms + turns * every_ms;
}

int64_t check_soon_ms(int64_t monitor_id, int64_t every_ms, int64_t after_ms)
{
	if (every_ms <= SOON_MS)
		return check_next_ms(monitor_id, every_ms, after_ms);
	return after_ms + place_of(monitor_id, SOON_MS);
}
