/* The reading half of clock.h. Every take_ function moves *at behind what it took, or
 * returns false; what *at is then does not matter. */
#include "core/base/clock.h"

#include <string.h>
#include <time.h>

static bool take_char(const char **at, const char *one_of)
{
	if (**at == '\0' || strchr(one_of, **at) == NULL)
		return false;
	(*at)++;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number of exactly count digits between least and most. */
static bool take_number(const char **at, int count, int least, int most, int *ret)
{
	int number = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (!is_digit(**at))
			return false;
		number = number * 10 + (**at - '0');
	}
	*ret = number;
	return number >= least && number <= most;
}

/* Optional: a point and digits, of which three count. */
static bool take_fraction(const char **at, int *ret_ms)
{
	*ret_ms = 0;
	if (!take_char(at, "."))
		return true;
	if (!is_digit(**at))
		return false;
	for (int weight = 100; is_digit(**at); weight /= 10, (*at)++)
		*ret_ms += weight * (**at - '0');
	return true;
}

/* "Z" or an offset: what to take from local time to get UTC. */
static bool take_zone(const char **at, int64_t *ret_offset_s)
{
	*ret_offset_s = 0;
	if (take_char(at, "Zz"))
		return true;
	bool west = **at == '-';
	int hours;
	int minutes;
	if (!take_char(at, "+-") || !take_number(at, 2, 0, 23, &hours) ||
	    !take_char(at, ":") || !take_number(at, 2, 0, 59, &minutes))
		return false;
	int64_t offset_s = (int64_t)hours * 3600 + (int64_t)minutes * 60;
	*ret_offset_s = west ? -offset_s : offset_s;
	return true;
}

/* A time of day; 60 is for leap seconds. */
static bool take_clock(const char **at, struct tm *ret)
{
	return take_number(at, 2, 0, 23, &ret->tm_hour) && take_char(at, ":") &&
	       take_number(at, 2, 0, 59, &ret->tm_min) && take_char(at, ":") &&
	       take_number(at, 2, 0, 60, &ret->tm_sec);
}

static bool take_date(const char **at, struct tm *ret)
{
	int year;
	int month;
	if (!take_number(at, 4, 0, 9999, &year) || !take_char(at, "-") ||
	    !take_number(at, 2, 1, 12, &month) || !take_char(at, "-") ||
	    !take_number(at, 2, 1, 31, &ret->tm_mday))
		return false;
	ret->tm_year = year - 1900;
	ret->tm_mon = month - 1;
	return true;
}

/* UTC fields to time. False for days that do not exist, leap seconds in mid-day, and
 * before 1970. */
static bool fields_to_ms(const struct tm *fields, int64_t offset_s, int64_t *ret_ms)
{
	struct tm normal = *fields;
	int64_t local_s = (int64_t)timegm(&normal);
	int64_t utc_s = local_s - offset_s;
	bool leap_second = fields->tm_sec == 60;
	bool day_exists = leap_second || normal.tm_mday == fields->tm_mday;
	if (!day_exists || (leap_second && utc_s % (DAY_MS / SECOND_MS) != 0) ||
	    utc_s < 0)
		return false;
	*ret_ms = utc_s * SECOND_MS;
	return true;
}

static bool read_rfc3339(const char *text, int64_t *ret_ms)
{
	struct tm fields = { 0 };
	int milliseconds = 0;
	int64_t offset_s = 0;
	bool whole = take_date(&text, &fields) && take_char(&text, "Tt ") &&
		     take_clock(&text, &fields) && take_fraction(&text, &milliseconds) &&
		     take_zone(&text, &offset_s) && *text == '\0';
	int64_t time_ms;
	if (!whole || !fields_to_ms(&fields, offset_s, &time_ms))
		return false;
	*ret_ms = time_ms + milliseconds;
	return true;
}

bool time_parse_rfc3339(const char *text, int64_t *ret_ms, struct err *err)
{
	if (read_rfc3339(text, ret_ms))
		return true;
	return fail(err, ERR_INVALID,
		    "'%.64s' is not a time of RFC 3339 with its zone, from 1970 on, "
		    "such as 2026-11-23T14:03:51Z",
		    text);
}

/* The next HH:MM on local clocks after now. */
static bool read_local_clock(const char *text, int64_t now_ms, int64_t *ret_ms)
{
	time_t now_s = (time_t)(now_ms / SECOND_MS);
	struct tm fields;
	if (localtime_r(&now_s, &fields) == NULL)
		return false;
	fields.tm_sec = 0;
	if (!take_number(&text, 2, 0, 23, &fields.tm_hour) || !take_char(&text, ":") ||
	    !take_number(&text, 2, 0, 59, &fields.tm_min) || *text != '\0')
		return false;

	struct tm tomorrow = fields;
	tomorrow.tm_mday++;
	fields.tm_isdst = -1; /* libc knows whether summer time applies then */
	tomorrow.tm_isdst = -1;
	int64_t today_ms = (int64_t)mktime(&fields) * SECOND_MS;
	*ret_ms = today_ms > now_ms ? today_ms : (int64_t)mktime(&tomorrow) * SECOND_MS;
	return true;
}

bool time_parse(const char *text, int64_t now_ms, int64_t *ret_ms, struct err *err)
{
	if (text[0] == '+') {
		int64_t ahead_ms;
		if (!duration_parse(text + 1, &ahead_ms, err))
			return fail_in(err, "time '%.64s'", text);
		*ret_ms = now_ms + ahead_ms;
		return true;
	}
	if (read_local_clock(text, now_ms, ret_ms) || read_rfc3339(text, ret_ms))
		return true;
	return fail(err, ERR_INVALID,
		    "'%.64s' is not a time: write 2026-11-23T14:03:51Z (or with +01:00), "
		    "14:30 for the next one on local clocks, or +30m",
		    text);
}

static bool take_month_name(const char **at, int *ret_month)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int month = 0; month < 12; month++) {
		if (strncmp(*at, names + (ptrdiff_t)3 * month, 3) != 0)
			continue;
		*at += 3;
		*ret_month = month;
		return true;
	}
	return false;
}

static bool take_word(const char **at, const char *word)
{
	size_t length = strlen(word);
	if (strncmp(*at, word, length) != 0)
		return false;
	*at += length;
	return true;
}

/* "06 Nov 1994 08:49:37 GMT" */
static bool take_fixdate(const char **at, struct tm *ret)
{
	int year;
	if (!take_number(at, 2, 1, 31, &ret->tm_mday) || !take_char(at, " ") ||
	    !take_month_name(at, &ret->tm_mon) || !take_char(at, " ") ||
	    !take_number(at, 4, 0, 9999, &year) || !take_char(at, " "))
		return false;
	ret->tm_year = year - 1900;
	return take_clock(at, ret) && take_word(at, " GMT");
}

/* "06-Nov-94 08:49:37 GMT" */
static bool take_rfc850(const char **at, struct tm *ret)
{
	int year;
	if (!take_number(at, 2, 1, 31, &ret->tm_mday) || !take_char(at, "-") ||
	    !take_month_name(at, &ret->tm_mon) || !take_char(at, "-") ||
	    !take_number(at, 2, 0, 99, &year) || !take_char(at, " "))
		return false;
	ret->tm_year = year < 70 ? year + 100 : year;
	return take_clock(at, ret) && take_word(at, " GMT");
}

/* "Nov  6 08:49:37 1994" */
static bool take_asctime(const char **at, struct tm *ret)
{
	int year;
	if (!take_month_name(at, &ret->tm_mon) || !take_char(at, " "))
		return false;
	int day_digits = take_char(at, " ") ? 1 : 2;
	if (!take_number(at, day_digits, 1, 31, &ret->tm_mday) || !take_char(at, " ") ||
	    !take_clock(at, ret) || !take_char(at, " ") ||
	    !take_number(at, 4, 0, 9999, &year))
		return false;
	ret->tm_year = year - 1900;
	return true;
}

bool time_parse_http_date(const char *text, int64_t *ret_ms)
{
	static bool (*const forms[])(
		const char **, struct tm *) = { take_fixdate, take_rfc850, take_asctime };

	/* The name of the day says nothing that the date does not. */
	const char *date = strchr(text, ' ');
	if (date == NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		const char *at = date + 1;
		struct tm fields = { 0 };
		if (forms[i](&at, &fields) && *at == '\0')
			return fields_to_ms(&fields, 0, ret_ms);
	}
	return false;
}

static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{ "d", DAY_MS },    { "h", HOUR_MS }, { "m", MINUTE_MS },
	{ "s", SECOND_MS }, { "ms", 1 },
};

/* The unit that *at begins with, its index, or COUNT_OF(units). A name ends where no
 * letter follows. */
static size_t take_unit(const char **at)
{
	size_t length = strspn(*at, "abcdefghijklmnopqrstuvwxyz");
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (strlen(units[i].name) == length &&
		    strncmp(*at, units[i].name, length) == 0) {
			*at += length;
			return i;
		}
	}
	return COUNT_OF(units);
}

static bool read_duration(const char *at, int64_t *ret_ms)
{
	int64_t total_ms = 0;
	size_t smallest_allowed = 0;
	do {
		int64_t number = 0;
		if (!is_digit(*at))
			return false;
		for (; is_digit(*at); at++) {
			number = number * 10 + (*at - '0');
			if (number > DURATION_MAX_MS)
				return false;
		}
		size_t unit = take_unit(&at);
		if (unit == COUNT_OF(units) || unit < smallest_allowed)
			return false;
		smallest_allowed = unit + 1;
		if (number > (DURATION_MAX_MS - total_ms) / units[unit].ms)
			return false;
		total_ms += number * units[unit].ms;
	} while (*at != '\0');
	*ret_ms = total_ms;
	return true;
}

bool duration_parse(const char *text, int64_t *ret_ms, struct err *err)
{
	if (read_duration(text, ret_ms))
		return true;
	return fail(err, ERR_INVALID,
		    "'%.64s' is not a duration: write a number and its unit, such as "
		    "90s, 5m, "
		    "2h, 1d or 1h30m, at most 3650d",
		    text);
}
