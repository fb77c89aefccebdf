/* history: what the public was told of a service, and when. */
#include <inttypes.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/judge/history.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

struct telling {
	struct cli *cli;
	struct reply reply;
	int64_t rows;
};

static void told_to_json(struct telling *telling, const struct told *told)
{
	struct json_writer *w = reply_open(&telling->reply);
	const struct delivery *delivery = told->delivery;

	json_put_time(w, "at", told->at_ms);
	json_put_bool(w, "certain", told->certain);
	json_put_string(w, "kind", delivery_kind_text(delivery->kind));
	json_put_string(w, "status", incident_status_text(delivery->incident_status));
	json_put_string(w, "service_status",
			service_status_text(delivery->service_status));
	json_put_string(w, "title", told->words->title);
	json_put_string(w, "description", told->words->description);
	json_put_number(w, "incident", delivery->incident_id);
	json_put_said(w, "key", told->incident_key);
	json_put_integer(w, "delivery", delivery->id);
	json_put_number(w, "http_status", delivery->http_status);
	reply_send(&telling->reply);
}

/* Verbatim, line by line: none of them looks like a row. */
static void say_words(const struct cli *cli, const char *words)
{
	while (*words) {
		const size_t bytes = strcspn(words, "\n");
		cli_say(cli, "    %.*s", (int)bytes, words);
		words += bytes + (words[bytes] == '\n');
	}
}

static bool write_told(void *arg, const struct told *told)
{
	struct telling *telling = arg;
	const struct cli *cli = telling->cli;
	const struct delivery *delivery = told->delivery;
	char local[TIME_TEXT_SIZE];

	telling->rows++;
	if (cli->json) {
		told_to_json(telling, told);
		return true;
	}
	cli_say(cli, "%s  %-10s incident %s, service %s%s",
		time_format_local(local, told->at_ms), delivery_kind_text(delivery->kind),
		incident_status_text(delivery->incident_status),
		service_status_text(delivery->service_status),
		told->certain ? "" : " (no answer came: perhaps)");
	say_words(cli, told->words->title);
	say_words(cli, told->words->description);
	return true;
}

static bool run_history(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct telling telling = { .cli = cli };
	int64_t service_id, since_ms = 0, until_ms = 0;

	if (!cli_option_span(cli, args, &since_ms, &until_ms, err) ||
	    !cli_open(cli, STORE_READ, err) ||
	    !store_find_id(cli->store, RECORD_SERVICE, word_at(args, 0), &service_id,
			   err))
		return false;
	bool told = history_service(cli->store, service_id, since_ms, until_ms,
				    write_told, &telling, err);
	reply_done(&telling.reply);
	if (told && telling.rows == 0 && !cli->json)
		cli_note("The public was told nothing of '%s'", word_at(args, 0));
	return told;
}

const struct command history_command = {
	.name = "history",
	.words = "SERVICE",
	.summary = "What the public was told of a service, and when",
	.details = "The updates that its page has taken, word for word, newest first.",
	.options = { { "since", "T", "From then on", OPTION_BESIDE },
		     { "until", "T", "Up to then", OPTION_BESIDE } },
	.run = run_history,
};
