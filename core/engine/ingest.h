/* The listener (README: Let it listen): HTTP in, in the engine's own loop, without a
 * thread.
 *
 * A request is read, checked and then waits, suspended; the engine's next transaction
 * stores all that wait, and after its commit they are answered: 202 means durable. What
 * is refused changes nothing.
 *
 * A client has INGEST_DEADLINE_MS for a whole request, counted from its connection or
 * from its last answer, however busily it sends. Beyond INGEST_CONNECTIONS a connection
 * is closed at once. What is no HTTP at all, libmicrohttpd answers by itself. */
#ifndef ENGINE_INGEST_H
#define ENGINE_INGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/engine/metrics.h"
#include "core/store.h"

enum {
	INGEST_BODY_MAX = 1024 * 1024,
	INGEST_BODIES_MAX = 32 * 1024 * 1024, /* of all requests on their way */
	INGEST_HEADERS_MAX = 16 * 1024,
	INGEST_CONNECTIONS = 256,
	INGEST_DEADLINE_MS = 15 * 1000,
	INGEST_SILENCE_S = 10, /* a connection on which nothing comes is closed */
	INGEST_REQUESTS_DEFAULT = 10000, /* a second, of one token */
	INGEST_REQUESTS_MAX = 1000000,
};

struct ingest_options {
	const char *label; /* of Alertmanager, names the monitor; borrowed */
	int64_t max_per_second;
	unsigned connections; /* 0: INGEST_CONNECTIONS */
	int64_t deadline_ms;  /* 0: INGEST_DEADLINE_MS; for tests */
};

struct ingest;

/* Takes over listen_fd, even when it fails. The store is borrowed. NULL on failure. */
struct ingest *ingest_new(int listen_fd, const struct ingest_options *options,
			  struct store *store, struct err *err) CHECKED;
void ingest_free(struct ingest *ingest); /* answers what waits with 503 */

/* All that follows takes NULL: there is no listener. */

/* Readable when ingest_run has something to do (-1: no listener); so has it after
 * ingest_timeout_ms (-1: never). */
int ingest_fd(const struct ingest *ingest);
int64_t ingest_timeout_ms(const struct ingest *ingest, int64_t boot_ms);

/* Reads and answers whatever is ready, without waiting; both clocks as in engine.h. */
void ingest_run(struct ingest *ingest, int64_t wall_ms, int64_t boot_ms);

/* The engine cannot store (503 at once, /healthz too) or can again. */
void ingest_set_failing(struct ingest *ingest, bool is_failing);

/* No new connection and no new request is taken from now on. */
void ingest_stop(struct ingest *ingest);

/* Is there anything to store? */
bool ingest_has_news(const struct ingest *ingest);

/* Stores what waits, as much as a turn should, inside the caller's transaction. False:
 * the store failed, not a request. */
bool ingest_store(struct ingest *ingest, struct store *store, int64_t now_ms,
		  struct err *err) CHECKED;

/* That transaction was committed, or not: now it is answered. */
void ingest_settled(struct ingest *ingest, bool is_committed);

struct metrics *ingest_metrics(struct ingest *ingest); /* NULL without a listener */

#endif
