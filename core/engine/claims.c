#include "core/engine/claims.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/rules/retry.h"

/* ---- lists ---- */

void claim_list_push(struct claim_list *list, struct claim *claim)
{
	claim->next = NULL;
	if (list->last)
		list->last->next = claim;
	else
		list->first = claim;
	list->last = claim;
	list->count++;
}

/* Takes out the claim behind previous; NULL: the first. */
static struct claim *take_behind(struct claim_list *list, struct claim *previous)
{
	struct claim *claim = previous ? previous->next : list->first;
	if (previous)
		previous->next = claim->next;
	else
		list->first = claim->next;
	if (list->last == claim)
		list->last = previous;
	list->count--;
	return claim;
}

struct claim *claim_list_pop(struct claim_list *list)
{
	return list->first ? take_behind(list, NULL) : NULL;
}

static void forget(struct claims *claims, struct claim_list *list)
{
	while (list->first) {
		struct claim *claim = take_behind(list, NULL);
		id_set_remove(&claims->busy, claim->service_id);
		claim->host->ready--;
		claim->host->has_more = false;
		claim_free(claim);
	}
}

/* ---- life ---- */

void claims_init(struct claims *claims, struct store *store)
{
	*claims = (struct claims){ .store = store };
}

void claims_done(struct claims *claims)
{
	forget(claims, &claims->ready);
	forget(claims, &claims->limited);
	id_set_done(&claims->busy);
	hosts_done(&claims->hosts);
}

void claim_free(struct claim *claim)
{
	free(claim);
}

void claims_look_again(struct claims *claims)
{
	claims->look_again = true;
}

void claims_refresh(struct claims *claims)
{
	forget(claims, &claims->ready);
	forget(claims, &claims->limited);
	claims_look_again(claims);
}

/* ---- reading ---- */

struct page {
	struct claims *claims;
	int64_t now_ms;
	int rows;
};

static void add(struct claims *claims, const struct due_delivery *due, int64_t now_ms)
{
	if (id_set_has(&claims->busy, due->service_id))
		return;
	struct host *host = hosts_find(&claims->hosts, due->integration_id, due->url,
				       due->max_per_second);
	bool is_limited = host->spacing_us > 0;
	if (is_limited && host->ready >= CLAIMS_HOST_KEEPS) {
		host->has_more = true;
		return;
	}
	struct claim *claim = mem_new(1, sizeof(*claim));
	*claim = (struct claim){
		.delivery_id = due->id,
		.service_id = due->service_id,
		.host = host,
		.decided_ms = due->age_from_ms,
		.may_expire = due->kind == KIND_DISRUPTION &&
			      retry_expired(due->age_from_ms, due->attempts, now_ms),
	};
	host->ready++;
	id_set_add(&claims->busy, due->service_id);
	claim_list_push(is_limited ? &claims->limited : &claims->ready, claim);
}

static bool add_row(void *arg, const struct due_delivery *due)
{
	struct page *page = arg;
	page->rows++;
	page->claims->after_ms = due->next_attempt_ms;
	page->claims->after_id = due->id;
	add(page->claims, due, page->now_ms);
	return true;
}

bool claims_fill(struct claims *claims, size_t wanted, int64_t now_ms, struct err *err)
{
	if (claims->look_again || now_ms < claims->after_ms) {
		claims->after_ms = 0;
		claims->after_id = 0;
		claims->look_again = false;
	}
	struct page page = { .claims = claims, .now_ms = now_ms, .rows = CLAIMS_PAGE };
	while (claims->ready.count < wanted && page.rows == CLAIMS_PAGE) {
		page.rows = 0;
		if (!store_deliveries_due(claims->store, now_ms, claims->after_ms,
					  claims->after_id, CLAIMS_PAGE, add_row, &page,
					  err))
			return false;
	}
	return true;
}

/* ---- taking ---- */

static struct claim *take_limited(struct claims *claims, int64_t boot_ms)
{
	struct claim *previous = NULL;
	struct claim *claim = claims->limited.first;
	while (claim && !host_is_free(claim->host, boot_ms)) {
		previous = claim;
		claim = claim->next;
	}
	return claim ? take_behind(&claims->limited, previous) : NULL;
}

struct claim *claims_take(struct claims *claims, int64_t boot_ms)
{
	struct claim *claim = take_limited(claims, boot_ms);
	if (!claim)
		claim = claim_list_pop(&claims->ready);
	if (!claim)
		return NULL;
	struct host *host = claim->host;
	if (--host->ready == 0 && host->has_more) {
		host->has_more = false;
		claims_look_again(claims);
	}
	return claim;
}

void claims_put_back(struct claims *claims, struct claim *claim)
{
	claim->host->ready++;
	claim_list_push(claim->host->spacing_us > 0 ? &claims->limited : &claims->ready,
			claim);
}

static bool add_next(void *arg, const struct due_delivery *due)
{
	struct page *page = arg;
	add(page->claims, due, page->now_ms);
	return true;
}

bool claims_release(struct claims *claims, int64_t service_id, int64_t now_ms,
		    struct err *err)
{
	struct page page = { .claims = claims, .now_ms = now_ms };
	id_set_remove(&claims->busy, service_id);
	return store_lane_due(claims->store, service_id, now_ms, add_next, &page, err);
}

int64_t claims_next_ms(const struct claims *claims)
{
	int64_t next_us = 0;
	for (const struct claim *claim = claims->limited.first; claim;
	     claim = claim->next)
		if (next_us == 0 || claim->host->free_us < next_us)
			next_us = claim->host->free_us;
	return (next_us + 999) / 1000;
}
