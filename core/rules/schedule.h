/* Recurring maintenance (R11): every day, on days of the week or of the month, from one time
 * of day to another in a named time zone. Each time it comes round, a maintenance window
 * covers what it covers. Text in, instants out. */
#ifndef RULES_SCHEDULE_H
#define RULES_SCHEDULE_H

#include "core/base/buf.h"
#include "core/base/zone.h"
#include "core/rules/model.h"

enum schedule_every { EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_COUNT };
const char *schedule_every_text(enum schedule_every every);
int schedule_every_parse(const char *text); /* -1: none */

enum { DAYS_TEXT_SIZE = 128, TIME_OF_DAY_SIZE = 6, DATE_TEXT_SIZE = 11 };

/* As people write it. */
struct schedule {
	struct record_head head;
	char name[NAME_SIZE];
	bool active; /* false: paused, it makes no windows */
	enum schedule_every every;
	/* "mon, wed" of a week; "1, 15" of a month, of which 31 is the last, however long
	 * it is; empty: every day */
	char days[DAYS_TEXT_SIZE];
	char from[TIME_OF_DAY_SIZE];  /* "02:00" */
	char until[TIME_OF_DAY_SIZE]; /* not later than from: on the next day */
	char zone[ZONE_NAME_SIZE];
	char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE]; /* "2026-12-01"; empty: none */
	char note[MESSAGE_SIZE];
	char covers[MESSAGE_SIZE]; /* read only: "Shop, group:web, service:Website" */
};

/* As instants are found. */
struct recurrence {
	enum schedule_every every;
	uint32_t days; /* bit n: day n of the week (0: Sunday) or of the month */
	int64_t from_s, until_s; /* seconds of the day it begins on */
	int64_t first_day, last_day;
	struct zone *zone;
};

/* Its days, as in recurrence; and back, in their order: "sun, mon". */
bool schedule_read_days(const struct schedule *schedule, uint32_t *ret, struct err *err)
	CHECKED;
void schedule_write_days(struct schedule *schedule, uint32_t days);
/* "sun" for 0; -1: none. */
const char *schedule_weekday_text(int day);
int schedule_weekday_parse(const char *word);

/* Reads it, and opens its zone. ERR_INVALID names the field and what it should be. */
bool recurrence_open(const struct schedule *schedule, struct recurrence *ret,
		     struct err *err) CHECKED;
void recurrence_done(struct recurrence *recurrence);

/* The first time that it comes round and ends after after_ms; *ret_found false: never. A
 * time that clocks put back repeat is the first one for the beginning and the last one for
 * the end; one that they skip is the moment of the change. */
void recurrence_next(const struct recurrence *recurrence, int64_t after_ms,
		     int64_t *ret_from_ms, int64_t *ret_until_ms, bool *ret_found);

/* "every week on mon, wed from 02:00 to 04:00 Europe/Berlin". */
void schedule_add_text(const struct schedule *schedule, struct buf *ret);

#endif
