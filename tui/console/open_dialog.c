#include "tui/console/open_dialog.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/console/dialog.h"
#include "tui/console/prompt.h"
#include "tui/console/quote.h"
#include "tui/console/said.h"

static const char title[] = "Open an incident";

struct opening {
	int64_t service_id;
	char service[NAME_SIZE];
	char words[PUBLIC_TEXT_SIZE];
};

static struct opening *opening_copy(const struct opening *from)
{
	struct opening *opening = mem_new(1, sizeof(*opening));

	*opening = *from;
	return opening;
}

static void on_confirmed(struct app *app, void *arg, int answer)
{
	const struct opening *opening = arg;
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct err err = { 0 };

	if (answer == 0)
		return;
	app->needs_load = true;
	if (act_open(app->store, opening->service_id, opening->words, app_now(app),
		     &result, &err))
		said_show(app, title, &result);
	else
		said_refused(app, title, err.text);
}

/* The very bytes that would be posted: it is opened, read, and taken back. */
static bool rehearse(struct app *app, const struct opening *opening, struct buf *ret,
		     struct err *err)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct delivery delivery;

	if (!store_begin(app->store, &tx, err) ||
	    !act_open(app->store, opening->service_id, opening->words, app_now(app),
		      &result, err) ||
	    !store_delivery_get(app->store, result.delivery_id, &delivery, err) ||
	    !quote_add(app->store, &delivery, "The public reads:", ret, err))
		return false;
	buf_adds(ret, "\n\n");
	quote_add_when(app, &delivery, ret);
	return true;
}

static void confirm(struct app *app, const struct opening *opening)
{
	DEFER(buf_done) struct buf text = BUF_INIT(QUOTE_MAX);
	struct err err = { 0 };

	if (!rehearse(app, opening, &text, &err)) {
		said_refused(app, title, err.text);
		return;
	}
	buf_adds(&text, " It lasts until you send its recovery.");
	const struct dialog_question question = { .title = title,
						  .choices = dialog_yes,
						  .escape = "back",
						  .answered = on_confirmed,
						  .arg = opening_copy(opening),
						  .free_arg = free };
	dialog_ask(app, &question, buf_text(&text));
}

static void on_words(struct app *app, void *arg, const char *text)
{
	struct opening *opening = arg;

	if (text_copy(opening->words, sizeof(opening->words), text))
		confirm(app, opening);
}

static bool check_words(void *arg, const char *text, struct err *err)
{
	(void)arg;
	return text[0] != '\0' ||
	       fail(err, ERR_INVALID, "Say something: it is what the public reads");
}

void open_ask(struct app *app, int64_t service_id)
{
	struct service *service = mem_new(1, sizeof(*service));

	if (app_may_act(app, ACTION_OPEN_INCIDENT) &&
	    store_get(app->store, RECORD_SERVICE, service_id, service, &app->message)) {
		struct opening *opening = mem_new(1, sizeof(*opening));
		const struct prompt_question question = {
			.title = title,
			.help = "What the public reads. It is shown whole before it "
				"goes.",
			.max_bytes = PUBLIC_TEXT_CHARS_MAX,
			.check = check_words,
			.entered = on_words,
			.arg = opening,
			.free_arg = free,
		};
		opening->service_id = service_id;
		memcpy(opening->service, service->name, sizeof(opening->service));
		prompt_ask(app, &question);
	}
	free(service);
}
