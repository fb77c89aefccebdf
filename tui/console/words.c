#include <string.h>

#include "core/base/clock.h"
#include "tui/console/rows.h"

static const char *const service_words[SERVICE_STATUS_COUNT] = {
	[SERVICE_OPERATIONAL] = "UP",
	[SERVICE_DEGRADED] = "DEGR",
	[SERVICE_DISRUPTION] = "DOWN",
};

static const enum role service_roles[SERVICE_STATUS_COUNT] = {
	[SERVICE_OPERATIONAL] = ROLE_OK,
	[SERVICE_DEGRADED] = ROLE_WARN,
	[SERVICE_DISRUPTION] = ROLE_BAD,
};

static const char *const incident_words[INCIDENT_STATUS_COUNT] = {
	[INCIDENT_HELD] = "Held",
	[INCIDENT_INVESTIGATING] = "Investigating",
	[INCIDENT_IDENTIFIED] = "Identified",
	[INCIDENT_MONITORING] = "Monitoring",
	[INCIDENT_RESOLVED] = "Resolved",
	[INCIDENT_DETACHED] = "Detached",
	[INCIDENT_NEVER_PUBLIC] = "Never public",
};

static const enum role incident_roles[INCIDENT_STATUS_COUNT] = {
	[INCIDENT_HELD] = ROLE_WARN,        [INCIDENT_INVESTIGATING] = ROLE_BAD,
	[INCIDENT_IDENTIFIED] = ROLE_BAD,   [INCIDENT_MONITORING] = ROLE_OK,
	[INCIDENT_RESOLVED] = ROLE_DIM,     [INCIDENT_DETACHED] = ROLE_INFO,
	[INCIDENT_NEVER_PUBLIC] = ROLE_DIM,
};

static const enum role delivery_roles[DELIVERY_STATE_COUNT] = {
	[DELIVERY_HELD] = ROLE_WARN,      [DELIVERY_QUEUED] = ROLE_INFO,
	[DELIVERY_SENDING] = ROLE_INFO,   [DELIVERY_DELIVERED] = ROLE_OK,
	[DELIVERY_FAILED] = ROLE_BAD,     [DELIVERY_CANCELLED] = ROLE_DIM,
	[DELIVERY_SUPERSEDED] = ROLE_DIM, [DELIVERY_EXPIRED] = ROLE_BAD,
	[DELIVERY_DRY_RUN] = ROLE_DIM,
};

const char *service_word(enum service_status status)
{
	return service_words[status];
}

const char *incident_word(enum incident_status status)
{
	return incident_words[status];
}

enum role service_role(enum service_status status)
{
	return service_roles[status];
}

enum role incident_role(enum incident_status status)
{
	return incident_roles[status];
}

enum role delivery_role(enum delivery_state state)
{
	return delivery_roles[state];
}

void add_age(struct buf *ret, int64_t from_ms, int64_t now_ms)
{
	char text[DURATION_TEXT_SIZE];
	int64_t minutes = now_ms / MINUTE_MS - from_ms / MINUTE_MS;

	if (from_ms == 0)
		buf_adds(ret, "--");
	else if (minutes <= 0)
		buf_adds(ret, "0m");
	else
		buf_adds(ret, duration_format_short(text, minutes * MINUTE_MS));
}

static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* "Nov 22" unless both are of one day; then nothing. Times as time_format_local tells. */
static void add_day(struct buf *ret, const char *then, const char *today)
{
	int month = (then[5] - '0') * 10 + (then[6] - '0') - 1;

	if (strncmp(then, today, 10) != 0 && month >= 0 && month < 12)
		buf_addf(ret, "%s %.2s", months[month], then + 8);
}

void add_when(struct buf *ret, int64_t time_ms, int64_t now_ms)
{
	char then[TIME_TEXT_SIZE];
	char today[TIME_TEXT_SIZE];
	DEFER(buf_done) struct buf day = BUF_INIT(16);

	if (time_ms == 0) {
		buf_adds(ret, "--");
		return;
	}
	(void)time_format_local(then, time_ms);
	(void)time_format_local(today, now_ms);
	add_day(&day, then, today);
	buf_addf(ret, "%s%s%.5s", buf_text(&day), day.len > 0 ? " " : "", then + 11);
}

void add_clock(struct buf *ret, int64_t time_ms, int64_t now_ms)
{
	char then[TIME_TEXT_SIZE];
	char today[TIME_TEXT_SIZE];
	size_t begin = ret->len;

	(void)time_format_local(then, time_ms);
	(void)time_format_local(today, now_ms);
	add_day(ret, then, today);
	if (ret->len == begin)
		buf_addf(ret, "%.8s", then + 11);
}

void add_until(struct buf *ret, int64_t time_ms, int64_t now_ms)
{
	char text[DURATION_TEXT_SIZE];
	/* As two clocks without seconds differ: it changes with the minute, as all else. */
	int64_t minutes = time_ms / MINUTE_MS - now_ms / MINUTE_MS;
	int64_t seconds = (time_ms - now_ms + SECOND_MS - 1) / SECOND_MS;

	if (time_ms == 0)
		buf_adds(ret, "waits");
	else if (time_ms <= now_ms)
		buf_adds(ret, "now");
	else if (seconds < 60)
		buf_addf(ret, "in %llds", (long long)seconds);
	else
		buf_addf(ret, "in %s", duration_format_short(text, minutes * MINUTE_MS));
}

int64_t countdown_changes_ms(int64_t time_ms, int64_t now_ms)
{
	int64_t left = time_ms - now_ms;

	if (time_ms == 0 || left <= 0)
		return 0;
	if (left > 59 * SECOND_MS)
		return time_ms - 59 * SECOND_MS;
	return now_ms + (left - 1) % SECOND_MS + 1;
}
