#include "tui/console/form_value.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/nearest.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/rules/secret.h"

enum { SHOWN_MAX = 64 * 1024, SENTENCE_MAX = 600 };

bool form_value_is_typed(const struct field *field)
{
	return field->type != FIELD_BOOL && field->type != FIELD_CHOICE;
}

void form_value_load(struct form *form, struct form_field *f)
{
	DEFER(buf_done)
	struct buf text = BUF_INIT(SHOWN_MAX);

	if (form_value_is_typed(f->field) && !f->field->secret &&
	    f->field->type != FIELD_REFERENCE)
		field_format(f->field, form->rec, &text);
	field_edit_set(&f->edit, buf_text(&text));
	free(f->loaded);
	f->loaded = mem_strdup(buf_text(&text));
}

/* ---- taking ---- */

static void blame(struct form_field *f, const struct err *err)
{
	(void)text_cut(f->fault, sizeof(f->fault), err->text, FORM_FAULT_SIZE);
}

static bool no_such_name(const struct form_field *f, const char *name, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < f->names.count; i++)
		nearest_offer(&nearest, f->names.items[i].name);
	const char *near = nearest_found(&nearest);
	return fail(err, ERR_INVALID, "%s: '%.100s' does not exist%s%.200s%s", f->label,
		    name, near != NULL ? "; '" : "", near != NULL ? near : "",
		    near != NULL ? "' is the nearest name" : "");
}

static bool take_reference(struct form *form, const struct form_field *f, struct err *err)
{
	const char *typed = field_edit_text(&f->edit);
	const struct name_item *item = names_find(&f->names, typed);

	if (typed[0] == '\0')
		return fail(err, ERR_INVALID, "%s is missing", f->label);
	if (item == NULL)
		return no_such_name(f, typed, err);
	field_set_number(f->field, form->rec, item->id);
	return true;
}

static bool take_time(struct form *form, const struct form_field *f, struct err *err)
{
	int64_t time_ms;

	if (!time_parse(field_edit_text(&f->edit), form->now_ms, &time_ms, err))
		return fail_in(err, "%s", f->label);
	field_set_number(f->field, form->rec, time_ms);
	return true;
}

/* An empty secret means: as it is. */
static bool take_secret(struct form *form, const struct form_field *f, struct err *err)
{
	if (f->edit.text.len > 0)
		return field_parse(f->field, field_edit_text(&f->edit), form->rec, err);
	if (!field_set_text(f->field, form->rec, field_text(f->field, form->base)))
		return false;
	return field_check(f->field, form->rec, err);
}

static bool take_field(struct form *form, const struct form_field *f, struct err *err)
{
	if (!form_value_is_typed(f->field) || f->fixed)
		return true;
	if (f->field->type == FIELD_REFERENCE)
		return take_reference(form, f, err);
	if (f->field->type == FIELD_TIME)
		return take_time(form, f, err);
	if (f->field->secret)
		return take_secret(form, f, err);
	return field_parse(f->field, field_edit_text(&f->edit), form->rec, err);
}

/* ---- lists ---- */

static bool take_name(const struct form_field *f, const char *name, struct err *err)
{
	if (f->list == FORM_LIST_GROUPS)
		return field_check_name(name, err) || fail_in(err, "%s", f->label);
	if (names_find(&f->names, name) != NULL)
		return true;
	return no_such_name(f, name, err);
}

/* Of a list that must name something, what to say if it does not. */
static const char *const needed[] = {
	[FORM_LIST_TARGETS] = "Covers is missing: name a monitor, group:G or service:S",
	[FORM_LIST_LINK_MONITORS] = "Monitors are missing: whose alerts are sent?",
	[FORM_LIST_LINK_SERVICES] = "Services are missing: which do they reach?",
	[FORM_LIST_LINK_LEVELS] = "Levels are missing: where is it linked?",
};

/* Each line that is not empty names something. */
static bool take_list(const struct form_field *f, struct err *err)
{
	const char *rest = field_edit_text(&f->edit);
	DEFER(buf_done) struct buf name = BUF_INIT(SHOWN_MAX);
	size_t named = 0;

	for (; names_next_line(&rest, &name); named++)
		if (!take_name(f, buf_text(&name), err))
			return false;
	return named > 0 || needed[f->list] == NULL ||
	       fail(err, ERR_INVALID, "%s", needed[f->list]);
}

void form_value_take(struct form *form, struct form_field *f)
{
	struct err err = { 0 };
	bool taken = f->field != NULL ? take_field(form, f, &err)
				      : f->fixed || take_list(f, &err);

	f->fault[0] = '\0';
	if (!taken)
		blame(f, &err);
}

/* ---- what follows what ---- */

struct following {
	enum record_kind kind;
	const char *column;
	bool turned_on; /* follows when column becomes not 0, else when it becomes 0 */
	const char *follower,
		*only_if; /* only_if: what the follower says; NULL: anything */
	const char *value;
};

static const struct following followings[] = {
	{ RECORD_LEVEL, "after_errors", true, "after_minutes", NULL, "0" },
	{ RECORD_LEVEL, "after_minutes", true, "after_errors", NULL, "0" },
	{ RECORD_SERVICE, "disruption_monitors", true, "disruption_percent", NULL, "0" },
	{ RECORD_SERVICE, "disruption_monitors", false, "disruption_percent", "0",
	  "100" },
	{ RECORD_SERVICE, "disruption_percent", true, "disruption_monitors", NULL, "0" },
	{ RECORD_SERVICE, "disruption_percent", false, "disruption_monitors", "0", "1" },
	{ RECORD_SCHEDULE, "every", false, "days", NULL, "" },
	{ RECORD_INTEGRATION, "storm_max_new", true, "storm_within_ms", "0s", "10m" },
	{ RECORD_INTEGRATION, "storm_max_new", false, "storm_within_ms", NULL, "0s" },
	{ RECORD_INTEGRATION, "storm_max_new", false, "storm_release_after_ms", NULL,
	  "0s" },
};

void form_value_follow(struct form *form, const struct form_field *changed)
{
	if (changed->field == NULL || changed->fault[0] != '\0')
		return;
	for (size_t i = 0; i < COUNT_OF(followings); i++) {
		const struct following *row = &followings[i];
		if (row->kind != form->kind ||
		    !text_equal(row->column, changed->field->column) ||
		    (field_number(changed->field, form->rec) != 0) != row->turned_on)
			continue;
		struct form_field *f = form_field_of(form, row->follower);
		if (row->only_if == NULL ||
		    text_equal(field_edit_text(&f->edit), row->only_if))
			field_edit_set(&f->edit, row->value);
	}
}

/* ---- showing ---- */

static void show_secret(const struct form *form, const struct form_field *f,
			struct buf *ret)
{
	char print[FINGERPRINT_SIZE];
	bool typed = f->edit.text.len > 0;
	const char *url =
		typed ? field_edit_text(&f->edit) : field_text(f->field, form->base);

	if (url[0] == '\0')
		return;
	url_add_masked(ret, url);
	if (typed)
		buf_addf(ret, " (%zu characters, new)", text_length(url));
	else
		buf_addf(ret, " (%s)", fingerprint(print, url));
}

void form_show(const struct form *form, const struct form_field *f, struct buf *ret)
{
	if (f->field == NULL || (!f->field->secret && form_value_is_typed(f->field)))
		buf_adds(ret, field_edit_text(&f->edit));
	else if (f->field->secret)
		show_secret(form, f, ret);
	else if (f->field->type == FIELD_BOOL)
		buf_adds(ret,
			 field_number(f->field, form->rec) != 0 ? "[x] yes" : "[ ] no");
	else
		buf_addf(ret, "< %s >",
			 f->field->choice_text((int)field_number(f->field, form->rec)));
}
