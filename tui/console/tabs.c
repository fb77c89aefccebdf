#include "tui/console/tabs.h"

#include <string.h>

#include "core/base/text.h"

/* By the width of the terminal, so that neither mode nor host moves them about; whatever
 * the width, the state on the right has room. */
enum length { LENGTH_DIGIT, LENGTH_SHORT, LENGTH_USUAL, LENGTH_LONG, LENGTH_COUNT };

static const int least_columns[LENGTH_COUNT] = {
	[LENGTH_SHORT] = 72,
	[LENGTH_USUAL] = 100,
	[LENGTH_LONG] = 150,
};

struct tab {
	enum action action;
	const struct view_ops *ops;
	const char *labels[LENGTH_COUNT];
};

static const struct tab tabs[] = {
	{ ACTION_GO_DASHBOARD, &view_dashboard, { "1", "1Dash", "1Dash", "1Dashboard" } },
	{ ACTION_GO_INCIDENTS, &view_incidents, { "2", "2Inc", "2Incid", "2Incidents" } },
	{ ACTION_GO_INTEGRATIONS,
	  &view_integrations,
	  { "3", "3Int", "3Integ", "3Integrations" } },
	{ ACTION_GO_MONITORS, &view_monitors, { "4", "4Mon", "4Monit", "4Monitors" } },
	{ ACTION_GO_DEFINITIONS,
	  &view_definitions,
	  { "5", "5Alert", "5Alert", "5Alert definitions" } },
	{ ACTION_GO_LINKS, &view_links, { "6", "6Link", "6Links", "6Links" } },
	{ ACTION_GO_DELIVERIES, &view_deliveries, { "7", "7Out", "7Outbox", "7Outbox" } },
	{ ACTION_GO_MAINTENANCE,
	  &view_maintenance,
	  { "8", "8Mnt", "8Maint", "8Maintenance" } },
	{ ACTION_GO_HISTORY, &view_history, { "9", "9Hist", "9Hist", "9History" } },
};

const struct view_ops *tabs_destination(enum action action)
{
	for (size_t i = 0; i < COUNT_OF(tabs); i++)
		if (tabs[i].action == action)
			return tabs[i].ops;
	return NULL;
}

const struct view_ops *tabs_screen(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(tabs); i++)
		if (text_equal(tabs[i].ops->name, name))
			return tabs[i].ops;
	return NULL;
}

int tabs_draw(const struct view_ops *here, int columns)
{
	enum length length = LENGTH_LONG;
	int x = 1;

	while (columns < least_columns[length])
		length--;
	for (size_t i = 0; i < COUNT_OF(tabs); i++) {
		bool is_here = tabs[i].ops == here;
		const char *label =
			tabs[i].labels[is_here && length == LENGTH_DIGIT ? LENGTH_SHORT
									 : length];
		paint_bold(is_here);
		x += paint_text(0, x, columns - x, is_here ? ROLE_TITLE : ROLE_DIM,
				label) +
		     1;
		paint_bold(false);
	}
	return x;
}
