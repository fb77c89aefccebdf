/* Field tables: for every editable record, what its fields are called, how they are typed,
 * bounded and stored. One row drives column, CHECK, form, list, JSON key and validation. */
#ifndef RULES_FIELDS_H
#define RULES_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/rules/model.h"

enum record_kind {
	RECORD_MONITOR,
	RECORD_INTEGRATION,
	RECORD_SERVICE,
	RECORD_DEFINITION,
	RECORD_LEVEL,
	RECORD_PLACEMENT,
	RECORD_LINK,
	RECORD_MAINTENANCE,
	RECORD_SCHEDULE, /* recurring maintenance: core/rules/schedule.h */
	RECORD_KIND_COUNT,
};

enum field_type {
	FIELD_TEXT,      /* char[]; min..max code points; single line */
	FIELD_LONG,      /* char[]; may hold newlines */
	FIELD_URL,       /* char[]; secret ones are shown masked */
	FIELD_BOOL,      /* bool; stored as 0 or 1 */
	FIELD_INTEGER,   /* int64_t min..max */
	FIELD_DURATION,  /* int64_t ms, min..max; column ends in _ms */
	FIELD_TIME,      /* int64_t ms since 1970 UTC */
	FIELD_CHOICE,    /* enum (int), one of choices; stored as its word */
	FIELD_REFERENCE, /* int64_t id of another record */
};

struct field {
	const char *column; /* SQL column */
	const char *key;   /* JSON key of the document: "storm.within"; NULL: not in it */
	const char *label; /* on forms and lists */
	const char *help;  /* one sentence */
	enum field_type type;
	size_t offset, size;                   /* inside the record's struct */
	int64_t min, max;                      /* code points, or the number's limits */
	const char *(*choice_text)(int value); /* FIELD_CHOICE */
	int choices;
	enum record_kind reference; /* FIELD_REFERENCE */
	bool secret; /* a URL that is one as a whole: replaced, never read */
	/* Text with secrets in it: appends what may be shown of it, *** for the rest */
	void (*mask)(struct buf *ret, const char *text);
	bool optional;   /* text that may be empty */
	int64_t initial; /* default; text: initial_text, NULL is empty */
	const char *initial_text;
};

/* id and revision are every record's and no fields. */
struct record_type {
	const char *name;  /* "monitor", for sentences, audit and the command line */
	const char *title; /* "Monitor", for the beginning of a sentence */
	const char *
		listed; /* what shows all there are: the remedy where one does not exist */
	const char *table; /* SQL table */
	size_t size;       /* sizeof its struct */
	const struct field *fields;
	size_t field_count;
	const char *order;  /* column that lists are sorted by */
	const char *parent; /* column of the parent reference, or NULL */
};

extern const struct record_type record_types[RECORD_KIND_COUNT];

/* The kind of that name ("monitor"), as audit and export have it; -1: none, NULL included. */
int record_kind_named(const char *name);

/* ERR_NOT_FOUND: the record does not exist, with the remedy. what: "#4", or its name in quotes.
 * False. */
bool record_missing(enum record_kind kind, const char *what, struct err *err);
bool record_missing_id(enum record_kind kind, int64_t id, struct err *err);

/* The field of a column or of a document's key; NULL if there is none. */
const struct field *field_by_column(enum record_kind kind, const char *column);
const struct field *field_by_key(enum record_kind kind, const char *key);

/* A field's value, whatever its C type: numbers, flags, choices and references as int64_t;
 * text borrowed from rec. field_set_text: false, rec unchanged, if it does not fit. */
int64_t field_number(const struct field *field, const void *rec);
void field_set_number(const struct field *field, void *rec, int64_t number);
const char *field_text(const struct field *field, const void *rec);
bool field_set_text(const struct field *field, void *rec, const char *text) CHECKED;
bool field_is_text(const struct field *field); /* TEXT, LONG or URL */
/* Do two records have the same in it? */
bool field_equal(const struct field *field, const void *a, const void *b);

/* Is there a secret in this text of the field that is not shown? */
bool field_hides(const struct field *field, const char *text);

/* The value of a choice's word; -1 for a word that is none. */
int field_choice_parse(const struct field *field, const char *word);

/* Checks one field of rec against its limits. ERR_INVALID names label and limit. */
bool field_check(const struct field *field, const void *rec, struct err *err) CHECKED;

/* A record with every default. ret: struct of the kind's size. */
void record_defaults(enum record_kind kind, void *ret);

/* The record's name for sentences ("Shop"; for a level "level 2"). Returns a borrowed
 * pointer into rec or a constant. */
const char *record_name(enum record_kind kind, const void *rec);

/* Field value as text for lists, plans and audit (secrets masked), and from text as a form
 * or command line gives it. field_parse: ERR_INVALID "Publish after: …" naming label,
 * limits and what was given; rec unchanged. Where the text has *** for secrets in it,
 * rec keeps its own, if all the rest is the same. */
void field_format(const struct field *field, const void *rec, struct buf *ret);
bool field_parse(const struct field *field, const char *text, void *rec, struct err *err)
	CHECKED;

/* The same for the audit, where undo compares it: a secret carries its fingerprint. */
void field_describe(const struct field *field, const void *rec, struct buf *ret);

/* The rules of every name, for one that is in no record: a group's, say. */
bool field_check_name(const char *name, struct err *err) CHECKED;

/* Checks every field of rec against its limits. ERR_INVALID names label and limit. */
bool record_check(enum record_kind kind, const void *rec, struct err *err) CHECKED;
bool record_equal(enum record_kind kind, const void *a,
		  const void *b); /* without id and revision */

#endif
