/* The inside of the listener, shared by its parts: the gate that a request passes, the
 * queue in which it waits for the commit, its visitor, and libmicrohttpd around them. Nothing else
 * includes this. */
#ifndef ENGINE_INGEST_PARTS_H
#define ENGINE_INGEST_PARTS_H

#include <microhttpd.h>

#include "core/engine/ingest.h"
#include "core/engine/ingest_token.h"

struct ingest_route {
	const char *path;
	bool is_open;         /* without a token */
	ingest_read_fn *read; /* what is posted there; NULL: it is a page */
	/* The page: fills the exchange's answer. */
	bool (*show)(struct ingest *ingest, struct buf *ret, struct err *err);
	const char *content_type;
};

/* One request. */
struct exchange {
	struct MHD_Connection *connection;
	const char *path;                 /* of its route, or NULL */
	const struct ingest_route *route; /* NULL: it is refused */
	int64_t token_id;                 /* 0: none */
	struct buf body;                  /* as far as it has come */
	bool is_late;    /* its body is longer than it may be: answered unread */
	unsigned status; /* of its answer; 0: none yet */
	const char *content_type;
	struct buf answer;
	struct ingest_tally tally;
	struct exchange *next; /* in a queue */
};

struct exchange_queue {
	struct exchange *first, *last;
};

/* One connection, in the list of those that have a deadline. */
struct visitor {
	struct MHD_Connection *connection;
	int64_t since_ms; /* boot clock */
	bool is_listed;
	struct visitor *before, *after;
};

struct ingest {
	struct MHD_Daemon *daemon;
	struct store *store;
	struct ingest_options options;
	struct ingest_tokens tokens;
	struct metrics metrics;
	struct exchange_queue waiting;   /* to be stored */
	struct exchange_queue answering; /* stored, not committed */
	struct visitor *first, *last;    /* the one longest here first */
	unsigned visitors;
	size_t body_bytes; /* of all exchanges */
	int64_t wall_ms, boot_ms;
	bool is_failing, is_stopping;
	bool has_fresh_tokens; /* read in this run */
};

/* ---- the gate ---- */

/* What can be said of a request by its head: refuses it (exchange->status) or finds its
 * route. */
void ingest_gate(struct ingest *ingest, struct exchange *exchange, const char *path,
		 const char *method);

/* Makes {"error": sentence} its answer, unless it has one. */
void ingest_refuse(struct exchange *exchange, unsigned status, const char *sentence);

/* ---- the queue ---- */

void exchange_queue_push(struct exchange_queue *queue, struct exchange *exchange);

/* Frees what has been read of its body. */
void exchange_drop_body(struct ingest *ingest, struct exchange *exchange);

/* Answers with 503 whatever is queued. */
void ingest_refuse_queued(struct ingest *ingest);

/* ---- visitors ---- */

/* Their deadline begins anew: for the next request, or to take an answer. */
void visitor_begins(struct ingest *ingest, struct MHD_Connection *connection);
/* They wait for us: no deadline. */
void visitor_waits(struct ingest *ingest, struct MHD_Connection *connection);
/* How long until the first deadline is over; -1: there is none. */
int64_t ingest_deadline_ms(const struct ingest *ingest, int64_t boot_ms);
void ingest_close_late(struct ingest *ingest);

/* For libmicrohttpd; arg is the struct ingest. */
enum MHD_Result ingest_may_connect(void *arg, const struct sockaddr *address,
				   socklen_t bytes);
void ingest_on_connection(void *arg, struct MHD_Connection *connection, void **context,
			  enum MHD_ConnectionNotificationCode code);

#endif
