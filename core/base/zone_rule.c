#include "core/base/zone_rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/days.h"

enum { HOUR_S = 3600, DAY_S = 86400 };

/* ---- reading ---- */

static bool take(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool take_name(const char **at)
{
	const char *from = *at;
	if (take(at, '<')) {
		*at += strcspn(*at, ">");
		return take(at, '>');
	}
	while ((**at >= 'A' && **at <= 'Z') || (**at >= 'a' && **at <= 'z'))
		(*at)++;
	return *at - from >= 3;
}

static bool take_number(const char **at, long least, long most, long *ret)
{
	char *end;
	if (**at < '0' || **at > '9')
		return false;
	*ret = strtol(*at, &end, 10);
	*at = end;
	return *ret >= least && *ret <= most;
}

/* [+-]h[h][:mm[:ss]] */
static bool take_time(const char **at, int64_t *ret_s)
{
	long hours = 0, minutes = 0, seconds = 0;
	const bool negative = take(at, '-');
	if (!negative)
		(void)take(at, '+');
	if (!take_number(at, 0, 167, &hours) ||
	    (take(at, ':') && (!take_number(at, 0, 59, &minutes) ||
			       (take(at, ':') && !take_number(at, 0, 59, &seconds)))))
		return false;
	const int64_t all_s = hours * HOUR_S + minutes * 60 + seconds;
	*ret_s = negative ? -all_s : all_s;
	return true;
}

/* ",M3.5.0/2"; without a time at two o'clock. */
static bool take_day(const char **at, struct zone_day *ret)
{
	long month, week, weekday;
	if (!take(at, ',') || !take(at, 'M') || !take_number(at, 1, 12, &month) ||
	    !take(at, '.') || !take_number(at, 1, 5, &week) || !take(at, '.') ||
	    !take_number(at, 0, 6, &weekday))
		return false;
	*ret = (struct zone_day){ (int)month, (int)week, (int)weekday, 2 * HOUR_S };
	return !take(at, '/') || take_time(at, &ret->second);
}

/* POSIX counts west of Greenwich. */
bool zone_rule_parse(const char *text, struct zone_rule *ret)
{
	int64_t west_s;
	*ret = (struct zone_rule){ 0 };
	if (!take_name(&text) || !take_time(&text, &west_s))
		return false;
	ret->standard_s = -west_s;
	if (*text == '\0')
		return true;
	ret->has_summer = true;
	ret->summer_s = ret->standard_s + HOUR_S;
	if (!take_name(&text))
		return false;
	if (*text != ',') {
		if (!take_time(&text, &west_s))
			return false;
		ret->summer_s = -west_s;
	}
	return take_day(&text, &ret->begins) && take_day(&text, &ret->ends) &&
	       *text == '\0';
}

/* ---- asking ---- */

/* Local seconds at which it is. */
static int64_t second_of(const struct zone_day *day, int year)
{
	const int64_t first = days_from_date((struct date){ year, day->month, 1 });
	const int ahead = (day->weekday - days_weekday(first) + 7) % 7;
	int in_month = 1 + ahead + (day->week - 1) * 7;
	if (in_month > days_in_month(year, day->month))
		in_month -= 7;
	return (first + in_month - 1) * DAY_S + day->second;
}

int64_t zone_rule_offset_s(const struct zone_rule *rule, int64_t utc_s)
{
	if (!rule->has_summer)
		return rule->standard_s;
	const int64_t local_s = utc_s + rule->standard_s;
	const int year = days_to_date(days_of_seconds(local_s)).year;
	const int64_t begins_s = second_of(&rule->begins, year) - rule->standard_s;
	const int64_t ends_s = second_of(&rule->ends, year) - rule->summer_s;
	const bool summer = begins_s < ends_s ? utc_s >= begins_s && utc_s < ends_s
					      : utc_s >= begins_s || utc_s < ends_s;
	return summer ? rule->summer_s : rule->standard_s;
}
