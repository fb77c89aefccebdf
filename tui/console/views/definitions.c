/* Alert definitions, under each its escalation levels, and in those the integrations that
 * are placed there. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/record_tree.h"

struct tree_rows {
	struct tree_line *items;
	size_t count, capacity;
};

static void tree_rows_done(struct tree_rows *rows)
{
	free(rows->items);
}

static void set_about(struct tree_line *line, const struct buf *about)
{
	(void)text_cut(line->about, sizeof(line->about), buf_text(about), ROW_NOTE);
}

static void set_state(struct tree_line *line, bool active, const char *on,
		      const char *off)
{
	(void)text_cut(line->state, sizeof(line->state), active ? on : off,
		       sizeof(line->state));
	line->state_role = active ? ROLE_OK : ROLE_DIM;
}

/* ---- rows ---- */

static bool keep_definition(void *arg, const void *rec)
{
	struct tree_rows *rows = arg;
	const struct definition *definition = rec;
	struct tree_line line = record_tree_line(RECORD_DEFINITION, definition->head.id,
						 0, definition->name);

	set_state(&line, definition->active, "active", "OFF");
	VEC_PUSH(rows->items, rows->count, rows->capacity) = line;
	return true;
}

static bool keep_level(void *arg, const void *rec)
{
	struct tree_rows *rows = arg;
	const struct level *level = rec;
	struct tree_line line =
		record_tree_line(RECORD_LEVEL, level->head.id, level->definition_id,
				 record_name(RECORD_LEVEL, rec));
	DEFER(buf_done)
	struct buf about = BUF_INIT(ROW_NOTE);

	if (level->after_errors > 0)
		buf_addf(&about, "after %lld error%s", (long long)level->after_errors,
			 level->after_errors == 1 ? "" : "s");
	else
		buf_addf(&about, "after %lld minute%s", (long long)level->after_minutes,
			 level->after_minutes == 1 ? "" : "s");
	if (level->remind_max > 0)
		buf_addf(&about, ", %lld reminder%s every %lld min",
			 (long long)level->remind_max, level->remind_max == 1 ? "" : "s",
			 (long long)level->remind_every_minutes);
	set_about(&line, &about);
	set_state(&line, level->active, "active", "OFF");
	VEC_PUSH(rows->items, rows->count, rows->capacity) = line;
	return true;
}

static bool keep_placement(void *arg, const void *rec)
{
	struct tree_rows *rows = arg;
	const struct placement *placement = rec;
	struct tree_line line = record_tree_line(RECORD_PLACEMENT, placement->head.id,
						 placement->level_id, "");
	DEFER(buf_done)
	struct buf about = BUF_INIT(ROW_NOTE);

	buf_adds(&about, placement->send_ok ? "sends OK" : "NO OK IS SENT");
	if (placement->send_reminders)
		buf_adds(&about, ", reminders");
	set_about(&line, &about);
	set_state(&line, placement->active, "ticked", "not ticked");
	VEC_PUSH(rows->items, rows->count, rows->capacity) = line;
	return true;
}

/* ---- what a row says beside its own fields ---- */

static bool count_row(void *arg, const void *rec)
{
	(void)rec;
	(*(size_t *)arg)++;
	return true;
}

static bool add_group(void *arg, const char *group)
{
	buf_addf(arg, ", group %s", group);
	return true;
}

static bool describe_members(struct store *store, struct tree_line *line, struct err *err)
{
	DEFER(buf_done)
	struct buf about = BUF_INIT(ROW_NOTE);
	DEFER(buf_done)
	struct buf groups = BUF_INIT(ROW_NOTE);
	size_t monitors = 0;

	if (!store_monitors_of_definition(store, line->record_id, count_row, &monitors,
					  err) ||
	    !store_groups_of_definition(store, line->record_id, add_group, &groups, err))
		return false;
	buf_addf(&about, "%zu monitor%s%s", monitors, monitors == 1 ? "" : "s",
		 buf_text(&groups));
	set_about(line, &about);
	return true;
}

static bool describe_placement(struct store *store, struct tree_line *line,
			       struct err *err)
{
	struct placement placement;
	struct integration *integration = mem_new(1, sizeof(*integration));
	DEFER(buf_done)
	struct buf about = BUF_INIT(ROW_NOTE);
	size_t links = 0;
	bool read =
		store_get(store, RECORD_PLACEMENT, line->record_id, &placement, err) &&
		store_get(store, RECORD_INTEGRATION, placement.integration_id,
			  integration, err) &&
		store_list(store, RECORD_LINK, line->record_id, count_row, &links, err);

	if (read) {
		(void)text_cut(line->name, sizeof(line->name), integration->name,
			       NAME_CHARS_MAX);
		buf_addf(&about, "%zu link%s, %s", links, links == 1 ? "" : "s",
			 line->about);
		set_about(line, &about);
	}
	free(integration);
	return read;
}

static bool add_placements(struct list *list, struct store *store, int64_t level_id,
			   struct err *err)
{
	DEFER(tree_rows_done) struct tree_rows rows = { 0 };

	if (!store_list(store, RECORD_PLACEMENT, level_id, keep_placement, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		if (!describe_placement(store, &rows.items[i], err))
			return false;
		list_add(list, &rows.items[i]);
	}
	return true;
}

static bool add_levels(struct list *list, struct store *store, int64_t definition_id,
		       struct err *err)
{
	DEFER(tree_rows_done) struct tree_rows rows = { 0 };

	if (!store_list(store, RECORD_LEVEL, definition_id, keep_level, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		list_add(list, &rows.items[i]);
		if (!add_placements(list, store, rows.items[i].record_id, err))
			return false;
	}
	return true;
}

static bool add_definitions(struct list *list, struct store *store, struct err *err)
{
	DEFER(tree_rows_done) struct tree_rows rows = { 0 };

	if (!store_list(store, RECORD_DEFINITION, 0, keep_definition, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		if (!describe_members(store, &rows.items[i], err))
			return false;
		list_add(list, &rows.items[i]);
		if (!add_levels(list, store, rows.items[i].record_id, err))
			return false;
	}
	return true;
}

/* ---- the screen ---- */

static bool definitions_load(struct view *view, struct store *store, int64_t now_ms,
			     struct err *err)
{
	struct list *list = &((struct record_tree *)view)->list;

	(void)now_ms;
	list_begin(list);
	bool loaded = add_definitions(list, store, err);
	list_end(list);
	return loaded;
}

static void definitions_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(&((struct record_tree *)view)->list, area, true, true, now_ms,
		  "no alert definition yet: a adds one, A a level in it, A an "
		  "integration in that");
}

static enum reaction definitions_act(struct view *view, struct app *app,
				     enum action action)
{
	return record_tree_act((struct record_tree *)view, app, action,
			       RECORD_DEFINITION);
}

const struct view_ops view_definitions = {
	.name = "definitions",
	.title = "Alert definitions",
	.size = sizeof(struct record_tree),
	.keys = &keymap_records,
	.hints = record_tree_hints,
	.init = record_tree_init,
	.done = record_tree_done,
	.select = record_tree_select,
	.list = record_tree_list,
	.subject = record_tree_subject,
	.load = definitions_load,
	.draw = definitions_draw,
	.act = definitions_act,
};
