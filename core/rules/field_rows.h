/* Shorthands for the rows of the field tables. For the files of those tables only. */
#ifndef RULES_FIELD_ROWS_H
#define RULES_FIELD_ROWS_H

#include "core/rules/fields.h"

/* Where the member is in its struct. */
#define AT(record, member)                         \
	.offset = offsetof(struct record, member), \
	.size = sizeof(((struct record *)0)->member)

#define TEXT(record, member) .type = FIELD_TEXT, AT(record, member)
#define LONG(record, member) .type = FIELD_LONG, AT(record, member)
#define URL(record, member) .type = FIELD_URL, .max = URL_SIZE - 1, AT(record, member)
#define FLAG(record, member) .type = FIELD_BOOL, .max = 1, AT(record, member)
#define INTEGER(record, member) .type = FIELD_INTEGER, AT(record, member)
#define DURATION(record, member) .type = FIELD_DURATION, AT(record, member)
#define TIME(record, member) .type = FIELD_TIME, .max = TIME_MAX_MS, AT(record, member)
#define REFERENCE(record, member, kind)                                           \
	.type = FIELD_REFERENCE, .min = 1, .max = INT64_MAX, .reference = (kind), \
	AT(record, member)
#define CHOICE(record, member, text, count)                            \
	.type = FIELD_CHOICE, .max = (count)-1, .choice_text = (text), \
	.choices = (count), AT(record, member)

/* Every record that has a name has this one. */
#define NAME(record, what)                                                        \
	{                                                                         \
		.column = "name", .key = "name", .label = "Name", .help = (what), \
		.min = 1, .max = NAME_CHARS_MAX, TEXT(record, name)               \
	}

/* Monitors have a file of their own, for their checks. */
enum { MONITOR_FIELDS = 15 };
extern const struct field monitor_fields[MONITOR_FIELDS];

enum { SCHEDULE_FIELDS = 10 };
extern const struct field schedule_fields[SCHEDULE_FIELDS];

#endif
