/* The API's times have no zone: they are the account's own, whose rules it tells once
 * (GET /Timezone), unless the operator names another. */
#ifndef PEERS_UPTRENDS_TIME_H
#define PEERS_UPTRENDS_TIME_H

#include "core/base/json.h"
#include "core/base/zone.h"

struct uptrends_zone {
	const struct zone *named; /* borrowed; NULL: as the API's rules say */
	int64_t offset_ms;        /* east of UTC */
	int64_t dst_offset_ms; /* on top of it, in summer; 0: there is no summer time */
	/* When summer begins and ends, as milliseconds of the year of that zone's clock. */
	int64_t dst_begin_ms, dst_end_ms;
};

/* From the API's answer. False: it is not one. Zeroed is UTC. */
bool uptrends_zone_read(const struct json *timezone, struct uptrends_zone *ret) CHECKED;

/* "2026-11-27T13:42:18" in that zone; a text with a zone of its own keeps it. In the hour
 * that comes twice it is the first one. */
bool uptrends_time(const struct uptrends_zone *zone, const struct json *value,
		   int64_t *ret_ms) CHECKED;

/* Midnight of that zone's day, as its own clock has it: tells days apart. */
int64_t uptrends_day(const struct uptrends_zone *zone, int64_t now_ms);

#endif
