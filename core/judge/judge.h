/* The judge: takes what happened (events, timers, outcomes, changed configuration), asks
 * core/rules what it means, and stores the decision with its deliveries in one transaction.
 * No sockets, no clock: whoever calls it passes now_ms. The engine, `import`, `simulate`
 * and the property tests run the same functions. */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "core/base/err.h"
#include "core/rules/retry.h"
#include "core/store.h"

struct judge_report {
	int64_t steps; /* events and timers judged */
	int64_t alerts;
	int64_t opened;  /* incidents opened */
	int64_t decided; /* deliveries added */
	bool more;       /* max_steps was reached; call again */
	int64_t next_ms; /* the next timer after now_ms; 0: none */
};

/* Judge all pending events and every timer due at or before now_ms, in order of time; at
 * equal times the event goes first (R2). One transaction (a savepoint if one is open); at
 * most max_steps steps. Also re-judges open episodes if the configuration has changed since
 * (R3). report is added to. */
bool judge_run(struct store *store, int64_t now_ms, int64_t max_steps,
	       struct judge_report *report, struct err *err) CHECKED;

/* The same, however much it is. */
bool judge_all(struct store *store, int64_t now_ms, struct err *err) CHECKED;

/* What else has to go on during a long run: play is called between two steps, each time
 * that so many were made; it writes nothing. */
struct judge_interlude {
	bool (*play)(void *arg, struct err *err);
	void *arg;
	int64_t every_steps;
};
/* The same; interlude may be NULL. */
bool judge_run_long(struct store *store, int64_t now_ms, int64_t max_steps,
		    const struct judge_interlude *interlude, struct judge_report *report,
		    struct err *err) CHECKED;

/* Judge every open episode against today's configuration (R3: a gate that opens, a
 * threshold that changes). Called by judge_run when config_revision moved, and by whoever
 * saves configuration and wants to say how many incidents it opens: first judge_run, then
 * the change, then judge_configuration, all in one transaction. */
bool judge_configuration(struct store *store, int64_t now_ms, struct judge_report *report,
			 struct err *err) CHECKED;

/* An attempt ended: stores it, moves its delivery (delivered, again later, failed, expired)
 * and its incident, and ends what goes with it (R22). Inside the caller's transaction. ret:
 * what was decided. */
bool judge_outcome(struct store *store, int64_t delivery_id,
		   const struct outcome *outcome, int64_t now_ms, uint64_t random,
		   struct retry_decision *ret, struct err *err) CHECKED;

/* Expire a disruption whose time is over (72 h and 20 attempts). Inside the caller's
 * transaction. */
bool judge_expire(struct store *store, int64_t delivery_id, int64_t now_ms,
		  bool *ret_expired, struct err *err) CHECKED;

#endif
