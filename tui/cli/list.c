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
