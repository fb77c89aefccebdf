/* A record being edited: its fields as they are typed, checked with every key. Knows no
 * terminal and no store; the field tables of core/rules say what there is to fill in. */
#ifndef CONSOLE_FORM_H
#define CONSOLE_FORM_H

#include "core/base/err.h"
#include "core/rules/fields.h"
#include "tui/console/field_edit.h"
#include "tui/console/names.h"

enum { FORM_FIELDS_MAX = 24, FORM_FAULT_SIZE = 512, FORM_TITLE_SIZE = 640 };

/* Names that belong to a record and are no column of it, one a line. */
enum form_list {
	FORM_LIST_NONE,
	FORM_LIST_GROUPS,   /* of a monitor or a definition; new ones may be named */
	FORM_LIST_MONITORS, /* of a definition */
	FORM_LIST_TARGETS,  /* of a maintenance window */
	/* Of links that are added, as many at once as these make. */
	FORM_LIST_LINK_MONITORS,
	FORM_LIST_LINK_SERVICES,
	FORM_LIST_LINK_LEVELS,
};

struct form_field {
	const struct field *field; /* NULL: a list */
	enum form_list list;
	const char *label, *help;
	struct field_edit edit; /* what is typed; booleans and choices are not typed */
	char *loaded;           /* what it said when the form was opened */
	struct names names;     /* what may be named here */
	bool fixed;             /* shown, not edited */
	bool touched;           /* its fault is shown */
	bool fresh; /* just arrived at: what is typed takes the number's place */
	char fault[FORM_FAULT_SIZE]; /* one sentence; empty: none */
};

struct form {
	enum record_kind kind;
	void *rec;        /* as it stands; a field with a fault keeps its last value */
	void *base;       /* as it was loaded */
	int64_t clone_of; /* with it what it holds is copied; 0: none */
	int64_t now_ms;   /* what `+30m` counts from; kept by the caller */
	struct form_field fields[FORM_FIELDS_MAX];
	size_t count, focus;
	size_t first;                /* field shown at the top, kept by the drawing */
	char title[FORM_TITLE_SIZE]; /* "service Website of Hub" */
	char fault[FORM_FAULT_SIZE]; /* of the record as a whole */
	bool everything_touched;     /* saving was tried: all faults are shown */
	bool came_back;              /* it was left as a draft before */
	size_t links_added;          /* by the last save of a form that adds links */
};

/* rec is copied: with id 0 what is added, defaults filled in. */
struct form *form_new(enum record_kind kind, const void *rec);
void form_free(struct form *form);  /* NULL is fine */
void form_done(struct form **form); /* for DEFER */

/* What a field may name; its names pass to the form. */
struct form_field *form_field_of(struct form *form, const char *column);
struct form_field *form_list_of(struct form *form, enum form_list list);
/* One name a line, as loaded. */
void form_set_list(struct form *form, enum form_list list, const char *text);
/* After names were offered: references show the name of what they refer to. */
void form_name_references(struct form *form);

/* Does it add links: one for each monitor, service and level that it names? */
bool form_adds_links(const struct form *form);

/* Only what matters: a template with payload custom, a target with a check … */
bool form_shows(const struct form *form, const struct form_field *f);
bool form_field_changed(const struct form *form, const struct form_field *f);
bool form_changed(const struct form *form);

struct form_field *form_focused(struct form *form);
/* To the next (1) or previous (-1) field that can be edited; false at the ends. */
bool form_move(struct form *form, int step);

/* A key or a paste for the focused field. False: it is none of the field's. columns: of a
 * row of text, for Up and Down. */
bool form_key(struct form *form, int key, int columns);
bool form_paste(struct form *form, const char *text);

/* The name typed so far, where names can be completed; NULL elsewhere. Valid until the next
 * key. ret: what fits it, at most max. Returns how many fit. */
size_t form_matches(struct form *form, const struct name_item **ret, size_t max);

/* Tab in a field that names what must exist: completes a name begun. False: nothing to
 * complete. */
bool form_complete(struct form *form);

/* Another text for the focused field, from $EDITOR. */
void form_replace_text(struct form *form, const char *text);

/* Checks everything, shows all faults and goes to the first. Returns how many there are. */
size_t form_check(struct form *form);

/* A sentence of rules or store is put at the field that it begins with, else kept for the
 * form as a whole. */
void form_blame(struct form *form, const char *sentence);

/* Who changed a field: compared with base, in what is stored now and in the form. */
struct form_sides {
	bool theirs, mine; /* changed by */
	bool differ;       /* by both, and not to the same value */
};
struct form_sides form_compare(const struct form *form, size_t index, const void *stored);

/* The form now stands on what is stored: fields that only they changed, and those marked,
 * take their value. */
void form_rebase(struct form *form, const void *stored,
		 const bool take_theirs[FORM_FIELDS_MAX]);

/* What the field says, for the screen: secrets masked, with their fingerprint. */
void form_show(const struct form *form, const struct form_field *f, struct buf *ret);

#endif
