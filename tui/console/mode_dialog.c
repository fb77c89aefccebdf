#include "tui/console/mode_dialog.h"

#include <string.h>

#include "core/judge/act.h"
#include "tui/console/dialog.h"

enum { TEXT_MAX = 1024 * 1024 };

static void choose(struct app *app, enum mode mode, bool confirmed);

static void go_live(struct app *app, void *arg, int answer)
{
	(void)arg;
	if (answer != 0)
		choose(app, MODE_LIVE, true);
}

static void ask_to_go_live(struct app *app, int64_t leaving, const char *said)
{
	static const struct dialog_choice choices[] = {
		{ 'L', "go live and send them", 1 }, { 0, NULL, 0 }
	};
	static const struct dialog_question question = {
		.title = "Go live?",
		.choices = choices,
		.escape = "leave the mode as it is",
		.answered = go_live,
	};
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);

	buf_addf(&text,
		 "%lld update%s would leave at once, for the public to read:\n\n%s",
		 (long long)leaving, leaving == 1 ? "" : "s", said);
	dialog_ask(app, &question, buf_text(&text));
}

static void choose(struct app *app, enum mode mode, bool confirmed)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	int64_t leaving = 0;

	app->needs_load = true;
	if (!app_may(app, mode == MODE_PAUSED ? GATE_RESPONDER : GATE_ADMIN))
		return;
	if (!act_mode(app->store, mode, confirmed, app_now(app), &leaving, &result,
		      &app->message))
		return;
	if (leaving > 0 && !confirmed)
		ask_to_go_live(app, leaving, buf_text(&result.said));
	else if (result.said.len > 0)
		app_note(app, "%.*s", (int)strcspn(buf_text(&result.said), "\n"),
			 buf_text(&result.said));
	else
		app_note(app, "The mode is %s now", mode_text(mode));
}

static void chosen(struct app *app, void *arg, int answer)
{
	(void)arg;
	if (answer != 0)
		choose(app, (enum mode)(answer - 1), false);
}

void mode_dialog(struct app *app)
{
	static const struct dialog_choice choices[] = {
		{ 'd', "dry-run", MODE_DRY_RUN + 1 },
		{ 'p', "paused", MODE_PAUSED + 1 },
		{ 'l', "live", MODE_LIVE + 1 },
		{ 0, NULL, 0 },
	};
	static const struct dialog_question question = {
		.title = "Mode",
		.choices = choices,
		.escape = "leave it",
		.answered = chosen,
	};
	DEFER(buf_done)
	struct buf text = BUF_INIT(TEXT_MAX);

	if (!app_may_act(app, ACTION_MODE))
		return;
	buf_addf(&text,
		 "It is %s now.\n\n"
		 "dry-run: everything is decided and recorded, nothing of it is ever "
		 "sent.\n"
		 "paused: updates queue, and are sent when the mode is live again.\n"
		 "live: updates are sent.",
		 mode_text(app->mode));
	dialog_ask(app, &question, buf_text(&text));
}
