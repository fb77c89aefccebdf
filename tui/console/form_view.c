/* A form as a screen: keys, saving, leaving. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tui/console/conflict.h"
#include "tui/console/dialog.h"
#include "tui/console/editor.h"
#include "tui/console/form_draw.h"
#include "tui/console/form_view.h"
#include "tui/console/record_words.h"

struct form_view {
	struct view view;
	struct record_target target;
	struct form *form;
	int columns;             /* of a value, as drawn last */
	char *said;              /* what saving said; told once the form is gone */
	bool outdated;           /* somebody saved the record since it was loaded */
	struct form_owner owner; /* take NULL: the form is this view's own */
};

static struct form_view *form_view_of(struct app *app)
{
	return (struct form_view *)app_view(app);
}

bool form_view_open(struct app *app, const struct record_target *target)
{
	struct form *form = drafts_take(&app->drafts, target);

	if (form == NULL)
		form = form_load(app->store, target, app_now(app), &app->message);
	if (form == NULL)
		return false;
	struct form_view *v = (struct form_view *)app_open(app, &view_form, target->id);
	if (v == NULL) {
		form_free(form);
		return false;
	}
	v->target = *target;
	v->form = form;
	v->columns = form_value_columns(80);
	if (form->came_back)
		app_note(app, "Your draft from before; Ctrl-S saves it, Esc leaves it");
	return true;
}

void form_view_lend(struct app *app, struct form *form, const struct form_owner *owner)
{
	struct form_view *v = (struct form_view *)app_open(app, &view_form, 0);

	if (v == NULL)
		return;
	v->target = (struct record_target){ .kind = form->kind };
	v->form = form;
	v->owner = *owner;
	v->columns = form_value_columns(80);
}

static void form_view_done(struct view *view)
{
	struct form_view *v = (struct form_view *)view;

	if (v->owner.take == NULL)
		form_free(v->form);
	free(v->said);
}

/* What is typed stays; only whether somebody else saved meanwhile is looked at. */
static bool form_view_load(struct view *view, struct store *store, int64_t now_ms,
			   struct err *err)
{
	struct form_view *v = (struct form_view *)view;
	const struct record_head *base = v->form->base;
	DEFER(mem_free) void *stored = NULL;

	(void)err;
	v->form->now_ms = now_ms;
	if (base->id == 0)
		return true;
	stored = form_stored(v->form, store);
	v->outdated = stored == NULL ||
		      ((const struct record_head *)stored)->revision != base->revision;
	return true;
}

static void form_view_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct form_view *v = (struct form_view *)view;

	(void)now_ms;
	v->columns = form_value_columns(area.columns);
	form_draw(v->form, area);
}

static void form_view_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct form_view *v = (const struct form_view *)view;
	bool is_new = v->owner.take == NULL &&
		      ((const struct record_head *)v->form->base)->id == 0;

	(void)now_ms;
	buf_addf(ret, "%s%s", is_new ? "new " : "", v->form->title);
	if (form_changed(v->form))
		buf_adds(ret, "  - changed");
	if (v->outdated)
		buf_adds(ret, "  - SAVED BY SOMEBODY ELSE MEANWHILE");
}

/* ---- saving ---- */

static void tell_faults(struct app *app, const struct form *form, size_t faults)
{
	const struct form_field *f = &form->fields[form->focus];
	const char *first = f->fault[0] != '\0' ? f->fault : form->fault;

	if (faults == 1)
		(void)fail(&app->message, ERR_INVALID, "Not saved: %s", first);
	else
		(void)fail(&app->message, ERR_INVALID,
			   "Not saved: %zu fields need another value; %s", faults, first);
}

static void save_confirmed(struct app *app, void *arg, int answer);

static void ask_before_saving(struct app *app, const char *said)
{
	static const struct dialog_choice choices[] = { { 'y', "save", 1 },
							{ 0, NULL, 0 } };
	static const struct dialog_question question = {
		.title = "Saving this has consequences",
		.choices = choices,
		.escape = "back to the form",
		.answered = save_confirmed,
	};

	dialog_ask(app, &question, said);
}

static void tell_failure(struct app *app, struct form_view *v, bool conflict)
{
	if (conflict) {
		conflict_open(app, v->form, app->message.text);
		app->message.code = ERR_NONE;
	} else if (app->message.code == ERR_INVALID) {
		form_blame(v->form, app->message.text);
	}
}

/* By the name it has now. */
static void note_saved(struct app *app, const struct form_view *v)
{
	DEFER(buf_done)
	struct buf title = BUF_INIT(FORM_TITLE_SIZE);

	if (form_adds_links(v->form))
		app_note(app, "Links: %zu added%s", v->form->links_added,
			 v->form->links_added > 0 ? "; u undoes it"
						  : ", all were there already");
	else if (record_add_title(app->store, v->form->kind, v->form->rec, &title,
				  &app->message))
		app_note(app, "%s the %s; u undoes it",
			 v->target.id == 0 ? "Added" : "Saved", buf_text(&title));
}

/* True: it is saved, the form can go. */
static bool save(struct app *app, struct form_view *v, bool confirmed)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	bool conflict = false;

	if (!confirmed && !form_save(v->form, app->store, true, app_now(app), &result,
				     &conflict, &app->message)) {
		tell_failure(app, v, conflict);
		return false;
	}
	if (!confirmed && result.said.len > 0) {
		ask_before_saving(app, buf_text(&result.said));
		return false;
	}
	buf_reset(&result.said);
	if (!form_save(v->form, app->store, false, app_now(app), &result, &conflict,
		       &app->message)) {
		tell_failure(app, v, conflict);
		return false;
	}
	if (result.said.len > 0 && v->form->kind == RECORD_MAINTENANCE)
		v->said = mem_strdup(buf_text(&result.said));
	else
		note_saved(app, v);
	return true;
}

static void save_confirmed(struct app *app, void *arg, int answer)
{
	(void)arg;
	if (answer != 0 && save(app, form_view_of(app), true))
		app_leave(app);
}

void form_view_save_again(struct app *app)
{
	if (app_view(app)->ops == &view_form && save(app, form_view_of(app), false))
		app_leave(app);
}

static enum reaction start_saving(struct form_view *v, struct app *app)
{
	v->form->now_ms = app_now(app);
	size_t faults = form_check(v->form);

	if (faults > 0) {
		tell_faults(app, v->form, faults);
		return REACTION_REDRAW;
	}
	if (v->owner.take != NULL)
		return v->owner.take(app, v->form) ? REACTION_CLOSE : REACTION_REDRAW;
	if (v->target.id != 0 && !form_changed(v->form)) {
		app_note(app, "Nothing was changed");
		return REACTION_CLOSE;
	}
	return save(app, v, false) ? REACTION_CLOSE : REACTION_REDRAW;
}

/* ---- leaving ---- */

enum { LEAVE_KEEP = 1, LEAVE_DISCARD };

static void left(struct app *app, void *arg, int answer)
{
	struct form_view *v = form_view_of(app);

	(void)arg;
	if (answer == 0)
		return;
	if (answer == LEAVE_KEEP) {
		v->form->came_back = true;
		drafts_keep(&app->drafts, &v->target, v->form);
		v->form = NULL;
		app_note(app,
			 "Kept as a draft until hublink ends; open it again to go on");
	}
	app_leave(app);
}

static enum reaction leave(struct form_view *v, struct app *app)
{
	static const struct dialog_choice choices[] = { { 'k', "keep a draft",
							  LEAVE_KEEP },
							{ 'd', "discard", LEAVE_DISCARD },
							{ 0, NULL, 0 } };
	static const struct dialog_question question = {
		.title = "Leave without saving?",
		.choices = choices,
		.escape = "back to the form",
		.answered = left,
	};

	if (v->owner.take != NULL || !form_changed(v->form))
		return REACTION_CLOSE;
	dialog_ask(app, &question,
		   "What you changed is not saved. A draft is kept until hublink ends.");
	return REACTION_REDRAW;
}

/* ---- keys ---- */

static enum reaction edit_outside(struct form_view *v, struct app *app)
{
	struct form_field *f = form_focused(v->form);

	if (f->fixed || !f->edit.lines) {
		app_note(app, "Only texts with several lines are edited in $EDITOR");
		return REACTION_REDRAW;
	}
	(void)editor_edit(v->form, &app->message);
	return REACTION_REDRAW;
}

static enum reaction move(struct form_view *v, int step)
{
	(void)form_move(v->form, step);
	return REACTION_REDRAW;
}

static enum reaction form_view_act(struct view *view, struct app *app, enum action action)
{
	struct form_view *v = (struct form_view *)view;

	switch ((int)action) {
	case ACTION_SAVE: return start_saving(v, app);
	case ACTION_BACK: return leave(v, app);
	case ACTION_NEXT_FIELD: return move(v, 1);
	case ACTION_PREVIOUS_FIELD: return move(v, -1);
	case ACTION_EDITOR: return edit_outside(v, app);
	case ACTION_PAGE_DOWN:
	case ACTION_PAGE_UP:
		for (int i = 0; i < 5; i++)
			(void)form_move(v->form, action == ACTION_PAGE_DOWN ? 1 : -1);
		return REACTION_REDRAW;
	default: return REACTION_IGNORED;
	}
}

static bool is_enter(int key)
{
	return keymap_find(&keymap_list, key) == ACTION_OPEN;
}

static enum reaction typed(const struct form_view *v, struct app *app)
{
	if (v->owner.typed != NULL)
		v->owner.typed(app, v->form);
	return REACTION_REDRAW;
}

static enum reaction form_view_key(struct view *view, struct app *app, int key)
{
	struct form_view *v = (struct form_view *)view;
	struct form_field *f = form_focused(v->form);
	enum action action = keymap_find(&keymap_form, key);

	if ((key == '\t' || (is_enter(key) && !f->edit.lines)) && form_complete(v->form))
		return typed(v, app);
	if (is_enter(key) && !f->edit.lines)
		return move(v, 1);
	if (action == ACTION_EDITOR && f->edit.lines)
		return REACTION_IGNORED;
	return form_key(v->form, key, v->columns) ? typed(v, app) : REACTION_IGNORED;
}

static enum reaction form_view_paste(struct view *view, struct app *app, const char *text)
{
	struct form_view *v = (struct form_view *)view;

	if (!form_paste(v->form, text))
		(void)fail(&app->message, ERR_REFUSED,
			   "The pasted text does not fit into %s; nothing was pasted",
			   form_focused(v->form)->label);
	return typed(v, app);
}

/* What was added or changed is what the cursor is on afterwards. */
static void form_view_closed(struct view *view, struct app *app)
{
	static const struct dialog_question covers = { .title = "Set",
						       .escape = "close" };
	const struct form_view *v = (const struct form_view *)view;
	struct view *under = app_view(app);
	int64_t id = v->form != NULL ? ((const struct record_head *)v->form->rec)->id : 0;

	if (id != 0 && under->ops->select != NULL)
		under->ops->select(under, v->form->kind, id);
	if (v->said != NULL)
		dialog_ask(app, &covers, v->said);
}

static const enum action hints[] = { ACTION_SAVE,   ACTION_BACK, ACTION_NEXT_FIELD,
				     ACTION_EDITOR, ACTION_HELP, ACTION_NONE };

const struct view_ops view_form = {
	.name = "form",
	.title = "Edit",
	.size = sizeof(struct form_view),
	.keys = &keymap_form,
	.hints = hints,
	.done = form_view_done,
	.load = form_view_load,
	.draw = form_view_draw,
	.act = form_view_act,
	.key = form_view_key,
	.paste = form_view_paste,
	.closed = form_view_closed,
	.summary = form_view_summary,
};
