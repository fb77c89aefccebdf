/* The port through which the engine sends: http (libcurl) and, in tests, a fake. */
#ifndef ENGINE_TRANSPORT_H
#define ENGINE_TRANSPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/rules/retry.h"

struct request {
	int64_t id;      /* the caller's: comes back with the outcome */
	const char *url; /* url, key and body are copied */
	const char *key; /* Idempotency-Key and Webhook-Id */
	const char *body;
};

struct transport;

struct transport_ops {
	/* Starts a request. False: it could not even be started (*err). */
	bool (*send)(struct transport *transport, const struct request *request,
		     struct err *err);
	/* Goes on with whatever is ready, without waiting; hands over the outcomes. */
	bool (*perform)(struct transport *transport, struct err *err);
	/* Readable when perform has something to do; the same for the transport's
	 * life. */
	int (*fd)(const struct transport *transport);
	/* How long perform can wait although fd is silent, for poll(); -1: for ever. */
	int (*timeout_ms)(const struct transport *transport);
	void (*free)(struct transport *transport);
};

/* Called once per request that send took, from inside perform. outcome's texts live
 * during the call; its started_ms is the caller's to know. */
typedef void outcome_fn(void *arg, int64_t id, const struct outcome *outcome);

struct transport {
	const struct transport_ops *ops;
	outcome_fn *done;
	void *done_arg;
};

#endif
