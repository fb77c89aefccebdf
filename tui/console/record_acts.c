#include "tui/console/record_acts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/dialog.h"
#include "tui/console/form_view.h"
#include "tui/console/object_acts.h"
#include "tui/console/record_history.h"
#include "tui/console/record_holdings.h"
#include "tui/console/record_view.h"
#include "tui/console/record_words.h"

enum { TEXT_MAX = 1024 * 1024 };

/* Delete it, or switch it on or off. */
struct record_change {
	enum record_kind kind;
	int64_t id;
	bool is_delete;
	char title[FORM_TITLE_SIZE];
	bool active; /* after switching */
};

/* Windows mute, which is a responder's; all else is an admin's. */
static bool may_change(struct app *app, enum record_kind kind)
{
	bool mutes = kind == RECORD_MAINTENANCE || kind == RECORD_SCHEDULE;

	return app_may(app, mutes ? GATE_RESPONDER : GATE_ADMIN);
}

/* ---- what is switched ---- */

static const struct field *active_field(enum record_kind kind)
{
	return field_by_column(kind, "active");
}

static bool switch_over(struct record_change *change, struct store *store,
			struct err *err)
{
	const struct field *active = active_field(change->kind);
	DEFER(mem_free) void *rec = mem_new(1, record_types[change->kind].size);

	if (!store_get(store, change->kind, change->id, rec, err))
		return false;
	change->active = field_number(active, rec) == 0;
	field_set_number(active, rec, change->active);
	return store_put(store, change->kind, rec, err);
}

static bool apply(void *arg, struct store *store, struct err *err)
{
	struct record_change *change = arg;

	return change->is_delete ? store_delete(store, change->kind, change->id, err)
				 : switch_over(change, store, err);
}

/* ---- asking and doing ---- */

/* A screen about what is gone has nothing more to show. */
static void leave_deleted(struct app *app, const struct record_change *change)
{
	const struct view *view = app_view(app);
	bool shows = record_view_shows(view, change->kind, change->id) ||
		     (view->ops == &view_monitor && change->kind == RECORD_MONITOR &&
		      view->object_id == change->id);

	if (shows && app->depth > 1)
		app_leave(app);
}

static void perform(struct app *app, struct record_change *change)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	app->needs_load = true;
	if (!act_configure(app->store, apply, change, false, app_now(app), &result,
			   &app->message))
		return;
	if (change->is_delete)
		leave_deleted(app, change);
	if (change->is_delete)
		app_note(app, "Deleted the %s; u brings it back", change->title);
	else
		app_note(app, "The %s is %s now; u undoes it", change->title,
			 change->active ? "active" : "inactive");
}

static void answered(struct app *app, void *arg, int answer)
{
	if (answer != 0)
		perform(app, arg);
}

static void ask(struct app *app, const struct record_change *change, const char *text)
{
	static const struct dialog_choice delete_choices[] = { { 'y', "delete", 1 },
							       { 0, NULL, 0 } };
	struct record_change *kept = mem_new(1, sizeof(*kept));
	struct dialog_question question = {
		.title = change->is_delete ? "Delete?" : "Switching has consequences",
		.choices = change->is_delete ? delete_choices : dialog_yes,
		.escape = "back",
		.answered = answered,
		.arg = kept,
		.free_arg = free,
	};

	*kept = *change;
	dialog_ask(app, &question, text);
}

static bool describe_change(struct app *app, struct record_change *change,
			    struct buf *ret)
{
	DEFER(mem_free) void *rec = mem_new(1, record_types[change->kind].size);
	DEFER(buf_done)
	struct buf title = BUF_INIT(FORM_TITLE_SIZE - 1);

	if (!store_get(app->store, change->kind, change->id, rec, &app->message) ||
	    !record_add_title(app->store, change->kind, rec, &title, &app->message))
		return false;
	(void)text_cut(change->title, sizeof(change->title), buf_text(&title),
		       FORM_TITLE_SIZE);
	if (!change->is_delete)
		return true;
	buf_addf(ret, "The %s will be deleted. ", change->title);
	return record_add_holdings(app->store, change->kind, change->id, ret,
				   &app->message);
}

/* Tries it without doing it; asks if it is a deletion or has something to say; else does
 * it. */
static enum reaction start(struct app *app, enum record_kind kind, int64_t id,
			   bool is_delete)
{
	struct record_change change = { .kind = kind, .id = id, .is_delete = is_delete };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);

	if (!may_change(app, kind) || !describe_change(app, &change, &text) ||
	    !act_configure(app->store, apply, &change, true, app_now(app), &result,
			   &app->message))
		return REACTION_REDRAW;
	if (text.len > 0 && result.said.len > 0)
		buf_adds(&text, "\n\n");
	buf_adds(&text, buf_text(&result.said));
	if (text.len > 0)
		ask(app, &change, buf_text(&text));
	else
		perform(app, &change);
	return REACTION_RELOAD;
}

/* ---- windows end, they are not deleted ---- */

static void end_window(struct app *app, void *arg, int answer)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	if (answer == 0)
		return;
	app->needs_load = true;
	if (act_maintenance_end(app->store, *(int64_t *)arg, app_now(app), &result,
				&app->message))
		app_note(app, "%.*s", (int)strcspn(buf_text(&result.said), "\n"),
			 buf_text(&result.said));
}

static enum reaction ask_to_end(struct app *app, int64_t id)
{
	static const struct dialog_choice choices[] = { { 'y', "end it now", 1 },
							{ 0, NULL, 0 } };
	struct dialog_question question = {
		.title = "End the window?",
		.choices = choices,
		.escape = "back",
		.answered = end_window,
		.free_arg = free,
	};
	int64_t *kept = mem_new(1, sizeof(*kept));

	*kept = id;
	question.arg = kept;
	dialog_ask(app, &question,
		   "It ends now. What is still in error is judged at once with its true "
		   "start, and may go public.");
	return REACTION_REDRAW;
}

/* ---- which act ---- */

bool record_form_open(struct app *app, const struct record_target *target)
{
	return may_change(app, target->kind) && form_view_open(app, target);
}

static enum reaction open_form(struct app *app, struct record_target target)
{
	(void)record_form_open(app, &target);
	return REACTION_RELOAD;
}

enum reaction record_add(struct app *app, enum record_kind kind, int64_t parent_id)
{
	return open_form(app, (struct record_target){ kind, .parent_id = parent_id });
}

static enum reaction toggle(struct app *app, enum record_kind kind, int64_t id)
{
	if (active_field(kind) != NULL)
		return start(app, kind, id, false);
	(void)fail(&app->message, ERR_REFUSED,
		   "A%s %s is not switched on and off: switch its place in a level, or "
		   "deactivate its monitors",
		   kind == RECORD_INTEGRATION ? "n" : "", record_word(kind));
	return REACTION_REDRAW;
}

enum reaction record_act(struct app *app, enum record_kind kind, int64_t id,
			 enum action action)
{
	bool ends = kind == RECORD_MAINTENANCE &&
		    (action == ACTION_TOGGLE || action == ACTION_DELETE);

	enum reaction reaction = object_act(app, kind, id, action);
	if (reaction != REACTION_IGNORED || id == 0)
		return reaction;
	if (action == ACTION_HISTORY) {
		record_history_open(app, kind, id);
		return REACTION_RELOAD;
	}
	if (!action_changes(action))
		return REACTION_IGNORED;
	if (ends)
		return may_change(app, kind) ? ask_to_end(app, id) : REACTION_REDRAW;
	switch ((int)action) {
	case ACTION_EDIT: return open_form(app, (struct record_target){ kind, .id = id });
	case ACTION_CLONE:
		return open_form(app, (struct record_target){ kind, .clone_of = id });
	case ACTION_DELETE: return start(app, kind, id, true);
	case ACTION_TOGGLE: return toggle(app, kind, id);
	default: return REACTION_IGNORED;
	}
}
