/* What a judge has on the desk during one transaction: the store, the time, the mode, and
 * the configuration that it read last, so that a burst reads an integration once. Nothing
 * on it outlives the transaction: the truth is in the database. */
#ifndef JUDGE_DESK_H
#define JUDGE_DESK_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/id_list.h"
#include "core/judge/judge.h"
#include "core/store.h"

struct desk_records; /* the configuration read last */

struct desk {
	struct store *store;
	int64_t now_ms; /* the real now: when deliveries are created and due */
	enum mode mode;
	struct judge_report report; /* what was decided so far */
	struct buf body;            /* of the update being decided */
	/* The monitor being judged, when its row is not saved yet; else NULL. */
	const struct monitor_state *state;
	bool timers_moved; /* a timer was set or cleared since the judge asked for the next */
	bool asked_failed, any_failed;
	bool asked_degrees, any_degrees;
	bool asked_windows;
	int64_t unmuted_from_ms; /* no window ends later than this; 0: some may */
	struct id_list
		unrecovered; /* incidents whose recovery must be decided again (R22) */
	struct desk_records *records;
	struct monitor_card monitor; /* the last one asked for */
};

/* Inside an open transaction, after any change of configuration in it. desk_done on every
 * way out (fine on a zeroed one). */
bool desk_open(struct store *store, int64_t now_ms, struct desk *ret, struct err *err)
	CHECKED;
void desk_done(struct desk *desk);

/* Borrowed until the next call of the same function on the desk. */
bool desk_service(struct desk *desk, int64_t id, const struct service **ret,
		  struct err *err) CHECKED;
bool desk_integration(struct desk *desk, int64_t id, const struct integration **ret,
		      struct err *err) CHECKED;
bool desk_monitor(struct desk *desk, int64_t id, const struct monitor_card **ret,
		  struct err *err) CHECKED;

/* Is the monitor inside a maintenance window at t_ms (R11)? Asks the store only while
 * some window ends later. */
bool desk_muted(struct desk *desk, int64_t monitor_id, int64_t t_ms, bool *ret,
		struct err *err) CHECKED;

/* Is any delivery failed (refused)? Asked once per desk. */
bool desk_any_failed(struct desk *desk, bool *ret, struct err *err) CHECKED;

/* Is there more to say of a service than whether it is down (R21)? Asked once per desk. */
bool desk_any_degrees(struct desk *desk, bool *ret, struct err *err) CHECKED;

#endif
