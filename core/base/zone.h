/* Time zones by their IANA names, read from the machine's zone data (TZif, RFC 8536) without
 * touching the process's own zone: no environment, no tzset, so that any thread may ask. */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

enum { ZONE_NAME_SIZE = 64 };

struct zone; /* zone.c knows the inside */

/* From $TZDIR, else /usr/share/zoneinfo. ERR_INVALID names the zone and the remedy: no such
 * zone, or no zone data on this machine. zone_free it. */
bool zone_open(const char *name, struct zone **ret, struct err *err) CHECKED;
void zone_free(struct zone **zone); /* for DEFER; NULL is fine */

/* The machine's own zone: $TZ, else what /etc/localtime leads to, else UTC. */
void zone_local_name(char ret[ZONE_NAME_SIZE]);

/* How far local time is ahead of UTC then, in seconds. */
int64_t zone_offset_s(const struct zone *zone, int64_t utc_s);

/* The instant of a local time (seconds since 1970 as if local time were UTC). One that comes
 * twice, when clocks are put back: the first, or the last if late. One that is skipped, when
 * they are put forward: the moment of the change. */
int64_t zone_utc_s(const struct zone *zone, int64_t local_s, bool late);

#endif
