#include "tui/console/said.h"

#include <string.h>

#include "tui/console/dialog.h"

static void show_until_esc(struct app *app, const char *title, const char *text)
{
	const struct dialog_question question = { .title = title, .escape = "back" };

	dialog_ask(app, &question, text);
}

void said_show(struct app *app, const char *title, const struct act_result *result)
{
	const char *said = buf_text(&result->said);
	const char *end = strchr(said, '\n');

	if (end != NULL && end[1] != '\0')
		show_until_esc(app, title, said);
	else
		app_note(app, "%.*s%s", (int)strcspn(said, "\n"), said,
			 result->queued && !app->engine_running ? " No engine runs."
								: "");
}

void said_refused(struct app *app, const char *title, const char *refusal)
{
	show_until_esc(app, title, refusal);
}
