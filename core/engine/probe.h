/* Built-in checks in the engine's turns: when each monitor's check is due, how many are on
 * their way, and what they found, as results and events.
 *
 * A first failure is unconfirmed and found again, or not, a little later; while the target
 * fails every failure counts (R1). An OK that tells nothing new is a result, not an event.
 * Checks have places of their own: they never wait for deliveries, nor deliveries for them.
 * One that is overdue is made once, never made up for. */
#ifndef ENGINE_PROBE_H
#define ENGINE_PROBE_H

#include "core/base/err.h"
#include "core/engine/engine.h"
#include "core/engine/metrics.h"
#include "core/engine/prober.h"

enum {
	PROBES_IN_FLIGHT = 256,
	PROBE_NEWS_WAIT_MS = 50, /* results wait for others so long to be stored with */
	PROBE_STORE_WAIT_MS = 1000, /* those without news */
	PROBE_RESULTS_MAX = 4096,   /* that wait to be stored; then none is made */
	PROBE_SPREAD_MS = 6, /* between the first checks of what was changed at once */
	PROBE_AWAY_MS =
		10 * 1000, /* overdue by more while none runs: the machine slept */
};

struct probe;

/* prober is borrowed; its outcomes come here. */
struct probe *probe_new(struct prober *prober, unsigned max_in_flight);
void probe_free(struct probe *probe); /* NULL is fine */

/* All that follows takes NULL: nothing is checked. */

/* Another process has committed: the configuration may be another one. */
void probe_look_again(struct probe *probe);
/* Takes up the configuration and what has landed, and starts what is due. */
bool probe_turn(struct probe *probe, struct store *store, struct instant now,
		struct metrics *metrics, struct err *err) CHECKED;
/* Nothing is started any more, and what is on its way is not waited for. */
void probe_stop(struct probe *probe);

/* Are there results to be stored now? And until when can they, and the next check, wait
 * (-1: for ever)? */
bool probe_has_news(const struct probe *probe, int64_t boot_ms);
int64_t probe_wait_ms(const struct probe *probe, int64_t boot_ms);

/* Stores them with their events, inside the caller's transaction; after its commit they
 * are forgotten. */
bool probe_store(struct probe *probe, struct store *store, int64_t now_ms,
		 struct err *err) CHECKED;
void probe_settled(struct probe *probe);

#endif
