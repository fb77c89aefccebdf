/* What senders post, read into events: the three bodies that README shows. Nothing here
 * touches the store. */
#ifndef ENGINE_INGEST_READ_H
#define ENGINE_INGEST_READ_H

#include "core/base/err.h"
#include "core/base/json.h"
#include "core/store_sources.h"

#define ALERTMANAGER_LABEL "monitor" /* names the monitor, unless told otherwise */

/* One thing that a body says of one monitor. */
struct sighting {
	struct subject subject;
	struct event event;   /* monitor_id still 0 */
	bool changes_nothing; /* a reminder */
	/* Alertmanager's: one of many that may fire for the monitor. Empty: none. */
	char fingerprint[FINGERPRINT_TEXT_SIZE];
	int64_t started_ms; /* of what fires */
};

/* Takes one sighting, valid during the call; false and *err ends the reading. */
typedef bool sighting_fn(void *arg, struct sighting *sighting, struct err *err);

/* label: Alertmanager's that names the monitor. ERR_INVALID names the place: "event 3:
 * state: …"; whatever take was given before it must then be undone by the caller. */
typedef bool ingest_read_fn(const struct json *body, const char *label, sighting_fn *take,
			    void *arg, struct err *err);
ingest_read_fn ingest_read_events, ingest_read_uptrends, ingest_read_alertmanager;

#endif
