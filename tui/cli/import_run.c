#include "tui/cli/import_run.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/judge/act.h"

static void put_lines(struct json_writer *w, const char *key, const struct buf *text)
{
	DEFER(mem_free) char *copy = mem_strdup(buf_text(text));
	char *rest = copy, *line;
	json_open_array(w, key);
	while ((line = strsep(&rest, "\n")))
		if (*line)
			json_put_string(w, NULL, line);
	json_close(w);
}

static void answer(struct cli *cli, const struct importing *importing,
		   const struct act_result *result, bool dry_run)
{
	int64_t changes = document_count_lines(&importing->plan);
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_bool(w, "dry_run", dry_run);
		put_lines(w, "changes", &importing->plan);
		json_put_integer(w, "incidents_opened", result->count);
		put_lines(w, "said", &result->said);
		reply_send(&reply);
		return;
	}
	if (dry_run)
		cli_put(cli, TONE_PLAIN, buf_text(&importing->plan));
	cli_put(cli, TONE_WARN, buf_text(&result->said));
	if (result->count > 0)
		cli_say(cli, "Incidents that %s: %" PRId64,
			dry_run ? "it would open" : "it opened", result->count);
	if (changes == 0)
		cli_say(cli, "Nothing differs from what is configured already");
	else
		cli_say(cli, "%s %" PRId64 " change%s",
			dry_run ? "It would make" : "Made", changes,
			changes == 1 ? "" : "s");
}

bool import_run(struct cli *cli, struct importing *importing, bool dry_run,
		struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	if (!act_configure(cli->store, importing_apply, importing, dry_run, cli->now_ms,
			   &result, err))
		return document_fail(&importing->faults);
	answer(cli, importing, &result, dry_run);
	if (!dry_run && store_was_created(cli->store))
		cli_note("Made %s; its mode is dry-run", store_path(cli->store));
	if (result.queued)
		cli_note_no_engine(cli, "what waits is sent");
	return true;
}
