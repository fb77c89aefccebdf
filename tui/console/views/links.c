/* Service links as a list: which monitor reaches which service, in which level of which
 * definition. */
#include <stdlib.h>

#include "core/base/text.h"
#include "tui/console/link_matrix.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_view.h"
#include "tui/console/rows.h"

enum { LINKS_MAX = 5000 }; /* rows at a time; the matrix shows more than any list can */

struct link_line {
	int64_t id, placement_id, level, told_ms;
	bool active, has_told;
	enum incident_status told_status;
	char definition[ROW_NAME], monitor[ROW_NAME], service[ROW_NAME];
};

struct links_view {
	struct view view;
	struct list list;
};

static void link_definition(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct link_line *)row)->definition);
}

static void link_level(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_addf(ret, "%lld", (long long)((const struct link_line *)row)->level);
}

static void link_path(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct link_line *line = row;

	(void)now_ms;
	buf_addf(ret, "%s -> %s", line->monitor, line->service);
}

/* A gate that is shut somewhere else: the link alone says nothing. */
static void link_state(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct link_line *)row)->active ? "on" : "off");
}

static enum role link_state_role(const void *row)
{
	return ((const struct link_line *)row)->active ? ROLE_OK : ROLE_DIM;
}

static void link_told(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct link_line *line = row;

	if (!line->has_told) {
		buf_adds(ret, "--");
		return;
	}
	buf_addf(ret, "%s ", incident_word(line->told_status));
	add_when(ret, line->told_ms, now_ms);
}

static const struct column link_columns[] = {
	{ "Definition", 16, 2, NULL, link_definition },
	{ "Lvl", 3, 0, NULL, link_level },
	{ "State", 5, 1, link_state_role, link_state },
	{ "Monitor -> service", 0, 0, NULL, link_path },
	{ "Service last told", 26, 3, NULL, link_told },
};

static struct list *list_of(struct view *view)
{
	return &((struct links_view *)view)->list;
}

static void links_init(struct view *view)
{
	list_init(list_of(view), link_columns, COUNT_OF(link_columns),
		  sizeof(struct link_line));
}

static void links_done(struct view *view)
{
	list_done(list_of(view));
}

/* What each service was told last: links of one service say the same. */
struct told {
	int64_t service_id, told_ms;
	enum incident_status status;
};

struct loading {
	struct list *list;
	struct told *told;
	size_t count, capacity;
};

static void loading_done(struct loading *loading)
{
	free(loading->told);
}

static bool keep_told(void *arg, const struct service_row *row)
{
	struct loading *loading = arg;

	if (row->has_told && row->links > 0)
		VEC_PUSH(loading->told, loading->count, loading->capacity) =
			(struct told){ row->service.head.id, row->told_ms,
				       row->told_status };
	return true;
}

static int by_service(const void *a, const void *b)
{
	int64_t x = ((const struct told *)a)->service_id;
	int64_t y = ((const struct told *)b)->service_id;

	return (x > y) - (x < y);
}

static bool add_link(void *arg, const struct link_row *row)
{
	const struct loading *loading = arg;
	const struct told wanted = { .service_id = row->service_id };
	const struct told *told =
		loading->count > 0 ? bsearch(&wanted, loading->told, loading->count,
					     sizeof(wanted), by_service)
				   : NULL;
	struct link_line line = { .id = row->id,
				  .placement_id = row->placement_id,
				  .level = row->level,
				  .active = row->active,
				  .has_told = told != NULL };

	if (told != NULL) {
		line.told_status = told->status;
		line.told_ms = told->told_ms;
	}
	(void)text_cut(line.definition, sizeof(line.definition), row->definition,
		       NAME_CHARS_MAX);
	(void)text_cut(line.monitor, sizeof(line.monitor), row->monitor, NAME_CHARS_MAX);
	(void)text_cut(line.service, sizeof(line.service), row->service, NAME_CHARS_MAX);
	list_add(loading->list, &line);
	return true;
}

static bool links_load(struct view *view, struct store *store, int64_t now_ms,
		       struct err *err)
{
	struct list *list = list_of(view);
	struct filter filter = FILTER_ALL;
	DEFER(loading_done) struct loading loading = { .list = list };

	(void)now_ms;
	if (!store_list_services(store, &FILTER_ALL, keep_told, &loading, err))
		return false;
	if (loading.count > 1)
		qsort(loading.told, loading.count, sizeof(*loading.told), by_service);
	filter.limit = LINKS_MAX;
	list_begin(list);
	bool loaded = store_list_links(store, &filter, add_link, &loading, err);
	list_end(list);
	return loaded;
}

static void links_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms,
		  "no link yet: v shows what can be linked");
}

static void links_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct list *list = &((const struct links_view *)view)->list;

	(void)now_ms;
	buf_addf(ret, list->count >= LINKS_MAX ? "the first %zu" : "%zu", list->count);
}

static enum reaction links_act(struct view *view, struct app *app, enum action action)
{
	struct list *list = list_of(view);
	const struct link_line *line = list_current(list);

	if (action == ACTION_ADD)
		return record_add(app, RECORD_LINK,
				  line != NULL ? line->placement_id : 0);
	if (action == ACTION_MATRIX) {
		link_matrix_open(app, line != NULL ? line->placement_id : 0);
		return REACTION_RELOAD;
	}
	if (list_act(list, action))
		return REACTION_REDRAW;
	if (line != NULL && action == ACTION_OPEN) {
		record_view_open(app, RECORD_LINK, line->id);
		return REACTION_RELOAD;
	}
	return line != NULL ? record_act(app, RECORD_LINK, line->id, action)
			    : REACTION_IGNORED;
}

static void links_select(struct view *view, enum record_kind kind, int64_t id)
{
	if (kind == RECORD_LINK)
		list_select(list_of(view), id);
}

static const enum action hints[] = { ACTION_HELP, ACTION_ADD,  ACTION_DELETE,
				     ACTION_OPEN, ACTION_EDIT, ACTION_HISTORY,
				     ACTION_UNDO, ACTION_NONE };

const struct view_ops view_links = {
	.name = "links",
	.title = "Links",
	.size = sizeof(struct links_view),
	.keys = &keymap_links,
	.hints = hints,
	.init = links_init,
	.done = links_done,
	.select = links_select,
	.load = links_load,
	.draw = links_draw,
	.act = links_act,
	.list = list_of,
	.summary = links_summary,
};
