#include "tui/console/form_store.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/judge/act_recurring.h"
#include "tui/console/form_copy.h"
#include "tui/console/form_links.h"
#include "tui/console/form_members.h"
#include "tui/console/name_offers.h"
#include "tui/console/record_words.h"

void *form_stored(const struct form *form, struct store *store)
{
	void *rec = mem_new(1, record_types[form->kind].size);
	const struct record_head *head = form->base;
	struct err err = { 0 };

	if (store_get(store, form->kind, head->id, rec, &err))
		return rec;
	free(rec);
	return NULL;
}

/* ---- names that may be typed ---- */

/* What it refers to now, and nothing else: a placement has no name to type. */
static bool offer_current(struct form_field *f, const void *rec, struct store *store,
			  struct err *err)
{
	enum record_kind kind = f->field->reference;
	int64_t id = field_number(f->field, rec);
	DEFER(mem_free) void *referred = mem_new(1, record_types[kind].size);
	DEFER(buf_done) struct buf title = BUF_INIT(FORM_TITLE_SIZE - 1);

	if (id == 0)
		return true;
	if (!store_get(store, kind, id, referred, err) ||
	    (kind == RECORD_PLACEMENT &&
	     !record_add_title(store, kind, referred, &title, err)))
		return false;
	names_add(&f->names,
		  kind == RECORD_PLACEMENT ? buf_text(&title)
					   : record_name(kind, referred),
		  id);
	return true;
}

static bool offer_references(struct form *form, struct store *store, bool to_read,
			     struct err *err)
{
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *f = &form->fields[i];
		if (f->field == NULL || f->field->type != FIELD_REFERENCE)
			continue;
		if (to_read || f->field->reference == RECORD_PLACEMENT
			    ? !offer_current(f, form->rec, store, err)
			    : !offer_records(store, f->field->reference, 0, &f->names,
					     err))
			return false;
	}
	form_name_references(form);
	return true;
}

/* What a record belongs to is chosen when it is added, not moved. */
static void fix_parents(struct form *form, bool is_new)
{
	const char *parent = record_types[form->kind].parent;
	struct form_field *f = parent != NULL ? form_field_of(form, parent) : NULL;

	if (f != NULL && (!is_new || field_number(f->field, form->rec) != 0))
		f->fixed = true;
	if (!is_new && form->kind == RECORD_PLACEMENT)
		form_field_of(form, "integration_id")->fixed = true;
}

/* ---- what a new record begins with ---- */

struct number_taken {
	bool taken[LEVELS_MAX + 1];
};

static bool note_number(void *arg, const void *rec)
{
	const struct level *level = rec;

	((struct number_taken *)arg)->taken[level->number] = true;
	return true;
}

/* The first level number that is free. */
static bool number_level(struct store *store, struct level *level, struct err *err)
{
	struct number_taken numbers = { 0 };

	if (level->definition_id != 0 &&
	    !store_list(store, RECORD_LEVEL, level->definition_id, note_number, &numbers,
			err))
		return false;
	for (level->number = 1; level->number < LEVELS_MAX; level->number++)
		if (!numbers.taken[level->number])
			break;
	return true;
}

static bool begin_window(struct maintenance *window, int64_t now_ms)
{
	window->from_ms = now_ms - now_ms % SECOND_MS;
	window->until_ms = window->from_ms + HOUR_MS;
	return true;
}

/* The only integration there is need not be typed. */
static bool keep_only(void *arg, const void *rec)
{
	int64_t *only = arg;

	*only = *only == 0 ? ((const struct record_head *)rec)->id : -1;
	return *only > 0;
}

static bool place_only(struct store *store, struct placement *placement, struct err *err)
{
	int64_t only = 0;

	placement->active = true; /* who places one by hand means to use it */
	if (!store_list(store, RECORD_INTEGRATION, 0, keep_only, &only, err))
		return false;
	placement->integration_id = only > 0 ? only : 0;
	return true;
}

static bool begin_new(struct store *store, const struct record_target *target, void *rec,
		      int64_t now_ms, struct err *err)
{
	const char *parent = record_types[target->kind].parent;

	record_defaults(target->kind, rec);
	if (target->kind == RECORD_LINK)
		return true; /* form_links_load says what it begins with */
	if (parent != NULL)
		field_set_number(field_by_column(target->kind, parent), rec,
				 target->parent_id);
	if (target->kind == RECORD_LEVEL)
		return number_level(store, rec, err);
	if (target->kind == RECORD_PLACEMENT)
		return place_only(store, rec, err);
	if (target->kind == RECORD_MAINTENANCE)
		return begin_window(rec, now_ms);
	if (target->kind == RECORD_SCHEDULE)
		zone_local_name(((struct schedule *)rec)->zone);
	return true;
}

/* A copy: what must be its own is left to be filled in. */
static bool begin_copy(struct store *store, const struct record_target *target, void *rec,
		       int64_t now_ms, struct err *err)
{
	const struct field *name = field_by_column(target->kind, "name");
	DEFER(buf_done)
	struct buf copy = BUF_INIT(NAME_SIZE - 1);

	if (!store_get(store, target->kind, target->clone_of, rec, err))
		return false;
	*(struct record_head *)rec = (struct record_head){ 0 };
	if (name != NULL) {
		buf_adds(&copy, field_text(name, rec));
		buf_adds(&copy, " copy");
		if (!field_set_text(name, rec, buf_text(&copy)))
			return fail(err, ERR_INVALID, "%s has no room for another word",
				    name->label);
	}
	if (target->kind == RECORD_MONITOR)
		((struct monitor *)rec)->guid[0] = '\0';
	if (target->kind == RECORD_SERVICE)
		((struct service *)rec)->url[0] = '\0';
	if (target->kind == RECORD_LEVEL)
		return number_level(store, rec, err);
	if (target->kind == RECORD_MAINTENANCE)
		return begin_window(rec, now_ms);
	return true;
}

static bool begin(struct store *store, const struct record_target *target, void *rec,
		  int64_t now_ms, struct err *err)
{
	if (target->id != 0)
		return store_get(store, target->kind, target->id, rec, err);
	if (target->clone_of != 0)
		return begin_copy(store, target, rec, now_ms, err);
	return begin_new(store, target, rec, now_ms, err);
}

struct form *form_load(struct store *store, const struct record_target *target,
		       int64_t now_ms, struct err *err)
{
	DEFER(mem_free)
	void *rec = mem_new(1, record_types[target->kind].size);
	DEFER(form_done) struct form *form = NULL;
	DEFER(buf_done)
	struct buf title = BUF_INIT(FORM_TITLE_SIZE - 1);

	if (!begin(store, target, rec, now_ms, err))
		return NULL;
	form = form_new(target->kind, rec);
	form->now_ms = now_ms;
	form->clone_of = target->clone_of;
	if (!offer_references(form, store, target->to_read, err) ||
	    !(form_adds_links(form)
		      ? form_links_load(form, target, store, err)
		      : form_members_load(form, store,
					  target->id != 0 ? target->id : target->clone_of,
					  err)) ||
	    !record_add_title(store, target->kind, rec, &title, err))
		return NULL;
	(void)text_cut(form->title, sizeof(form->title), buf_text(&title),
		       FORM_TITLE_SIZE);
	fix_parents(form, target->id == 0);
	form->focus = 0;
	if (form->fields[0].fixed)
		(void)form_move(form, 1);
	return TAKE(form);
}

/* ---- saving ---- */

static bool save_change(void *arg, struct store *store, struct err *err)
{
	struct form *form = arg;
	struct record_head *head = form->rec;
	bool added = head->id == 0;

	if (!store_put(store, form->kind, form->rec, err) ||
	    !form_members_save(form, store, head->id, err))
		return false;
	return !added || form->clone_of == 0 ||
	       form_copy_children(store, form->kind, form->clone_of, head->id, err);
}

/* An end in the past is an act of its own. */
static bool check_end(const struct form *form, int64_t now_ms, struct err *err)
{
	const struct maintenance *window = form->rec;

	if (form->kind != RECORD_MAINTENANCE || window->until_ms > now_ms)
		return true;
	return fail(err, ERR_INVALID,
		    "Until is over already; to end a window now press x in the list");
}

/* One that is paused need not come round. */
static bool check_round(const struct form *form, int64_t now_ms, struct err *err)
{
	const struct schedule *schedule = form->rec;

	return form->kind != RECORD_SCHEDULE || !schedule->active ||
	       act_recurring_check(schedule, now_ms, err);
}

static bool save_window(struct form *form, struct store *store, int64_t now_ms,
			struct act_result *ret, struct err *err)
{
	const struct maintenance *window = form->rec;
	DEFER(maintenance_targets_done) struct maintenance_targets targets = { 0 };

	return maintenance_targets_of(form, &targets, err) &&
	       act_maintenance_add(store, targets.items, targets.count, window->from_ms,
				   window->until_ms, window->note, now_ms, ret, err);
}

static bool is_conflict(const struct form *form, struct store *store)
{
	const struct record_head *base = form->base;
	DEFER(mem_free) void *stored = NULL;

	if (base->id == 0)
		return false;
	stored = form_stored(form, store);
	return stored == NULL ||
	       ((const struct record_head *)stored)->revision != base->revision;
}

bool form_save(struct form *form, struct store *store, bool dry_run, int64_t now_ms,
	       struct act_result *ret, bool *ret_conflict, struct err *err)
{
	struct record_head *head = form->rec;
	const struct record_head before = *head;
	bool saved;

	*ret_conflict = false;
	if (!check_end(form, now_ms, err) || !check_round(form, now_ms, err))
		return false;
	if (form->kind == RECORD_MAINTENANCE && head->id == 0)
		return dry_run || save_window(form, store, now_ms, ret, err);
	if (form_adds_links(form))
		return form_links_save(form, store, dry_run, now_ms, ret, err);
	saved = act_configure(store, save_change, form, dry_run, now_ms, ret, err);
	if (dry_run || !saved)
		*head = before;
	if (!saved && err->code == ERR_REFUSED)
		*ret_conflict = is_conflict(form, store);
	return saved;
}
