#include "tui/console/uptrends_account.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/store_uptrends.h"
#include "tui/console/prompt.h"

static void take_password(struct app *app, void *arg, const char *text)
{
	struct uptrends_account account = { .url = UPTRENDS_URL,
					    .every_ms = UPTRENDS_EVERY_MS,
					    .pause_ms = UPTRENDS_PAUSE_MS };
	struct uptrends_account known;
	bool found;

	if (!store_uptrends_account(app->store, &known, &found, &app->message))
		return;
	if (found)
		account = known;
	if (!text_copy(account.user, sizeof(account.user), arg) ||
	    !text_copy(account.password, sizeof(account.password), text))
		(void)fail(&app->message, ERR_INVALID,
			   "The user or the password is too long");
	else if (store_put_uptrends_account(app->store, &account, &app->message))
		app_note(app, "The account is kept; r asks Uptrends what it has");
	explicit_bzero(&account, sizeof(account));
	explicit_bzero(&known, sizeof(known));
	app->needs_load = true;
}

static void take_user(struct app *app, void *arg, const char *text)
{
	const struct prompt_question question = {
		.title = "The password of this account",
		.help = "It is kept like a URL, and never shown.",
		.secret = true,
		.max_bytes = UPTRENDS_PASSWORD_SIZE - 1,
		.entered = take_password,
		.arg = mem_strdup(text),
		.free_arg = free,
	};

	(void)arg;
	prompt_ask(app, &question);
}

void uptrends_account_ask(struct app *app, const char *user)
{
	const struct prompt_question question = {
		.title = "The user of an Uptrends API account",
		.help = "Uptrends, operator, API management. hublink only reads there.",
		.text = user,
		.max_bytes = UPTRENDS_USER_SIZE - 1,
		.entered = take_user,
	};

	prompt_ask(app, &question);
}
