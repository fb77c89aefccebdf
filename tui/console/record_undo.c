#include "tui/console/record_undo.h"

#include <stdlib.h>

#include "core/judge/act_undo.h"
#include "tui/console/dialog.h"

enum { TEXT_MAX = 256 * 1024 };

struct undo_question {
	int64_t act;
	bool redo;
};

static void answered(struct app *app, void *arg, int answer)
{
	const struct undo_question *asked = arg;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	if (answer == 0)
		return;
	app->needs_load = true;
	if (act_undo(app->store, asked->act, asked->redo, false, app_now(app), &result,
		     &app->message))
		app_note(app, asked->redo ? "Made again; u undoes it"
					  : "Undone; U makes it again");
}

static void ask(struct app *app, const struct undo_question *asked, const char *text)
{
	static const struct dialog_choice undo_choices[] = { { 'y', "undo it", 1 },
							     { 0, NULL, 0 } };
	static const struct dialog_choice redo_choices[] = { { 'y', "make it again", 1 },
							     { 0, NULL, 0 } };
	struct undo_question *kept = mem_new(1, sizeof(*kept));
	struct dialog_question question = {
		.title = asked->redo ? "Make this change again?" : "Undo this change?",
		.choices = asked->redo ? redo_choices : undo_choices,
		.escape = "leave it",
		.answered = answered,
		.arg = kept,
		.free_arg = free,
	};

	*kept = *asked;
	dialog_ask(app, &question, text);
}

/* Tried without doing it, so that a refusal and what would go public are said before. */
void record_undo(struct app *app, bool redo)
{
	struct undo_question asked = { .redo = redo };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);

	if (!app_may_change(app) ||
	    !store_undo_next(app->store, store_actor(app->store)->name, redo, &asked.act,
			     &app->message))
		return;
	if (asked.act == 0) {
		app_note(app, redo ? "There is nothing that you undid last"
				   : "There is no change of yours to undo");
		return;
	}
	if (!act_undo_describe(app->store, asked.act, redo, &text, &app->message) ||
	    !act_undo(app->store, asked.act, redo, true, app_now(app), &result,
		      &app->message))
		return;
	if (result.said.len > 0)
		buf_addf(&text, "\n%s", buf_text(&result.said));
	ask(app, &asked, buf_text(&text));
}
