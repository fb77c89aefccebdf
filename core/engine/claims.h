/* Which updates leave next: reads the heads of lanes that are due, a page at a time, and
 * keeps them until a request is free and their host may be asked. A claim lives in memory
 * only; the outbox changes when its outcome is stored.
 *
 * A service is busy from its claim until claims_release: one update at a time, whatever
 * happens in the database meanwhile (R12). Hosts with a rate keep a few claims each in a
 * list of their own, so that they hold nobody else back. */
#ifndef ENGINE_CLAIMS_H
#define ENGINE_CLAIMS_H

#include "core/base/err.h"
#include "core/engine/hosts.h"
#include "core/engine/id_set.h"
#include "core/store.h"

enum {
	CLAIMS_PAGE = 256,      /* rows read at once */
	CLAIMS_HOST_KEEPS = 16, /* claims kept in memory for a host with a rate */
};

struct claim {
	int64_t delivery_id, service_id;
	struct host *host;
	int64_t decided_ms; /* pauses since then not counted */
	bool may_expire; /* its time may be over: judge_expire decides before it leaves */
	bool is_expired; /* and has decided */
	struct claim *next;
};

struct claim_list {
	struct claim *first, *last;
	size_t count;
};

void claim_list_push(struct claim_list *list, struct claim *claim);
/* Takes out the first one, NULL if there is none. */
struct claim *claim_list_pop(struct claim_list *list);

struct claims {
	struct store *store; /* borrowed */
	struct hosts hosts;
	struct id_set busy;         /* services with a claim, ready or taken */
	struct claim_list ready;    /* of hosts without a rate */
	struct claim_list limited;  /* of hosts with one */
	int64_t after_ms, after_id; /* where the next page begins */
	bool look_again;            /* rows before that place may have become due */
};

void claims_init(struct claims *claims, struct store *store);
void claims_done(struct claims *claims);

/* Rows that were passed over may be due now: begin anew with the next page. */
void claims_look_again(struct claims *claims);
/* The same, and forget what is ready: another process has changed something. */
void claims_refresh(struct claims *claims);

/* Read pages until `wanted` claims are ready or no due row is left. */
bool claims_fill(struct claims *claims, size_t wanted, int64_t now_ms, struct err *err)
	CHECKED;

/* The next one that may leave, NULL if none. The caller owns it (claim_free); its
 * service stays busy until claims_release. */
struct claim *claims_take(struct claims *claims, int64_t boot_ms);
void claim_free(struct claim *claim);

/* Taken, but it cannot leave yet: it is ready again. */
void claims_put_back(struct claims *claims, struct claim *claim);

/* The service's update is settled (or was not sent after all): what waits behind it,
 * if due, is ready at once. */
bool claims_release(struct claims *claims, int64_t service_id, int64_t now_ms,
		    struct err *err) CHECKED;

/* Boot clock: when the next waiting claim may leave; 0: none waits for its host. */
int64_t claims_next_ms(const struct claims *claims);

#endif
