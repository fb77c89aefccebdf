/* What an operator can do to incidents, deliveries, the mode and maintenance: the same
 * from command line and console.
 *
 * Each act is one transaction with exactly one audit row. It first judges what is due, so
 * that it acts on the truth as of now_ms; a refusal (ERR_REFUSED, naming what stands in
 * the way and the remedy) changes nothing at all. */
#ifndef JUDGE_ACT_H
#define JUDGE_ACT_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/store.h"

/* What came of an act, for the sentence that reports it. */
struct act_result {
	bool queued; /* an update waits to be sent: the public will be told */
	bool held;   /* it waits as held */
	bool dry;    /* recorded only: dry-run, or an unpublished incident */
	bool local;  /* local record only: do it in StatusHub (R7) */
	int64_t incident_id, delivery_id, window_id;
	int64_t count;   /* of acts on many: how many were acted on */
	struct buf said; /* sentences for the operator, each ended by a newline */
};
enum { ACT_SAID_MAX = 1024 * 1024 };
#define ACT_RESULT_INIT ((struct act_result){ .said = BUF_INIT(ACT_SAID_MAX) })
void act_result_done(struct act_result *result);

/* R7. message: the operator's words, NULL or empty for none (note needs one). With
 * payload generic-v2 they are posted, else they are a local record; said tells which.
 * force: although a joined monitor is in error. */
bool act_identify(struct store *store, int64_t incident_id, const char *message,
		  int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_note(struct store *store, int64_t incident_id, const char *message,
	      int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_resolve(struct store *store, int64_t incident_id, const char *message,
		 bool force, int64_t now_ms, struct act_result *ret, struct err *err)
	CHECKED;
bool act_resolve_all_monitoring(struct store *store, int64_t now_ms,
				struct act_result *ret, struct err *err) CHECKED;
bool act_recover(struct store *store, int64_t incident_id, const char *message,
		 bool force, int64_t now_ms, struct act_result *ret, struct err *err)
	CHECKED;
bool act_detach(struct store *store, int64_t incident_id, const char *message,
		int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
/* R18: opens an incident by hand; message is what the public reads. */
bool act_open(struct store *store, int64_t service_id, const char *message,
	      int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;

/* R16, R17, R22: `delivery retry`, `cancel` and `release`. */
bool act_delivery_retry(struct store *store, int64_t delivery_id, int64_t now_ms,
			struct act_result *ret, struct err *err) CHECKED;
bool act_delivery_cancel(struct store *store, int64_t delivery_id, int64_t now_ms,
			 struct act_result *ret, struct err *err) CHECKED;
bool act_delivery_release(struct store *store, int64_t delivery_id, int64_t now_ms,
			  struct act_result *ret, struct err *err) CHECKED;
/* state: DELIVERY_FAILED or DELIVERY_QUEUED (all that wait). */
bool act_retry_all(struct store *store, enum delivery_state state, int64_t now_ms,
		   struct act_result *ret, struct err *err) CHECKED;

/* R23. service_ids NULL: all. dry_run: says what it would do, and changes nothing. */
bool act_resync(struct store *store, const int64_t *service_ids, size_t count,
		bool dry_run, int64_t now_ms, struct act_result *ret, struct err *err)
	CHECKED;

/* R19. Going live: *ret_leaving counts what would leave at once; if it is not 0 and
 * !confirmed, nothing changes, true is returned and said lists it: ask, and call again
 * (or exit 4 where there is no terminal). */
bool act_mode(struct store *store, enum mode mode, bool confirmed, int64_t now_ms,
	      int64_t *ret_leaving, struct act_result *ret, struct err *err) CHECKED;

/* R11. `mute` and `maintenance add`: said names the monitors and services it covers.
 * Ending a window judges what still lasts: ret->count incidents are opened. */
bool act_maintenance_add(struct store *store, const struct maintenance_target *targets,
			 size_t count, int64_t from_ms, int64_t until_ms,
			 const char *note, int64_t now_ms, struct act_result *ret,
			 struct err *err) CHECKED;
bool act_maintenance_extend(struct store *store, int64_t id, int64_t until_ms,
			    int64_t now_ms, struct act_result *ret, struct err *err)
	CHECKED;
bool act_maintenance_end(struct store *store, int64_t id, int64_t now_ms,
			 struct act_result *ret, struct err *err) CHECKED;

/* Save, import, rename or delete configuration (all of it: console, command line) and say
 * how many incidents that opens (R3): change runs between judging what is due and
 * re-judging what lasts, in one transaction; its own audit row (store_put …) is the
 * act's. ret->count: incidents opened, said: a line for each, and R20's warnings. dry_run
 * rolls all of it back. */
typedef bool change_fn(void *arg, struct store *store, struct err *err);
bool act_configure(struct store *store, change_fn *change, void *arg, bool dry_run,
		   int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;

/* R20: for a form or a command that is about to deactivate the monitor. Adds a sentence
 * for each incident that it is joined to and that is held or open, with the remedy `event
 * M ok`; adds nothing otherwise. */
bool act_warn_deactivate(struct store *store, int64_t monitor_id, struct buf *ret,
			 struct err *err) CHECKED;

#endif
