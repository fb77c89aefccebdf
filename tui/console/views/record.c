/* A record whole, to read, also where nothing may be changed. */
#include "tui/console/record_view.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/judge/recur.h"
#include "tui/console/form_store.h"
#include "tui/console/lines.h"
#include "tui/console/record_acts.h"
#include "tui/console/record_holdings.h"
#include "tui/console/rows.h"

enum { VALUE_MAX = 1024 * 1024, LABEL_COLUMNS = 21, COMING_SHOWN = 8 };

struct record_view {
	struct view view;
	char title[FORM_TITLE_SIZE];
	struct lines lines;
};

static const struct view_ops view_record;

void record_view_open(struct app *app, enum record_kind kind, int64_t id)
{
	struct record_view *v = (struct record_view *)app_open(app, &view_record, id);

	if (v != NULL)
		v->view.object_kind = kind;
}

struct view_subject record_view_subject(enum record_kind kind, int64_t id)
{
	return (struct view_subject){ &view_record, .object_id = id,
				      .object_kind = kind };
}

bool record_view_shows(const struct view *view, enum record_kind kind, int64_t id)
{
	return view->ops == &view_record && view->object_id == id &&
	       view->object_kind == kind;
}

static void record_done(struct view *view)
{
	lines_done(&((struct record_view *)view)->lines);
}

/* A text with lines, one under the other. */
static void add_text(struct lines *lines, const char *label, const char *text)
{
	while (*text != '\0') {
		size_t bytes = strcspn(text, "\n");
		DEFER(buf_done)
		struct buf line = BUF_INIT(VALUE_MAX);
		buf_add(&line, text, bytes);
		lines_fact(lines, label, ROLE_TEXT, buf_text(&line));
		label = "";
		text += bytes + (text[bytes] == '\n');
	}
}

static void add_field(struct record_view *v, const struct form *form,
		      const struct form_field *f)
{
	DEFER(buf_done)
	struct buf value = BUF_INIT(VALUE_MAX);
	char local[TIME_TEXT_SIZE];

	if (!form_shows(form, f))
		return;
	if (f->field != NULL && f->field->type == FIELD_TIME)
		buf_adds(&value,
			 time_format_local(local, field_number(f->field, form->rec)));
	else if (f->field != NULL &&
		 (f->field->type == FIELD_BOOL || f->field->type == FIELD_CHOICE))
		field_format(f->field, form->rec, &value);
	else
		form_show(form, f, &value);
	add_text(&v->lines, f->label, buf_text(&value));
}

/* When it comes round, however far ahead: windows are made one at a time. */
static void add_coming(struct lines *lines, const struct schedule *schedule,
		       int64_t now_ms)
{
	struct err unread = { 0 };
	int64_t after_ms = now_ms;
	bool found = true;

	lines_heading(lines, "Comes round");
	if (!schedule->active)
		lines_add(lines, ROLE_WARN, " paused: x lets it recur again");
	for (int i = 0; i < COMING_SHOWN && found && schedule->active; i++) {
		char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
		int64_t from_ms, until_ms;
		DEFER(buf_done) struct buf in = BUF_INIT(64);
		if (!recur_next(schedule, after_ms, &from_ms, &until_ms, &found,
				&unread) ||
		    !found)
			return;
		add_until(&in, from_ms <= now_ms ? until_ms : from_ms, now_ms);
		lines_add(lines, i == 0 ? ROLE_TEXT : ROLE_DIM, " %s to %s  %s%s",
			  time_format_local(from, from_ms),
			  time_format_local(until, until_ms),
			  from_ms <= now_ms ? "now, ends " : "", buf_text(&in));
		after_ms = until_ms;
	}
}

/* What an operator asks of a service before anything else. */
static bool add_now(void *arg, const struct service_brief *brief)
{
	DEFER(buf_done) struct buf now = BUF_INIT(256);
	char told[TIME_TEXT_SIZE];

	buf_adds(&now, service_word(brief->status));
	if (brief->has_told)
		buf_addf(&now, ", told %s %.16s", incident_word(brief->told_status),
			 time_format_local(told, brief->told_ms));
	buf_addf(&now, ", %lld open, %lld link%s", (long long)brief->open_incidents,
		 (long long)brief->links, brief->links == 1 ? "" : "s");
	if (brief->unfinished > 0)
		buf_addf(&now, ", %lld to send", (long long)brief->unfinished);
	lines_fact(arg, "Now", service_role(brief->status), buf_text(&now));
	return false;
}

static bool record_load(struct view *view, struct store *store, int64_t now_ms,
			struct err *err)
{
	struct record_view *v = (struct record_view *)view;
	const struct record_target target = { view->object_kind, .id = view->object_id,
					      .to_read = true };
	DEFER(form_done) struct form *form = form_load(store, &target, now_ms, err);
	DEFER(buf_done)
	struct buf holdings = BUF_INIT(1024);

	if (form == NULL || !record_add_holdings(store, view->object_kind,
						 view->object_id, &holdings, err))
		return false;
	memcpy(v->title, form->title, sizeof(v->title));
	lines_reset(&v->lines);
	v->lines.label_columns = LABEL_COLUMNS;
	if (form->kind == RECORD_SERVICE &&
	    !store_list_service_briefs(store, view->object_id, add_now, &v->lines, err))
		return false;
	for (size_t i = 0; i < form->count; i++)
		add_field(v, form, &form->fields[i]);
	if (form->kind == RECORD_SCHEDULE)
		add_coming(&v->lines, form->rec, now_ms);
	lines_heading(&v->lines, "If it were deleted");
	lines_add(&v->lines, ROLE_DIM, " %s", buf_text(&holdings));
	return true;
}

static void record_draw(struct view *view, struct rect area, int64_t now_ms)
{
	(void)now_ms;
	lines_draw(&((struct record_view *)view)->lines, area);
}

static enum reaction record_view_act(struct view *view, struct app *app,
				     enum action action)
{
	struct record_view *v = (struct record_view *)view;

	if (action == ACTION_OPEN)
		action = ACTION_EDIT;
	if (lines_act(&v->lines, action))
		return REACTION_REDRAW;
	return record_act(app, view->object_kind, view->object_id, action);
}

static void record_summary(const struct view *view, int64_t now_ms, struct buf *ret)
{
	(void)now_ms;
	buf_adds(ret, ((const struct record_view *)view)->title);
}

static const enum action hints[] = { ACTION_HELP,   ACTION_EDIT,    ACTION_DELETE,
				     ACTION_TOGGLE, ACTION_HISTORY, ACTION_LINKS_OF,
				     ACTION_TEST,   ACTION_BACK,    ACTION_NONE };

static struct lines *record_lines(struct view *view)
{
	return &((struct record_view *)view)->lines;
}

static const struct view_ops view_record = {
	.name = "record",
	.title = "Record",
	.size = sizeof(struct record_view),
	.keys = &keymap_records,
	.hints = hints,
	.done = record_done,
	.lines = record_lines,
	.load = record_load,
	.draw = record_draw,
	.act = record_view_act,
	.summary = record_summary,
};
