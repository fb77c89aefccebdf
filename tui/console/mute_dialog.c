#include "tui/console/mute_dialog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/dialog.h"
#include "tui/console/prompt.h"
#include "tui/console/said.h"

enum {
	GROUPS_MAX = 8, /* that have a key of their own, 1 to 8 */
	TITLE_SIZE = NAME_SIZE + 16,
	TEXT_MAX = 1024 * 1024,
	DURATION_MAX_BYTES = 32,
};

static const char title[] = "Mute";

/* One window on its way. */
struct mute {
	struct maintenance_target target;
	char title[TITLE_SIZE]; /* "Mute group web" */
	int64_t for_ms;
	char note[MESSAGE_SIZE];
};

static struct mute *mute_copy(const struct mute *from)
{
	struct mute *mute = mem_new(1, sizeof(*mute));

	*mute = *from;
	return mute;
}

/* ---- doing ---- */

static bool add_window(struct app *app, const struct mute *mute, struct act_result *ret,
		       struct err *err)
{
	int64_t now_ms = app_now(app);

	return act_maintenance_add(
		app->store, &mute->target, 1, now_ms, now_ms + mute->for_ms,
		mute->note[0] != '\0' ? mute->note : NULL, now_ms, ret, err);
}

static void on_confirmed(struct app *app, void *arg, int answer)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };

	if (answer == 0)
		return;
	app->needs_load = true;
	if (add_window(app, arg, &result, &err))
		said_show(app, title, &result);
	else
		said_refused(app, title, err.text);
}

/* What it covers is found out by doing it, and taking it back. */
static bool rehearse(struct app *app, const struct mute *mute, struct act_result *ret,
		     struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };

	return store_begin(app->store, &tx, err) && add_window(app, mute, ret, err);
}

/* ---- asking ---- */

static void confirm(struct app *app, const struct mute *mute)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	struct err err = { 0 };
	char length[DURATION_TEXT_SIZE], until[TIME_TEXT_SIZE];

	if (!rehearse(app, mute, &result, &err)) {
		said_refused(app, title, err.text);
		return;
	}
	const char *covered = strchr(buf_text(&result.said), '\n');
	buf_addf(&text,
		 "%s for %s, until %s?\n\n%s\n"
		 "An incident that is open stays; its recovery is sent at once. What "
		 "still "
		 "fails at the end goes public then.",
		 mute->title, duration_format_short(length, mute->for_ms),
		 time_format_local(until, app_now(app) + mute->for_ms),
		 covered != NULL ? covered + 1 : "");
	const struct dialog_question question = { .title = title,
						  .choices = dialog_yes,
						  .escape = "back",
						  .answered = on_confirmed,
						  .arg = mute_copy(mute),
						  .free_arg = free };
	dialog_ask(app, &question, buf_text(&text));
}

static void on_note(struct app *app, void *arg, const char *text)
{
	struct mute *mute = arg;

	if (text_copy(mute->note, sizeof(mute->note), text))
		confirm(app, mute);
}

static void on_duration(struct app *app, void *arg, const char *text)
{
	struct mute *mute = mute_copy(arg);
	const struct prompt_question question = {
		.title = mute->title,
		.help = "Why: for the record, not for the public. May stay empty.",
		.max_bytes = MESSAGE_CHARS_MAX,
		.entered = on_note,
		.arg = mute,
		.free_arg = free,
	};

	(void)text;
	prompt_ask(app, &question);
}

static bool check_duration(void *arg, const char *text, struct err *err)
{
	struct mute *mute = arg;

	return duration_parse(text, &mute->for_ms, err) &&
	       (mute->for_ms > 0 ||
		fail(err, ERR_INVALID, "That is no time at all; give 30m, 2h or 1d"));
}

static void ask_duration(struct app *app, const struct mute *mute)
{
	struct mute *kept = mute_copy(mute);
	const struct prompt_question question = {
		.title = kept->title,
		.help = "For how long: 30m, 2h, 1d …",
		.text = "30m",
		.max_bytes = DURATION_MAX_BYTES,
		.check = check_duration,
		.entered = on_duration,
		.arg = kept,
		.free_arg = free,
	};

	prompt_ask(app, &question);
}

/* ---- what is muted: the monitor, or a whole group of it ---- */

struct scope {
	struct mute mute; /* of the monitor alone */
	char groups[GROUPS_MAX][NAME_SIZE];
	struct dialog_choice choices[GROUPS_MAX + 2];
	int count;
};

static bool keep_group(void *arg, const char *group)
{
	struct scope *scope = arg;

	return scope->count < GROUPS_MAX &&
	       text_copy(scope->groups[scope->count++], NAME_SIZE, group);
}

static void on_scope(struct app *app, void *arg, int answer)
{
	const struct scope *scope = arg;
	struct mute mute = scope->mute;

	if (answer == 0)
		return;
	if (answer <= scope->count) {
		const char *group = scope->groups[answer - 1];
		mute.target = (struct maintenance_target){ .kind = TARGET_GROUP };
		(void)snprintf(mute.title, sizeof(mute.title), "Mute group %s", group);
		memcpy(mute.target.group, group, sizeof(mute.target.group));
	}
	ask_duration(app, &mute);
}

static void ask_scope(struct app *app, struct scope *scope)
{
	const struct dialog_question question = { .title = title,
						  .choices = scope->choices,
						  .escape = "back",
						  .answered = on_scope,
						  .arg = scope,
						  .free_arg = free };
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);

	buf_addf(&text, "%s alone, or a group that it is in?\n\nm  the monitor alone",
		 scope->mute.title);
	scope->choices[0] =
		(struct dialog_choice){ 'm', "the monitor", scope->count + 1 };
	for (int i = 0; i < scope->count; i++) {
		buf_addf(&text, "\n%d  group %s", i + 1, scope->groups[i]);
		scope->choices[i + 1] = (struct dialog_choice){ '1' + i, "group", i + 1 };
	}
	dialog_ask(app, &question, buf_text(&text));
}

static bool name_target(struct app *app, enum record_kind kind, int64_t id,
			struct mute *ret, struct err *err)
{
	void *rec = mem_new(1, record_types[kind].size);
	bool found = store_get(app->store, kind, id, rec, err);

	if (found)
		(void)snprintf(ret->title, sizeof(ret->title), "Mute %s",
			       record_name(kind, rec));
	ret->target.kind = kind == RECORD_SERVICE ? TARGET_SERVICE : TARGET_MONITOR;
	ret->target.id = id;
	free(rec);
	return found;
}

void mute_ask(struct app *app, enum record_kind kind, int64_t id)
{
	struct scope *scope = mem_new(1, sizeof(*scope));

	if (app_may_act(app, ACTION_MUTE) &&
	    name_target(app, kind, id, &scope->mute, &app->message) &&
	    (kind != RECORD_MONITOR ||
	     store_groups_of_monitor(app->store, id, keep_group, scope, &app->message))) {
		if (scope->count > 0) {
			ask_scope(app, scope);
			return;
		}
		ask_duration(app, &scope->mute);
	}
	free(scope);
}
