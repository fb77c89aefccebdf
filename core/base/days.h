/* Days of the calendar, counted from 1970-01-01 (day 0, a Thursday). */
#ifndef BASE_DAYS_H
#define BASE_DAYS_H

#include <stdbool.h>
#include <stdint.h>

struct date {
	int year, month, day; /* from 1 */
};

int64_t days_from_date(struct date date);
struct date days_to_date(int64_t days);
int days_weekday(int64_t days); /* 0: Sunday */
int days_in_month(int year, int month);
/* The day that these seconds since 1970 lie in. */
int64_t days_of_seconds(int64_t seconds);

#endif
