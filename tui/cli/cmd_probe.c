/* probe: what hublink-engine does in this process' place. */
#include "tui/cli/cli.h"
#include "tui/cli/commands.h"

static bool run_probe(struct cli *cli, const struct arguments *args, struct err *err)
{
	return cli_forward(cli, args, err);
}

const struct command probe_command = {
	.name = "probe",
	.words = "MONITOR",
	.summary = "Make a monitor's check now, and show how long each part of it took",
	.details =
		"Nothing of it is recorded: the engine makes the checks that count. It "
		"ends with 0 if the target is OK, with 1 if not, with 3 if the monitor "
		"has no check.",
	.run = run_probe,
};
