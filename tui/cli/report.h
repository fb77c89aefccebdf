/* The incident report's three looks: a text for a terminal, Markdown for a post-mortem,
 * JSON for scripts. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "core/judge/report.h"
#include "tui/cli/cli.h"

bool report_as_text(struct cli *cli, int64_t incident_id, struct err *err) CHECKED;
bool report_as_markdown(struct cli *cli, int64_t incident_id, struct err *err) CHECKED;
bool report_as_json(struct cli *cli, int64_t incident_id, struct err *err) CHECKED;

#endif
