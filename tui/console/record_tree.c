#include "tui/console/record_tree.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_view.h"
#include "tui/console/test_view.h"

static int depth_of(enum record_kind kind)
{
	static const int depths[RECORD_KIND_COUNT] = {
		[RECORD_SERVICE] = 1, [RECORD_LEVEL] = 1, [RECORD_PLACEMENT] = 2
	};

	return depths[kind];
}

static void line_name(const void *row, int64_t now_ms, struct buf *ret)
{
	const struct tree_line *line = row;

	(void)now_ms;
	for (int i = 0; i < depth_of(line->kind); i++)
		buf_adds(ret, "  ");
	buf_adds(ret, line->name);
}

static enum role line_name_role(const void *row)
{
	return depth_of(((const struct tree_line *)row)->kind) == 0 ? ROLE_TITLE
								    : ROLE_TEXT;
}

static void line_state(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct tree_line *)row)->state);
}

static enum role line_state_role(const void *row)
{
	return ((const struct tree_line *)row)->state_role;
}

static void line_about(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct tree_line *)row)->about);
}

static const struct column columns[] = {
	{ "Name", 0, 0, line_name_role, line_name },
	{ "State", 10, 1, line_state_role, line_state },
	{ "", 42, 2, NULL, line_about },
};

/* Its name, if it is of that kind. */
static void name_if(const void *row, enum record_kind kind, struct buf *ret)
{
	const struct tree_line *line = row;

	if (line->kind == kind)
		buf_adds(ret, line->name);
}

static void integration_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	name_if(row, RECORD_INTEGRATION, ret);
	name_if(row, RECORD_PLACEMENT, ret);
}

static void service_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	name_if(row, RECORD_SERVICE, ret);
}

static void definition_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	name_if(row, RECORD_DEFINITION, ret);
}

static void level_name(const void *row, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	name_if(row, RECORD_LEVEL, ret);
}

static const struct facet facets[] = {
	{ "integration", integration_name },
	{ "service", service_name },
	{ "definition", definition_name },
	{ "level", level_name },
};

static int line_depth(const void *row)
{
	return depth_of(((const struct tree_line *)row)->kind);
}

struct list *record_tree_list(struct view *view)
{
	return &((struct record_tree *)view)->list;
}

void record_tree_init(struct view *view)
{
	struct list *list = record_tree_list(view);

	list_init(list, columns, COUNT_OF(columns), sizeof(struct tree_line));
	list->facets = facets;
	list->facet_count = COUNT_OF(facets);
	list->depth = line_depth;
}

void record_tree_done(struct view *view)
{
	list_done(record_tree_list(view));
}

struct view_subject record_tree_subject(const struct view *view)
{
	const struct tree_line *line =
		list_current(&((const struct record_tree *)view)->list);

	return line != NULL ? record_view_subject(line->kind, line->record_id)
			    : (struct view_subject){ 0 };
}

static int64_t row_id(enum record_kind kind, int64_t id)
{
	return id * RECORD_KIND_COUNT + (int)kind;
}

void record_tree_select(struct view *view, enum record_kind kind, int64_t id)
{
	list_select(record_tree_list(view), row_id(kind, id));
}

struct tree_line record_tree_line(enum record_kind kind, int64_t id, int64_t parent_id,
				  const char *name)
{
	struct tree_line line = { .id = row_id(kind, id),
				  .kind = kind,
				  .record_id = id,
				  .parent_id = parent_id };

	(void)text_cut(line.name, sizeof(line.name), name, NAME_CHARS_MAX);
	return line;
}

/* A row beside the current one, or inside it; what can hold nothing gets a sister. */
static enum reaction add(const struct tree_line *line, struct app *app, bool inside,
			 enum record_kind root)
{
	static const enum record_kind inner[RECORD_KIND_COUNT] = {
		[RECORD_INTEGRATION] = RECORD_SERVICE,
		[RECORD_DEFINITION] = RECORD_LEVEL,
		[RECORD_LEVEL] = RECORD_PLACEMENT,
	};

	if (line == NULL)
		return record_add(app, root, 0);
	if (inside && inner[line->kind] != RECORD_MONITOR)
		return record_add(app, inner[line->kind], line->record_id);
	return record_add(app, line->kind, line->parent_id);
}

/* Of what is marked the services; an integration stands for its own when nothing is. */
static void test_marked(const struct record_tree *tree, struct app *app)
{
	const struct list_marks *marks = &tree->list.marks;
	int64_t *ids = mem_new(marks->count, sizeof(*ids));
	size_t count = 0;

	for (size_t i = 0; i < marks->count; i++)
		if (marks->ids[i] % RECORD_KIND_COUNT == RECORD_SERVICE)
			ids[count++] = marks->ids[i] / RECORD_KIND_COUNT;
	test_open_many(app, ids, count);
	free(ids);
}

enum reaction record_tree_act(struct record_tree *tree, struct app *app,
			      enum action action, enum record_kind root)
{
	const struct tree_line *line = list_current(&tree->list);

	if (action == ACTION_ADD || action == ACTION_ADD_INSIDE)
		return add(line, app, action == ACTION_ADD_INSIDE, root);
	if (list_act(&tree->list, action))
		return REACTION_REDRAW;
	if (action == ACTION_TEST && tree->list.marks.count > 0) {
		test_marked(tree, app);
		return REACTION_RELOAD;
	}
	if (line != NULL && action == ACTION_OPEN) {
		record_view_open(app, line->kind, line->record_id);
		return REACTION_RELOAD;
	}
	return line != NULL ? record_act(app, line->kind, line->record_id, action)
			    : REACTION_IGNORED;
}

const enum action record_tree_hints[] = { ACTION_HELP,   ACTION_ADD,   ACTION_ADD_INSIDE,
					  ACTION_EDIT,   ACTION_CLONE, ACTION_DELETE,
					  ACTION_TOGGLE, ACTION_OPEN,  ACTION_UNDO,
					  ACTION_NONE };
