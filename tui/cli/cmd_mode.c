/* mode and resync: what leaves at all, and saying again what differs (R19, R23). */
#include <inttypes.h>

#include "tui/cli/act.h"
#include "tui/cli/commands.h"

/* ---- mode ---- */

static void mode_to_json(enum mode mode, const struct act_result *result)
{
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);

	json_put_string(w, "mode", mode_text(mode));
	act_put_said(w, result);
	reply_send(&reply);
}

static bool show_mode(struct cli *cli, struct err *err)
{
	static const char *const meanings[MODE_COUNT] = {
		[MODE_DRY_RUN] = "everything is decided and recorded, nothing is sent",
		[MODE_PAUSED] = "updates queue, nothing is sent",
		[MODE_LIVE] = "updates are sent",
	};
	DEFER(act_result_done) struct act_result nothing = ACT_RESULT_INIT;
	enum mode mode;

	if (!cli_open(cli, STORE_READ, err) || !store_mode(cli->store, &mode, err))
		return false;
	cli_say(cli, "%s: %s", mode_text(mode), meanings[mode]);
	if (cli->json)
		mode_to_json(mode, &nothing);
	return true;
}

/* Something would leave at once: it is listed; may it? */
static bool ask(struct cli *cli, const struct act_result *listed, int64_t leaving,
		bool *ret, struct err *err)
{
	DEFER(buf_done) struct buf question = BUF_INIT(256);

	act_note_said(listed);
	buf_addf(&question, "%" PRId64 " %s would leave at once. Go live?", leaving,
		 leaving == 1 ? "update" : "updates");
	return cli_confirm(cli, buf_text(&question), "--yes", ret, err);
}

static bool change_mode(struct cli *cli, enum mode mode, bool confirmed, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	int64_t leaving = 0;

	if (!act_mode(cli->store, mode, confirmed, cli->now_ms, &leaving, &result, err))
		return false;
	if (leaving > 0 && !confirmed) {
		bool yes = false;
		if (!ask(cli, &result, leaving, &yes, err))
			return false;
		return yes ? change_mode(cli, mode, true, err)
			   : fail(err, ERR_REFUSED, "The mode was not changed");
	}
	act_say(cli, &result);
	if (cli->json)
		mode_to_json(mode, &result);
	if (leaving > 0)
		cli_note_no_engine(cli, "it is sent");
	return true;
}

static bool run_mode(struct cli *cli, const struct arguments *args, struct err *err)
{
	if (!word_at(args, 0))
		return show_mode(cli, err);
	return cli_open(cli, STORE_WRITE, err) &&
	       change_mode(cli, (enum mode)mode_parse(word_at(args, 0)),
			   option_given(args, "yes"), err);
}

const struct command mode_command = {
	.name = "mode",
	.words = "[dry-run|paused|live]",
	.summary = "Show or change what leaves: nothing, later, or now",
	.details =
		"dry-run (a fresh database): everything is decided and recorded, nothing "
		"of it is ever sent. paused: updates queue. live: they are sent. Going "
		"live lists what would leave at once, and asks.",
	.options = { { "yes", NULL, "Go live without being asked", OPTION_BESIDE } },
	.run = run_mode,
};

/* ---- resync ---- */

static bool run_resync(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	DEFER(id_list_done) struct id_list services = { 0 };
	bool all = option_given(args, "all"), dry_run = option_given(args, "dry-run");

	if (!(dry_run ? cli_open_to_try(cli, err) : cli_open(cli, STORE_WRITE, err)) ||
	    !services_of_words(cli, args, &services, err) ||
	    !act_resync(cli->store, all ? NULL : services.items, services.count, dry_run,
			cli->now_ms, &result, err))
		return false;
	act_answer(cli, &result);
	if (dry_run)
		cli_note("Dry run: nothing was changed");
	return true;
}

const struct command resync_command = {
	.name = "resync",
	.words = "SERVICE…",
	.summary = "Say again what differs from what was last delivered",
	.details = "What waits for these services is superseded; then, oldest incident "
		   "first, one update is queued for each whose page says something else "
		   "than hublink decided.",
	.options = { { "all", NULL, "Every service", OPTION_INSTEAD },
		     { "dry-run", NULL, "Only say what would be queued",
		       OPTION_BESIDE } },
	.run = run_resync,
};
