/* After Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in
 * March, so that the leap day is their last, and come in eras of 400. */
#include "core/base/days.h"

enum { ERA_DAYS = 146097, EPOCH_DAYS = 719468, DAY_S = 86400 };

static int64_t divide_down(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t days_from_date(struct date date)
{
	const int64_t year = date.year - (date.month <= 2);
	const int64_t era = divide_down(year, 400);
	const int64_t of_era = year - era * 400;
	const int64_t of_year =
		(153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
	const int64_t day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
	return era * ERA_DAYS + day - EPOCH_DAYS;
}

struct date days_to_date(int64_t days)
{
	const int64_t shifted = days + EPOCH_DAYS;
	const int64_t era = divide_down(shifted, ERA_DAYS);
	const int64_t day = shifted - era * ERA_DAYS;
	const int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	const int64_t of_year = day - (365 * year + year / 4 - year / 100);
	const int64_t month = (5 * of_year + 2) / 153; /* from March */
	return (struct date){
		.year = (int)(year + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
	};
}

int days_weekday(int64_t days)
{
	return (int)((days % 7 + 11) % 7);
}

int days_in_month(int year, int month)
{
	const struct date next = { year + (month == 12), month % 12 + 1, 1 };
	return (int)(days_from_date(next) -
		     days_from_date((struct date){ year, month, 1 }));
}

int64_t days_of_seconds(int64_t seconds)
{
	return divide_down(seconds, DAY_S);
}
