/* Taking monitors over from Uptrends: what of the account is new, different, as it is here
 * or gone there, and the services of StatusHub whose name and URL it does not tell. */
#include <string.h>

#include "core/base/text.h"
#include "tui/console/dialog.h"
#include "tui/console/form_view.h"
#include "tui/console/sentence.h"
#include "tui/console/uptrends_account.h"
#include "tui/console/uptrends_plan.h"
#include "tui/console/uptrends_view.h"

enum { DETAIL_ROWS = 3, SAID_MAX = 64 * 1024 };

struct uptrends_view {
	struct view view;
	struct list list;
	struct uptrends_desk *desk;
	bool has_account;
	size_t counts[PLAN_KIND_COUNT];
	char account[ROW_NOTE];
};

static const struct view_ops view_uptrends;

static struct uptrends_view *uptrends_of(struct view *view)
{
	return (struct uptrends_view *)view;
}

static struct list *uptrends_list(struct view *view)
{
	return &uptrends_of(view)->list;
}

static void uptrends_init(struct view *view)
{
	plan_list_init(uptrends_list(view), true);
}

static void uptrends_done(struct view *view)
{
	list_done(uptrends_list(view));
}

/* ---- reading ---- */

static bool read_account(struct uptrends_view *v, struct store *store, struct err *err)
{
	struct uptrends_account account;
	DEFER(buf_done) struct buf text = BUF_INIT(4 * URL_SIZE);

	if (!store_uptrends_account(store, &account, &v->has_account, err))
		return false;
	text_add_safe(&text, account.user, false);
	(void)text_cut(v->account, sizeof(v->account), buf_text(&text), ROW_NOTE);
	explicit_bzero(&account, sizeof(account));
	return true;
}

static bool uptrends_load(struct view *view, struct store *store, int64_t now_ms,
			  struct err *err)
{
	struct uptrends_view *v = uptrends_of(view);

	(void)now_ms;
	plan_list_load(&v->list, v->desk, v->counts);
	return read_account(v, store, err);
}

/* ---- drawing ---- */

static const char *nothing(const struct uptrends_view *v)
{
	if (!v->has_account)
		return "No Uptrends account is known: a names one";
	if (v->desk->fd >= 0)
		return "The account is being asked: that takes a second for each answer";
	return v->desk->fetched_ms == 0 ? "r asks Uptrends what the account has"
					: "The account has nothing that hublink knows";
}

/* What is going on, or what went wrong, above the rows; returns how many lines it took. */
static int draw_head(const struct uptrends_view *v, struct rect area)
{
	bool asks = v->desk->fd >= 0;
	const char *text = asks ? v->desk->progress : v->desk->failure;

	if (!asks && v->desk->refusal.code != ERR_NONE)
		text = v->desk->refusal.text;
	if (text[0] == '\0')
		return 0;
	return sentence_draw((struct rect){ area.y, area.x + 1, 3, area.columns - 2 },
			     asks ? ROLE_INFO : ROLE_BAD, text);
}

static void uptrends_draw(struct view *view, struct rect area, int64_t now_ms)
{
	struct uptrends_view *v = uptrends_of(view);
	const struct plan_line *line = list_current(&v->list);
	int head = draw_head(v, area);
	struct rect body = { area.y + head, area.x, area.rows - head, area.columns };
	DEFER(buf_done) struct buf whole = BUF_INIT(4 * ROW_NOTE);

	if (line != NULL) {
		buf_addf(&whole, "%s%s%s", line->what, line->about[0] != '\0' ? ": " : "",
			 line->about);
		body = sentence_foot(body, DETAIL_ROWS,
				     line->kind == PLAN_WANTED ? "Enter names it"
							       : "Whole",
				     plan_line_role(line), buf_text(&whole));
	}
	list_draw(&v->list, body, true, true, now_ms, nothing(v));
}

static void uptrends_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	const struct uptrends_view *v = (const struct uptrends_view *)view;
	const size_t *counts = v->counts;

	if (v->desk->fetched_ms == 0) {
		buf_adds(ret, v->account);
		return;
	}
	if (counts[PLAN_WANTED] > 0)
		buf_addf(ret, "%zu want a name  ", counts[PLAN_WANTED]);
	buf_addf(ret, "%zu new, %zu changed, %zu as they are, %zu gone  ",
		 counts[PLAN_NEW], counts[PLAN_CHANGE], counts[PLAN_KEPT],
		 counts[PLAN_GONE]);
	buf_addf(ret, "%s, asked ", v->account);
	add_when(ret, v->desk->fetched_ms, now_ms);
}

/* ---- the name of a service ---- */

/* A name that is refused leaves the form open, with the sentence at its field. */
static bool take_name(struct app *app, struct form *form)
{
	struct uptrends_desk *desk = uptrends_desk_of(app);

	uptrends_desk_plan(desk, app);
	if (uptrends_desk_has_taken(desk, form))
		return true;
	return fail(&app->message, ERR_INVALID, "Not taken: %s",
		    form->fault[0] != '\0' ? form->fault : form_focused(form)->fault);
}

static void open_name(struct uptrends_view *v, struct app *app,
		      const struct plan_line *line)
{
	static const struct form_owner owner = { .typed = uptrends_desk_typed,
						 .take = take_name };
	struct form *form =
		uptrends_desk_form(v->desk, app, line->service, &app->message);
	DEFER(buf_done) struct buf title = BUF_INIT(2 * ROW_NOTE);

	if (form == NULL)
		return;
	buf_addf(&title, "%s, %s", line->what, line->about);
	(void)text_cut(form->title, sizeof(form->title), buf_text(&title),
		       FORM_TITLE_SIZE);
	form_view_lend(app, form, &owner);
}

/* ---- doing it ---- */

static void import_confirmed(struct app *app, void *arg, int answer)
{
	static const struct dialog_question said = { .title = "It is done",
						     .escape = "close" };
	struct uptrends_desk *desk = uptrends_desk_of(app);
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;

	(void)arg;
	if (answer == 0)
		return;
	if (!uptrends_desk_apply(desk, app, &result, &app->message))
		return;
	uptrends_desk_plan(desk, app);
	app->needs_load = true;
	app_note(app, "Imported; in new levels integrations are inactive: x there ticks "
		      "them");
	if (result.said.len > 0)
		dialog_ask(app, &said, buf_text(&result.said));
}

static void ask_to_import(struct uptrends_view *v, struct app *app)
{
	static const struct dialog_choice choices[] = { { 'y', "import", 1 },
							{ 0, NULL, 0 } };
	static const struct dialog_question question = {
		.title = "Import all that is new or changed?",
		.choices = choices,
		.escape = "back to the plan",
		.answered = import_confirmed,
	};
	DEFER(buf_done) struct buf text = BUF_INIT(SAID_MAX);

	uptrends_desk_plan(v->desk, app);
	if (v->desk->failure[0] != '\0') {
		(void)fail(&app->message, ERR_INVALID, "Nothing can be imported: %.800s",
			   v->desk->failure);
		return;
	}
	buf_addf(&text, "%zu new, %zu changed.\n", v->counts[PLAN_NEW],
		 v->counts[PLAN_CHANGE]);
	if (v->desk->wanted > 0)
		buf_addf(&text,
			 "%zu services have no name and URL yet: they and their links "
			 "are left out; import again when they have.\n",
			 v->desk->wanted);
	if (v->desk->incidents > 0)
		buf_addf(&text, "It opens %lld incidents.\n",
			 (long long)v->desk->incidents);
	buf_adds(&text, "It is one row of the audit, and u does not undo it: `hublink "
			"backup FILE` keeps what there is.");
	dialog_ask(app, &question, buf_text(&text));
}

static void start_import(struct uptrends_view *v, struct app *app)
{
	if (v->desk->fetched_ms == 0)
		app_note(app, "There is no plan yet: r asks Uptrends what it has");
	else if (v->counts[PLAN_NEW] + v->counts[PLAN_CHANGE] == 0)
		app_note(app, "Nothing differs from what is configured already");
	else
		ask_to_import(v, app);
}

/* ---- keys ---- */

static void ask_uptrends(struct uptrends_view *v, struct app *app)
{
	if (v->desk->fd >= 0)
		app_note(app, "Uptrends is being asked already");
	else if (!v->has_account)
		uptrends_account_ask(app, v->account);
	else if (uptrends_desk_ask(v->desk, app, &app->message))
		app_note(app, "You can leave this screen meanwhile");
}

static int uptrends_fd(const struct view *view)
{
	return ((const struct uptrends_view *)view)->desk->fd;
}

static void uptrends_ready(struct view *view, struct app *app)
{
	struct uptrends_desk *desk = uptrends_of(view)->desk;

	if (!uptrends_desk_read(desk, app))
		return;
	app->needs_load = true;
	if (desk->refusal.code != ERR_NONE)
		(void)fail(&app->message, ERR_FAILED,
			   "The account could not be read; nothing was changed");
}

static enum reaction uptrends_act(struct view *view, struct app *app, enum action action)
{
	struct uptrends_view *v = uptrends_of(view);
	const struct plan_line *line = list_current(&v->list);

	if (list_act(&v->list, action))
		return REACTION_REDRAW;
	if (action == ACTION_ASK_UPTRENDS)
		ask_uptrends(v, app);
	else if (action == ACTION_UPTRENDS_ACCOUNT)
		uptrends_account_ask(app, v->account);
	else if (action == ACTION_APPLY)
		start_import(v, app);
	else if (action == ACTION_OPEN || action == ACTION_EDIT) {
		if (line != NULL && line->kind <= PLAN_NAMED)
			open_name(v, app, line);
	} else
		return REACTION_IGNORED;
	return REACTION_REDRAW;
}

static const enum action hints[] = { ACTION_HELP,
				     ACTION_ASK_UPTRENDS,
				     ACTION_OPEN,
				     ACTION_APPLY,
				     ACTION_UPTRENDS_ACCOUNT,
				     ACTION_FILTER,
				     ACTION_BACK,
				     ACTION_NONE };

static const struct view_ops view_uptrends = {
	.name = "take-over",
	.title = "From Uptrends",
	.size = sizeof(struct uptrends_view),
	.keys = &keymap_uptrends,
	.hints = hints,
	.init = uptrends_init,
	.done = uptrends_done,
	.load = uptrends_load,
	.draw = uptrends_draw,
	.act = uptrends_act,
	.list = uptrends_list,
	.fd = uptrends_fd,
	.ready = uptrends_ready,
	.summary = uptrends_summary,
};

void uptrends_open(struct app *app)
{
	struct uptrends_view *v =
		(struct uptrends_view *)app_open(app, &view_uptrends, 0);

	if (v == NULL)
		return;
	v->desk = uptrends_desk_of(app);
	uptrends_desk_plan(v->desk, app);
}
