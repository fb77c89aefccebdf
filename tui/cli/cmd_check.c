/* check: faults and findings of a document, or of the live configuration. */
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"
#include "tui/cli/document.h"
#include "tui/cli/lint_facts.h"

struct checking {
	struct cli *cli;
	struct reply reply;
};

static void put_finding(struct checking *checking, const char *rule, const char *path,
			const char *text)
{
	if (!checking->cli->json)
		return;
	struct json_writer *w = reply_open(&checking->reply);
	json_put_string(w, "rule", rule);
	json_put_said(w, "path", path);
	json_put_string(w, "text", text);
	reply_send(&checking->reply);
}

static void print_warning(void *arg, const char *rule, const char *sentence)
{
	struct checking *checking = arg;
	cli_say(checking->cli, "%s", sentence);
	put_finding(checking, rule, "", sentence);
}

static void put_fault(void *arg, const char *path, const char *text)
{
	put_finding(arg, "fault", path, text);
}

static bool lint_store(struct cli *cli, struct err *err)
{
	DEFER(lint_input_done) struct lint_input input = { 0 };
	struct checking checking = { .cli = cli };
	if (!lint_input_load(&input, cli->store, err))
		return false;
	size_t found = lint_configuration(&input.facts, print_warning, &checking);
	reply_done(&checking.reply);
	if (found == 0)
		cli_say(cli, "No faults, nothing to remark");
	else
		cli_say(cli, "No faults; remarks: %zu", found);
	return true;
}

/* As the configuration would be with the document: tried, judged, rolled back. */
static bool check_document(struct cli *cli, const struct buf *document, struct err *err)
{
	DEFER(buf_done) struct buf plan = BUF_INIT(DOCUMENT_MAX_BYTES);
	DEFER(buf_done) struct buf faults = BUF_INIT(DOCUMENT_MAX_BYTES);
	DEFER(store_abort) struct transaction tx = { 0 };
	struct checking checking = { .cli = cli };
	struct import_options options = { .fault = put_fault, .fault_arg = &checking };

	if (!store_begin(cli->store, &tx, err))
		return false;
	bool is_sound = store_import(cli->store, buf_text(document), document->len,
				     &options, &plan, &faults, err);
	reply_done(&checking.reply);
	if (is_sound)
		return lint_store(cli, err);
	return cli->json ? false : document_fail(&faults);
}

static bool run_check(struct cli *cli, const struct arguments *args, struct err *err)
{
	DEFER(buf_done) struct buf document = BUF_INIT(DOCUMENT_MAX_BYTES);
	struct trial trial;
	if (args->word_count == 0)
		return cli_open(cli, STORE_READ, err) && lint_store(cli, err);
	if (!cli_read_file(word_at(args, 0), &document, err) ||
	    !trial_open(&trial, cli, err))
		return false;
	bool done = check_document(cli, &document, err);
	trial_close(&trial, cli);
	return done;
}

const struct command check_command = {
	.name = "check",
	.words = "[FILE|-]",
	.summary = "Faults and remarks: of a document, or of the live configuration",
	.details =
		"A document is read as if it were imported into the configuration "
		"there is; nothing "
		"is changed. Faults end with 3. Remarks are what is allowed and "
		"rarely meant: "
		"monitors that reach nothing, services that nothing reaches, two "
		"services with one "
		"URL, levels that never trigger, repeat another or alert nobody, "
		"send_ok off, braces that are no variable, no "
		"storm guard over 10 services. They end with 0. With --json each fault "
		"(rule \"fault\", with its path) and each remark is an object.",
	.run = run_check,
};
