/* service set-url and find-url, and rename. URLs are secrets: they come from the
 * terminal or standard input, never from argv, and only fingerprints are shown. */
#include <stdlib.h>
#include <string.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/judge/act.h"
#include "core/rules/secret.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

/* The URL without blanks around it. */
static bool read_url(const struct cli *cli, char ret[URL_SIZE], struct err *err)
{
	DEFER(buf_done) struct buf line = BUF_INIT(2 * URL_SIZE);
	if (!cli_ask(cli->terminal ? "URL (it is not shown): " : "", false, &line, err))
		return false;
	const char *begin = buf_text(&line) + strspn(buf_text(&line), " \t");
	size_t bytes = strcspn(begin, " \t\r");
	if (bytes == 0 || bytes >= URL_SIZE ||
	    begin[bytes + strspn(begin + bytes, " \t\r")])
		return fail(err, ERR_INVALID, "A URL is one word of at most %d bytes",
			    URL_SIZE - 1);
	memcpy(ret, begin, bytes);
	ret[bytes] = '\0';
	return true;
}

/* ---- set-url ---- */

struct url_change {
	struct service *service; /* on the heap: it is large */
	char url[URL_SIZE];
	char before[FINGERPRINT_SIZE], after[FINGERPRINT_SIZE];
	int64_t id;
};

static bool change_url(void *arg, struct store *store, struct err *err)
{
	struct url_change *change = arg;
	if (!store_get(store, RECORD_SERVICE, change->id, change->service, err))
		return false;
	fingerprint(change->before, change->service->url);
	fingerprint(change->after, change->url);
	return text_copy(change->service->url, sizeof(change->service->url),
			 change->url) &&
	       store_put(store, RECORD_SERVICE, change->service, err);
}

static void answer_url(const struct cli *cli, const struct url_change *change)
{
	cli_say(cli, "%s/%s: %s -> %s", change->service->integration,
		change->service->name, change->before, change->after);
	if (!cli->json)
		return;
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_string(w, "service", change->service->name);
	json_put_string(w, "integration", change->service->integration);
	json_put_string(w, "old", change->before);
	json_put_string(w, "new", change->after);
	reply_send(&reply);
}

static bool set_url(struct cli *cli, struct url_change *change, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	if (!act_configure(cli->store, change_url, change, false, cli->now_ms, &result,
			   err))
		return false;
	answer_url(cli, change);
	if (result.said.len > 0)
		fputs(buf_text(&result.said), stderr);
	if (result.queued)
		cli_note_no_engine(cli, "it is sent");
	return true;
}

static bool run_set_url(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct url_change change = { 0 };
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !store_find_id(cli->store, RECORD_SERVICE, word_at(args, 0), &change.id,
			   err) ||
	    !read_url(cli, change.url, err) || !url_check(change.url, err))
		return false;
	change.service = mem_new(1, sizeof(*change.service));
	bool done = set_url(cli, &change, err);
	free(change.service);
	return done;
}

/* ---- find-url ---- */

struct url_search {
	struct cli *cli;
	struct reply reply;
	char url[URL_SIZE];
	int64_t found;
};

static bool match_url(void *arg, const void *rec)
{
	struct url_search *search = arg;
	const struct service *service = rec;
	if (!text_equal(service->url, search->url))
		return true;
	search->found++;
	cli_say(search->cli, "%s/%s", service->integration, service->name);
	if (search->cli->json) {
		struct json_writer *w = reply_open(&search->reply);
		json_put_integer(w, "id", service->head.id);
		json_put_string(w, "service", service->name);
		json_put_string(w, "integration", service->integration);
		reply_send(&search->reply);
	}
	return true;
}

static bool run_find_url(struct cli *cli, const struct arguments *args, struct err *err)
{
	(void)args;
	struct url_search search = { .cli = cli };
	char print[FINGERPRINT_SIZE];
	if (!cli_open(cli, STORE_READ, err) || !read_url(cli, search.url, err))
		return false;
	bool done = store_list(cli->store, RECORD_SERVICE, 0, match_url, &search, err);
	reply_done(&search.reply);
	if (done && search.found == 0)
		return fail(err, ERR_NOT_FOUND,
			    "No service uses this URL (fingerprint %s)",
			    fingerprint(print, search.url));
	return done;
}

/* ---- rename ---- */

struct renaming {
	enum record_kind kind;
	const char *before, *after;
};

static bool change_name(void *arg, struct store *store, struct err *err)
{
	const struct renaming *renaming = arg;
	return store_rename(store, renaming->kind, renaming->before, renaming->after,
			    err);
}

static bool run_rename(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct renaming renaming = {
		.kind = (enum record_kind)record_kind_named(word_at(args, 0)),
		.before = word_at(args, 1),
		.after = word_at(args, 2),
	};
	if (!cli_open(cli, STORE_WRITE, err) ||
	    !act_configure(cli->store, change_name, &renaming, false, cli->now_ms,
			   &result, err))
		return false;
	if (text_equal(renaming.before, renaming.after))
		cli_say(cli, "'%s' is called so already; nothing was changed",
			renaming.after);
	else
		cli_say(cli, "'%s' is '%s' now; its history stays with it",
			renaming.before, renaming.after);
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_string(w, "kind", word_at(args, 0));
		json_put_string(w, "old", renaming.before);
		json_put_string(w, "new", renaming.after);
		reply_send(&reply);
	}
	return true;
}

const struct command service_set_url_command = {
	.name = "service set-url",
	.words = "SERVICE",
	.summary = "Give a service another webhook URL",
	.details = "The URL is read from the terminal without echo, or from standard "
		   "input: never from "
		   "the command line, which others can see. What was refused before is "
		   "tried again at "
		   "once.",
	.run = run_set_url,
};

const struct command service_find_url_command = {
	.name = "service find-url",
	.words = "-",
	.summary = "Which services use a URL; it is read from standard input",
	.run = run_find_url,
};

const struct command rename_command = {
	.name = "rename",
	.words = "monitor|service|integration|definition OLD NEW",
	.summary = "Give something another name; its history stays with it",
	.run = run_rename,
};
