/* What an Uptrends account is made of, asked of its API v4 one question after the other,
 * and kept as one JSON text: the answers as they came, each inside what it is about.
 *
 *     {"timezone": {…}, "groups": [{…, "Member": […]}], "monitors": […],
 *      "integrations": […], "definitions": [{…, "Member": […],
 *      "EscalationLevel": [{…, "Integration": […]}]}],
 *      "maintenance": [{"MonitorGuid": "…", "MaintenancePeriod": […]}]}
 *
 * Only integrations of StatusHub are kept, and windows of monitors that they link. */
#ifndef PEERS_UPTRENDS_FETCH_H
#define PEERS_UPTRENDS_FETCH_H

#include "core/base/json.h"

enum { UPTRENDS_ACCOUNT_MAX = 64 * 1024 * 1024 }; /* bytes of the text */

/* Where the answers come from. */
struct uptrends_source {
	/* GET path (below the API's address, with its query); *ret is the answer's JSON,
	 * for json_free. Whoever asks is serial: how fast is get's business. */
	bool (*get)(void *arg, const char *path, struct json **ret, struct err *err);
	/* After each answer: how many have come, and how many are known to be wanted. May
	 * be NULL. */
	void (*progress)(void *arg, unsigned done, unsigned wanted);
	void *arg;
};

/* Append the text. False: an answer did not come, or is not what the API promises; the
 * sentence names the question. */
bool uptrends_fetch(const struct uptrends_source *source, struct buf *ret,
		    struct err *err) CHECKED;

#endif
