#include "core/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static const int64_t latest_ms = INT64_C(253402300799999); /* 9999-12-31T23:59:59.999Z */

static int64_t read_ms(clockid_t id)
{
	struct timespec now;
	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * SECOND_MS + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(const struct clock *clock)
{
	if (clock != NULL && clock->fixed)
		return clock->fixed_ms;
	return read_ms(CLOCK_REALTIME);
}

int64_t clock_boot_ms(void)
{
	return read_ms(CLOCK_BOOTTIME);
}

static int64_t showable_ms(int64_t time_ms)
{
	if (time_ms < 0)
		return 0;
	return time_ms > latest_ms ? latest_ms : time_ms;
}

static struct tm utc_fields(int64_t time_ms)
{
	time_t seconds = (time_t)(showable_ms(time_ms) / SECOND_MS);
	struct tm fields;
	gmtime_r(&seconds, &fields);
	return fields;
}

static struct tm local_fields(int64_t time_ms)
{
	time_t seconds = (time_t)(showable_ms(time_ms) / SECOND_MS);
	struct tm fields;
	localtime_r(&seconds, &fields);
	return fields;
}

const char *time_format_utc(char ret[TIME_TEXT_SIZE], int64_t time_ms)
{
	int milliseconds = (int)(showable_ms(time_ms) % SECOND_MS);
	if (milliseconds == 0)
		return time_format_utc_seconds(ret, time_ms);
	struct tm fields = utc_fields(time_ms);
	size_t length = strftime(ret, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &fields);
	snprintf(ret + length, TIME_TEXT_SIZE - length, ".%03dZ", milliseconds);
	return ret;
}

/* The number in so many digits, and what stands behind it. */
static char *put_number(char *at, int number, int digits, char behind)
{
	for (int i = digits - 1; i >= 0; i--) {
		at[i] = (char)('0' + number % 10);
		number /= 10;
	}
	at[digits] = behind;
	return at + digits + 1;
}

/* Every update on the wire tells times: strftime would cost ten times as much. */
const char *time_format_utc_seconds(char ret[TIME_TEXT_SIZE], int64_t time_ms)
{
	const struct tm fields = utc_fields(time_ms);
	char *at = put_number(ret, fields.tm_year + 1900, 4, '-');
	at = put_number(at, fields.tm_mon + 1, 2, '-');
	at = put_number(at, fields.tm_mday, 2, 'T');
	at = put_number(at, fields.tm_hour, 2, ':');
	at = put_number(at, fields.tm_min, 2, ':');
	at = put_number(at, fields.tm_sec, 2, 'Z');
	*at = '\0';
	return ret;
}

const char *time_format_local(char ret[TIME_TEXT_SIZE], int64_t time_ms)
{
	struct tm fields = local_fields(time_ms);
	/* A zone may carry a name of any length; its offset always fits. */
	if (strftime(ret, TIME_TEXT_SIZE, "%Y-%m-%d %H:%M:%S %Z", &fields) == 0)
		strftime(ret, TIME_TEXT_SIZE, "%Y-%m-%d %H:%M:%S %z", &fields);
	return ret;
}

const char *time_format_clock(char ret[TIME_TEXT_SIZE], int64_t time_ms)
{
	struct tm fields = local_fields(time_ms);
	strftime(ret, TIME_TEXT_SIZE, "%H:%M:%S", &fields);
	return ret;
}

const char *duration_format(char ret[DURATION_TEXT_SIZE], int64_t duration_ms)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
		{ "d", DAY_MS }, { "h", HOUR_MS }, { "m", MINUTE_MS }, { "s", SECOND_MS }
	};

	if (duration_ms <= 0) {
		snprintf(ret, DURATION_TEXT_SIZE, "0s");
		return ret;
	}
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (duration_ms % units[i].ms != 0)
			continue;
		snprintf(ret, DURATION_TEXT_SIZE, "%" PRId64 "%s",
			 duration_ms / units[i].ms, units[i].name);
		return ret;
	}
	snprintf(ret, DURATION_TEXT_SIZE, "%" PRId64 "ms", duration_ms);
	return ret;
}

const char *duration_format_short(char ret[DURATION_TEXT_SIZE], int64_t duration_ms)
{
	int64_t ms = duration_ms > 0 ? duration_ms : 0;
	if (ms < MINUTE_MS)
		snprintf(ret, DURATION_TEXT_SIZE, "%" PRId64 "s", ms / SECOND_MS);
	else if (ms < HOUR_MS)
		snprintf(ret, DURATION_TEXT_SIZE, "%" PRId64 "m", ms / MINUTE_MS);
	else if (ms < DAY_MS)
		snprintf(ret, DURATION_TEXT_SIZE, "%" PRId64 "h %02" PRId64 "m",
			 ms / HOUR_MS, ms % HOUR_MS / MINUTE_MS);
	else
		snprintf(ret, DURATION_TEXT_SIZE, "%" PRId64 "d %" PRId64 "h",
			 ms / DAY_MS, ms % DAY_MS / HOUR_MS);
	return ret;
}
