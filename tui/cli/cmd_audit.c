/* audit: does the chain hold, and the whole of it for others to keep. */
#include <inttypes.h>

#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

static void say_verdict(const struct cli *cli, const struct audit_verdict *verdict)
{
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_bool(w, "holds", verdict->holds);
		json_put_integer(w, "rows", verdict->rows);
		json_put_integer(w, "unchained", verdict->unchained);
		json_put_integer(w, "first_id", verdict->first_id);
		json_put_integer(w, "last_id", verdict->last_id);
		json_put_integer(w, "forgotten", verdict->forgotten);
		json_put_said(w, "hash", verdict->hash);
		json_put_string(w, "broken", verdict->holds ? NULL : verdict->broken);
		reply_send(&reply);
		return;
	}
	if (!verdict->holds) {
		cli_say(cli, "The audit's chain is broken: %s", verdict->broken);
		return;
	}
	cli_say(cli, "The audit's chain holds: %" PRId64 " row%s", verdict->rows,
		verdict->rows == 1 ? "" : "s");
	if (verdict->forgotten > 0)
		cli_say(cli,
			"It begins behind row #%" PRId64
			": all up to there was removed by its age, as row #%" PRId64
			" tells",
			verdict->forgotten, verdict->told_by);
	if (verdict->unchained > 0)
		cli_say(cli, "Rows before it, which no hash protects: %" PRId64,
			verdict->unchained);
	if (verdict->rows > 0)
		cli_say(cli, "Row #%" PRId64 " ends it with %s", verdict->last_id,
			verdict->hash);
}

static bool run_verify(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct audit_verdict verdict;
	(void)args;
	if (!cli_open(cli, STORE_READ, err) ||
	    !store_verify_audit(cli->store, &verdict, err))
		return false;
	say_verdict(cli, &verdict);
	return verdict.holds || cli_answer_no(err);
}

static bool put_line(void *arg, const char *json)
{
	(void)arg;
	return puts(json) >= 0;
}

static bool run_export(struct cli *cli, const struct arguments *args, struct err *err)
{
	struct filter filter = FILTER_ALL;
	return option_span(args, cli->now_ms, &filter.since_ms, &filter.until_ms, err) &&
	       cli_open(cli, STORE_READ, err) &&
	       store_export_audit(cli->store, &filter, put_line, NULL, err);
}

const struct command audit_verify_command = {
	.name = "audit verify",
	.summary = "Was a row of the audit changed, taken out or put in between",
	.details =
		"Each row has a hash of what it says and of the hash before it; the last "
		"one is kept apart. It names the first row that does not fit, and ends "
		"with 1 then. What was removed by its age (`hublink keep`) is told by a "
		"row of the chain, with the last hash of it, from which the rest is "
		"proved. Who can write the file can make a new chain: keep the last "
		"hash elsewhere, and compare.",
	.run = run_verify,
};

const struct command audit_export_command = {
	.name = "audit export",
	.summary = "The audit whole, oldest first, a JSON object on each line",
	.details =
		"Before and after are as they were kept: secrets are masked. hash is "
		"SHA-256 of the JSON array, on one line without blanks, of the hash "
		"before (\"\" at first) and the row's values in their order, up to "
		"undoes; "
		"object_id is 0 there where there is none. at and kind say again, behind "
		"the hash, what `list audit` calls so. Where "
		"rows were removed by their age, the one with the action `forget` has "
		"the hash before the first that is left.",
	.options = { { "since", "T", "From then on", OPTION_BESIDE },
		     { "until", "T", "Before that", OPTION_BESIDE } },
	.run = run_export,
};
