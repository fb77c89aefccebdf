#include "tui/cli/list.h"

void listing_open(struct listing *listing, const char *titles, struct err *err)
{
	listing->err = err;
	if (!listing->cli->json)
		table_open(&listing->table, listing->cli, titles);
}

bool listing_close(struct listing *listing, bool listed, const char *nothing)
{
	if (listed && !listing->failed && !listing->cli->json)
		table_close(&listing->table, nothing);
	return listed;
}

bool listing_counts(struct listing *listing)
{
	listing->shown++;
	return listing->filter.limit == 0 || listing->shown < listing->filter.limit;
}

/* Events of unknown monitors are kept once there is a listener (step 3); until then
 * they are refused. */
bool list_unmatched(struct listing *listing, struct err *err)
{
	listing_open(listing, "ID", err);
	return listing_close(
		listing, true,
		"No unmatched events: an event of an unknown monitor is refused.");
}
