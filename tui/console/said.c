#include "tui/console/said.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/console/dialog.h"

void said_show(struct app *app, const char *title, const struct act_result *result)
{
	const char *said = buf_text(&result->said);
	const char *end = strchr(said, '\n');
	const struct dialog_question question = { .title = title, .escape = "back" };

	if (end != NULL && end[1] != '\0')
		dialog_ask(app, &question, said);
	else
		app_note(app, "%.*s%s", (int)strcspn(said, "\n"), said,
			 result->queued && !app->engine_running ? " No engine runs."
								: "");
}

void said_show_whole(struct app *app, const char *title, const struct act_result *result)
{
	if (text_width(buf_text(&result->said)) < paint_screen().columns)
		said_show(app, title, result);
	else
		said_refused(app, title, buf_text(&result->said));
}

void said_refused(struct app *app, const char *title, const char *refusal)
{
	const struct dialog_question question = { .title = title, .escape = "back" };

	dialog_ask(app, &question, refusal);
}
