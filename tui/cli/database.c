/* Which file is the database, and who runs its engine. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/lock.h"
#include "core/base/text.h"
#include "core/judge/login.h"
#include "tui/cli/cli.h"
#include "tui/cli/database.h"

bool database_from_conf(const char *conf, char ret[CLI_PATH_SIZE])
{
	FILE *file = fopen(conf, "re");
	char line[CLI_PATH_SIZE];
	bool found = false;

	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\r\n")] = '\0';
		found = text_starts_with(line, "db=") && line[3] &&
			text_copy(ret, CLI_PATH_SIZE, line + 3);
	}
	fclose(file);
	return found;
}

/* An empty variable is one that is not set. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

static const char *home_folder(void)
{
	const char *home = variable("HOME");
	const struct passwd *account = home ? NULL : getpwuid(geteuid());
	return account ? account->pw_dir : home;
}

static bool path_build(char ret[CLI_PATH_SIZE], const char *folder, const char *rest,
		       struct err *err)
{
	DEFER(buf_done)
	struct buf path = BUF_INIT(CLI_PATH_SIZE - 1);
	buf_addf(&path, "%s%s", folder, rest);
	if (buf_overflowed(&path) || !text_copy(ret, CLI_PATH_SIZE, buf_text(&path)))
		return fail(err, ERR_INVALID,
			    "The path of the database is too long; give a shorter one "
			    "with --db");
	return true;
}

bool cli_database_path(const struct cli *cli, char ret[CLI_PATH_SIZE], struct err *err)
{
	if (cli->db && !*cli->db)
		return fail(err, ERR_INVALID, "--db: the name of the database is empty");
	const char *given = cli->db ? cli->db : variable("HUBLINK_DB");
	if (given)
		return path_build(ret, given, "", err);
	if (database_from_conf("/etc/hublink.conf", ret))
		return true;
	const char *data = variable("XDG_DATA_HOME");
	if (data)
		return path_build(ret, data, "/hublink/hublink.db", err);
	const char *home = home_folder();
	if (!home)
		return fail(err, ERR_NOT_FOUND,
			    "There is no home folder for the database; name one with "
			    "--db FILE");
	return path_build(ret, home, "/.local/share/hublink/hublink.db", err);
}

bool cli_may_write(const struct cli *cli, struct err *err)
{
	if (cli->read_only)
		return fail(
			err, ERR_REFUSED,
			"Nothing is changed with --read-only; leave it out to do this");
	return true;
}

void cli_actor(const struct cli *cli, struct actor *ret)
{
	login_actor(cli->as, cli->because, ret);
}

bool cli_open(struct cli *cli, enum store_access access, struct err *err)
{
	char path[CLI_PATH_SIZE];
	struct actor actor;

	if (access != STORE_READ && !cli_may_write(cli, err))
		return false;
	if (!cli_database_path(cli, path, err) ||
	    !store_open(path, access, &cli->store, err))
		return false;
	if (access == STORE_READ)
		return true;
	cli_actor(cli, &actor);
	store_set_actor(cli->store, &actor);
	return true;
}

bool cli_open_to_try(struct cli *cli, struct err *err)
{
	struct cli writer = *cli;
	writer.read_only = false;
	if (!cli_open(&writer, STORE_WRITE, err))
		return false;
	cli->store = writer.store;
	return true;
}

int64_t cli_engine_pid(const struct cli *cli)
{
	return lock_holder(store_path(cli->store));
}

void cli_note_no_engine(const struct cli *cli, const char *what)
{
	if (cli_engine_pid(cli) == 0)
		cli_note("No engine runs: %s when one does (`hublink engine`)", what);
}
