#include "core/rules/fields.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/rules/secret.h"

enum {
	SHOWN_MAX = 200,   /* bytes of foreign text that a sentence repeats */
	MASKED_MAX = 8192, /* bytes of a text with secrets in it, masked */
};

const struct field *field_by_column(enum record_kind kind, const char *column)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count; i++) {
		if (text_equal(type->fields[i].column, column))
			return &type->fields[i];
	}
	return NULL;
}

const struct field *field_by_key(enum record_kind kind, const char *key)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count; i++) {
		if (type->fields[i].key != NULL && text_equal(type->fields[i].key, key))
			return &type->fields[i];
	}
	return NULL;
}

bool field_is_text(const struct field *field)
{
	return field->type == FIELD_TEXT || field->type == FIELD_LONG ||
	       field->type == FIELD_URL;
}

int64_t field_number(const struct field *field, const void *rec)
{
	const char *member = (const char *)rec + field->offset;
	if (field->type == FIELD_BOOL)
		return *(const bool *)(const void *)member;
	if (field->type == FIELD_CHOICE)
		return *(const int *)(const void *)member;
	return *(const int64_t *)(const void *)member;
}

void field_set_number(const struct field *field, void *rec, int64_t number)
{
	char *member = (char *)rec + field->offset;
	if (field->type == FIELD_BOOL)
		*(bool *)(void *)member = number != 0;
	else if (field->type == FIELD_CHOICE)
		*(int *)(void *)member = (int)number;
	else
		*(int64_t *)(void *)member = number;
}

const char *field_text(const struct field *field, const void *rec)
{
	return (const char *)rec + field->offset;
}

bool field_set_text(const struct field *field, void *rec, const char *text)
{
	return text_copy((char *)rec + field->offset, field->size, text);
}

int record_kind_named(const char *name)
{
	for (int kind = 0; kind < RECORD_KIND_COUNT; kind++)
		if (text_equal(record_types[kind].name, name))
			return kind;
	return -1;
}

bool record_missing(enum record_kind kind, const char *what, struct err *err)
{
	return fail(err, ERR_NOT_FOUND, "%s %s does not exist; %s",
		    record_types[kind].title, what, record_types[kind].listed);
}

bool record_missing_id(enum record_kind kind, int64_t id, struct err *err)
{
	enum { SIZE = 24 };
	DEFER(buf_done) struct buf what = BUF_INIT(SIZE);
	buf_addf(&what, "#%" PRId64, id);
	return record_missing(kind, buf_text(&what), err);
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
	if (field_is_text(field))
		return text_equal(field_text(field, a), field_text(field, b));
	return field_number(field, a) == field_number(field, b);
}

int field_choice_parse(const struct field *field, const char *word)
{
	for (int i = 0; i < field->choices; i++) {
		if (text_equal(field->choice_text(i), word))
			return i;
	}
	return -1;
}

/* ---- showing ---- */

static void number_add(const struct field *field, int64_t number, struct buf *ret)
{
	char text[TIME_TEXT_SIZE];

	switch (field->type) {
	case FIELD_BOOL: buf_adds(ret, number != 0 ? "yes" : "no"); return;
	case FIELD_DURATION: buf_adds(ret, duration_format(text, number)); return;
	case FIELD_TIME:
		buf_adds(ret, number > 0 ? time_format_utc(text, number) : "never");
		return;
	case FIELD_CHOICE: buf_adds(ret, field->choice_text((int)number)); return;
	case FIELD_INTEGER:
	case FIELD_REFERENCE:
	case FIELD_TEXT:
	case FIELD_LONG:
	case FIELD_URL: buf_addf(ret, "%" PRId64, number);
	}
}

void field_format(const struct field *field, const void *rec, struct buf *ret)
{
	if (!field_is_text(field))
		number_add(field, field_number(field, rec), ret);
	else if (field->secret)
		url_add_masked(ret, field_text(field, rec));
	else if (field->mask != NULL)
		field->mask(ret, field_text(field, rec));
	else
		buf_adds(ret, field_text(field, rec));
}

bool field_hides(const struct field *field, const char *text)
{
	if (field->mask == NULL)
		return field->secret && *text != '\0';
	DEFER(buf_done) struct buf shown = BUF_INIT(MASKED_MAX);
	field->mask(&shown, text);
	return strstr(buf_text(&shown), SECRET_MASK) != NULL;
}

void field_describe(const struct field *field, const void *rec, struct buf *ret)
{
	char print[FINGERPRINT_SIZE];
	field_format(field, rec, ret);
	if (field_is_text(field) && field_hides(field, field_text(field, rec)))
		buf_addf(ret, " (%s)", fingerprint(print, field_text(field, rec)));
}

/* ---- checking ---- */

static bool text_check_length(const struct field *field, const char *text,
			      struct err *err)
{
	if (*text == '\0' && field->optional)
		return true;
	int64_t length = (int64_t)text_length(text);
	if (length == 0 && field->min > 0)
		return fail(err, ERR_INVALID, "%s is missing", field->label);
	if (length < field->min || length > field->max)
		return fail(err, ERR_INVALID,
			    "%s has %" PRId64 " characters; it may have %" PRId64
			    " to %" PRId64,
			    field->label, length, field->min, field->max);
	return true;
}

/* Long texts may have lines and tabs, nothing else that controls. */
static bool text_has_controls(const struct field *field, const char *text)
{
	if (field->type != FIELD_LONG)
		return !text_no_controls(text);
	for (; *text != '\0'; text++) {
		bool control = (unsigned char)*text < 0x20 || *text == 0x7f;
		if (control && *text != '\n' && *text != '\t')
			return true;
	}
	return false;
}

static bool url_field_check(const struct field *field, const char *url, struct err *err)
{
	if (*url == '\0' && field->optional)
		return true;
	if (field->secret ? url_check(url, err) : url_check_page(url, err))
		return true;
	return fail_in(err, "%s", field->label);
}

static bool text_field_check(const struct field *field, const char *text, struct err *err)
{
	if (!utf8_valid(text, strlen(text)))
		return fail(err, ERR_INVALID, "%s is not valid UTF-8", field->label);
	if (text_has_controls(field, text))
		return fail(err, ERR_INVALID, "%s has control characters; take them out",
			    field->label);
	if (!text_check_length(field, text, err))
		return false;
	return field->type != FIELD_URL || url_field_check(field, text, err);
}

static bool number_check(const struct field *field, int64_t number, struct err *err)
{
	if (number >= field->min && number <= field->max)
		return true;
	if (field->type == FIELD_REFERENCE || field->type == FIELD_TIME)
		return fail(err, ERR_INVALID, "%s is missing", field->label);

	DEFER(buf_done)
	struct buf limits = BUF_INIT(SHOWN_MAX);
	number_add(field, number, &limits);
	buf_adds(&limits, "; it must be from ");
	number_add(field, field->min, &limits);
	buf_adds(&limits, " to ");
	number_add(field, field->max, &limits);
	return fail(err, ERR_INVALID, "%s is %s", field->label, buf_text(&limits));
}

bool field_check(const struct field *field, const void *rec, struct err *err)
{
	if (field_is_text(field))
		return text_field_check(field, field_text(field, rec), err);
	return number_check(field, field_number(field, rec), err);
}

bool record_check(enum record_kind kind, const void *rec, struct err *err)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count; i++) {
		if (!field_check(&type->fields[i], rec, err))
			return false;
	}
	return true;
}

/* ---- reading ---- */

static bool flag_parse(const char *text, int64_t *ret)
{
	static const char *const words[][2] = {
		{ "no", "yes" },
		{ "false", "true" },
		{ "off", "on" },
		{ "0", "1" },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		for (int value = 0; value < 2; value++) {
			if (text_equal_nocase(text, words[i][value])) {
				*ret = value;
				return true;
			}
		}
	}
	return false;
}

static bool choice_refused(const struct field *field, const char *shown, struct err *err)
{
	DEFER(buf_done)
	struct buf words = BUF_INIT(SHOWN_MAX);
	for (int i = 0; i < field->choices; i++) {
		buf_adds(&words, i == 0 ? "" : ", ");
		buf_adds(&words, field->choice_text(i));
	}
	return fail(err, ERR_INVALID, "%s: '%s' is none of %s", field->label, shown,
		    buf_text(&words));
}

/* Text to a number of the field's type, not yet checked against its limits.
 * shown: the text, safe to repeat. */
static bool number_parse(const struct field *field, const char *text, const char *shown,
			 int64_t *ret, struct err *err)
{
	if (field->type == FIELD_DURATION)
		return duration_parse(text, ret, err) || fail_in(err, "%s", field->label);
	if (field->type == FIELD_TIME)
		return time_parse_rfc3339(text, ret, err) ||
		       fail_in(err, "%s", field->label);
	if (field->type == FIELD_BOOL)
		return flag_parse(text, ret) ||
		       fail(err, ERR_INVALID, "%s: '%s' is neither yes nor no",
			    field->label, shown);
	if (field->type == FIELD_CHOICE) {
		*ret = field_choice_parse(field, text);
		return *ret >= 0 || choice_refused(field, shown, err);
	}
	return text_integer(text, ret) ||
	       fail(err, ERR_INVALID, "%s: '%s' is no whole number", field->label, shown);
}

static bool parse_number_field(const struct field *field, const char *text, void *rec,
			       struct err *err)
{
	DEFER(buf_done)
	struct buf shown = BUF_INIT(SHOWN_MAX);
	text_add_safe(&shown, text, false);
	int64_t number;
	if (!number_parse(field, text, buf_text(&shown), &number, err) ||
	    !number_check(field, number, err))
		return false;
	field_set_number(field, rec, number);
	return true;
}

/* *** stands for the secrets of what rec has. */
static bool keep_secrets(const struct field *field, const char *text, const void *rec,
			 struct err *err)
{
	DEFER(buf_done) struct buf ours = BUF_INIT(MASKED_MAX);
	field->mask(&ours, field_text(field, rec));
	return text_equal(text, buf_text(&ours)) ||
	       fail(err, ERR_INVALID,
		    "%s: *** keeps what is stored only if the rest is the same; give the "
		    "new one in full",
		    field->label);
}

bool field_parse(const struct field *field, const char *text, void *rec, struct err *err)
{
	if (!field_is_text(field))
		return parse_number_field(field, text, rec, err);
	if (field->mask != NULL && strstr(text, SECRET_MASK) != NULL)
		return keep_secrets(field, text, rec, err);
	if (!text_field_check(field, text, err))
		return false;
	if (!field_set_text(field, rec, text))
		return fail(err, ERR_INVALID, "%s is longer than %zu bytes", field->label,
			    field->size - 1);
	return true;
}

bool field_check_name(const char *name, struct err *err)
{
	struct monitor named = { 0 };
	return field_parse(field_by_column(RECORD_MONITOR, "name"), name, &named, err);
}

/* ---- whole records ---- */

void record_defaults(enum record_kind kind, void *ret)
{
	const struct record_type *type = &record_types[kind];
	memset(ret, 0, type->size);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (!field_is_text(field))
			field_set_number(field, ret, field->initial);
		else if (field->initial_text != NULL)
			text_cut((char *)ret + field->offset, field->size,
				 field->initial_text, PUBLIC_TEXT_CHARS_MAX);
	}
}

const char *record_name(enum record_kind kind, const void *rec)
{
	static const char *const levels[] = { "level 1", "level 2", "level 3",
					      "level 4" };
	_Static_assert(COUNT_OF(levels) == LEVELS_MAX, "every level has its name");

	const struct field *name = field_by_column(kind, "name");
	if (name != NULL)
		return field_text(name, rec);
	if (kind != RECORD_LEVEL)
		return record_types[kind].name;
	int64_t number = ((const struct level *)rec)->number;
	return number >= 1 && number <= LEVELS_MAX ? levels[number - 1] : "level";
}

bool record_equal(enum record_kind kind, const void *a, const void *b)
{
	const struct record_type *type = &record_types[kind];
	for (size_t i = 0; i < type->field_count; i++) {
		if (!field_equal(&type->fields[i], a, b))
			return false;
	}
	return true;
}
