#include "core/rules/schedule.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/days.h"
#include "core/base/text.h"

enum { DAY_S = 86400, LAST_OF_MONTH = 31, DAYS_LOOKED_AT = 2 * 366 };

static const char *const every_words[EVERY_COUNT] = {
	[EVERY_DAY] = "day",
	[EVERY_WEEK] = "week",
	[EVERY_MONTH] = "month",
};

const char *schedule_every_text(enum schedule_every every)
{
	return every_words[every];
}

int schedule_every_parse(const char *text)
{
	for (int i = 0; i < EVERY_COUNT; i++)
		if (text_equal(every_words[i], text))
			return i;
	return -1;
}

/* ---- reading ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int two_digits(const char *at)
{
	return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0')
						  : -1;
}

static bool parse_time_of_day(const char *label, const char *text, int64_t *ret_s,
			      struct err *err)
{
	const bool shaped = strlen(text) == 5 && text[2] == ':';
	const int hour = shaped ? two_digits(text) : -1;
	const int minute = shaped ? two_digits(text + 3) : -1;
	if (hour < 0 || minute < 0 || hour > 23 || minute > 59)
		return fail(err, ERR_INVALID,
			    "%s is '%s'; give a time of day such as 02:30", label, text);
	*ret_s = hour * 3600 + minute * 60;
	return true;
}

/* "2026-12-01"; a month of 0 if it is none. */
static struct date read_date(const char *text)
{
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return (struct date){ 0 };
	const int century = two_digits(text), rest = two_digits(text + 2);
	const struct date date = { century * 100 + rest, two_digits(text + 5),
				   two_digits(text + 8) };
	const bool is_one = century >= 19 && rest >= 0 && date.month >= 1 &&
			    date.month <= 12 && date.day >= 1 &&
			    date.day <= days_in_month(date.year, date.month);
	return is_one ? date : (struct date){ 0 };
}

static bool parse_date(const char *label, const char *text, int64_t otherwise,
		       int64_t *ret_day, struct err *err)
{
	*ret_day = otherwise;
	if (*text == '\0')
		return true;
	const struct date date = read_date(text);
	if (date.month == 0)
		return fail(err, ERR_INVALID,
			    "%s is '%s'; give a date such as 2026-12-01", label, text);
	*ret_day = days_from_date(date);
	return true;
}

static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

const char *schedule_weekday_text(int day)
{
	return weekdays[day];
}

int schedule_weekday_parse(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(weekdays); i++)
		if (text_equal(weekdays[i], word))
			return (int)i;
	return -1;
}

static int day_of_month(const char *word)
{
	const size_t length = strlen(word);
	int day = -1;
	if (length == 1 && is_digit(word[0]))
		day = word[0] - '0';
	if (length == 2)
		day = two_digits(word);
	return day >= 1 && day <= LAST_OF_MONTH ? day : -1;
}

/* The next word of a list with commas and blanks; false: there is none. */
static bool take_word(const char **at, char *ret, size_t size)
{
	static const char between[] = ", ";
	*at += strspn(*at, between);
	const size_t bytes = strcspn(*at, between);
	if (bytes == 0)
		return false;
	const size_t kept = bytes < size ? bytes : size - 1;
	memcpy(ret, *at, kept);
	ret[kept] = '\0';
	*at += bytes;
	return true;
}

bool schedule_read_days(const struct schedule *schedule, uint32_t *ret, struct err *err)
{
	const bool weekly = schedule->every == EVERY_WEEK;
	const char *at = schedule->days;
	char word[8];
	*ret = 0;
	if (schedule->every == EVERY_DAY)
		return !take_word(&at, word, sizeof(word)) ||
		       fail(err, ERR_INVALID,
			    "Days is for weeks and months; every day needs none");
	while (take_word(&at, word, sizeof(word))) {
		const int day =
			weekly ? schedule_weekday_parse(word) : day_of_month(word);
		if (day < 0)
			return fail(err, ERR_INVALID,
				    weekly ? "Days has '%s'; give days of the week such "
					     "as mon,wed"
					   : "Days has '%s'; give days of the month such "
					     "as 1,15; 31 is the last one",
				    word);
		*ret |= UINT32_C(1) << day;
	}
	return *ret != 0 ||
	       fail(err, ERR_INVALID, "Days is missing: say on which days of the %s",
		    every_words[schedule->every]);
}

void schedule_write_days(struct schedule *schedule, uint32_t days)
{
	DEFER(buf_done) struct buf text = BUF_INIT(DAYS_TEXT_SIZE);
	for (int day = 0; day <= LAST_OF_MONTH; day++) {
		if (!(days >> day & 1))
			continue;
		buf_adds(&text, text.len ? ", " : "");
		if (schedule->every == EVERY_WEEK)
			buf_adds(&text, weekdays[day]);
		else
			buf_addf(&text, "%d", day);
	}
	(void)!text_copy(schedule->days, sizeof(schedule->days), buf_text(&text));
}

bool recurrence_open(const struct schedule *schedule, struct recurrence *ret,
		     struct err *err)
{
	struct recurrence r = { .every = schedule->every };
	if (!schedule_read_days(schedule, &r.days, err) ||
	    !parse_time_of_day("From", schedule->from, &r.from_s, err) ||
	    !parse_time_of_day("Until", schedule->until, &r.until_s, err) ||
	    !parse_date("First", schedule->first, INT64_MIN, &r.first_day, err) ||
	    !parse_date("Last", schedule->last, INT64_MAX, &r.last_day, err))
		return false;
	if (r.last_day < r.first_day)
		return fail(err, ERR_INVALID, "Last is '%s', which is before First",
			    schedule->last);
	if (r.until_s <= r.from_s)
		r.until_s += DAY_S;
	if (!zone_open(schedule->zone, &r.zone, err))
		return false;
	*ret = r;
	return true;
}

void recurrence_done(struct recurrence *recurrence)
{
	zone_free(&recurrence->zone);
}

/* ---- coming round ---- */

static bool is_on(const struct recurrence *r, int64_t day)
{
	if (r->every == EVERY_DAY)
		return true;
	if (r->every == EVERY_WEEK)
		return r->days >> days_weekday(day) & 1;
	const struct date date = days_to_date(day);
	const bool last = date.day == days_in_month(date.year, date.month);
	return (r->days >> date.day & 1) || (last && (r->days >> LAST_OF_MONTH & 1));
}

void recurrence_next(const struct recurrence *r, int64_t after_ms, int64_t *ret_from_ms,
		     int64_t *ret_until_ms, bool *ret_found)
{
	/* A window lasts a day at most, and zones are less than a day from UTC. */
	int64_t day = days_of_seconds(after_ms / SECOND_MS) - 2;
	if (day < r->first_day)
		day = r->first_day;
	*ret_found = false;
	for (int i = 0; i < DAYS_LOOKED_AT && day <= r->last_day; i++, day++) {
		if (!is_on(r, day))
			continue;
		const int64_t from_s =
			zone_utc_s(r->zone, day * DAY_S + r->from_s, false);
		const int64_t until_s =
			zone_utc_s(r->zone, day * DAY_S + r->until_s, true);
		if (until_s * SECOND_MS <= after_ms || until_s <= from_s)
			continue;
		*ret_from_ms = from_s * SECOND_MS;
		*ret_until_ms = until_s * SECOND_MS;
		*ret_found = true;
		return;
	}
}

void schedule_add_text(const struct schedule *schedule, struct buf *ret)
{
	buf_addf(ret, "every %s", every_words[schedule->every]);
	if (schedule->days[0] != '\0')
		buf_addf(ret, " on %s", schedule->days);
	buf_addf(ret, " from %s to %s %s", schedule->from, schedule->until,
		 schedule->zone);
	if (schedule->first[0] != '\0')
		buf_addf(ret, ", first %s", schedule->first);
	if (schedule->last[0] != '\0')
		buf_addf(ret, ", last %s", schedule->last);
}
