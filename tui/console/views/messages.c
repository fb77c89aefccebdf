/* The history of the status line, newest first. */
#include "core/base/clock.h"
#include "tui/console/app.h"
#include "tui/console/lines.h"

struct messages_view {
	struct view view;
	const struct messages *messages; /* app's */
	struct lines lines;
};

static const struct view_ops view_messages;

void messages_open(struct app *app)
{
	if (app_view(app)->ops == &view_messages)
		return;
	struct messages_view *v =
		(struct messages_view *)app_open(app, &view_messages, 0);
	if (v != NULL)
		v->messages = &app->messages;
}

static void messages_view_done(struct view *view)
{
	lines_done(&((struct messages_view *)view)->lines);
}

static bool messages_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	struct messages_view *v = (struct messages_view *)view;

	(void)store;
	(void)now_ms;
	(void)err;
	lines_reset(&v->lines);
	for (size_t i = v->messages->count; i > 0; i--) {
		const struct message *message = &v->messages->items[i - 1];
		char text[TIME_TEXT_SIZE];
		lines_fact(&v->lines, time_format_local(text, message->at_ms) + 11,
			   message->failed ? ROLE_BAD : ROLE_OK, message->text);
	}
	if (v->messages->count == 0)
		lines_add(&v->lines, ROLE_DIM, "  nothing was said yet");
	return true;
}

static void messages_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct messages_view *)view)->lines, area);
}

static enum reaction messages_act(struct view *view, struct app *app, enum action action)
{
	(void)app;
	return lines_act(&((struct messages_view *)view)->lines, action)
		       ? REACTION_REDRAW
		       : REACTION_IGNORED;
}

static const enum action hints[] = { ACTION_BACK, ACTION_MOVE_DOWN, ACTION_PAGE_DOWN,
				     ACTION_NONE };

static const struct view_ops view_messages = {
	.name = "messages",
	.title = "Messages",
	.size = sizeof(struct messages_view),
	.keys = &keymap_list,
	.hints = hints,
	.done = messages_view_done,
	.load = messages_load,
	.draw = messages_draw,
	.act = messages_act,
};
