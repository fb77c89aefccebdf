/* The keys of the screen that the help was opened from, made from the same table that
 * dispatches them. */
#include "core/base/buf.h"
#include "tui/console/app.h"
#include "tui/console/lines.h"
#include "tui/console/term.h"

struct help_view {
	struct view view;
	const struct keymap *keys; /* of the screen that asked */
	const struct key_overrides *overrides;
	struct lines lines;
};

static void help_done(struct view *view)
{
	lines_done(&((struct help_view *)view)->lines);
}

static bool help_load(struct view *view, struct store *store, int64_t now_ms,
		      struct err *err)
{
	struct help_view *v = (struct help_view *)view;

	(void)store;
	(void)now_ms;
	(void)err;
	lines_reset(&v->lines);
	lines_heading(&v->lines, "Keys");
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		DEFER(buf_done)
		struct buf keys = BUF_INIT(256);
		keys_add(v->overrides, v->keys, (enum action)action, &keys);
		if (keys.len > 0)
			lines_fact(&v->lines, buf_text(&keys), ROLE_TEXT,
				   action_infos[action].help);
	}
	lines_heading(&v->lines, "Words");
	lines_fact(&v->lines, "UP DEGR DOWN", ROLE_TEXT,
		   "what hublink last decided to say of a service");
	lines_fact(&v->lines, "told", ROLE_TEXT,
		   "what was last delivered; a webhook cannot read the page, so "
		   "StatusHub may show otherwise");
	lines_fact(&v->lines, "Held", ROLE_TEXT,
		   "decided, kept back; hublink delivery release or cancel");
	lines_fact(&v->lines, "Monitoring", ROLE_TEXT,
		   "recovered; a person sets Resolved in StatusHub");
	lines_heading(&v->lines, "Filter");
	lines_fact(&v->lines, "shop error", ROLE_TEXT,
		   "rows that say both somewhere; upper and lower case are the same");
	lines_fact(&v->lines, "service:web", ROLE_TEXT,
		   "that say it in the column Service; `service=web` too");
	lines_fact(&v->lines, "~shp !ok", ROLE_TEXT,
		   "that have these letters in this order, and nowhere `ok`");
	lines_fact(&v->lines, "\"two words\"", ROLE_TEXT, "that say just this");
	lines_heading(&v->lines, "Terminal");
	lines_add(&v->lines, ROLE_DIM, " TERM %s%s, %s, %s", term_info()->name,
		  term_info()->fell_back ? " (unknown name: nearest family)" : "",
		  term_info()->colours ? "colours" : "no colours",
		  term_info()->charset == TERM_UTF8 ? "UTF-8" : "ASCII");
	if (v->overrides->count > 0)
		lines_add(&v->lines, ROLE_DIM, " Your console.conf changes keys: %zu",
			  v->overrides->count);
	return true;
}

static void help_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct help_view *)view)->lines, area);
}

static enum reaction help_act(struct view *view, struct app *app, enum action action)
{
	(void)app;
	return lines_act(&((struct help_view *)view)->lines, action) ? REACTION_REDRAW
								     : REACTION_IGNORED;
}

static const enum action hints[] = { ACTION_BACK, ACTION_MOVE_DOWN, ACTION_PAGE_DOWN,
				     ACTION_NONE };

const struct view_ops view_help = {
	.name = "help",
	.title = "Help",
	.size = sizeof(struct help_view),
	.keys = &keymap_list,
	.hints = hints,
	.done = help_done,
	.load = help_load,
	.draw = help_draw,
	.act = help_act,
};

void help_open(struct app *app, const struct keymap *keys)
{
	struct help_view *v = (struct help_view *)app_open(app, &view_help, 0);

	if (v == NULL)
		return;
	v->keys = keys;
	v->overrides = &app->options->keys;
}
