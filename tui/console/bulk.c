#include "tui/console/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/dialog.h"
#include "tui/console/link_acts.h"
#include "tui/console/list.h"
#include "tui/console/prompt.h"
#include "tui/console/said.h"

enum { TEXT_MAX = 256 * 1024, REFUSED_MAX = 64 * 1024 };

enum bulk_kind { BULK_NONE, BULK_RECORDS, BULK_LINKS, BULK_INCIDENTS, BULK_DELIVERIES };

/* One of the three acts. */
struct verb {
	enum bulk_kind kind;
	enum action action;
	const char *one,
		*many;      /* to confirm: "Retry this update?", "Retry %zu updates?" */
	const char *effect; /* a sentence behind it; "" */
	const char *done;   /* "5 updates: " this */
	bool asks_words;
	__typeof__(act_note) *say;
	__typeof__(act_resolve) *end;
	__typeof__(act_delivery_retry) *deliver;
};

static const struct verb verbs[] = {
	{ BULK_RECORDS, ACTION_DELETE, "record", "records", "", "deleted", false, NULL,
	  NULL, NULL },
	{ BULK_RECORDS, ACTION_TOGGLE, "record", "records", "", "switched", false, NULL,
	  NULL, NULL },
	{ BULK_LINKS, ACTION_DELETE, "link", "links", "", "deleted", false, NULL, NULL,
	  NULL },
	{ BULK_INCIDENTS, ACTION_IDENTIFY, "incident", "incidents",
	  "It is said that the cause is known. ", "identified", true, act_identify, NULL,
	  NULL },
	{ BULK_INCIDENTS, ACTION_NOTE, "incident", "incidents", "The words are added. ",
	  "noted", true, act_note, NULL, NULL },
	{ BULK_INCIDENTS, ACTION_DETACH, "incident", "incidents",
	  "hublink sends nothing more of them. ", "detached", true, act_detach, NULL,
	  NULL },
	{ BULK_INCIDENTS, ACTION_RESOLVE, "incident", "incidents",
	  "It ends hublink's say for the episodes that joined them. ", "resolved", true,
	  NULL, act_resolve, NULL },
	{ BULK_INCIDENTS, ACTION_RECOVER, "incident", "incidents",
	  "The public reads Monitoring and operational. ", "recovered", true, NULL,
	  act_recover, NULL },
	{ BULK_DELIVERIES, ACTION_RETRY, "update", "updates", "They are tried at once. ",
	  "retried", false, NULL, NULL, act_delivery_retry },
	{ BULK_DELIVERIES, ACTION_CANCEL, "update", "updates", "They are never sent. ",
	  "cancelled", false, NULL, NULL, act_delivery_cancel },
	{ BULK_DELIVERIES, ACTION_RELEASE, "update", "updates",
	  "They become public now. ", "released", false, NULL, NULL,
	  act_delivery_release },
};

struct bulk {
	const struct verb *verb;
	int64_t *ids; /* of rows */
	size_t count;
	bool is_tree;          /* a row's id tells its record's kind, too */
	enum record_kind kind; /* where it does not */
	bool active;           /* what switching makes of them */
	char words[PUBLIC_TEXT_SIZE];
	/* Of the last run. */
	size_t done;
	int64_t links, others; /* records that go with those */
	struct buf refused;    /* a line for each that was left out */
	int64_t now_ms;
	struct act_result *result;
};

static void bulk_free(void *arg)
{
	struct bulk *bulk = arg;

	free(bulk->ids);
	buf_done(&bulk->refused);
	free(bulk);
}

static enum bulk_kind kind_of(const struct view *view)
{
	if (view->ops == &view_incidents)
		return BULK_INCIDENTS;
	if (view->ops == &view_deliveries)
		return BULK_DELIVERIES;
	if (view->ops == &view_links)
		return BULK_LINKS;
	if (view->ops == &view_monitors || view->ops == &view_integrations ||
	    view->ops == &view_definitions)
		return BULK_RECORDS;
	return BULK_NONE;
}

static const struct verb *verb_of(const struct view *view, enum action action)
{
	enum bulk_kind kind = kind_of(view);

	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (verbs[i].kind == kind && verbs[i].action == action)
			return &verbs[i];
	return NULL;
}

bool bulk_can(const struct view *view, enum action action)
{
	return verb_of(view, action) != NULL ||
	       (view->ops == &view_links && link_can(action));
}

/* ---- one of many ---- */

static enum record_kind record_of(const struct bulk *bulk, int64_t row, int64_t *ret_id)
{
	*ret_id = bulk->is_tree ? row / RECORD_KIND_COUNT : row;
	return bulk->is_tree ? (enum record_kind)(row % RECORD_KIND_COUNT) : bulk->kind;
}

static bool is_configuration(const struct verb *verb)
{
	return verb->kind == BULK_RECORDS || verb->kind == BULK_LINKS;
}

static bool switch_one(const struct bulk *bulk, struct store *store, int64_t row,
		       struct err *err)
{
	int64_t id = 0;
	enum record_kind kind = record_of(bulk, row, &id);
	const struct field *active = field_by_column(kind, "active");
	DEFER(mem_free) void *rec = mem_new(1, record_types[kind].size);

	if (active == NULL)
		return fail(err, ERR_REFUSED, "It is not switched on and off");
	if (!store_get(store, kind, id, rec, err))
		return false;
	field_set_number(active, rec, bulk->active);
	return store_put(store, kind, rec, err);
}

/* What is gone with one that was deleted before it is deleted, too. */
static bool delete_one(const struct bulk *bulk, struct store *store, int64_t row,
		       struct err *err)
{
	int64_t id = 0;
	enum record_kind kind = record_of(bulk, row, &id);

	return store_delete(store, kind, id, err) ||
	       (bulk->is_tree && err->code == ERR_NOT_FOUND && bulk->done > 0);
}

static bool do_one(const struct bulk *bulk, struct store *store, int64_t row,
		   struct err *err)
{
	const struct verb *verb = bulk->verb;
	const char *words = bulk->words[0] != '\0' ? bulk->words : NULL;

	if (verb->action == ACTION_DELETE)
		return delete_one(bulk, store, row, err);
	if (verb->action == ACTION_TOGGLE)
		return switch_one(bulk, store, row, err);
	if (verb->say != NULL)
		return verb->say(store, row, words, bulk->now_ms, bulk->result, err);
	if (verb->end != NULL)
		return verb->end(store, row, words, false, bulk->now_ms, bulk->result,
				 err);
	return verb->deliver(store, row, bulk->now_ms, bulk->result, err);
}

/* ---- all of them ---- */

/* Done whole or not at all; what goes with it when it is deleted is counted. */
static bool do_counted(struct bulk *bulk, struct store *store, int64_t row,
		       struct err *err)
{
	int64_t held[RECORD_KIND_COUNT] = { 0 };
	int64_t id = 0;

	if (bulk->verb->action == ACTION_DELETE) {
		enum record_kind kind = record_of(bulk, row, &id);
		if (!store_count_held(store, kind, id, held, err))
			return false;
	}
	if (!do_one(bulk, store, row, err))
		return false;
	for (int k = 0; k < RECORD_KIND_COUNT; k++)
		*(k == RECORD_LINK ? &bulk->links : &bulk->others) += held[k];
	return true;
}

/* One that is refused is left out, whole; the others are done. */
static bool do_all(void *arg, struct store *store, struct err *err)
{
	struct bulk *bulk = arg;

	bulk->done = 0;
	bulk->links = bulk->others = 0;
	buf_reset(&bulk->refused);
	for (size_t i = 0; i < bulk->count; i++) {
		DEFER(store_abort) struct transaction one = { 0 };
		struct err why = { 0 };
		if (!store_begin(store, &one, err))
			return false;
		if (!do_counted(bulk, store, bulk->ids[i], &why)) {
			buf_addf(&bulk->refused, "%s\n", why.text);
			continue;
		}
		if (!store_commit(&one, err))
			return false;
		bulk->done++;
	}
	return true;
}

static bool run(struct bulk *bulk, struct store *store, bool dry_run,
		struct act_result *ret, struct err *err)
{
	DEFER(store_abort) struct transaction all = { 0 };

	bulk->result = ret;
	if (is_configuration(bulk->verb))
		return act_configure(store, do_all, bulk, dry_run, bulk->now_ms, ret,
				     err);
	return store_begin(store, &all, err) && do_all(bulk, store, err) &&
	       (dry_run || store_commit(&all, err));
}

static const char *noun(const struct bulk *bulk, size_t count)
{
	return count == 1 ? bulk->verb->one : bulk->verb->many;
}

static void perform(struct app *app, void *arg, int answer)
{
	struct bulk *bulk = arg;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };

	if (answer == 0)
		return;
	app->needs_load = true;
	bulk->now_ms = app_now(app);
	if (!run(bulk, app->store, false, &result, &err)) {
		said_refused(app, "Nothing was done", err.text);
		return;
	}
	(void)list_act(app_list(app), ACTION_UNMARK);
	app_note(app, "%zu %s %s%s", bulk->done, noun(bulk, bulk->done), bulk->verb->done,
		 is_configuration(bulk->verb) ? "; u undoes it, all at once" : "");
}

/* ---- asking ---- */

static void add_held(const struct bulk *bulk, struct buf *ret)
{
	if (bulk->links + bulk->others > 0)
		buf_addf(ret, "They take with them %lld link%s and %lld other record%s. ",
			 (long long)bulk->links, bulk->links == 1 ? "" : "s",
			 (long long)bulk->others, bulk->others == 1 ? "" : "s");
	else
		buf_adds(ret, "Nothing hangs on them. ");
}

static void describe(const struct bulk *bulk, const struct act_result *result,
		     struct buf *ret)
{
	bool toggles = bulk->verb->action == ACTION_TOGGLE;

	if (bulk->done == 0)
		buf_addf(ret, "Nothing will be %s.", bulk->verb->done);
	else
		buf_addf(ret, "%zu %s will be %s%s. %s", bulk->done,
			 noun(bulk, bulk->done), bulk->verb->done,
			 !toggles       ? ""
			 : bulk->active ? " on"
					: " off",
			 bulk->verb->effect);
	if (bulk->done > 0 && bulk->verb->action == ACTION_DELETE)
		add_held(bulk, ret);
	if (bulk->refused.len > 0)
		buf_addf(ret, "\n\nLeft out, for they refuse it:\n%s",
			 buf_text(&bulk->refused));
	if (result->said.len > 0)
		buf_addf(ret, "\n\n%s", buf_text(&result->said));
}

/* Tried without doing it, so that all is said before. Takes bulk. */
static void ask(struct app *app, struct bulk *bulk)
{
	static const struct dialog_choice choices[] = { { 'y', "do it", 1 },
							{ 0, NULL, 0 } };
	struct dialog_question question = { .title = "All that is marked",
					    .escape = "back",
					    .answered = perform,
					    .arg = bulk,
					    .free_arg = bulk_free };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(buf_done) struct buf text = BUF_INIT(TEXT_MAX);

	bulk->now_ms = app_now(app);
	if (!run(bulk, app->store, true, &result, &app->message)) {
		bulk_free(bulk);
		return;
	}
	describe(bulk, &result, &text);
	question.choices = bulk->done > 0 ? choices : NULL;
	dialog_ask(app, &question, buf_text(&text));
}

static struct bulk *bulk_copy(const struct bulk *from)
{
	struct bulk *bulk = mem_new(1, sizeof(*bulk));

	*bulk = *from;
	bulk->refused = BUF_INIT(REFUSED_MAX);
	bulk->ids = mem_new(from->count, sizeof(from->ids[0]));
	memcpy(bulk->ids, from->ids, from->count * sizeof(from->ids[0]));
	return bulk;
}

static void on_words(struct app *app, void *arg, const char *text)
{
	struct bulk *bulk = bulk_copy(arg);

	if (text_copy(bulk->words, sizeof(bulk->words), text))
		ask(app, bulk);
	else
		bulk_free(bulk);
}

/* Switched off if one of them is on. */
static bool will_be_active(const struct bulk *bulk, struct store *store)
{
	for (size_t i = 0; i < bulk->count; i++) {
		int64_t id = 0;
		enum record_kind kind = record_of(bulk, bulk->ids[i], &id);
		const struct field *active = field_by_column(kind, "active");
		DEFER(mem_free) void *rec = mem_new(1, record_types[kind].size);
		struct err absent = { 0 };
		if (active != NULL && store_get(store, kind, id, rec, &absent) &&
		    field_number(active, rec) != 0)
			return false;
	}
	return true;
}

static void begin(struct app *app, struct bulk *bulk)
{
	const struct prompt_question question = {
		.title = "Words for all that is marked",
		.help = "With payload generic-v2 the public reads them; else they are a "
			"local record.",
		.max_bytes = PUBLIC_TEXT_CHARS_MAX,
		.entered = on_words,
		.arg = bulk,
		.free_arg = bulk_free,
	};

	if (bulk->verb->asks_words)
		prompt_ask(app, &question);
	else
		ask(app, bulk);
}

bool bulk_act(struct app *app, enum action action)
{
	const struct view *view = app_view(app);
	const struct list *list = app_list(app);
	const struct verb *verb = verb_of(view, action);

	if (list == NULL || list->marks.count == 0 || verb == NULL)
		return false;
	struct bulk marked = {
		.verb = verb,
		.ids = list->marks.ids,
		.count = list->marks.count,
		.is_tree = verb->kind == BULK_RECORDS && view->ops != &view_monitors,
		.kind = verb->kind == BULK_LINKS ? RECORD_LINK : RECORD_MONITOR
	};
	if (action == ACTION_TOGGLE)
		marked.active = will_be_active(&marked, app->store);
	begin(app, bulk_copy(&marked));
	return true;
}
