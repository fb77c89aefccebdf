/* Active monitors whose errors reach no service, and the gate that is in the way of each:
 * whatever the mode is, and whether or not they are in maintenance just now. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/explain_view.h"
#include "tui/console/gate_rows.h"
#include "tui/console/names.h"
#include "tui/console/object_acts.h"
#include "tui/console/rows.h"
#include "tui/console/sentence.h"

/* So many are told why when the screen is read; of the others Enter tells it. */
enum { EXPLAINED_MAX = 200, DETAIL_ROWS = 4 };

struct gap {
	int64_t id; /* of the monitor */
	char monitor[ROW_NAME];
	char gate[24];
	char why[ROW_NOTE];
};

struct coverage {
	struct view view;
	struct list list;
	size_t active;
	int64_t revision; /* of the configuration that was read, + 1; 0: none was */
};

static const struct view_ops view_coverage;

void coverage_open(struct app *app)
{
	(void)app_open(app, &view_coverage, 0);
}

static void row_monitor(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct gap *)row)->monitor);
}

static void row_gate(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct gap *)row)->gate);
}

static enum role gate_role(const void *row)
{
	(void)row;
	return ROLE_WARN;
}

static void row_why(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct gap *)row)->why);
}

static const struct column columns[] = {
	{ "Monitor", 22, 0, NULL, row_monitor },
	{ "Gate", 11, 0, gate_role, row_gate },
	{ "Why", 0, 2, NULL, row_why },
};

static struct coverage *coverage_of(struct view *view)
{
	return (struct coverage *)view;
}

static void coverage_init(struct view *view)
{
	list_init(&coverage_of(view)->list, columns, COUNT_OF(columns),
		  sizeof(struct gap));
}

static void coverage_done(struct view *view)
{
	list_done(&coverage_of(view)->list);
}

/* ---- which ---- */

struct search {
	struct names covered; /* monitors with a link whose gates are open; sorted */
	struct gap *gaps;
	size_t count, capacity;
	size_t active;
};

static void search_done(struct search *search)
{
	names_done(&search->covered);
	free(search->gaps);
}

static bool add_covered(void *arg, const struct link_row *row)
{
	struct search *search = arg;

	if (row->active)
		names_add(&search->covered, row->monitor, 0);
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct name_item *)a)->name,
		      ((const struct name_item *)b)->name);
}

static bool is_covered(const struct search *search, const struct monitor *monitor)
{
	const struct name_item wanted = { .name = (char *)(uintptr_t)monitor->name };
	const struct names *covered = &search->covered;

	return covered->count > 0 && bsearch(&wanted, covered->items, covered->count,
					     sizeof(wanted), by_name) != NULL;
}

static bool add_gap(void *arg, const void *rec)
{
	struct search *search = arg;
	const struct monitor *monitor = rec;
	struct gap gap = { .id = monitor->head.id };

	search->active += monitor->active;
	if (!monitor->active || is_covered(search, monitor))
		return true;
	(void)text_cut(gap.monitor, sizeof(gap.monitor), monitor->name, NAME_CHARS_MAX);
	(void)text_cut(gap.why, sizeof(gap.why), "Enter tells why", ROW_NOTE);
	VEC_PUSH(search->gaps, search->count, search->capacity) = gap;
	return true;
}

/* ---- why ---- */

/* Of several paths the one that comes nearest to the page. */
struct nearest {
	struct gap *gap;
	enum gate_kind best;
	bool found;
};

static bool consider_path(void *arg, const struct explained_path *path)
{
	struct nearest *nearest = arg;
	const struct gate *gate = gate_in_the_way(path);

	if (gate == NULL || (nearest->found && gate->kind <= nearest->best))
		return true;
	nearest->found = true;
	nearest->best = gate->kind;
	(void)text_cut(nearest->gap->gate, sizeof(nearest->gap->gate),
		       gate_kind_text(gate->kind), sizeof(nearest->gap->gate));
	(void)text_cut(nearest->gap->why, ROW_NOTE, gate->text, ROW_NOTE);
	return true;
}

static bool explain_gaps(struct search *search, struct store *store, int64_t now_ms,
			 struct err *err)
{
	for (size_t i = 0; i < search->count && i < EXPLAINED_MAX; i++) {
		struct nearest nearest = { .gap = &search->gaps[i] };
		bool reaches;
		if (!explain_monitor(store, nearest.gap->id, 0, now_ms, consider_path,
				     &nearest, &reaches, err))
			return false;
	}
	return true;
}

static bool read_gaps(struct coverage *v, struct store *store, int64_t now_ms,
		      struct err *err)
{
	DEFER(search_done) struct search search = { 0 };

	if (!store_list_links(store, &FILTER_ALL, add_covered, &search, err))
		return false;
	if (search.covered.count > 1)
		qsort(search.covered.items, search.covered.count,
		      sizeof(*search.covered.items), by_name);
	if (!store_list(store, RECORD_MONITOR, 0, add_gap, &search, err) ||
	    !explain_gaps(&search, store, now_ms, err))
		return false;
	v->active = search.active;
	list_begin(&v->list);
	for (size_t i = 0; i < search.count; i++)
		list_add(&v->list, &search.gaps[i]);
	list_end(&v->list);
	return true;
}

static bool coverage_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	struct coverage *v = coverage_of(view);
	int64_t revision = 0;

	if (!store_fact(store, FACT_CONFIG_REVISION, 0, &revision, err))
		return false;
	if (v->revision == revision + 1 && !v->list.asked)
		return true;
	v->revision = revision + 1;
	return read_gaps(v, store, now_ms, err);
}

/* ---- drawing and keys ---- */

static void coverage_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct list *list = &coverage_of(view)->list;
	const struct gap *gap = list_current(list);

	if (gap != NULL)
		area = sentence_foot(area, DETAIL_ROWS, gap->monitor, ROLE_WARN,
				     gap->why);
	list_draw(list, area, true, true, now_ms,
		  "every active monitor reaches a service");
}

static enum reaction coverage_act(struct view *view, struct app *app, enum action action)
{
	struct coverage *v = coverage_of(view);
	const struct gap *gap = list_current(&v->list);

	if (list_act(&v->list, action))
		return REACTION_REDRAW;
	if (action == ACTION_OPEN && gap != NULL) {
		explain_open(app, RECORD_MONITOR, gap->id);
		return REACTION_RELOAD;
	}
	return object_act(app, RECORD_MONITOR, gap != NULL ? gap->id : 0, action);
}

static struct list *coverage_list(struct view *view)
{
	return &coverage_of(view)->list;
}

static void coverage_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct coverage *v = (const struct coverage *)view;

	(void)now_ms;
	buf_addf(ret, "%zu of %zu active monitors reach no service", v->list.total,
		 v->active);
}

static const enum action hints[] = { ACTION_HELP, ACTION_OPEN, ACTION_WHAT_IF,
				     ACTION_BACK, ACTION_NONE };

static const struct view_ops view_coverage = {
	.name = "coverage",
	.title = "Coverage",
	.size = sizeof(struct coverage),
	.keys = &keymap_objects,
	.hints = hints,
	.init = coverage_init,
	.done = coverage_done,
	.list = coverage_list,
	.load = coverage_load,
	.draw = coverage_draw,
	.act = coverage_act,
	.summary = coverage_summary,
};
