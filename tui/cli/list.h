/* The lists behind `hublink list`: one function per kind, rows as JSON or as a table. */
#ifndef CLI_LIST_H
#define CLI_LIST_H

#include "tui/cli/cli.h"
#include "tui/cli/table.h"

/* One list being written. A row that cannot be written sets failed and *err, and ends
 * the list. */
struct listing {
	struct cli *cli;
	struct filter filter;
	struct table table;
	struct reply reply;
	struct err *err;
	int64_t shown;
	bool failed;
};

bool list_monitors(struct listing *listing, struct err *err) CHECKED;
bool list_groups(struct listing *listing, struct err *err) CHECKED;
bool list_integrations(struct listing *listing, struct err *err) CHECKED;
bool list_services(struct listing *listing, struct err *err) CHECKED;
bool list_definitions(struct listing *listing, struct err *err) CHECKED;
bool list_links(struct listing *listing, struct err *err) CHECKED;
bool list_incidents(struct listing *listing, struct err *err) CHECKED;
bool list_alerts(struct listing *listing, struct err *err) CHECKED;
bool list_deliveries(struct listing *listing, struct err *err) CHECKED;
bool list_maintenance(struct listing *listing, struct err *err) CHECKED;
bool list_audit(struct listing *listing, struct err *err) CHECKED;
bool list_unmatched(struct listing *listing, struct err *err) CHECKED;

int list_monitor_state_parse(const char *text);
int list_maintenance_state_parse(const char *text);

/* For tables: an empty one says `nothing`. With JSON neither does anything. */
void listing_open(struct listing *listing, const char *titles, struct err *err);
bool listing_close(struct listing *listing, bool listed, const char *nothing);

/* For rows that the store does not filter: false when --limit has been reached. */
bool listing_counts(struct listing *listing);

#endif
