/* The rule by which a zone's clocks change in years that no table lists: the last line of its
 * file, as POSIX writes it ("CET-1CEST,M3.5.0,M10.5.0/3"). */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

/* The week-th weekday (0: Sunday) of a month, at that second of the day; week 5: the last. */
struct zone_day {
	int month, week, weekday;
	int64_t second;
};

struct zone_rule {
	int64_t standard_s, summer_s; /* ahead of UTC */
	bool has_summer;
	struct zone_day begins, ends; /* of summer time, in the local time before */
};

/* False: it is written in another way (by days of the year), which no zone of today needs. */
bool zone_rule_parse(const char *text, struct zone_rule *ret);
int64_t zone_rule_offset_s(const struct zone_rule *rule, int64_t utc_s);

#endif
