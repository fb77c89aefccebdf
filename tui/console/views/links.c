/* Service links as a list: which monitor reaches which service, in which level of which
 * definition. All of them, or those that one record has a part in. */
#include <stdlib.h>

#include "core/base/text.h"
#include "tui/console/link_acts.h"
#include "tui/console/link_matrix.h"
#include "tui/console/links_view.h"
#include "tui/console/object_acts.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_view.h"
#include "tui/console/record_words.h"
#include "tui/console/rows.h"

enum { LINKS_MAX = 5000 }; /* rows at a time; the matrix shows more than any list can */

struct link_line {
	int64_t id, placement_id, monitor_id, service_id, level, told_ms;
	bool active, critical, has_told;
	enum incident_status told_status;
	char definition[ROW_NAME], monitor[ROW_NAME], service[ROW_NAME];
};

struct links_view {
	struct view view;
	struct list list;
	int64_t monitor_id; /* the cursor goes to a link of it, with the next load; 0: no */
	char title
		[FORM_TITLE_SIZE]; /* of the record that they are a part of; empty: all */
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
	buf_addf(ret, "%s -> %s%s", line->monitor, line->service,
		 line->critical ? "  (critical)" : "");
}

static void link_monitor(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct link_line *)row)->monitor);
}

static void link_service(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct link_line *)row)->service);
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

static const struct facet link_facets[] = {
	{ "monitor", link_monitor },
	{ "service", link_service },
	{ "level", link_level },
};

static struct list *list_of(struct view *view)
{
	return &((struct links_view *)view)->list;
}

static void links_init(struct view *view)
{
	struct list *list = list_of(view);

	list_init(list, link_columns, COUNT_OF(link_columns), sizeof(struct link_line));
	list->facets = link_facets;
	list->facet_count = COUNT_OF(link_facets);
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
	struct links_view *v;
	struct told *told;
	size_t count, capacity;
};

static void loading_done(struct loading *loading)
{
	free(loading->told);
}

static bool keep_told(void *arg, const struct service_brief *row)
{
	struct loading *loading = arg;

	if (row->has_told && row->links > 0)
		VEC_PUSH(loading->told, loading->count, loading->capacity) =
			(struct told){ row->id, row->told_ms, row->told_status };
	return true;
}

static int by_service(const void *a, const void *b)
{
	int64_t x = ((const struct told *)a)->service_id;
	int64_t y = ((const struct told *)b)->service_id;

	return (x > y) - (x < y);
}

/* The cursor to the first link of the monitor that it is to be on. */
static void place_cursor(struct links_view *v, const struct link_row *row)
{
	if (v->monitor_id != row->monitor_id)
		return;
	v->monitor_id = 0;
	list_select(&v->list, row->id);
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
				  .monitor_id = row->monitor_id,
				  .service_id = row->service_id,
				  .level = row->level,
				  .active = row->active,
				  .critical = row->critical,
				  .has_told = told != NULL };

	if (told != NULL) {
		line.told_status = told->status;
		line.told_ms = told->told_ms;
	}
	(void)text_cut(line.definition, sizeof(line.definition), row->definition,
		       NAME_CHARS_MAX);
	(void)text_cut(line.monitor, sizeof(line.monitor), row->monitor, NAME_CHARS_MAX);
	(void)text_cut(line.service, sizeof(line.service), row->service, NAME_CHARS_MAX);
	list_add(&loading->v->list, &line);
	place_cursor(loading->v, row);
	return true;
}

static bool read_title(struct links_view *v, struct store *store, struct err *err)
{
	DEFER(buf_done) struct buf title = BUF_INIT(FORM_TITLE_SIZE - 1);

	if (v->view.object_id == 0)
		return true;
	if (!record_read_title(store, v->view.object_kind, v->view.object_id, &title,
			       err))
		return false;
	(void)text_cut(v->title, sizeof(v->title), buf_text(&title), FORM_TITLE_SIZE);
	return true;
}

static bool links_load(struct view *view, struct store *store, int64_t now_ms,
		       struct err *err)
{
	struct list *list = list_of(view);
	struct filter filter = FILTER_ALL;
	DEFER(loading_done)
	struct loading loading = { .v = (struct links_view *)view };

	(void)now_ms;
	filter.part_kind = view->object_kind;
	filter.part_id = view->object_id;
	if (!read_title((struct links_view *)view, store, err) ||
	    !store_list_service_briefs(store, 0, keep_told, &loading, err))
		return false;
	if (loading.count > 1)
		qsort(loading.told, loading.count, sizeof(*loading.told), by_service);
	filter.limit = LINKS_MAX;
	list_begin(list);
	bool loaded = store_list_links(store, &filter, add_link, &loading, err);
	list_end(list);
	loading.v->monitor_id = 0;
	return loaded;
}

static void links_draw(struct view *view, struct rect area, int64_t now_ms)
{
	list_draw(list_of(view), area, true, true, now_ms,
		  view->object_id != 0
			  ? "no link of it yet: a adds some"
			  : "no link yet: a adds some, v shows what can be linked");
}

static void links_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct links_view *v = (const struct links_view *)view;
	const struct list *list = &v->list;

	(void)now_ms;
	if (v->title[0] != '\0')
		buf_addf(ret, "%s: ", v->title);
	buf_addf(ret, list->count >= LINKS_MAX ? "the first %zu" : "%zu", list->count);
}

/* Where the new ones begin: with what the list is about, else beside the current one. */
static enum reaction add(const struct view *view, struct app *app,
			 const struct link_line *line)
{
	struct record_target target = { RECORD_LINK, .parent_id = view->object_id,
					.parent_kind = view->object_kind };

	if (view->object_id == 0 && line != NULL) {
		target.parent_id = line->placement_id;
		target.parent_kind = RECORD_PLACEMENT;
	}
	(void)record_form_open(app, &target);
	return REACTION_RELOAD;
}

/* To what is marked, else to the current one. */
static bool act_on_links(const struct list *list, struct app *app, enum action action,
			 const struct link_line *line)
{
	if (list->marks.count > 0)
		return link_act(app, action, list->marks.ids, list->marks.count);
	return line != NULL && link_act(app, action, &line->id, 1);
}

/* What is asked of its ends. */
static enum reaction act_on_end(struct app *app, const struct link_line *line,
				enum action action)
{
	bool monitor = action == ACTION_WHAT_IF || action == ACTION_EXPLAIN;
	bool service = action == ACTION_OPEN_INCIDENT || action == ACTION_RESYNC;

	if (monitor)
		return object_act(app, RECORD_MONITOR, line->monitor_id, action);
	return service ? object_act(app, RECORD_SERVICE, line->service_id, action)
		       : record_act(app, RECORD_LINK, line->id, action);
}

static enum reaction links_act(struct view *view, struct app *app, enum action action)
{
	struct list *list = list_of(view);
	const struct link_line *line = list_current(list);

	if (action == ACTION_ADD || action == ACTION_ADD_INSIDE)
		return add(view, app, line);
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
	if (act_on_links(list, app, action, line))
		return REACTION_RELOAD;
	return line != NULL ? act_on_end(app, line, action) : REACTION_IGNORED;
}

static void links_select(struct view *view, enum record_kind kind, int64_t id)
{
	if (kind == RECORD_LINK)
		list_select(list_of(view), id);
}

static struct view_subject links_subject(const struct view *view)
{
	const struct link_line *line =
		list_current(&((const struct links_view *)view)->list);

	return line != NULL ? record_view_subject(RECORD_LINK, line->id)
			    : (struct view_subject){ 0 };
}

static const enum action hints[] = {
	ACTION_HELP,       ACTION_ADD,       ACTION_OPEN,   ACTION_MOVE_LINK,
	ACTION_POINT_LINK, ACTION_COPY_LINK, ACTION_DELETE, ACTION_MATRIX,
	ACTION_MARK,       ACTION_UNDO,      ACTION_NONE
};

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
	.subject = links_subject,
	.summary = links_summary,
};

void links_open_at(struct app *app, enum record_kind kind, int64_t id, int64_t monitor_id)
{
	struct links_view *v = (struct links_view *)app_open(app, &view_links, id);

	if (v == NULL)
		return;
	v->view.object_kind = kind;
	v->monitor_id = monitor_id;
}

void links_open(struct app *app, enum record_kind kind, int64_t id)
{
	links_open_at(app, kind, id, 0);
}
