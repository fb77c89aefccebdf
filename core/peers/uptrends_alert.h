/* Rows of the API about monitors, as events: alerts of the feed, and statuses. */
#ifndef PEERS_UPTRENDS_ALERT_H
#define PEERS_UPTRENDS_ALERT_H

#include "core/peers/uptrends_time.h"
#include "core/store_uptrends.h"

struct uptrends_sighting {
	char monitor[GUID_SIZE]; /* lower case */
	struct event event;
	bool changes_nothing; /* a reminder, or a status that tells nothing certain */
};

/* False: the row lacks what the API promises. The id of an alert is the one that a custom
 * integration's post has. */
bool uptrends_read_alert(const struct uptrends_zone *zone, const struct json *row,
			 struct uptrends_sighting *ret) CHECKED;
bool uptrends_read_status(const struct uptrends_zone *zone, const struct json *row,
			  struct uptrends_sighting *ret) CHECKED;

/* Record it, of a monitor that is known or unmatched. *ret_recorded: it is new. What the
 * rules refuse (a time too far ahead, an id that means something else) is told in
 * ret_complaint, and is no failure. */
bool uptrends_record(struct store *store, struct uptrends_sighting *sighting,
		     int64_t now_ms, bool *ret_recorded, char ret_complaint[REASON_SIZE],
		     struct err *err) CHECKED;

#endif
