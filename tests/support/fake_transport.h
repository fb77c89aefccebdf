/* A transport without a network: keeps what it is asked to send and ends it as the
 * test says. */
#ifndef TESTS_SUPPORT_FAKE_TRANSPORT_H
#define TESTS_SUPPORT_FAKE_TRANSPORT_H

#include "core/engine/transport.h"

enum { FAKE_SENT_MAX = 4096 };

struct fake_sent {
	int64_t id;
	char path[128]; /* of the URL: "/Website" */
	char host[128];
	char key[64];
	char *body;
	bool is_over; /* answered or failed */
};

struct fake_transport {
	struct transport transport; /* first */
	struct fake_sent sent[FAKE_SENT_MAX];
	size_t count;
	bool refuses; /* send fails */
	bool answers; /* with 200, whatever waits when it is performed */
};

struct fake_transport *fake_new(void);
/* How many wait for their outcome. */
size_t fake_in_flight(const struct fake_transport *fake);
/* The oldest waiting request whose path this is; aborts if there is none. */
struct fake_sent *fake_find(struct fake_transport *fake, const char *path);
/* "/Website /Email": the paths of all requests so far, in order. Valid until the next
 * call. */
const char *fake_paths(struct fake_transport *fake);

/* Ends a request: answered with status; or without one, after or before it left. */
void fake_answer(struct fake_transport *fake, struct fake_sent *sent, int status);
void fake_answer_later(struct fake_transport *fake, struct fake_sent *sent, int status,
		       int64_t retry_after_ms);
void fake_lose(struct fake_transport *fake, struct fake_sent *sent, bool request_sent);
void fake_answer_all(struct fake_transport *fake, int status);

#endif
