/* The fields of recurring maintenance. */
#include "core/rules/field_rows.h"
#include "core/rules/schedule.h"

static const char *every_choice(int value)
{
	return schedule_every_text((enum schedule_every)value);
}

const struct field schedule_fields[SCHEDULE_FIELDS] = {
	NAME(schedule, "What the maintenance is called, Weekly patches for example."),
	{ .column = "active",
	  .key = "active",
	  .label = "Active",
	  .initial = 1,
	  .help = "Inactive, it is paused: it makes no windows until it is active again.",
	  FLAG(schedule, active) },
	{ .column = "every",
	  .key = "every",
	  .label = "Every",
	  .help = "Whether it comes round every day, on days of the week, or on days of "
		  "the month.",
	  CHOICE(schedule, every, every_choice, EVERY_COUNT) },
	{ .column = "days",
	  .key = "days",
	  .label = "Days",
	  .optional = true,
	  .max = DAYS_TEXT_SIZE - 1,
	  .help = "Of a week: sun, mon, tue, wed, thu, fri, sat. Of a month: 1 to 31, "
		  "which is the last one, however long it is.",
	  TEXT(schedule, days) },
	{ .column = "from_time",
	  .key = "from",
	  .label = "From",
	  .min = 1, /* what it may look like is validate's to say */
	  .max = TIME_OF_DAY_SIZE - 1,
	  .help = "The time of day when its windows begin, 02:00 for example.",
	  TEXT(schedule, from) },
	{ .column = "until_time",
	  .key = "until",
	  .label = "Until",
	  .min = 1, /* what it may look like is validate's to say */
	  .max = TIME_OF_DAY_SIZE - 1,
	  .help = "The time of day when they end; not later than From: on the next day.",
	  TEXT(schedule, until) },
	{ .column = "zone",
	  .key = "zone",
	  .label = "Time zone",
	  .min = 1,
	  .max = ZONE_NAME_SIZE - 1,
	  .help = "Whose clocks From and Until are read from, Europe/Berlin for example; "
		  "summer time is its own. The machine's by default.",
	  TEXT(schedule, zone) },
	{ .column = "first_date",
	  .key = "first",
	  .label = "First",
	  .optional = true,
	  .max = DATE_TEXT_SIZE - 1,
	  .help = "The first day that it may begin on, 2026-12-01 for example; empty: "
		  "any.",
	  TEXT(schedule, first) },
	{ .column = "last_date",
	  .key = "last",
	  .label = "Last",
	  .optional = true,
	  .max = DATE_TEXT_SIZE - 1,
	  .help = "The last day that it may begin on; empty: it recurs for ever.",
	  TEXT(schedule, last) },
	{ .column = "note",
	  .key = "note",
	  .label = "Note",
	  .optional = true,
	  .max = MESSAGE_CHARS_MAX,
	  .help = "Why, for other operators.",
	  LONG(schedule, note) },
};
