/* backup, restore and migrate: the database as a file. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "core/base/lock.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/document.h"

static void answer(const struct cli *cli, const char *key, const char *file)
{
	if (!cli->json)
		return;
	DEFER(reply_done) struct reply reply = { 0 };
	struct json_writer *w = reply_open(&reply);
	json_put_string(w, key, file);
	reply_send(&reply);
}

/* A copy on standard output, by way of a file beside the database that nobody keeps. */
static bool send_file(const char *path, struct err *err)
{
	char bytes[8192];
	FILE *file = fopen(path, "re");
	size_t count = 0;

	if (!file)
		return fail(err, ERR_FAILED, "Reading the copy: %s", strerror(errno));
	while ((count = fread(bytes, 1, sizeof(bytes), file)) > 0 &&
	       fwrite(bytes, 1, count, stdout) == count)
		continue;
	bool whole = !ferror(file) && !ferror(stdout);
	fclose(file);
	return whole ||
	       fail(err, ERR_FAILED, "Writing the copy to standard output failed");
}

static bool send_backup(struct cli *cli, struct err *err)
{
	DEFER(buf_done) struct buf path = BUF_INIT(CLI_PATH_SIZE);
	char key[UUID_SIZE];

	if (isatty(STDOUT_FILENO))
		return fail(err, ERR_REFUSED,
			    "A backup is no text for a terminal: send it into a file");
	uuid_new(key);
	buf_addf(&path, "%s.%s", store_path(cli->store), key);
	if (buf_overflowed(&path))
		return fail(err, ERR_INVALID, "The path of the database is too long");
	bool done = store_backup(cli->store, buf_text(&path), err) &&
		    store_audit(cli->store, "backup", "database", 0, "standard output",
				NULL, NULL, err) &&
		    send_file(buf_text(&path), err);
	(void)unlink(buf_text(&path));
	return done;
}

static bool run_backup(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *target = word_at(args, 0);
	if (text_equal(target, "-"))
		return cli_open(cli, STORE_WRITE, err) && send_backup(cli, err);
	if (!cli_open(cli, STORE_WRITE, err) || !store_backup(cli->store, target, err) ||
	    !store_audit(cli->store, "backup", "database", 0, target, NULL, NULL, err))
		return false;
	cli_say(cli, "Copied %s to %s; it holds the URLs in clear",
		store_path(cli->store), target);
	answer(cli, "backup", target);
	return true;
}

static bool refuse_engine(const char *path, struct err *err)
{
	int64_t pid = lock_holder(path);
	if (pid == 0)
		return true;
	return fail(err, ERR_REFUSED,
		    "An engine (pid %" PRId64 ") works on %s; stop it first", pid, path);
}

static bool run_restore(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *copy = word_at(args, 0);
	char path[CLI_PATH_SIZE];
	struct err ignored;

	if (!cli_may_write(cli, err) || !cli_database_path(cli, path, err) ||
	    !refuse_engine(path, err) || !store_restore(path, copy, err))
		return false;
	/* An old copy waits for `migrate`, and cannot take the audit's row yet. */
	if (cli_open(cli, STORE_WRITE, &ignored) &&
	    !store_audit(cli->store, "restore", "database", 0, copy, NULL, NULL, err))
		return false;
	cli_say(cli,
		"%s now holds what %s holds, and is paused: look at `hublink status` and "
		"`hublink next`, then `hublink resync --all` if the page differs, and "
		"`hublink mode live`",
		path, copy);
	answer(cli, "restored", path);
	return true;
}

static void answer_plan(const struct cli *cli, const struct buf *plan, bool dry_run)
{
	bool current = plan->len == 0;
	if (cli->json) {
		DEFER(reply_done) struct reply reply = { 0 };
		struct json_writer *w = reply_open(&reply);
		json_put_bool(w, "dry_run", dry_run);
		json_put_integer(w, "steps", document_count_lines(plan));
		reply_send(&reply);
	}
	if (current)
		cli_say(cli, "The schema is up to date");
	else
		cli_say(cli, "%s\n%.*s",
			dry_run ? "It would take these steps, after a backup:"
				: "Done, after a backup:",
			(int)plan->len - 1, buf_text(plan));
}

static bool run_migrate(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(buf_done) struct buf plan = BUF_INIT(65536);
	char path[CLI_PATH_SIZE];
	bool dry_run = option_given(args, "dry-run");

	if ((!dry_run && !cli_may_write(cli, err)) ||
	    !cli_database_path(cli, path, err) ||
	    !store_migration_plan(path, &plan, err) ||
	    (!dry_run && !cli_open(cli, STORE_MIGRATE, err)))
		return false;
	answer_plan(cli, &plan, dry_run);
	return true;
}

const struct command backup_command = {
	.name = "backup",
	.words = "FILE|-",
	.summary = "A consistent copy of the database, while the engine runs",
	.details = "The copy is readable by your account alone (0600) and holds the URLs "
		   "in clear. A file "
		   "that exists is refused. '-' is standard output, for a copy that "
		   "another machine keeps: `ssh ops hublink backup - >hublink.db`.",
	.run = run_backup,
};

const struct command restore_command = {
	.name = "restore",
	.words = "FILE",
	.summary = "Put a backup in place of the database",
	.details = "No engine may run. The database that was there stays beside it, "
		   "under another name. "
		   "The restored one is paused, because the page may have moved on since "
		   "the backup.",
	.run = run_restore,
};

const struct command migrate_command = {
	.name = "migrate",
	.summary = "Bring an older database up to this version, after a backup",
	.options = { { "dry-run", NULL, "Say what it would do", OPTION_BESIDE } },
	.run = run_migrate,
};
