/* What the stand-in answers to a request, and what it writes down of it; knows nothing of
 * sockets. */
#ifndef ENGINE_HUB_SITE_H
#define ENGINE_HUB_SITE_H

#include <stdio.h>

#include "core/base/buf.h"
#include "core/engine/hub_options.h"
#include "core/engine/hub_state.h"
#include "core/engine/hub_targets.h"

enum { HUB_BODY_MAX = 1024 * 1024, HUB_PAGE_MAX = 256 * 1024 * 1024 };

struct hub_site {
	struct hub_state state;
	struct hub_behaviour behaviour;
	struct hub_targets targets;
	FILE *ledger;    /* one JSON line per post to a hook, or NULL; borrowed */
	uint64_t random; /* state of random_step */
};

/* Texts are borrowed; NULL: not given. */
struct hub_request {
	const char *method, *path;
	const char *token, *name; /* of the query */
	const char *key, *content_type;
	const char *body;
	size_t body_bytes;
	bool too_large; /* body has more than HUB_BODY_MAX bytes and was not kept */
};

struct hub_answer {
	unsigned status; /* 0: close the connection without an answer */
	const char *content_type;
	int64_t retry_after_s; /* -1: none */
	struct buf body;
};

/* How long the answer to a request is held back. */
int64_t hub_site_delay_ms(const struct hub_site *site, const struct hub_request *request);
/* ret: its body is the caller's to free (buf_done). */
void hub_site_answer(struct hub_site *site, const struct hub_request *request,
		     struct hub_answer *ret);

#endif
