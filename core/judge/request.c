#include "core/judge/request.h"

#include <string.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/rules/payload.h"
#include "core/rules/secret.h"

void wire_request_done(struct wire_request *request)
{
	buf_done(&request->body);
}

/* ---- building ---- */

struct receiver {
	struct service service;
	struct integration integration;
};

static bool read_receiver(struct store *store, int64_t service_id, struct receiver *ret,
			  struct err *err)
{
	return store_get(store, RECORD_SERVICE, service_id, &ret->service, err) &&
	       store_get(store, RECORD_INTEGRATION, ret->service.integration_id,
			 &ret->integration, err);
}

static void address(const struct service *service, struct wire_request *ret)
{
	ret->service_id = service->head.id;
	memcpy(ret->service, service->name, sizeof(ret->service));
	memcpy(ret->integration, service->integration, sizeof(ret->integration));
	memcpy(ret->url, service->url, sizeof(ret->url));
}

static bool build_test(const struct receiver *to, bool recovery, const char *incident_key,
		       int64_t now_ms, struct wire_request *ret, struct err *err)
{
	const struct payload_facts facts = {
		.payload = to->integration.payload,
		.template_json = to->integration.template_json,
		.integration_text = &to->integration.text,
		.service_text = &to->service.text,
		.kind = recovery ? KIND_RECOVERY : KIND_DISRUPTION,
		.incident_key = incident_key,
		.incident_status =
			recovery ? INCIDENT_MONITORING : INCIDENT_INVESTIGATING,
		.service_status = recovery ? SERVICE_OPERATIONAL : SERVICE_DISRUPTION,
		.start_ms = now_ms,
		.service = to->service.name,
		.integration = to->integration.name,
		.test = true,
	};
	buf_reset(&ret->body);
	if (!payload_build(&facts, &ret->body, err))
		return false;
	address(&to->service, ret);
	uuid_new(ret->key);
	return true;
}

bool wire_request_test(struct store *store, int64_t service_id, bool recovery,
		       const char *incident_key, int64_t now_ms, struct wire_request *ret,
		       struct err *err)
{
	DEFER(mem_free) struct receiver *to = mem_new(1, sizeof(*to));
	return read_receiver(store, service_id, to, err) &&
	       build_test(to, recovery, incident_key, now_ms, ret, err);
}

/* The service as it is today; deleted since: the request keeps no URL. */
static bool address_today(struct store *store, int64_t service_id,
			  struct wire_request *ret, struct err *err)
{
	DEFER(mem_free) struct service *service = mem_new(1, sizeof(*service));
	struct err failure = { 0 };
	ret->url[0] = '\0';
	if (store_get(store, RECORD_SERVICE, service_id, service, &failure))
		address(service, ret);
	return failure.code == ERR_NONE || failure.code == ERR_NOT_FOUND ||
	       fail(err, failure.code, "%s", failure.text);
}

bool wire_request_of_delivery(struct store *store, int64_t delivery_id,
			      struct wire_request *ret, struct err *err)
{
	struct delivery delivery;
	buf_reset(&ret->body);
	if (!store_delivery_get(store, delivery_id, &delivery, err) ||
	    !store_delivery_body(store, delivery_id, &ret->body, err) ||
	    !address_today(store, delivery.service_id, ret, err))
		return false;
	ret->service_id = delivery.service_id;
	memcpy(ret->service, delivery.service, sizeof(ret->service));
	memcpy(ret->integration, delivery.integration, sizeof(ret->integration));
	memcpy(ret->key, delivery.key, sizeof(ret->key));
	return true;
}

/* ---- showing ---- */

void wire_headers(const char *key, header_fn *header, void *arg)
{
	header(arg, "Content-Type", "application/json");
	header(arg, "User-Agent", "hublink/" HUBLINK_VERSION);
	header(arg, "Idempotency-Key", key);
	header(arg, "Webhook-Id", key);
}

static void show_url(const struct wire_request *request, bool show_secrets,
		     struct buf *ret)
{
	if (show_secrets)
		buf_adds(ret, request->url);
	else if (request->url[0] != '\0')
		url_add_masked(ret, request->url);
}

static void put_header(void *arg, const char *name, const char *value)
{
	json_put_string(arg, name, value);
}

void wire_request_put_members(struct json_writer *w, const struct wire_request *request,
			      bool show_secrets)
{
	DEFER(buf_done)
	struct buf url = BUF_INIT(3 * URL_SIZE);
	show_url(request, show_secrets, &url);
	json_put_string(w, "method", "POST");
	json_put_string(w, "url", url.len ? buf_text(&url) : NULL);
	json_open_object(w, "headers");
	wire_headers(request->key, put_header, w);
	json_close(w);
	json_put_string(w, "body", buf_text(&request->body));
}

void wire_request_put_json(struct json_writer *w, const char *name_or_null,
			   const struct wire_request *request, bool show_secrets)
{
	json_open_object(w, name_or_null);
	wire_request_put_members(w, request, show_secrets);
	json_close(w);
}

static void add_header_line(void *arg, const char *name, const char *value)
{
	buf_addf(arg, "%s: %s\n", name, value);
}

void wire_request_add_text(struct buf *ret, const struct wire_request *request,
			   bool show_secrets)
{
	DEFER(buf_done)
	struct buf url = BUF_INIT(3 * URL_SIZE);
	show_url(request, show_secrets, &url);
	buf_adds(ret, "POST ");
	text_add_safe(ret, url.len ? buf_text(&url) : "(the service was deleted)", false);
	buf_addc(ret, '\n');
	wire_headers(request->key, add_header_line, ret);
	buf_addc(ret, '\n');
	text_add_safe(ret, buf_text(&request->body), true);
	buf_addc(ret, '\n');
}
