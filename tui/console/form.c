#include "tui/console/form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "core/rules/validate.h"
#include "tui/console/form_value.h"

enum { LIST_MAX = 1024 * 1024, NUMBER_MAX = 64, NAME_BYTES = 2 * NAME_SIZE };

struct list_row {
	enum record_kind kind;
	enum form_list list;
	const char *label, *help;
};

static const struct list_row list_rows[] = {
	{ RECORD_MONITOR, FORM_LIST_GROUPS, "Groups",
	  "The groups it is in, one a line; a new name makes a new group." },
	{ RECORD_DEFINITION, FORM_LIST_GROUPS, "Groups",
	  "Groups whose monitors it holds, one a line." },
	{ RECORD_DEFINITION, FORM_LIST_MONITORS, "Monitors",
	  "Monitors it holds directly, one a line." },
	{ RECORD_MAINTENANCE, FORM_LIST_TARGETS, "Covers",
	  "One a line: a monitor, group:G for a group's, service:S for those linked to "
	  "it." },
	{ RECORD_SCHEDULE, FORM_LIST_TARGETS, "Covers",
	  "One a line: a monitor, group:G for a group's, service:S for those linked to "
	  "it." },
	{ RECORD_LINK, FORM_LIST_LINK_MONITORS, "Monitors",
	  "Whose alerts are sent: one a line, each is linked to every service below." },
	{ RECORD_LINK, FORM_LIST_LINK_SERVICES, "Services",
	  "Whose status they change: one a line, Integration/Service." },
	{ RECORD_LINK, FORM_LIST_LINK_LEVELS, "Levels",
	  "Where: one a line. An integration that is not placed there yet is placed." },
};

bool form_adds_links(const struct form *form)
{
	return form->kind == RECORD_LINK &&
	       ((const struct record_head *)form->base)->id == 0;
}

/* Not on the form: kept by the program, or named in lists instead. */
static bool is_kept(const struct form *form, const struct field *field)
{
	return text_equal(field->column, "created_by") ||
	       (form_adds_links(form) && field->type == FIELD_REFERENCE);
}

/* ---- life ---- */

static size_t room_for(const struct field *field)
{
	if (field->type == FIELD_REFERENCE)
		return NAME_BYTES;
	return field_is_text(field) ? field->size - 1 : NUMBER_MAX;
}

static void add_field(struct form *form, const struct field *field)
{
	struct form_field *f = &form->fields[form->count++];

	f->field = field;
	f->label = field->label;
	f->help = field->help;
	field_edit_init(&f->edit, room_for(field), field->type == FIELD_LONG);
	form_value_load(form, f);
}

static void add_list(struct form *form, const struct list_row *row)
{
	struct form_field *f = &form->fields[form->count++];

	f->list = row->list;
	f->label = row->label;
	f->help = row->help;
	field_edit_init(&f->edit, LIST_MAX, true);
	f->loaded = mem_strdup("");
}

static void add_lists(struct form *form)
{
	for (size_t i = 0; i < COUNT_OF(list_rows); i++)
		if (list_rows[i].kind == form->kind)
			add_list(form, &list_rows[i]);
}

struct form *form_new(enum record_kind kind, const void *rec)
{
	const struct record_type *type = &record_types[kind];
	struct form *form = mem_new(1, sizeof(*form));

	form->kind = kind;
	form->rec = mem_new(1, type->size);
	form->base = mem_new(1, type->size);
	memcpy(form->rec, rec, type->size);
	memcpy(form->base, rec, type->size);
	if (form_adds_links(form))
		add_lists(form);
	for (size_t i = 0; i < type->field_count; i++)
		if (!is_kept(form, &type->fields[i]))
			add_field(form, &type->fields[i]);
	if (kind != RECORD_LINK)
		add_lists(form);
	return form;
}

void form_free(struct form *form)
{
	if (form == NULL)
		return;
	for (size_t i = 0; i < form->count; i++) {
		field_edit_done(&form->fields[i].edit);
		names_done(&form->fields[i].names);
		free(form->fields[i].loaded);
	}
	free(form->rec);
	free(form->base);
	free(form);
}

void form_done(struct form **form)
{
	form_free(*form);
}

struct form_field *form_field_of(struct form *form, const char *column)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].field != NULL &&
		    text_equal(form->fields[i].field->column, column))
			return &form->fields[i];
	return NULL;
}

struct form_field *form_list_of(struct form *form, enum form_list list)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].list == list && list != FORM_LIST_NONE)
			return &form->fields[i];
	return NULL;
}

static void keep_loaded(struct form_field *f)
{
	free(f->loaded);
	f->loaded = mem_strdup(field_edit_text(&f->edit));
}

void form_set_list(struct form *form, enum form_list list, const char *text)
{
	struct form_field *f = form_list_of(form, list);

	field_edit_set(&f->edit, text);
	keep_loaded(f);
}

void form_name_references(struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *f = &form->fields[i];
		if (f->field == NULL || f->field->type != FIELD_REFERENCE)
			continue;
		const struct name_item *item =
			names_find_id(&f->names, field_number(f->field, form->rec));
		field_edit_set(&f->edit, item != NULL ? item->name : "");
		keep_loaded(f);
	}
}

/* ---- what is shown ---- */

struct condition {
	enum record_kind kind;
	const char *column;
	const char *needs; /* column that must not be 0 */
	int64_t nor;       /* nor this; 0: no other value */
};

static const struct condition conditions[] = {
	{ RECORD_MONITOR, "check_target", "check_type", 0 },
	{ RECORD_MONITOR, "check_every_ms", "check_type", 0 },
	{ RECORD_MONITOR, "check_timeout_ms", "check_type", 0 },
	{ RECORD_MONITOR, "check_recheck_ms", "check_type", 0 },
	{ RECORD_MONITOR, "check_method", "check_type", CHECK_TCP },
	{ RECORD_MONITOR, "check_headers", "check_type", CHECK_TCP },
	{ RECORD_MONITOR, "check_status", "check_type", CHECK_TCP },
	{ RECORD_MONITOR, "check_contains", "check_type", CHECK_TCP },
	{ RECORD_MONITOR, "check_lacks", "check_type", CHECK_TCP },
	{ RECORD_MONITOR, "check_redirects", "check_type", CHECK_TCP },
	{ RECORD_MONITOR, "check_certificate_days", "check_type", CHECK_TCP },
	{ RECORD_INTEGRATION, "storm_within_ms", "storm_max_new", 0 },
	{ RECORD_INTEGRATION, "storm_release_after_ms", "storm_max_new", 0 },
	{ RECORD_LEVEL, "remind_every_minutes", "remind_max", 0 },
	{ RECORD_SCHEDULE, "days", "every", 0 },
};

static bool is_met(const struct condition *condition, const void *rec)
{
	int64_t value =
		field_number(field_by_column(condition->kind, condition->needs), rec);
	return value != 0 && (condition->nor == 0 || value != condition->nor);
}

static bool needs_template(const struct form *form, const struct form_field *f)
{
	return form->kind != RECORD_INTEGRATION || f->field == NULL ||
	       !text_equal(f->field->column, "template") || f->edit.text.len > 0 ||
	       ((const struct integration *)form->rec)->payload == PAYLOAD_CUSTOM;
}

bool form_shows(const struct form *form, const struct form_field *f)
{
	for (size_t i = 0; i < COUNT_OF(conditions) && f->field != NULL; i++) {
		const struct condition *c = &conditions[i];
		if (c->kind == form->kind && text_equal(c->column, f->field->column) &&
		    f->fault[0] == '\0' && !is_met(c, form->rec))
			return false;
	}
	return needs_template(form, f);
}

bool form_field_changed(const struct form *form, const struct form_field *f)
{
	if (f->fixed)
		return false;
	if (f->field != NULL && !form_value_is_typed(f->field))
		return field_number(f->field, form->rec) !=
		       field_number(f->field, form->base);
	return !text_equal(field_edit_text(&f->edit), f->loaded);
}

bool form_changed(const struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		if (form_field_changed(form, &form->fields[i]))
			return true;
	return false;
}

struct form_field *form_focused(struct form *form)
{
	return &form->fields[form->focus];
}

bool form_move(struct form *form, int step)
{
	form_focused(form)->touched |= form_field_changed(form, form_focused(form));
	for (size_t at = form->focus; step > 0 ? at + 1 < form->count : at > 0;) {
		at = step > 0 ? at + 1 : at - 1;
		if (form->fields[at].fixed || !form_shows(form, &form->fields[at]))
			continue;
		form->focus = at;
		form->fields[at].fresh = true;
		return true;
	}
	return false;
}

/* ---- faults ---- */

static void keep_fault(char ret[FORM_FAULT_SIZE], const char *sentence)
{
	(void)text_cut(ret, FORM_FAULT_SIZE, sentence, FORM_FAULT_SIZE);
}

/* "Name is missing", "the template: …", "There is no time zone …". */
static bool speaks_of(const char *sentence, const struct form_field *f)
{
	static const char *const before[] = { "the ", "There is no " };

	for (size_t i = 0; i < COUNT_OF(before); i++)
		if (text_starts_with(sentence, before[i]))
			sentence += strlen(before[i]);
	return strncasecmp(sentence, f->label, strlen(f->label)) == 0;
}

void form_blame(struct form *form, const char *sentence)
{
	struct form_field *best = NULL;

	for (size_t i = 0; i < form->count; i++) {
		struct form_field *f = &form->fields[i];
		bool longer = best == NULL || strlen(f->label) > strlen(best->label);
		if (speaks_of(sentence, f) && longer && !f->fixed)
			best = f;
	}
	if (best == NULL && strstr(sentence, "another name") != NULL)
		best = form_field_of(form, "name");
	keep_fault(best != NULL ? best->fault : form->fault, sentence);
	if (best == NULL)
		return;
	best->touched = true;
	form->focus = (size_t)(best - form->fields);
}

/* What is wrong with the record as a whole, once each field is right by itself. */
static void check_whole(struct form *form)
{
	struct err err = { 0 };
	size_t focus = form->focus;

	form->fault[0] = '\0';
	if (form_adds_links(form))
		return; /* it is no record */
	for (size_t i = 0; i < form->count; i++)
		if (form->fields[i].fault[0] != '\0')
			return;
	if (record_validate(form->kind, form->rec, &err))
		return;
	form_blame(form, err.text);
	form->focus = focus;
}

void form_value_changed(struct form *form, struct form_field *f)
{
	form_value_take(form, f);
	form_value_follow(form, f);
	/* A fault of the whole may have been put at another field. */
	for (size_t i = 0; i < form->count; i++)
		if (&form->fields[i] != f)
			form_value_take(form, &form->fields[i]);
	check_whole(form);
}

size_t form_check(struct form *form)
{
	size_t faults = 0;

	form->everything_touched = true;
	for (size_t i = 0; i < form->count; i++)
		form_value_take(form, &form->fields[i]);
	check_whole(form);
	for (size_t i = form->count; i > 0; i--) {
		if (form->fields[i - 1].fault[0] == '\0')
			continue;
		faults++;
		form->focus = i - 1;
	}
	return faults + (form->fault[0] != '\0');
}

/* ---- when somebody else saved ---- */

static bool is_same(const struct field *field, const void *a, const void *b)
{
	return field_is_text(field)
		       ? text_equal(field_text(field, a), field_text(field, b))
		       : field_number(field, a) == field_number(field, b);
}

static void copy_value(const struct field *field, void *to, const void *from)
{
	memcpy((char *)to + field->offset, (const char *)from + field->offset,
	       field->size);
}

struct form_sides form_compare(const struct form *form, size_t index, const void *stored)
{
	const struct field *field = form->fields[index].field;
	struct form_sides sides = { 0 };

	if (field == NULL || form->fields[index].fixed)
		return sides;
	sides.theirs = !is_same(field, stored, form->base);
	sides.mine = !is_same(field, form->rec, form->base);
	sides.differ = sides.theirs && sides.mine && !is_same(field, stored, form->rec);
	return sides;
}

void form_rebase(struct form *form, const void *stored,
		 const bool take_theirs[FORM_FIELDS_MAX])
{
	size_t size = record_types[form->kind].size;
	void *mine = mem_new(1, size);

	memcpy(mine, form->rec, size);
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *f = &form->fields[i];
		if (f->field == NULL || f->fixed)
			continue;
		bool keep = form_compare(form, i, stored).mine && !take_theirs[i];
		char *typed = mem_strdup(field_edit_text(&f->edit));
		copy_value(f->field, form->rec, stored);
		form_value_load(form, f);
		if (keep) {
			copy_value(f->field, form->rec, mine);
			field_edit_set(&f->edit, typed);
		}
		free(typed);
	}
	memcpy(form->base, stored, size);
	*(struct record_head *)form->rec = *(const struct record_head *)stored;
	form_name_references(form);
	free(mine);
	(void)form_check(form);
}
