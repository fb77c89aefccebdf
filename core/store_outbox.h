/* The contract with db/, continued: the updates that StatusHub gets, in the order of each
 * service, and every attempt. Included by store.h, whose rules hold. */
#ifndef CORE_STORE_OUTBOX_H
#define CORE_STORE_OUTBOX_H

#include "core/store.h"

/* Adds an update. Fills id, key (unless set), place. state is held, queued or dry-run; body
 * are its exact bytes. */
bool store_delivery_add(struct store *store, struct delivery *delivery, const char *body,
			struct err *err) CHECKED;
bool store_delivery_get(struct store *store, int64_t id, struct delivery *ret,
			struct err *err) CHECKED;
/* The same for the judge: without the names of its service and integration, and with its
 * service_id even if that is gone. So are those of store_lane. */
bool store_delivery_read(struct store *store, int64_t id, struct delivery *ret,
			 struct err *err) CHECKED;
bool store_delivery_body(struct store *store, int64_t id, struct buf *ret,
			 struct err *err) CHECKED;
/* Saves all but key, place and what it was decided with (kind, dry, by_storm, created_ms,
 * alert_id); keeps the lane's head right. */
bool store_delivery_put(struct store *store, const struct delivery *delivery,
			struct err *err) CHECKED;
/* held -> queued: new place at the end of its lane, new body, due now. */
bool store_delivery_release(struct store *store, int64_t id, const char *body,
			    int64_t now_ms, struct err *err) CHECKED;
/* The unfinished deliveries of a service in order of place (R12), held ones at the end. row
 * may write. */
bool store_lane(struct store *store, int64_t service_id,
		bool (*row)(void *arg, const struct delivery *), void *arg,
		struct err *err) CHECKED;
/* Is any delivery failed (refused)? */
bool store_any_failed(struct store *store, bool *ret, struct err *err) CHECKED;
/* The incident whose update told the service's page last, if that said that the service is
 * not operational; *ret_incident_id 0: it did not, or nothing was told yet. */
bool store_told_down(struct store *store, int64_t service_id, int64_t *ret_incident_id,
		     struct err *err) CHECKED;
/* Was the incident opened, or last reopened, in dry-run (R19)? */
bool store_incident_was_dry(struct store *store, int64_t incident_id, bool *ret,
			    struct err *err) CHECKED;
bool store_attempt_add(struct store *store, struct attempt *attempt, struct err *err)
	CHECKED;
/* Is there an update of that id and key, and no attempt of it that began at at_ms? */
bool store_lacks_attempt(struct store *store, int64_t delivery_id, const char *key,
			 int64_t at_ms, bool *ret, struct err *err) CHECKED;

/* The heads of lanes that are due: queued (or failed and due again), head of their lane,
 * next_attempt_ms <= now_ms, ordered by (next_attempt_ms, id), rows after the cursor
 * (after_ms, after_id). For the engine. */
struct due_delivery {
	int64_t id, service_id;
	enum delivery_kind kind;
	int64_t attempts, age_from_ms, next_attempt_ms;
	int64_t integration_id;
	int64_t max_per_second;
	char url[URL_SIZE];
};
typedef bool due_fn(void *arg, const struct due_delivery *due);
bool store_deliveries_due(struct store *store, int64_t now_ms, int64_t after_ms,
			  int64_t after_id, int limit, due_fn *row, void *arg,
			  struct err *err) CHECKED;
/* The head of the service's lane, if it is due. */
bool store_lane_due(struct store *store, int64_t service_id, int64_t now_ms, due_fn *row,
		    void *arg, struct err *err) CHECKED;
/* What leaves, as it stands at the moment of sending: the head may have been ended, the URL
 * edited since it was listed. *ret_due false (the rest unwritten): it is not a due head any
 * more. ret_body: emptied first. */
struct outgoing {
	char key[KEY_SIZE];
	char url[URL_SIZE];
};
bool store_delivery_outgoing(struct store *store, int64_t id, int64_t now_ms,
			     struct outgoing *ret, struct buf *ret_body, bool *ret_due,
			     struct err *err) CHECKED;
/* When the next head that is not due yet becomes due; 0: none. */
bool store_next_due(struct store *store, int64_t after_ms, int64_t *ret_ms,
		    struct err *err) CHECKED;
/* Heads due later than latest_ms become due then: no stored due time is honoured further
 * ahead than 1 h. */
bool store_clamp_due(struct store *store, int64_t latest_ms, struct err *err) CHECKED;
/* Heads on the host become due now, except those under a Retry-After. */
bool store_host_recovered(struct store *store, const char *host, int64_t now_ms,
			  struct err *err) CHECKED;
/* After an unclean end: heads that were due count as tried without an answer (R22). Returns
 * how many in *ret. */
bool store_mark_ambiguous(struct store *store, int64_t now_ms, int64_t *ret,
			  struct err *err) CHECKED;
/* The wall clock jumped by delta_ms: moves level timers, holds, reminders, due and age
 * times with it (R15). */
bool store_shift_clock(struct store *store, int64_t delta_ms, struct err *err) CHECKED;
/* Leaving paused: unfinished deliveries do not age while paused. */
bool store_add_paused_time(struct store *store, int64_t paused_since_ms, int64_t now_ms,
			   struct err *err) CHECKED;

#endif
