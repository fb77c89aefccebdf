#include "tui/console/operator.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/copy.h"
#include "tui/console/dialog.h"
#include "tui/console/prompt.h"
#include "tui/console/quote.h"
#include "tui/console/said.h"

/* One act on its way: asked for words, then to be confirmed, then done. */
struct deed {
	const struct verb *verb;
	int64_t id;
	bool force;
	char words[PUBLIC_TEXT_SIZE];
};

typedef bool deed_fn(const struct deed *deed, struct store *store, int64_t now_ms,
		     struct act_result *ret, struct err *err);

struct verb {
	enum action action;
	const char *title;    /* of its questions */
	const char *words;    /* what the words are for; NULL: none are asked */
	const char *question; /* to confirm; NULL: done at once */
	const char *quotes;   /* leads the update's public words in; NULL: none are */
	bool needs_words;
	deed_fn *run;
};

static const char *words_of(const struct deed *deed)
{
	return deed->words[0] != '\0' ? deed->words : NULL;
}

static bool identify(const struct deed *d, struct store *store, int64_t now_ms,
		     struct act_result *ret, struct err *err)
{
	return act_identify(store, d->id, words_of(d), now_ms, ret, err);
}

static bool note(const struct deed *d, struct store *store, int64_t now_ms,
		 struct act_result *ret, struct err *err)
{
	return act_note(store, d->id, words_of(d), now_ms, ret, err);
}

static bool resolve(const struct deed *d, struct store *store, int64_t now_ms,
		    struct act_result *ret, struct err *err)
{
	return act_resolve(store, d->id, words_of(d), d->force, now_ms, ret, err);
}

static bool recover(const struct deed *d, struct store *store, int64_t now_ms,
		    struct act_result *ret, struct err *err)
{
	return act_recover(store, d->id, words_of(d), d->force, now_ms, ret, err);
}

static bool detach(const struct deed *d, struct store *store, int64_t now_ms,
		   struct act_result *ret, struct err *err)
{
	return act_detach(store, d->id, words_of(d), now_ms, ret, err);
}

static bool retry(const struct deed *d, struct store *store, int64_t now_ms,
		  struct act_result *ret, struct err *err)
{
	return act_delivery_retry(store, d->id, now_ms, ret, err);
}

static bool cancel(const struct deed *d, struct store *store, int64_t now_ms,
		   struct act_result *ret, struct err *err)
{
	return act_delivery_cancel(store, d->id, now_ms, ret, err);
}

static bool release(const struct deed *d, struct store *store, int64_t now_ms,
		    struct act_result *ret, struct err *err)
{
	return act_delivery_release(store, d->id, now_ms, ret, err);
}

static bool resolve_monitoring(const struct deed *d, struct store *store, int64_t now_ms,
			       struct act_result *ret, struct err *err)
{
	(void)d;
	return act_resolve_all_monitoring(store, now_ms, ret, err);
}

static const char words_help[] =
	"Your words, or Enter alone. With payload generic-v2 the public reads them; else "
	"they are a local record.";
static const char note_help[] = "With payload generic-v2 the public reads the note; else "
				"it is a local record.";

static const struct verb incident_verbs[] = {
	{ ACTION_IDENTIFY, "Identified", words_help, "Say that the cause is known?", NULL,
	  false, identify },
	{ ACTION_NOTE, "Note", note_help, NULL, NULL, true, note },
	{ ACTION_RESOLVE, "Resolve", words_help,
	  "Resolve this incident? It ends hublink's say for the episodes that joined it.",
	  NULL, false, resolve },
	{ ACTION_RECOVER, "Recover", words_help,
	  "Send the recovery of this incident? The public reads Monitoring and "
	  "operational.",
	  NULL, false, recover },
	{ ACTION_DETACH, "Detach", words_help,
	  "Leave this incident's page to a person? hublink sends nothing more of it.",
	  NULL, false, detach },
};

static const struct verb delivery_verbs[] = {
	{ ACTION_RETRY, "Retry", NULL, NULL, NULL, false, retry },
	{ ACTION_CANCEL, "Cancel", NULL, "Never send this update?",
	  "The public will not read:", false, cancel },
	{ ACTION_RELEASE, "Release", NULL, "Let this update go?",
	  "The public reads:", false, release },
};

static void deed_free(void *arg)
{
	free(arg);
}

static struct deed *deed_new(const struct verb *verb, int64_t id)
{
	struct deed *deed = mem_new(1, sizeof(*deed));

	deed->verb = verb;
	deed->id = id;
	return deed;
}

static struct deed *deed_copy(const struct deed *from)
{
	struct deed *deed = mem_new(1, sizeof(*deed));

	*deed = *from;
	return deed;
}

/* ---- doing ---- */

static void do_deed(struct app *app, const struct deed *deed);

static void on_force(struct app *app, void *arg, int answer)
{
	struct deed *deed = arg;

	if (answer == 0)
		return;
	deed->force = true;
	do_deed(app, deed);
}

/* How a refusal ends that may be overruled; here a key stands for it. */
static const char force_word[] = ", or use --force";

/* A joined monitor is in error: the refusal says so. */
static void ask_force(struct app *app, const struct deed *deed, const char *refusal)
{
	static const struct dialog_choice choices[] = { { 'f', "do it all the same", 1 },
							{ 0, NULL, 0 } };
	const struct dialog_question question = { .title = deed->verb->title,
						  .choices = choices,
						  .escape = "leave it",
						  .answered = on_force,
						  .arg = deed_copy(deed),
						  .free_arg = deed_free };
	DEFER(buf_done) struct buf text = BUF_INIT(ERR_TEXT_SIZE);
	const char *force = strstr(refusal, force_word);

	buf_add(&text, refusal, (size_t)(force - refusal));
	dialog_ask(app, &question, buf_text(&text));
}

static void do_deed(struct app *app, const struct deed *deed)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };

	app->needs_load = true;
	if (deed->verb->run(deed, app->store, app_now(app), &result, &err))
		said_show(app, deed->verb->title, &result);
	else if (err.code == ERR_REFUSED && strstr(err.text, force_word) != NULL)
		ask_force(app, deed, err.text);
	else
		said_refused(app, deed->verb->title, err.text);
}

/* ---- asking ---- */

static void on_confirmed(struct app *app, void *arg, int answer)
{
	if (answer != 0)
		do_deed(app, arg);
}

/* Tried without doing it, so that a refusal comes before the question; and the very
 * words that the page would get. */
static bool quote(struct app *app, const struct deed *deed, struct buf *ret,
		  struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct delivery delivery;

	buf_adds(ret, "\n\n");
	if (!store_begin(app->store, &tx, err) ||
	    !deed->verb->run(deed, app->store, app_now(app), &result, err) ||
	    !store_delivery_get(app->store, deed->id, &delivery, err) ||
	    !quote_add(app->store, &delivery, deed->verb->quotes, ret, err))
		return false;
	if (deed->verb->action == ACTION_RELEASE) {
		buf_adds(ret, "\n\n");
		quote_add_when(app, &delivery, ret);
	}
	return true;
}

static void confirm(struct app *app, const struct deed *deed)
{
	DEFER(buf_done) struct buf text = BUF_INIT(QUOTE_MAX);
	struct err err = { 0 };

	if (deed->verb->question == NULL) {
		do_deed(app, deed);
		return;
	}
	buf_adds(&text, deed->verb->question);
	if (deed->verb->quotes != NULL && !quote(app, deed, &text, &err)) {
		said_refused(app, deed->verb->title, err.text);
		return;
	}
	const struct dialog_question question = { .title = deed->verb->title,
						  .choices = dialog_yes,
						  .escape = "back",
						  .answered = on_confirmed,
						  .arg = deed_copy(deed),
						  .free_arg = deed_free };
	dialog_ask(app, &question, buf_text(&text));
}

static void on_words(struct app *app, void *arg, const char *text)
{
	struct deed *deed = arg;

	if (deed->verb->needs_words && text[0] == '\0')
		return;
	if (!text_copy(deed->words, sizeof(deed->words), text))
		return;
	confirm(app, deed);
}

static void begin(struct app *app, const struct verb *verb, int64_t id)
{
	struct deed *deed = deed_new(verb, id);
	const struct prompt_question question = { .title = verb->title,
						  .help = verb->words,
						  .max_bytes = PUBLIC_TEXT_CHARS_MAX,
						  .entered = on_words,
						  .arg = deed,
						  .free_arg = deed_free };

	if (verb->words != NULL) {
		prompt_ask(app, &question);
		return;
	}
	confirm(app, deed);
	deed_free(deed);
}

/* NULL: it is none of these. */
static const struct verb *verb_of(const struct verb *verbs, size_t count,
				  enum action action)
{
	for (size_t i = 0; i < count; i++)
		if (verbs[i].action == action)
			return &verbs[i];
	return NULL;
}

static bool take(struct app *app, const struct verb *verbs, size_t count,
		 enum action action, int64_t id)
{
	const struct verb *verb = verb_of(verbs, count, action);

	if (verb != NULL && app_may_act(app, action))
		begin(app, verb, id);
	return verb != NULL;
}

/* Copying is no act on it, but every screen that has acts on it can copy it, too. */
static bool copy(struct app *app, enum action action, int kind, int64_t id)
{
	if (action != ACTION_COPY || id == 0)
		return false;
	copy_ask(app, kind, id);
	return true;
}

bool operator_on_incident(struct app *app, enum action action, int64_t incident_id)
{
	return copy(app, action, COPY_INCIDENT, incident_id) ||
	       take(app, incident_verbs, COUNT_OF(incident_verbs), action, incident_id);
}

bool operator_on_delivery(struct app *app, enum action action, int64_t delivery_id)
{
	return copy(app, action, COPY_DELIVERY, delivery_id) ||
	       take(app, delivery_verbs, COUNT_OF(delivery_verbs), action, delivery_id);
}

static bool keep_last(void *arg, const struct delivery *delivery)
{
	*(int64_t *)arg = delivery->id;
	return true;
}

bool operator_on_waiting(struct app *app, enum action action, int64_t incident_id)
{
	struct filter waiting = FILTER_ALL;
	int64_t first_id = 0;

	if (incident_id <= 0 ||
	    verb_of(delivery_verbs, COUNT_OF(delivery_verbs), action) == NULL)
		return false;
	waiting.incident_id = incident_id;
	waiting.open = true;
	if (store_list_deliveries(app->store, &waiting, keep_last, &first_id,
				  &app->message) &&
	    first_id == 0)
		app_note(app, "No update of this incident waits");
	return first_id == 0 || operator_on_delivery(app, action, first_id);
}

void operator_resolve_monitoring(struct app *app)
{
	static const struct verb verb = {
		ACTION_RESOLVE,
		"Resolve all",
		NULL,
		"Resolve every incident that is in Monitoring? With payload uptrends "
		"that is a local record: do it in StatusHub, too.",
		NULL,
		false,
		resolve_monitoring,
	};

	if (app_may_act(app, ACTION_RESOLVE))
		begin(app, &verb, 0);
}
