#include "core/judge/act_urls.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

static bool hash_url(struct store *store, int64_t service_id, char ret[SHA256_HEX_SIZE],
		     struct err *err)
{
	DEFER(mem_free) struct service *service = mem_new(1, sizeof(*service));

	if (!store_get(store, RECORD_SERVICE, service_id, service, err))
		return false;
	(void)sha256_hex(ret, service->url, strlen(service->url));
	return true;
}

static bool collect_refused(void *arg, const struct delivery *delivery)
{
	struct act_urls *urls = arg;

	VEC_PUSH(urls->items, urls->count, urls->capacity) =
		(struct refused_update){ .delivery_id = delivery->id,
					 .service_id = delivery->service_id };
	return true;
}

bool act_urls_note(struct store *store, struct act_urls *ret, struct err *err)
{
	struct filter failed = FILTER_ALL;

	failed.state = DELIVERY_FAILED;
	if (!store_list_deliveries(store, &failed, collect_refused, ret, err))
		return false;
	for (size_t i = 0; i < ret->count; i++)
		if (!hash_url(store, ret->items[i].service_id, ret->items[i].url, err))
			return false;
	return true;
}

static bool retry_one(struct act *act, const struct refused_update *before,
		      struct err *err)
{
	char url[SHA256_HEX_SIZE];
	struct delivery delivery;

	if (!hash_url(act->store, before->service_id, url, err))
		return false;
	if (text_equal(url, before->url))
		return true;
	if (!store_delivery_get(act->store, before->delivery_id, &delivery, err) ||
	    !act_make_due(act, &delivery, err))
		return false;
	act->ret->queued = true;
	act_add_sentence(
		act, "Delivery #%lld to '%s', refused before, is tried with the new URL",
		(long long)delivery.id, delivery.service);
	return true;
}

bool act_urls_retry(struct act *act, const struct act_urls *before, struct err *err)
{
	for (size_t i = 0; i < before->count; i++)
		if (!retry_one(act, &before->items[i], err))
			return false;
	return true;
}

void act_urls_done(struct act_urls *urls)
{
	free(urls->items);
}
