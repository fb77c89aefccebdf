#include "core/engine/test_record.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"

/* ---- may it be sent? ---- */

static bool keep_incident(void *arg, const struct incident *incident)
{
	*(int64_t *)arg = incident->id;
	return false;
}

static bool keep_delivery(void *arg, const struct delivery *delivery)
{
	*(int64_t *)arg = delivery->id;
	return false;
}

bool test_may_be_sent(struct store *store, const struct service *service, struct err *err)
{
	struct filter filter = FILTER_ALL;
	int64_t incident_id = 0, delivery_id = 0;
	filter.open = true;
	filter.service_id = service->head.id;
	filter.limit = 1;
	if (!store_list_incidents(store, &filter, keep_incident, &incident_id, err) ||
	    !store_list_deliveries(store, &filter, keep_delivery, &delivery_id, err))
		return false;
	if (incident_id != 0)
		return fail(err, ERR_REFUSED,
			    "Service '%s' has incident #%" PRId64
			    " open; a test would mix with it: "
			    "recover or resolve it first",
			    service->name, incident_id);
	if (delivery_id != 0)
		return fail(err, ERR_REFUSED,
			    "Service '%s' has delivery #%" PRId64
			    " unfinished; a test would overtake "
			    "it: wait, or cancel it first",
			    service->name, delivery_id);
	return true;
}

/* ---- what is kept ---- */

bool test_record_begin(struct store *store, const struct wire_request *request,
		       bool recovery, int64_t now_ms, int64_t *ret_delivery_id,
		       struct err *err)
{
	struct delivery delivery = {
		.service_id = request->service_id,
		.kind = KIND_TEST,
		.state = DELIVERY_CANCELLED,
		.incident_status =
			recovery ? INCIDENT_MONITORING : INCIDENT_INVESTIGATING,
		.service_status = recovery ? SERVICE_OPERATIONAL : SERVICE_DISRUPTION,
		.created_ms = now_ms,
		.age_from_ms = now_ms,
		.finished_ms = now_ms,
		.error = "the test ended before its answer was stored",
	};
	memcpy(delivery.key, request->key, sizeof(delivery.key));
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !store_delivery_add(store, &delivery, buf_text(&request->body), err) ||
	    !store_audit(store, "test", "service", request->service_id, request->service,
			 NULL, recovery ? "operational" : "disruption", err) ||
	    !store_commit(&tx, err))
		return false;
	*ret_delivery_id = delivery.id;
	return true;
}

static void note_outcome(struct delivery *delivery, const struct outcome *outcome,
			 int64_t now_ms)
{
	bool is_delivered = outcome->http_status / 100 == 2;
	delivery->state = is_delivered ? DELIVERY_DELIVERED : DELIVERY_CANCELLED;
	delivery->delivered_ms = is_delivered ? now_ms : 0;
	delivery->finished_ms = now_ms;
	delivery->attempts = 1;
	delivery->first_sent_ms = outcome->started_ms;
	delivery->sent_ms = outcome->started_ms;
	delivery->http_status = outcome->http_status;
	delivery->ambiguous = outcome->http_status == 0 && outcome->request_sent;
	(void)text_cut(delivery->error, sizeof(delivery->error),
		       outcome->error ? outcome->error : "", REASON_SIZE);
}

bool test_record_end(struct store *store, int64_t delivery_id,
		     const struct outcome *outcome, int64_t now_ms, struct err *err)
{
	struct delivery delivery;
	struct attempt attempt = {
		.delivery_id = delivery_id,
		.at_ms = outcome->started_ms,
		.duration_ms = outcome->duration_ms,
		.http_status = outcome->http_status,
		.no_answer = outcome->http_status == 0 && outcome->request_sent,
		.retry_after_ms = outcome->has_retry_after ? outcome->retry_after_ms : 0,
	};
	(void)text_cut(attempt.error, sizeof(attempt.error),
		       outcome->error ? outcome->error : "", REASON_SIZE);
	(void)text_cut(attempt.answer, sizeof(attempt.answer),
		       outcome->answer ? outcome->answer : "", ANSWER_KEPT);
	DEFER(store_abort) struct transaction tx = { 0 };
	if (!store_begin(store, &tx, err) ||
	    !store_delivery_get(store, delivery_id, &delivery, err))
		return false;
	note_outcome(&delivery, outcome, now_ms);
	return store_delivery_put(store, &delivery, err) &&
	       store_attempt_add(store, &attempt, err) && store_commit(&tx, err);
}
