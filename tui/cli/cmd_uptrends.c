/* uptrends: the account that monitors come from; its import, and whether the engine
 * follows its alerts. */
#include <string.h>

#include "core/base/text.h"
#include "core/peers/uptrends_fetch.h"
#include "core/rules/secret.h"
#include "core/store_uptrends.h"
#include "tui/cli/commands.h"
#include "tui/cli/import_run.h"
#include "tui/cli/uptrends.h"

/* ---- account ---- */

static const struct uptrends_account new_account = {
	.url = UPTRENDS_URL,
	.every_ms = UPTRENDS_EVERY_MS,
	.pause_ms = UPTRENDS_PAUSE_MS,
};

static void put_account(const struct cli *cli, const struct uptrends_account *account)
{
	DEFER(reply_done) struct reply reply = { 0 };
	DEFER(buf_done) struct buf url = BUF_INIT(4 * URL_SIZE);
	DEFER(buf_done) struct buf user = BUF_INIT(10 * UPTRENDS_USER_SIZE);
	const char *zone = account->zone[0] ? account->zone : "account";
	char pause[DURATION_TEXT_SIZE];
	url_add_masked(&url, account->url);
	text_add_safe(&user, account->user, false);
	duration_format(pause, account->pause_ms);
	if (cli->json) {
		struct json_writer *w = reply_open(&reply);
		json_put_string(w, "user", account->user);
		json_put_string(w, "url", buf_text(&url));
		json_put_string(w, "zone", zone);
		json_put_string(w, "pause", pause);
		json_put_bool(w, "follow", account->follow);
		reply_send(&reply);
		return;
	}
	cli_say(cli, "%s at %s; its times are %s; %s between two requests",
		buf_text(&user), buf_text(&url),
		account->zone[0] ? zone : "in the account's own zone", pause);
}

static bool take_zone(const char *zone, struct uptrends_account *account, struct err *err)
{
	const char *name = text_equal_nocase(zone, "utc") ? "UTC" : zone;
	return text_copy(account->zone, sizeof(account->zone),
			 text_equal(zone, "account") ? "" : name) ||
	       fail(err, ERR_INVALID, "--zone: a zone's name has at most %d bytes",
		    ZONE_NAME_SIZE - 1);
}

static bool read_account(const struct arguments *args, struct uptrends_account *account,
			 struct err *err)
{
	const char *url = option_text(args, "url");
	const char *zone = option_text(args, "zone");
	const char *user = word_at(args, 0);
	if ((url && !text_copy(account->url, sizeof(account->url), url)) ||
	    (user && !text_copy(account->user, sizeof(account->user), user)))
		return fail(err, ERR_INVALID,
			    "The address or the user of the account is too long");
	if (zone && !take_zone(zone, account, err))
		return false;
	return option_duration(args, "pause", &account->pause_ms, err);
}

static bool read_password(const struct cli *cli, struct uptrends_account *account,
			  struct err *err)
{
	DEFER(buf_done) struct buf line = BUF_INIT(UPTRENDS_PASSWORD_SIZE);
	if (!cli_ask(cli->terminal ? "Password (it is not shown): " : "", false, &line,
		     err))
		return false;
	return text_copy(account->password, sizeof(account->password), buf_text(&line)) ||
	       fail(err, ERR_INVALID, "The password is longer than %d bytes",
		    UPTRENDS_PASSWORD_SIZE - 1);
}

static bool change_account(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct uptrends_account account;
	bool found;
	if (!store_uptrends_account(cli->store, &account, &found, err))
		return false;
	if (!found)
		account = new_account;
	if (!read_account(args, &account, err) ||
	    (word_at(args, 0) && !read_password(cli, &account, err)))
		return false;
	if (!found && !word_at(args, 0))
		return store_need_uptrends_account(cli->store, &account, err);
	if (!store_put_uptrends_account(cli->store, &account, err))
		return false;
	put_account(cli, &account);
	return true;
}

static bool forget_account(struct cli *cli, struct err *err)
{
	if (!store_forget_uptrends_account(cli->store, err))
		return false;
	cli_say(cli, "The Uptrends account is forgotten; what was imported stays");
	return true;
}

static bool run_account(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct uptrends_account account;
	const bool changes = word_at(args, 0) || option_given(args, "url") ||
			     option_given(args, "zone") || option_given(args, "pause");
	if (option_given(args, "forget"))
		return cli_open(cli, STORE_WRITE, err) && forget_account(cli, err);
	if (changes)
		return cli_open(cli, STORE_WRITE, err) && change_account(cli, args, err);
	if (!cli_open(cli, STORE_READ, err) ||
	    !store_need_uptrends_account(cli->store, &account, err))
		return false;
	put_account(cli, &account);
	return true;
}

/* ---- import ---- */

static bool fetch_account(struct cli *cli, struct uptrends_import *import,
			  struct err *err)
{
	DEFER(buf_done) struct buf text = BUF_INIT(UPTRENDS_ACCOUNT_MAX);
	return store_need_uptrends_account(cli->store, &import->settings, err) &&
	       cli_ask_engine(cli, "uptrends", "fetch", &text, err) &&
	       uptrends_import_take(import, buf_text(&text), text.len, err);
}

static bool read_answers(const struct arguments *args, struct json **ret, struct err *err)
{
	const char *file = option_text(args, "services");
	DEFER(buf_done) struct buf text = BUF_INIT(DOCUMENT_MAX_BYTES);
	if (!file)
		return true;
	if (!cli_read_file(file, &text, err))
		return false;
	*ret = json_parse(buf_text(&text), text.len, err);
	if (!*ret)
		return fail_in(err, "%s", file);
	return json_type_of(*ret) == JSON_OBJECT ||
	       fail(err, ERR_INVALID,
		    "%s: it must be an object, {\"GUID\": {\"name\": …, \"url\": …}}",
		    file);
}

static bool write_document(struct cli *cli, struct uptrends_import *import,
			   const struct json *answers, bool dry_run, struct err *err)
{
	if (!uptrends_import_begin(import, cli->store, err) ||
	    !uptrends_name_services(cli, import, answers, !dry_run, err))
		return false;
	uptrends_import_write(import);
	return true;
}

/* The plan comes first; at a terminal it waits for a yes. */
static bool may_go_on(struct cli *cli, struct uptrends_import *import, bool *ret,
		      struct err *err)
{
	*ret = true;
	if (!cli->terminal || cli->json)
		return true;
	return import_run(cli, &import->importing, true, err) &&
	       cli_confirm(cli, "Do all that?", "--dry-run to see it", ret, err);
}

static bool import_account(struct cli *cli, const struct arguments *args, bool dry_run,
			   struct err *err)
{
	DEFER(json_done) struct json *answers = NULL;
	DEFER(uptrends_import_done)
	struct uptrends_import import = UPTRENDS_IMPORT_INIT;
	bool go_on = true;
	import.now_ms = cli->now_ms;
	if (!read_answers(args, &answers, err) || !fetch_account(cli, &import, err) ||
	    !write_document(cli, &import, answers, dry_run, err))
		return false;
	fputs(buf_text(&import.notes), stderr);
	if (!dry_run && !may_go_on(cli, &import, &go_on, err))
		return false;
	if (!go_on) {
		cli_note("Nothing was changed");
		return true;
	}
	const bool done = import_run(cli, &import.importing, dry_run, err);
	fputs(buf_text(&import.window_notes), stderr);
	return done;
}

static bool run_import(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct trial trial;
	if (!option_given(args, "dry-run"))
		return cli_open(cli, STORE_WRITE, err) &&
		       import_account(cli, args, false, err);
	if (!trial_open(&trial, cli, err))
		return false;
	const bool done = import_account(cli, args, true, err);
	trial_close(&trial, cli);
	return done;
}

/* ---- follow ---- */

static void say_follow(struct cli *cli, const struct uptrends_account *account,
		       const struct uptrends_progress *progress)
{
	char every[DURATION_TEXT_SIZE];
	duration_format(every, account->every_ms);
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_bool(w, "follow", account->follow);
		json_put_string(w, "every", every);
		json_put_time(w, "polled_at", progress->polled_ms);
		json_put_time(w, "failed_at", progress->failed_ms);
		json_put_string(w, "failure",
				progress->failed_ms ? progress->failure : NULL);
		reply_send(&reply);
		return;
	}
	if (!account->follow)
		cli_say(cli, "The engine does not follow the alerts of Uptrends; "
			     "`hublink uptrends follow on` makes it");
	else
		cli_say(cli, "The engine follows the alerts of Uptrends, every %s",
			every);
	cli_say_time(cli, "read", progress->polled_ms);
	cli_say_time(cli, "failed", progress->failed_ms);
	if (progress->failed_ms)
		cli_say(cli, "%-12s %s", "because", progress->failure);
}

static bool run_follow(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *word = word_at(args, 0);
	const bool changes = word || option_given(args, "every");
	struct uptrends_account account;
	struct uptrends_progress progress;
	if (!cli_open(cli, changes ? STORE_WRITE : STORE_READ, err) ||
	    !store_need_uptrends_account(cli->store, &account, err) ||
	    !option_duration(args, "every", &account.every_ms, err))
		return false;
	if (word)
		account.follow = text_equal(word, "on");
	if ((changes && !store_put_uptrends_account(cli->store, &account, err)) ||
	    !store_uptrends_progress(cli->store, &progress, err))
		return false;
	say_follow(cli, &account, &progress);
	if (changes && account.follow)
		cli_note_no_engine(cli, "they are read");
	return true;
}

/* ---- the commands ---- */

const struct command uptrends_account_command = {
	.name = "uptrends account",
	.words = "[USER]",
	.summary = "Show or name the account of the Uptrends API that monitors come from",
	.details = "USER is an API account (Uptrends, operator, API management). Its "
		   "password is read from the terminal without echo, or from standard "
		   "input; it is a secret like a URL. hublink only reads from the API.",
	.options = { { "url", "URL", "The API's address, if it is another",
		       OPTION_BESIDE },
		     { "zone", "ZONE",
		       "What the API's times are in: account (its own), utc, or a name "
		       "like Europe/Berlin; Uptrends does not document it",
		       OPTION_BESIDE },
		     { "pause", "DUR", "Between two requests, at least; 1s",
		       OPTION_BESIDE },
		     { "forget", NULL, "Forget the account; what was imported stays",
		       OPTION_ALONE } },
	.run = run_account,
};

const struct command uptrends_import_command = {
	.name = "uptrends import",
	.summary =
		"Take monitors, groups, alert definitions and links over from Uptrends",
	.details =
		"It reads the account's configuration, asks for the name and the URL of "
		"each StatusHub service, which the API does not tell, and imports all of "
		"it or nothing. An integration arrives inactive in its levels, because "
		"the API does not tell whether it is ticked. Again later it brings what "
		"is new or has changed, keeps what was added here, and asks for new "
		"services only; what Uptrends has no more stays until it is deleted "
		"here. Things keep the names that they are given here.",
	.options = { { "dry-run", NULL,
		       "Print the plan, and the services whose names are wanted; change "
		       "nothing",
		       OPTION_BESIDE },
		     { "services", "FILE",
		       "Names and URLs: {\"GUID\": {\"name\": …, \"url\": …}}",
		       OPTION_BESIDE } },
	.run = run_import,
};

const struct command uptrends_follow_command = {
	.name = "uptrends follow",
	.words = "[on|off]",
	.summary = "Whether the engine reads the alerts of Uptrends, and how that goes",
	.details = "The engine asks for new alerts of all monitors, takes an error or an "
		   "OK of each, and when it starts compares with the monitors' status, "
		   "so that an OK which it missed is not lost.",
	.options = { { "every", "DUR", "How often; 1m", OPTION_BESIDE } },
	.run = run_follow,
};
