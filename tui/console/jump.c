#include "tui/console/jump.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/list.h"

enum { PARTS_MAX = 8 };

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
enum { TARGETS_MAX = sizeof(letters) - 1 };

/* A row: how many times Tab leads to its list, and its place there. */
struct jump_target {
	int part, y, x;
	size_t row;
};

struct jump_view {
	struct view view;
	struct jump_target targets[TARGETS_MAX];
	size_t count;
	int chosen; /* -1: none */
};

/* The list in each part of the screen, in the order of Tab; NULL: that part has none. */
struct parts {
	struct list *lists[PARTS_MAX];
	int count;
};

static const struct view_ops view_jump;

/* Once round with Tab, as a click goes too. */
static void look_round(struct app *app, struct parts *ret)
{
	struct list *first = app_list(app);

	while (ret->count < PARTS_MAX) {
		ret->lists[ret->count++] = app_list(app);
		app_act(app, ACTION_NEXT_PANE);
		if (app_list(app) == first)
			break;
	}
	app->note[0] = '\0'; /* that there is nothing beside it */
}

static size_t rows_shown(const struct list *list)
{
	size_t height = list->height > 0 ? (size_t)list->height : 0;
	size_t below = list->count - (list->top < list->count ? list->top : list->count);

	return height < below ? height : below;
}

static size_t count_rows(const struct parts *parts)
{
	size_t count = 0;

	for (int i = 0; i < parts->count; i++)
		count += parts->lists[i] != NULL ? rows_shown(parts->lists[i]) : 0;
	return count;
}

static void add_rows(struct jump_view *v, int part, const struct list *list, size_t most)
{
	for (size_t i = 0; i < rows_shown(list) && i < most && v->count < TARGETS_MAX;
	     i++)
		v->targets[v->count++] = (struct jump_target){
			.part = part,
			.row = list->top + i,
			.y = list->first_y + (int)i * list->row_lines,
			.x = list->first_x,
		};
}

static int by_place(const void *a, const void *b)
{
	const struct jump_target *left = a;
	const struct jump_target *right = b;

	return left->y != right->y ? left->y - right->y : left->x - right->x;
}

/* Where there are more rows than letters, the parts that the cursor is not in get one. */
static void add_targets(struct jump_view *v, const struct parts *parts)
{
	size_t most = count_rows(parts) <= TARGETS_MAX ? TARGETS_MAX : 1;

	for (int i = 1; i < parts->count; i++)
		if (parts->lists[i] != NULL)
			add_rows(v, i, parts->lists[i], most);
	if (parts->lists[0] != NULL)
		add_rows(v, 0, parts->lists[0], TARGETS_MAX);
}

void jump_open(struct app *app)
{
	struct parts parts = { .count = 0 };

	look_round(app, &parts);
	if (count_rows(&parts) == 0) {
		app_note(app, "There is no row to jump to");
		return;
	}
	struct jump_view *v = (struct jump_view *)app_open(app, &view_jump, 0);
	if (v == NULL)
		return;
	v->chosen = -1;
	add_targets(v, &parts);
	qsort(v->targets, v->count, sizeof(v->targets[0]), by_place);
}

static void jump_draw(struct view *view, struct rect area, int64_t now_ms)
{
	const struct jump_view *v = (const struct jump_view *)view;

	(void)area;
	(void)now_ms;
	for (size_t i = 0; i < v->count; i++)
		(void)paint_text(v->targets[i].y, v->targets[i].x, 1, ROLE_BAD,
				 (char[]){ letters[i], '\0' });
}

/* Any other key leaves everything as it was. */
static enum reaction jump_key(struct view *view, struct app *app, int key)
{
	struct jump_view *v = (struct jump_view *)view;
	const char *letter = key > 0 && key < 0x80 ? strchr(letters, key) : NULL;

	(void)app;
	if (letter != NULL && *letter != '\0' && (size_t)(letter - letters) < v->count)
		v->chosen = (int)(letter - letters);
	return REACTION_CLOSE;
}

static void jump_closed(struct view *view, struct app *app)
{
	const struct jump_view *v = (const struct jump_view *)view;

	if (v->chosen < 0)
		return;
	const struct jump_target *target = &v->targets[v->chosen];
	for (int i = 0; i < target->part; i++)
		app_act(app, ACTION_NEXT_PANE);
	struct list *list = app_list(app);
	if (list != NULL)
		list_move_to(list, target->row);
}

static const enum action hints[] = { ACTION_BACK, ACTION_NONE };

static const struct view_ops view_jump = {
	.name = "jump",
	.title = "Jump",
	.size = sizeof(struct jump_view),
	.keys = &keymap_list,
	.hints = hints,
	.overlay = true,
	.draw = jump_draw,
	.key = jump_key,
	.closed = jump_closed,
};
