/* What of the journal answers the palette: incidents by service, number or key, also those
 * that are over; updates by number or key; alerts by number. */
#ifndef CONSOLE_PALETTE_JOURNAL_H
#define CONSOLE_PALETTE_JOURNAL_H

#include "tui/console/app.h"

/* What is looked at: read once, with the first text that it may answer. Zeroed at first. */
struct palette_journal {
	struct palette_incident
		*incidents; /* those that stand, then of the newest the others */
	struct palette_update *updates;
	size_t incident_count, incident_capacity, update_count, update_capacity;
	struct buf services; /* the incidents', each with its 0 */
	bool has_incidents, has_updates;
};
void palette_journal_done(struct palette_journal *journal);

/* Offers what answers the text. Looks at so many of the newest as a list shows at first;
 * a number finds what is older, too. */
bool palette_offer_journal(struct palette_journal *journal, struct palette_items *items,
			   struct store *store, const char *text, struct err *err)
	CHECKED;

/* The incident that an alert opened; 0: none of those that are looked at. */
bool palette_incident_of_alert(struct store *store, int64_t alert_id, int64_t *ret,
			       struct err *err) CHECKED;

#endif
