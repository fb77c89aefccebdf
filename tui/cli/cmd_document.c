/* import and export: the configuration as a document. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/judge/act.h"
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/document.h"
#include "tui/cli/import_run.h"
#include "tui/exporting.h"

static bool read_input(const struct arguments *args, struct importing *importing,
		       struct err *err)
{
	const char *secrets = option_text(args, "secrets");
	if (secrets && text_equal(secrets, "-") && text_equal(word_at(args, 0), "-"))
		return fail(err, ERR_USAGE,
			    "The document and --secrets cannot both come from standard "
			    "input; give one of them as a file");
	if (!cli_read_file(word_at(args, 0), &importing->document, err) ||
	    (secrets && !cli_read_file(secrets, &importing->secrets, err)))
		return false;
	importing->options.prune = option_given(args, "prune");
	return !secrets || importing_use_secrets(importing, secrets, err);
}

static bool try_document(struct cli *cli, struct importing *importing, struct err *err)
{
	struct trial trial;
	if (!trial_open(&trial, cli, err))
		return false;
	bool done = import_run(cli, importing, true, err);
	trial_close(&trial, cli);
	return done;
}

/* A document that is refused makes no database: where there is none yet, it is tried
 * first. */
static bool may_create(struct cli *cli, struct importing *importing, struct err *err)
{
	DEFER(act_result_done) struct act_result result = ACT_RESULT_INIT;
	struct trial trial;
	char path[CLI_PATH_SIZE];
	if (!cli_may_write(cli, err) || !cli_database_path(cli, path, err))
		return false;
	if (access(path, F_OK) == 0)
		return true;
	if (!trial_open(&trial, cli, err))
		return false;
	bool good = act_configure(cli->store, importing_apply, importing, true,
				  cli->now_ms, &result, err);
	trial_close(&trial, cli);
	return good || document_fail(&importing->faults);
}

static bool run_import(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(importing_done) struct importing importing = IMPORTING_INIT;
	if (!read_input(args, &importing, err))
		return false;
	if (option_given(args, "dry-run"))
		return try_document(cli, &importing, err);
	return may_create(cli, &importing, err) && cli_open(cli, STORE_CREATE, err) &&
	       import_run(cli, &importing, false, err);
}

/* Secrets are for files and pipes; the act is kept in the audit. */
static bool open_for_export(struct cli *cli, bool revealing, struct err *err)
{
	if (!revealing)
		return cli_open(cli, STORE_READ, err);
	return cli_open(cli, STORE_WRITE, err) &&
	       store_audit(cli->store, "reveal", "configuration", 0,
			   "export with secrets", NULL, NULL, err);
}

static bool run_export(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(buf_done) struct buf document = BUF_INIT(DOCUMENT_MAX_BYTES);
	bool with = option_given(args, "with-secrets"),
	     only = option_given(args, "secrets-only");

	if (with && only)
		return fail(err, ERR_USAGE,
			    "Either '--with-secrets' or '--secrets-only', not both");
	enum exporting what = only   ? EXPORTING_SECRETS_ALONE
			      : with ? EXPORTING_WITH_SECRETS
				     : EXPORTING_MASKED;
	if (!open_for_export(cli, what != EXPORTING_MASKED, err) ||
	    !exporting_read(cli->store, what, &document, err))
		return false;
	(void)fwrite(buf_text(&document), 1, document.len, stdout);
	return true;
}

const struct command import_command = {
	.name = "import",
	.words = "FILE|-",
	.summary = "Apply a configuration document, all of it or nothing",
	.details = "Named lists and links are merged with what is there; absent fields "
		   "keep their value. "
		   "It makes the database if there is none. All faults are listed, each "
		   "with its path "
		   "(exit 3). Errors that last are judged against the new configuration "
		   "at once; it "
		   "says how many incidents that opens.",
	.options = { { "dry-run", NULL,
		       "Print the plan, and the incidents it would open; change nothing",
		       OPTION_BESIDE },
		     { "prune", NULL, "Delete what the document does not name",
		       OPTION_BESIDE },
		     { "secrets", "FILE",
		       "URLs that the document masks: {\"Integration/Service\": \"url\"}",
		       OPTION_BESIDE } },
	.run = run_import,
};

const struct command export_command = {
	.name = "export",
	.summary = "Print the configuration as a document",
	.details = "Names are sorted: importing it and exporting again gives the same "
		   "bytes. Secret parts "
		   "of URLs are *** unless asked for.",
	.options = { { "with-secrets", NULL, "With the URLs in clear; kept in the audit",
		       OPTION_BESIDE },
		     { "secrets-only", NULL,
		       "Only the URLs, as `import --secrets` takes them",
		       OPTION_BESIDE } },
	.run = run_export,
};
