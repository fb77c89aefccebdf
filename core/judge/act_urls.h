/* A refused update is tried again at once when the URL of its service is edited: which
 * services have one before a change of configuration, and which of them have another URL
 * after it. */
#ifndef JUDGE_ACT_URLS_H
#define JUDGE_ACT_URLS_H

#include "core/base/random.h"
#include "core/judge/act_scope.h"

struct refused_update {
	int64_t delivery_id, service_id;
	char url[SHA256_HEX_SIZE]; /* of the URL: a secret is not kept */
};

struct act_urls {
	struct refused_update *items;
	size_t count, capacity;
};

bool act_urls_note(struct store *store, struct act_urls *ret, struct err *err) CHECKED;
bool act_urls_retry(struct act *act, const struct act_urls *before, struct err *err)
	CHECKED;
void act_urls_done(struct act_urls *urls);

#endif
