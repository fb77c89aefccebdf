/* The port through which the engine sends: http (libcurl) and, in tests, a fake. */
#ifndef ENGINE_TRANSPORT_H
#define ENGINE_TRANSPORT_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/rules/retry.h"

struct request {
	int64_t id;        /* the caller's: comes back with the outcome */
	const char *url;   /* copied */
	const char *key;   /* Idempotency-Key and Webhook-Id */
	const char *body;  /* copied or kept until the outcome by the transport */
};

struct transport;

struct transport_ops {
	/* Starts a request. False: it could not even be started (*err). */
	bool (*send)(struct transport *transport, const struct request *request, struct err *err);
	void (*free)(struct transport *transport);
};

/* Called once per request, from inside the transport's perform step. */
typedef void outcome_fn(void *arg, int64_t id, const struct outcome *outcome);

struct transport {
	const struct transport_ops *ops;
	outcome_fn *done;
	void *done_arg;
};

#endif
