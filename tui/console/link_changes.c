#include "tui/console/link_changes.h"

#include <stdlib.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/dialog.h"

enum { TEXT_MAX = 1024 * 1024 };

static void work_free(void *arg)
{
	link_work_done(arg);
	free(arg);
}

static void perform(struct app *app, struct link_work *work)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done) struct buf note = BUF_INIT(256);

	app->needs_load = true;
	if (!act_configure(app->store, link_work_apply, work, false, app_now(app),
			   &result, &app->message))
		return;
	link_work_add_counts(work, &note);
	if (work->added + work->moved + work->removed == 0)
		app_note(app, "Nothing was to be changed");
	else
		app_note(app, "Links: %s; u undoes it", buf_text(&note));
}

static void answered(struct app *app, void *arg, int answer)
{
	if (answer != 0)
		perform(app, arg);
}

static void ask_or_perform(struct app *app, struct link_work *work, const char *text)
{
	static const struct dialog_choice choices[] = { { 'y', "do it", 1 },
							{ 0, NULL, 0 } };
	const struct dialog_question question = { .title = "Change the links?",
						  .choices = choices,
						  .escape = "back",
						  .answered = answered,
						  .arg = work,
						  .free_arg = work_free };

	if (text[0] != '\0') {
		dialog_ask(app, &question, text);
		return;
	}
	perform(app, work);
	work_free(work);
}

void link_changes_start(struct app *app, struct link_changes *changes)
{
	struct link_work *work = mem_new(1, sizeof(*work));
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);

	work->changes = *changes;
	*changes = (struct link_changes){ 0 };
	bool tried = app_may_change(app);
	if (tried && work->changes.count > LINK_CHANGES_MAX)
		tried = fail(&app->message, ERR_REFUSED,
			     "%zu links at once are too many; mark fewer than %d",
			     work->changes.count, LINK_CHANGES_MAX);
	tried = tried && link_work_describe(work, app->store, &text, &app->message) &&
		act_configure(app->store, link_work_apply, work, true, app_now(app),
			      &result, &app->message);
	if (!tried) {
		work_free(work);
		return;
	}
	if (text.len > 0 && result.said.len > 0)
		buf_adds(&text, "\n\n");
	buf_adds(&text, buf_text(&result.said));
	ask_or_perform(app, work, buf_text(&text));
}
