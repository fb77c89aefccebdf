#include "core/peers/uptrends_windows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/peers/uptrends_guid.h"

static const struct {
	const char *mode;
	enum schedule_every every;
} modes[] = { { "Daily", EVERY_DAY },
	      { "Weekly", EVERY_WEEK },
	      { "Monthly", EVERY_MONTH } };

static int every_of(const char *mode)
{
	for (size_t i = 0; i < COUNT_OF(modes); i++)
		if (mode != NULL && text_equal_nocase(mode, modes[i].mode))
			return (int)modes[i].every;
	return -1;
}

/* "02:30:00" is "02:30". */
static bool read_time_of_day(const struct json *value, char ret[TIME_OF_DAY_SIZE])
{
	const char *text = json_string(value);
	return text != NULL && strlen(text) >= TIME_OF_DAY_SIZE - 1 &&
	       snprintf(ret, TIME_OF_DAY_SIZE, "%.5s", text) == TIME_OF_DAY_SIZE - 1 &&
	       ret[2] == ':';
}

/* "Sunday" is "sun"; a day of the month is its number, of which 31 is the last. */
static bool read_days(const struct json *period, struct schedule *ret)
{
	const char *day = json_string(json_get(period, "WeekDay"));
	int64_t number;
	if (ret->every == EVERY_DAY)
		return true;
	if (ret->every == EVERY_MONTH)
		return json_integer(json_get(period, "MonthDay"), &number) &&
		       number >= 1 && number <= 31 &&
		       snprintf(ret->days, sizeof(ret->days), "%" PRId64, number) > 0;
	if (day == NULL || strlen(day) < 3)
		return false;
	(void)snprintf(ret->days, sizeof(ret->days), "%c%.2s", day[0] | 0x20, day + 1);
	return true;
}

static bool read_recurring(const struct json *period, int every, int64_t id,
			   const char *monitor, struct uptrends_window *ret)
{
	struct schedule *schedule = &ret->schedule;
	schedule->every = (enum schedule_every)every;
	(void)snprintf(schedule->name, sizeof(schedule->name), "Uptrends %s #%" PRId64,
		       monitor, id);
	memcpy(schedule->note, ret->note, sizeof(schedule->note));
	ret->recurs = true;
	return read_time_of_day(json_get(period, "StartTime"), schedule->from) &&
	       read_time_of_day(json_get(period, "EndTime"), schedule->until) &&
	       read_days(period, schedule);
}

static bool read_period(const struct json *period, const struct uptrends_zone *zone,
			struct uptrends_window *ret)
{
	const char *mode = json_string(json_get(period, "ScheduleMode"));
	const char *words = json_string(json_get(period, "Description"));
	const int every = every_of(mode);
	int64_t id;
	(void)text_cut(ret->note, sizeof(ret->note), words != NULL ? words : "",
		       MESSAGE_CHARS_MAX);
	if (!json_integer(json_get(period, "Id"), &id))
		return false;
	if (every >= 0)
		return read_recurring(period, every, id, ret->monitor, ret);
	return mode != NULL && text_equal_nocase(mode, "OneTime") &&
	       uptrends_time(zone, json_get(period, "StartDateTime"), &ret->from_ms) &&
	       uptrends_time(zone, json_get(period, "EndDateTime"), &ret->until_ms) &&
	       ret->until_ms > ret->from_ms;
}

static bool each_of_monitor(const struct json *monitor, const struct uptrends_zone *zone,
			    uptrends_window_fn *row, void *arg, struct buf *ret_notes)
{
	struct uptrends_window *window = mem_new(1, sizeof(*window));
	const struct json *period = json_first(json_get(monitor, "MaintenancePeriod"));
	bool go_on = true;
	for (; go_on && period != NULL; period = json_next(period)) {
		*window = (struct uptrends_window){ 0 };
		if (!uptrends_guid(window->monitor, json_get(monitor, "MonitorGuid")))
			break;
		if (read_period(period, zone, window))
			go_on = row(arg, window);
		else
			buf_addf(ret_notes,
				 "A maintenance period of monitor %s was left out: its "
				 "times cannot be read\n",
				 window->monitor);
	}
	free(window);
	return go_on;
}

bool uptrends_each_window(const struct json *account, const struct uptrends_zone *zone,
			  uptrends_window_fn *row, void *arg, struct buf *ret_notes)
{
	const struct json *one = json_first(json_get(account, "maintenance"));
	for (; one != NULL; one = json_next(one))
		if (!each_of_monitor(one, zone, row, arg, ret_notes))
			return false;
	return true;
}

/* POSIX has it the other way round: "Etc/GMT-1" is an hour ahead. */
bool uptrends_zone_name(const struct uptrends_zone *zone, char ret[ZONE_NAME_SIZE])
{
	const int64_t hours = zone->offset_ms / HOUR_MS;
	if (zone->dst_offset_ms != 0 || zone->offset_ms % HOUR_MS != 0)
		return false;
	(void)snprintf(ret, ZONE_NAME_SIZE, hours == 0 ? "UTC" : "Etc/GMT%+" PRId64,
		       -hours);
	return true;
}
