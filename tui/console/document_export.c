/* The configuration, written into a file that the operator names. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/console/dialog.h"
#include "tui/console/document_view.h"
#include "tui/console/prompt.h"
#include "tui/exporting.h"
#include "tui/files.h"
#include "tui/importing.h"

static const char title[] = "Export into which file?";
static const char default_name[] = "hublink.json";

/* The database itself, its write-ahead log, or what else begins with its name and a dash. */
static bool belongs_to(const char *path, const char *database)
{
	DEFER(mem_free) char *real = realpath(path, NULL);
	DEFER(mem_free) char *own = realpath(database, NULL);

	if (real == NULL || own == NULL || !text_starts_with(real, own))
		return false;
	char behind = real[strlen(own)];
	return behind == '\0' || behind == '-';
}

static void write_file(struct app *app, const char *path, bool replace)
{
	DEFER(buf_done) struct buf document = BUF_INIT(DOCUMENT_MAX_BYTES);
	DEFER(mem_free) char *real = NULL;

	if (!exporting_read(app->store, EXPORTING_MASKED, &document, &app->message) ||
	    !files_write(path, replace, &document, &app->message))
		return;
	real = realpath(path, NULL);
	app_note(app, "Exported, secrets masked, into %s", real != NULL ? real : path);
}

static void on_answer(struct app *app, void *arg, int answer)
{
	if (answer != 0)
		write_file(app, arg, true);
}

static void ask_to_replace(struct app *app, const char *path)
{
	static const struct dialog_choice choices[] = { { 'y', "replace it", 1 },
							{ 0, NULL, 0 } };
	const struct dialog_question question = {
		.title = "This file is there already",
		.choices = choices,
		.escape = "leave it",
		.answered = on_answer,
		.arg = mem_strdup(path),
		.free_arg = free,
	};

	dialog_ask(app, &question, path);
}

static bool is_path(void *arg, const char *typed, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX);

	files_expand(typed, &path);
	if (*typed == '\0')
		return fail(err, ERR_INVALID, "The name of a file is missing");
	if (buf_overflowed(&path))
		return fail(err, ERR_INVALID, "The name of the file is too long");
	return !belongs_to(buf_text(&path), store_path(arg)) ||
	       fail(err, ERR_REFUSED, "%s belongs to the database", buf_text(&path));
}

static void on_path(struct app *app, void *arg, const char *typed)
{
	DEFER(buf_done) struct buf path = BUF_INIT(PATH_MAX);

	(void)arg;
	free(app->exported);
	app->exported = mem_strdup(typed);
	files_expand(typed, &path);
	if (files_exist(buf_text(&path)))
		ask_to_replace(app, buf_text(&path));
	else
		write_file(app, buf_text(&path), false);
}

void document_export(struct app *app)
{
	const struct prompt_question question = {
		.title = title,
		.help = "Secret parts of URLs are ***; your account alone can read it.",
		.text = app->exported != NULL ? app->exported : default_name,
		.max_bytes = PATH_MAX - 1,
		.file = true,
		.check = is_path,
		.entered = on_path,
		.arg = app->store,
	};

	prompt_ask(app, &question);
}
