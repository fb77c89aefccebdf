/* Maintenance periods of an Uptrends account (uptrends_fetch.h), as windows and recurring
 * maintenance of ours (R11). Uptrends tells its zone by offsets; ours recurs in a named
 * one. */
#ifndef PEERS_UPTRENDS_WINDOWS_H
#define PEERS_UPTRENDS_WINDOWS_H

#include "core/peers/uptrends_time.h"
#include "core/rules/schedule.h"

struct uptrends_window {
	char monitor[GUID_SIZE]; /* lower case */
	bool recurs;
	struct schedule schedule;  /* recurs: all but its zone */
	int64_t from_ms, until_ms; /* else */
	char note[MESSAGE_SIZE];
};

/* Hands out each; valid during the call. ret_notes: a line for each that cannot be read.
 * False: row said no. */
typedef bool uptrends_window_fn(void *arg, struct uptrends_window *window);
bool uptrends_each_window(const struct json *account, const struct uptrends_zone *zone,
			  uptrends_window_fn *row, void *arg, struct buf *ret_notes);

/* The account's zone by name, as far as offsets tell it: one without summer time and of
 * whole hours. False: it has to be named by a person. */
bool uptrends_zone_name(const struct uptrends_zone *zone, char ret[ZONE_NAME_SIZE]);

#endif
