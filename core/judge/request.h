/* The exact request of an update: what `test` prints, `test --send` sends and
 * `delivery show` shows. Opens no socket. */
#ifndef JUDGE_REQUEST_H
#define JUDGE_REQUEST_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/json.h"
#include "core/store.h"

struct wire_request {
	int64_t service_id;
	char service[NAME_SIZE], integration[NAME_SIZE];
	char url[URL_SIZE]; /* in clear: a secret */
	char key[KEY_SIZE]; /* Idempotency-Key and Webhook-Id */
	struct buf body;    /* the exact bytes */
};
#define WIRE_REQUEST_INIT ((struct wire_request){ .body = BUF_INIT(BODY_MAX) })
void wire_request_done(struct wire_request *request); /* frees the body */

/* A test's update of the service: a fresh key, title "TEST – …". incident_key is the `id`
 * on the wire, the same in a test's disruption and its recovery. ret: initialised by the
 * caller. */
bool wire_request_test(struct store *store, int64_t service_id, bool recovery,
		       const char *incident_key, int64_t now_ms, struct wire_request *ret,
		       struct err *err) CHECKED;

/* The request of a stored delivery with the URL as it is today. One whose service was
 * deleted since has none. */
bool wire_request_of_delivery(struct store *store, int64_t delivery_id,
			      struct wire_request *ret, struct err *err) CHECKED;

/* The headers of every request, in the order in which they are sent. key:
 * Idempotency-Key and Webhook-Id. */
typedef void header_fn(void *arg, const char *name, const char *value);
void wire_headers(const char *key, header_fn *header, void *arg);

/* {"method", "url", "headers": {}, "body"}; the URL masked unless show_secrets.
 * name_or_null: member name, NULL at the top or in an array. The members alone: into
 * an object that is open. */
void wire_request_put_json(struct json_writer *w, const char *name_or_null,
			   const struct wire_request *request, bool show_secrets);
void wire_request_put_members(struct json_writer *w, const struct wire_request *request,
			      bool show_secrets);

/* As text: request line, headers, an empty line, the body. Safe to show. */
void wire_request_add_text(struct buf *ret, const struct wire_request *request,
			   bool show_secrets);

#endif
