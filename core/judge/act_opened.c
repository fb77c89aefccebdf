#include "core/judge/act_opened.h"

static bool keep_first(void *arg, const struct delivery *delivery)
{
	*(int64_t *)arg = delivery->id;
	return false; /* newest first */
}

bool act_newest_delivery(struct act *act, int64_t *ret_id, struct err *err)
{
	struct filter newest = FILTER_ALL;

	newest.limit = 1;
	*ret_id = 0;
	return store_list_deliveries(act->store, &newest, keep_first, ret_id, err);
}

struct search {
	struct delivery_list *found;
	int64_t after_id;
};

static bool collect_opened(void *arg, const struct delivery *d)
{
	const struct search *search = arg;

	if (d->id <= search->after_id)
		return false; /* newest first */
	if (d->kind != KIND_DISRUPTION && d->kind != KIND_REOPEN &&
	    d->kind != KIND_SEVERITY)
		return true;
	return delivery_list_add(search->found, d);
}

bool act_say_opened(struct act *act, int64_t after_id, struct err *err)
{
	DEFER(delivery_list_done)
	struct delivery_list decided = { 0 };
	struct search search = { .found = &decided, .after_id = after_id };

	if (!store_list_deliveries(act->store, &FILTER_ALL, collect_opened, &search, err))
		return false;
	for (size_t i = decided.count; i > 0; i--) {
		const struct delivery *d = &decided.items[i - 1];

		act->ret->queued |= d->state == DELIVERY_QUEUED;
		if (d->kind == KIND_SEVERITY) {
			act_add_sentence(
				act,
				"This changes '%s' to %s in incident #%lld (its "
				"update is %s)",
				d->service, service_status_text(d->service_status),
				(long long)d->incident_id, delivery_state_text(d->state));
			continue;
		}
		act->ret->count++;
		act_add_sentence(act, "This %s incident #%lld of '%s' (its update is %s)",
				 d->kind == KIND_REOPEN ? "reopens" : "opens",
				 (long long)d->incident_id, d->service,
				 delivery_state_text(d->state));
	}
	return true;
}
