#include "tui/console/form_members.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_schedule.h"
#include "tui/console/name_offers.h"

enum { LINES_MAX = 1024 * 1024, NAME_LINE = 2 * NAME_SIZE + 16 };

/* ---- lines ---- */

static bool has_line(const char *text, const char *line)
{
	DEFER(buf_done)
	struct buf one = BUF_INIT(NAME_LINE);

	while (names_next_line(&text, &one))
		if (text_equal(buf_text(&one), line))
			return true;
	return false;
}

static bool add_line(void *arg, const char *text)
{
	struct buf *lines = arg;

	buf_addf(lines, "%s%s", lines->len > 0 ? "\n" : "", text);
	return true;
}

static bool add_monitor_line(void *arg, const void *rec)
{
	return add_line(arg, ((const struct monitor *)rec)->name);
}

/* ---- what may be named ---- */

typedef bool offer_fn(struct store *store, struct names *ret, struct err *err);

static offer_fn *const offers[] = {
	[FORM_LIST_GROUPS] = offer_groups,
	[FORM_LIST_MONITORS] = offer_monitors,
	[FORM_LIST_TARGETS] = offer_targets,
};

/* ---- loading ---- */

/* A monitor is offered with its kind before it only where its name needs that. */
static bool add_target_line(void *arg, const struct maintenance_target *target,
			    const char *name)
{
	(void)target;
	return add_line(arg, name);
}

static bool read_list(const struct form *form, enum form_list list, struct store *store,
		      int64_t id, struct buf *ret, struct err *err)
{
	if (list == FORM_LIST_MONITORS)
		return store_monitors_of_definition(store, id, add_monitor_line, ret,
						    err);
	if (list == FORM_LIST_TARGETS && form->kind == RECORD_SCHEDULE)
		return store_schedule_covers(store, id, add_target_line, ret, err);
	if (list == FORM_LIST_TARGETS)
		return store_window_targets(store, id, add_line, ret, err);
	return form->kind == RECORD_MONITOR
		       ? store_groups_of_monitor(store, id, add_line, ret, err)
		       : store_groups_of_definition(store, id, add_line, ret, err);
}

/* What a window covers is named once; a copy names it anew. */
static bool is_named_once(const struct form *form, const struct form_field *f)
{
	return f->list == FORM_LIST_TARGETS && form->kind == RECORD_MAINTENANCE;
}

bool form_members_load(struct form *form, struct store *store, int64_t id,
		       struct err *err)
{
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *f = &form->fields[i];
		DEFER(buf_done)
		struct buf text = BUF_INIT(LINES_MAX);
		bool stands = ((const struct record_head *)form->base)->id != 0;
		if (f->list == FORM_LIST_NONE)
			continue;
		if (!offers[f->list](store, &f->names, err) ||
		    (id != 0 && !read_list(form, f->list, store, id, &text, err)))
			return false;
		f->fixed = is_named_once(form, f) && stands;
		if (!is_named_once(form, f) || stands)
			form_set_list(form, f->list, buf_text(&text));
	}
	return true;
}

/* ---- what maintenance covers ---- */

static bool target_of(const struct form_field *f, const char *name,
		      struct maintenance_target *ret, struct err *err)
{
	static const char group[] = "group:";
	const struct name_item *item = names_find(&f->names, name);

	*ret = (struct maintenance_target){ .kind = TARGET_MONITOR };
	if (item == NULL)
		return fail(err, ERR_NOT_FOUND, "%s: '%.100s' does not exist", f->label,
			    name);
	ret->id = item->id;
	if (text_starts_with(name, "service:"))
		ret->kind = TARGET_SERVICE;
	if (!text_starts_with(name, group))
		return true;
	ret->kind = TARGET_GROUP;
	return text_copy(ret->group, sizeof(ret->group), name + sizeof(group) - 1);
}

/* What is gone since it was offered is covered by nothing. */
static bool set_target(const struct form_field *f, struct store *store, int64_t id,
		       const char *name, bool member, struct err *err)
{
	struct maintenance_target target;
	struct err gone = { 0 };

	return !target_of(f, name, &target, &gone) ||
	       store_schedule_set_target(store, id, &target, member, err);
}

/* ---- saving ---- */

static bool set_member(const struct form *form, const struct form_field *f,
		       struct store *store, int64_t id, const char *name, bool member,
		       struct err *err)
{
	if (f->list == FORM_LIST_GROUPS)
		return form->kind == RECORD_MONITOR
			       ? store_group_set(store, name, id, member, err)
			       : store_definition_set_group(store, id, name, member, err);
	if (f->list == FORM_LIST_TARGETS)
		return set_target(f, store, id, name, member, err);
	const struct name_item *item = names_find(&f->names, name);
	return item == NULL ||
	       store_definition_set_monitor(store, id, item->id, member, err);
}

/* The lines of `these` that are not among `those`. */
static bool set_difference(const struct form *form, const struct form_field *f,
			   struct store *store, int64_t id, bool member, struct err *err)
{
	const char *typed = field_edit_text(&f->edit);
	const char *these = member ? typed : f->loaded;
	const char *those = member ? f->loaded : typed;
	bool is_new = ((const struct record_head *)form->base)->id == 0;
	DEFER(buf_done)
	struct buf line = BUF_INIT(NAME_LINE);

	while (names_next_line(&these, &line))
		if (((is_new && member) || !has_line(those, buf_text(&line))) &&
		    !set_member(form, f, store, id, buf_text(&line), member, err))
			return false;
	return true;
}

bool form_members_save(const struct form *form, struct store *store, int64_t id,
		       struct err *err)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *f = &form->fields[i];
		bool is_new = ((const struct record_head *)form->base)->id == 0;
		if (f->list == FORM_LIST_NONE || is_named_once(form, f) ||
		    (!is_new && !form_field_changed(form, f)))
			continue;
		if (!set_difference(form, f, store, id, true, err) ||
		    !set_difference(form, f, store, id, false, err))
			return false;
	}
	return true;
}

bool maintenance_targets_of(struct form *form, struct maintenance_targets *ret,
			    struct err *err)
{
	const struct form_field *f = form_list_of(form, FORM_LIST_TARGETS);
	const char *rest = field_edit_text(&f->edit);
	DEFER(buf_done)
	struct buf line = BUF_INIT(NAME_LINE);

	while (names_next_line(&rest, &line)) {
		struct maintenance_target target;
		if (!target_of(f, buf_text(&line), &target, err))
			return false;
		VEC_PUSH(ret->items, ret->count, ret->capacity) = target;
	}
	return true;
}

void maintenance_targets_done(struct maintenance_targets *targets)
{
	free(targets->items);
}
