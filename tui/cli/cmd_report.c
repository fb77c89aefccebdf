/* incident report: what a post-mortem asks. */
#include "core/base/text.h"
#include "tui/cli/commands.h"
#include "tui/cli/report.h"

static bool run_report(struct cli *cli, const struct arguments *args, struct err *err)
{
	const char *format = option_text(args, "format");
	int64_t id;

	if (cli->json && !format)
		format = "json";
	if (!id_parse("incidents", word_at(args, 0), &id, err) ||
	    !cli_open(cli, STORE_READ, err))
		return false;
	if (text_equal(format, "json"))
		return report_as_json(cli, id, err);
	return text_equal(format, "markdown") ? report_as_markdown(cli, id, err)
					      : report_as_text(cli, id, err);
}

const struct command incident_report_command = {
	.name = "incident report",
	.words = "ID",
	.summary = "One incident for a post-mortem",
	.details =
		"The public text word for word; when it was decided, sent and answered, "
		"and with what; who did what; time to detect, publish and recover.",
	.options = { { "format", "text|markdown|json", "text if left out",
		       OPTION_BESIDE } },
	.run = run_report,
};
