/* A configuration document that is imported: what it would add, change, delete and let
 * stay, or where it is at fault; nothing changes before that is confirmed. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/dialog.h"
#include "tui/console/document_view.h"
#include "tui/console/plan_rows.h"
#include "tui/console/prompt.h"
#include "tui/console/sentence.h"
#include "tui/files.h"
#include "tui/importing.h"

enum { DETAIL_ROWS = 3, HEAD_ROWS = 3, SAID_MAX = 64 * 1024, SECRETS_WORD_SIZE = 32 };

struct document_view {
	struct view view;
	struct list list;
	char *path, *typed;
	char secrets_word[SECRETS_WORD_SIZE];
	struct importing importing;
	size_t counts[PLAN_KIND_COUNT];
	int64_t incidents;  /* that importing it would open */
	struct buf said;    /* of them, and what else would come of it */
	struct err failure; /* why there is no plan */
};

static const struct view_ops view_document;

static struct document_view *document_of(struct view *view)
{
	return (struct document_view *)view;
}

static struct list *document_list(struct view *view)
{
	return &document_of(view)->list;
}

static void document_init(struct view *view)
{
	struct document_view *v = document_of(view);

	plan_list_init(&v->list, false);
	v->importing = IMPORTING_INIT;
	v->said = (struct buf)BUF_INIT(ACT_SAID_MAX);
}

static void document_done(struct view *view)
{
	struct document_view *v = document_of(view);

	list_done(&v->list);
	importing_done(&v->importing);
	buf_done(&v->said);
	free(v->path);
	free(v->typed);
}

/* ---- the plan ---- */

static void make_plan(struct document_view *v, struct app *app)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	v->failure.code = ERR_NONE;
	buf_reset(&v->said);
	if (act_configure(app->store, importing_apply, &v->importing, true, app_now(app),
			  &result, &v->failure)) {
		v->incidents = result.count;
		buf_adds(&v->said, buf_text(&result.said));
	}
	app->needs_load = true;
}

static size_t change_count(const struct document_view *v)
{
	return v->counts[PLAN_NEW] + v->counts[PLAN_CHANGE] + v->counts[PLAN_DELETED];
}

static bool document_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	static const struct plan_line rest = { .kind = PLAN_KEPT };
	struct document_view *v = document_of(view);

	(void)store;
	(void)now_ms;
	(void)err;
	memset(v->counts, 0, sizeof(v->counts));
	list_begin(&v->list);
	if (v->failure.code != ERR_NONE) {
		plan_add_lines(&v->list, v->counts, PLAN_FAULT,
			       buf_text(&v->importing.faults));
	} else {
		plan_add_changes(&v->list, v->counts, buf_text(&v->importing.plan));
		plan_add(&v->list, v->counts, &rest,
			 v->importing.options.prune
				 ? "all else"
				 : "all else, whether the document names it or not",
			 "");
	}
	list_end(&v->list);
	return true;
}

/* ---- drawing ---- */

static int draw_head(const struct document_view *v, struct rect area)
{
	if (v->failure.code == ERR_NONE)
		return 0;
	return sentence_draw(
		(struct rect){ area.y, area.x + 1, HEAD_ROWS, area.columns - 2 },
		ROLE_BAD, v->failure.text);
}

static void document_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct document_view *v = document_of(view);
	const struct plan_line *line = list_current(&v->list);
	int head = draw_head(v, area);
	struct rect body = { area.y + head, area.x, area.rows - head, area.columns };

	if (line != NULL)
		body = sentence_foot(body, DETAIL_ROWS, "Whole", plan_line_role(line),
				     line->what);
	list_draw(&v->list, body, true, true, now_ms, "nothing was changed");
}

static void document_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct document_view *v = (const struct document_view *)view;

	(void)now_ms;
	if (v->failure.code == ERR_NONE)
		buf_addf(ret, "%zu new, %zu changed, %zu deleted", v->counts[PLAN_NEW],
			 v->counts[PLAN_CHANGE], v->counts[PLAN_DELETED]);
	else
		buf_adds(ret, "no plan");
	buf_addf(ret, "  %s", v->typed);
}

/* ---- doing it ---- */

static void import_confirmed(struct app *app, void *arg, int answer)
{
	static const struct dialog_question told = { .title = "It is done",
						     .escape = "close" };
	struct document_view *v = arg;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	if (answer == 0)
		return;
	size_t changes = change_count(v);
	if (!act_configure(app->store, importing_apply, &v->importing, false,
			   app_now(app), &result, &app->message)) {
		make_plan(v, app);
		return;
	}
	app_note(app, "Imported, %zu change%s", changes, changes == 1 ? "" : "s");
	app_leave(app);
	if (result.said.len > 0)
		dialog_ask(app, &told, buf_text(&result.said));
}

static void ask_to_import(struct document_view *v, struct app *app)
{
	static const struct dialog_choice choices[] = { { 'y', "import", 1 },
							{ 0, NULL, 0 } };
	const struct dialog_question question = {
		.title = "Import all of it?",
		.choices = choices,
		.escape = "back to the plan",
		.answered = import_confirmed,
		.arg = v, /* it is under the question, and stays for the answer */
	};
	DEFER(buf_done) struct buf text = BUF_INIT(SAID_MAX);

	buf_addf(&text, "%zu new, %zu changed, %zu deleted.\n", v->counts[PLAN_NEW],
		 v->counts[PLAN_CHANGE], v->counts[PLAN_DELETED]);
	buf_adds(&text, buf_text(&v->said));
	if (v->incidents > 0)
		buf_addf(&text, "Incidents that it opens: %lld.\n",
			 (long long)v->incidents);
	buf_adds(&text, "u does not undo it: > keeps the configuration as it is now in a "
			"file.");
	dialog_ask(app, &question, buf_text(&text));
}

/* Made anew: what is configured may have changed since the plan was shown. */
static void start_import(struct document_view *v, struct app *app)
{
	make_plan(v, app);
	app_load(app, app_now(app));
	if (v->failure.code != ERR_NONE)
		app_note(app, "There is nothing to import: mend the file, r reads it");
	else if (change_count(v) == 0)
		app_note(app, "Nothing differs from what is configured already");
	else
		ask_to_import(v, app);
}

/* ---- which file ---- */

struct opening {
	struct buf path, text;
};

static void opening_free(void *arg)
{
	struct opening *opening = arg;

	buf_done(&opening->path);
	buf_done(&opening->text);
	free(opening);
}

/* Read here, so that the question stays while there is nothing to be read. */
static bool can_be_read(void *arg, const char *typed, struct err *err)
{
	struct opening *opening = arg;

	buf_reset(&opening->path);
	buf_reset(&opening->text);
	files_expand(typed, &opening->path);
	if (*typed == '\0' || buf_overflowed(&opening->path))
		return fail(err, ERR_INVALID, "The name of the file is %s",
			    *typed == '\0' ? "missing" : "too long");
	return files_read(buf_text(&opening->path), &opening->text, err);
}

static void ask_for_file(struct app *app, struct prompt_question question)
{
	struct opening *opening = mem_new(1, sizeof(*opening));

	opening->path = (struct buf)BUF_INIT(PATH_MAX);
	opening->text = (struct buf)BUF_INIT(DOCUMENT_MAX_BYTES);
	question.max_bytes = PATH_MAX - 1;
	question.file = true;
	question.check = can_be_read;
	question.arg = opening;
	question.free_arg = opening_free;
	prompt_ask(app, &question);
}

static void swap(struct buf *a, struct buf *b)
{
	const struct buf before = *a;

	*a = *b;
	*b = before;
}

/* The view that asked is shown again. */
static void on_secrets(struct app *app, void *arg, const char *typed)
{
	struct document_view *v = document_of(app_view(app));
	struct opening *opening = arg;

	v->importing.options.secrets = NULL;
	swap(&v->importing.secrets, &opening->text);
	if (importing_use_secrets(&v->importing, typed, &app->message))
		make_plan(v, app);
}

static void ask_for_secrets(struct app *app)
{
	const struct prompt_question question = {
		.title = "Which file has the URLs that it masks?",
		.help = "As `hublink export --secrets-only` prints it.",
		.entered = on_secrets,
	};

	ask_for_file(app, question);
}

/* ---- keys ---- */

static void read_again(struct document_view *v, struct app *app)
{
	DEFER(buf_done) struct buf fresh = BUF_INIT(DOCUMENT_MAX_BYTES);

	if (!files_read(v->path, &fresh, &app->message))
		return;
	swap(&v->importing.document, &fresh);
	make_plan(v, app);
}

static enum reaction document_act(struct view *view, struct app *app, enum action action)
{
	struct document_view *v = document_of(view);

	if (action == ACTION_APPLY)
		start_import(v, app);
	else if (action == ACTION_READ_AGAIN)
		read_again(v, app);
	else if (action == ACTION_SECRETS)
		ask_for_secrets(app);
	else if (action == ACTION_PRUNE) {
		v->importing.options.prune = !v->importing.options.prune;
		make_plan(v, app);
	} else if (!list_act(&v->list, action))
		return REACTION_IGNORED;
	return REACTION_REDRAW;
}

static const enum action hints[] = { ACTION_HELP,    ACTION_APPLY,      ACTION_PRUNE,
				     ACTION_SECRETS, ACTION_READ_AGAIN, ACTION_FILTER,
				     ACTION_BACK,    ACTION_NONE };

static const struct view_ops view_document = {
	.name = "import",
	.title = "Import",
	.size = sizeof(struct document_view),
	.keys = &keymap_document,
	.hints = hints,
	.init = document_init,
	.done = document_done,
	.load = document_load,
	.draw = document_draw,
	.act = document_act,
	.list = document_list,
	.summary = document_summary,
};

/* ---- opening it ---- */

/* "secrets (m)", as the hints have it: a fault leads to the key. */
static void name_secrets(struct document_view *v, const struct app *app)
{
	int key = keys_key_of(&app->options->keys, v->view.ops->keys, ACTION_SECRETS);
	char title[KEY_TITLE_SIZE];

	(void)snprintf(v->secrets_word, sizeof(v->secrets_word), "%s (%s)",
		       action_infos[ACTION_SECRETS].name,
		       key != 0 ? key_title(key, title) : "no key");
	v->importing.options.secrets_word = v->secrets_word;
}

static void on_read(struct app *app, void *arg, const char *typed)
{
	struct opening *opening = arg;
	bool is_shown = app_view(app)->ops == &view_document;

	free(app->imported);
	app->imported = mem_strdup(typed);
	if (is_shown) /* another file takes its place */
		app_leave(app);
	struct document_view *v =
		(struct document_view *)app_open(app, &view_document, 0);
	if (v == NULL)
		return;
	name_secrets(v, app);
	v->path = mem_strdup(buf_text(&opening->path));
	v->typed = mem_strdup(typed);
	swap(&v->importing.document, &opening->text);
	make_plan(v, app);
}

void document_import(struct app *app)
{
	const struct prompt_question question = {
		.title = "Import which file?",
		.help = "Its plan is shown first. `hublink help document` has all keys.",
		.text = app->imported != NULL ? app->imported : app->exported,
		.entered = on_read,
	};

	if (app_may_change(app))
		ask_for_file(app, question);
}
