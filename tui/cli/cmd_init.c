#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

static bool run_init(struct cli *cli, const struct arguments *args, struct err *err)
{
	(void)args;
	if (!cli_open(cli, STORE_CREATE, err))
		return false;
	bool created = store_was_created(cli->store);
	const char *path = store_path(cli->store);

	if (cli->json) {
		DEFER(reply_done)
		struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_string(w, "database", path);
		json_put_bool(w, "created", created);
		json_put_bool(w, "migrated", store_was_migrated(cli->store));
		reply_send(&reply);
	}
	if (created)
		cli_say(cli,
			"Made %s; its mode is dry-run: nothing is sent until `hublink "
			"mode live`",
			path);
	else if (store_was_migrated(cli->store))
		cli_say(cli, "%s is brought up to date; the one before is beside it",
			path);
	else
		cli_say(cli, "%s exists already; nothing was changed", path);
	return true;
}

const struct command init_command = {
	.name = "init",
	.summary = "Make the database",
	.details = "The file is readable by your account alone (0600, in a folder of "
		   "0700). A new "
		   "database is in mode dry-run: everything is decided and recorded, "
		   "nothing is sent. "
		   "One that exists already is left as it is; an older one is brought up "
		   "to date, "
		   "after a backup.",
	.run = run_init,
};
