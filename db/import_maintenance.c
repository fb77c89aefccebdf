/* The recurring maintenance of a document. Windows are not of it: they are journal. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "db/import_covers.h"

enum { PLACE_MAX = 4096 };

static const struct record_type *const type = &record_types[RECORD_SCHEDULE];

struct entry {
	const struct spot *spot;
	const struct json *json;
	struct schedule *is, *was; /* was: id 0 when it is new */
	struct covers covers;
};

static void entry_done(struct entry *entry)
{
	free(entry->is);
	free(entry->was);
	import_covers_done(&entry->covers);
}

/* ---- what it says ---- */

/* Absent: as it is; null: none, where there may be none. */
static void read_text(struct import *im, struct entry *e, const struct field *field)
{
	const struct json *value = json_get(e->json, field->key);
	const struct spot at = { .above = e->spot, .key = field->key };
	if (value != NULL && json_type_of(value) == JSON_NULL && field->optional) {
		(void)!field_set_text(field, e->is, "");
		return;
	}
	const char *text = import_string(im, e->spot, e->json, field->key);
	if (text != NULL && !field_set_text(field, e->is, text))
		import_fault(im, &at, "this is longer than %zu bytes", field->size - 1);
}

static void read_every(struct import *im, struct entry *e)
{
	const struct spot at = { .above = e->spot, .key = "every" };
	const char *text = import_string(im, e->spot, e->json, "every");
	const int every = text == NULL ? -1 : schedule_every_parse(text);
	if (every >= 0)
		e->is->every = (enum schedule_every)every;
	else if (text != NULL)
		import_fault(im, &at, "this must be day, week or month");
}

static void read_active(struct import *im, struct entry *e)
{
	const struct spot at = { .above = e->spot, .key = "active" };
	const struct json *value = json_get(e->json, "active");
	if (value != NULL && !json_bool(value, &e->is->active))
		import_fault(im, &at, "this is %s, it must be a boolean",
			     json_type_name(json_type_of(value)));
}

struct days {
	const struct schedule *schedule;
	uint32_t bits;
};

static int read_day(const struct schedule *schedule, const struct json *json)
{
	int64_t day = -1;
	if (schedule->every == EVERY_WEEK && json_string(json) != NULL)
		return schedule_weekday_parse(json_string(json));
	if (schedule->every == EVERY_MONTH && json_integer(json, &day))
		return day >= 1 && day <= 31 ? (int)day : -1;
	return -1;
}

static bool day_item(struct import *im, const struct spot *spot, const struct json *json,
		     void *arg)
{
	static const char *const wanted[EVERY_COUNT] = {
		[EVERY_DAY] = "every day needs no days",
		[EVERY_WEEK] = "give days of the week: sun, mon, tue, wed, thu, fri, sat",
		[EVERY_MONTH] = "give days of the month: 1 to 31, which is the last one",
	};
	struct days *days = arg;
	const int day = read_day(days->schedule, json);
	if (day < 0)
		import_fault(im, spot, "%s", wanted[days->schedule->every]);
	else if (days->bits >> day & 1)
		import_fault(im, spot, "this day is in the list already");
	else
		days->bits |= UINT32_C(1) << day;
	return true;
}

static bool read_days(struct import *im, struct entry *e)
{
	struct days days = { .schedule = e->is };
	bool is_there = false;
	if (!import_each(im, e->spot, e->json, "days", day_item, &days, &is_there))
		return false;
	if (is_there)
		schedule_write_days(e->is, days.bits);
	return true;
}

/* Sentences begin with the part to mend, but for the zone's. */
static const char *part_to_mend(const char *sentence)
{
	for (size_t i = 0; i < type->field_count; i++) {
		const char *key = type->fields[i].key;
		if (tolower((unsigned char)sentence[0]) == key[0] &&
		    text_starts_with(sentence + 1, key + 1))
			return key;
	}
	return "zone";
}

/* Something sound in its place, so that what else is wrong is found too. */
static void mend(struct schedule *schedule, const char *key)
{
	const struct field *field = field_by_key(RECORD_SCHEDULE, key);
	const bool is_time = text_equal(key, "from") || text_equal(key, "until");
	if (text_equal(key, "days"))
		schedule->every = EVERY_DAY;
	if (field != NULL && field_is_text(field))
		(void)!field_set_text(field, schedule,
				      text_equal(key, "zone") ? "UTC"
				      : is_time               ? "00:00"
							      : "");
}

/* Each part is mended once at most. */
static void check_rule(struct import *im, const struct entry *e)
{
	struct schedule *copy = mem_new(1, sizeof(*copy));
	*copy = *e->is;
	for (size_t i = 0; i < type->field_count; i++) {
		DEFER(recurrence_done) struct recurrence recurrence = { 0 };
		struct err why = { 0 };
		if (recurrence_open(copy, &recurrence, &why))
			break;
		const char *key = part_to_mend(why.text);
		const struct spot at = { .above = e->spot, .key = key };
		import_fault(im, &at, "%s", why.text);
		mend(copy, key);
	}
	free(copy);
}

/* ---- one entry ---- */

static void plan_rule(struct import *im, const struct entry *e)
{
	DEFER(buf_done) struct buf was = BUF_INIT(4 * MESSAGE_SIZE);
	DEFER(buf_done) struct buf is = BUF_INIT(4 * MESSAGE_SIZE);
	DEFER(buf_done) struct buf line = BUF_INIT(16 * MESSAGE_SIZE);
	if (e->was->head.id == 0) {
		import_plan(im, true, "maintenance %s", e->is->name);
		return;
	}
	schedule_add_text(e->was, &was);
	schedule_add_text(e->is, &is);
	buf_addf(&line, "maintenance %s: ", e->is->name);
	if (e->was->active != e->is->active)
		buf_addf(&line, "active %s -> %s", e->was->active ? "true" : "false",
			 e->is->active ? "true" : "false");
	else if (text_equal(buf_text(&was), buf_text(&is)))
		buf_addf(&line, "note %s -> %s", e->was->note[0] ? e->was->note : "none",
			 e->is->note[0] ? e->is->note : "none");
	else
		buf_addf(&line, "%s -> %s", buf_text(&was), buf_text(&is));
	buf_adds(im->plan, "~ ");
	text_add_safe(im->plan, buf_text(&line), false);
	buf_addc(im->plan, '\n');
	im->changed++;
}

static bool says_the_same(const struct entry *e)
{
	return e->was->head.id != 0 && record_equal(RECORD_SCHEDULE, e->was, e->is);
}

static bool store_entry(struct import *im, struct entry *e)
{
	const bool same = says_the_same(e);
	if (!same)
		plan_rule(im, e);
	if (!import_covers_merge(im, e->json, e->is, &e->covers))
		return false;
	return (same && !e->covers.has_changed) ||
	       store_schedule_put(im->store, e->is, e->covers.items, e->covers.count,
				  im->err);
}

/* What is stored of this name, its days as the document writes them. */
static bool open_entry(struct import *im, struct entry *e, const char *name)
{
	bool found = false;
	uint32_t days = 0;
	if (!store_schedule_find(im->store, name, e->was, &found, im->err) ||
	    (found && !schedule_read_days(e->was, &days, im->err)))
		return false;
	if (found)
		schedule_write_days(e->was, days);
	*e->is = *e->was;
	return true;
}

static bool read_name(struct import *im, struct entry *e)
{
	const struct spot at = { .above = e->spot, .key = "name" };
	struct err why = { 0 };
	const char *name = import_required(im, e->spot, e->json, "name");
	if (name == NULL)
		return true;
	import_note_name(im, e->spot, "name", name);
	if (!field_check_name(name, &why))
		return import_fault_of(im, &at, &why);
	return open_entry(im, e, name) &&
	       text_copy(e->is->name, sizeof(e->is->name), name);
}

/* One that is new says when and what; the zone is this machine's. */
static void require_of_new(struct import *im, struct entry *e)
{
	static const char *const keys[] = { "every", "from", "until", "covers" };
	if (e->was->head.id != 0)
		return;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct spot at = { .above = e->spot, .key = keys[i] };
		if (json_get(e->json, keys[i]) == NULL)
			import_fault(im, &at, "this is missing");
		mend(e->is, keys[i]);
	}
	zone_local_name(e->is->zone);
	e->is->active = true;
}

static void check_keys(struct import *im, const struct entry *e)
{
	for (const struct json *i = json_first(e->json); i != NULL; i = json_next(i)) {
		const char *key = json_key(i);
		const struct spot at = { .above = e->spot, .key = key };
		if (field_by_key(RECORD_SCHEDULE, key) == NULL &&
		    !text_equal(key, "was") && !text_equal(key, "covers"))
			import_fault(im, &at, "this key is unknown");
	}
}

static bool read_rule(struct import *im, struct entry *e)
{
	require_of_new(im, e);
	read_active(im, e);
	read_every(im, e);
	if (!read_days(im, e))
		return false;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct field *field = &type->fields[i];
		if (field_is_text(field) && !text_equal(field->key, "name") &&
		    !text_equal(field->key, "days"))
			read_text(im, e, field);
	}
	return true;
}

static bool schedule_item(struct import *im, const struct spot *spot,
			  const struct json *json, void *arg)
{
	const size_t faults_before = im->fault_count;
	(void)arg;
	if (!import_is_object(im, spot, json))
		return true;
	DEFER(entry_done)
	struct entry e = { .spot = spot,
			   .json = json,
			   .is = mem_new(1, sizeof(*e.is)),
			   .was = mem_new(1, sizeof(*e.was)) };
	check_keys(im, &e);
	if (!read_name(im, &e) || !read_rule(im, &e) ||
	    !import_covers_read(im, spot, json, &e.covers))
		return false;
	check_rule(im, &e);
	return im->fault_count > faults_before || store_entry(im, &e);
}

/* ---- all of them ---- */

static bool prune_one(void *arg, const struct schedule *schedule)
{
	struct import *im = arg;
	DEFER(buf_done) struct buf seen = BUF_INIT(PLACE_MAX);
	buf_addf(&seen, "maintenance\n%s", schedule->name);
	if (name_set_has(&im->seen, buf_text(&seen), NULL))
		return true;
	import_plan(im, false, "maintenance %s", schedule->name);
	return store_schedule_delete(im->store, schedule->head.id, im->err);
}

bool import_maintenance(struct import *im, const struct json *document)
{
	bool is_there = false;
	if (!import_each(im, NULL, document, "maintenance", schedule_item, NULL,
			 &is_there))
		return false;
	return !im->options->prune || !is_there ||
	       store_list_schedules(im->store, prune_one, im, im->err);
}
