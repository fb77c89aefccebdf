/* What an operator can do to incidents, deliveries, the mode and maintenance: each act is one transaction with its
 * audit row, the same from command line and console. Refusals (4) name what stands in the way. */
#ifndef JUDGE_ACT_H
#define JUDGE_ACT_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/store.h"

/* What came of an act, for the sentence that reports it. */
struct act_result {
	bool queued;    /* an update waits to be sent: the public will be told */
	bool held;      /* it waits as held */
	bool dry;       /* recorded only: dry-run */
	bool local;     /* local record only: do it in StatusHub (R7) */
	int64_t incident_id, delivery_id;
	int64_t count;  /* for acts on many */
	struct buf said; /* sentences for the operator, one per line; act_result_done frees it */
};
#define ACT_RESULT_INIT ((struct act_result){ .said = BUF_INIT(65536) })
void act_result_done(struct act_result *result);

/* R7. message may be NULL. force: although a joined monitor is in error. */
bool act_identify(struct store *store, int64_t incident_id, const char *message, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_note(struct store *store, int64_t incident_id, const char *message, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_resolve(struct store *store, int64_t incident_id, const char *message, bool force, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_recover(struct store *store, int64_t incident_id, const char *message, bool force, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_detach(struct store *store, int64_t incident_id, const char *message, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_resolve_all_monitoring(struct store *store, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_open(struct store *store, int64_t service_id, const char *message, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED; /* R18 */

/* Contract section 3, `delivery …`. */
bool act_delivery_retry(struct store *store, int64_t delivery_id, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_delivery_cancel(struct store *store, int64_t delivery_id, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED; /* R16, R22 */
bool act_delivery_release(struct store *store, int64_t delivery_id, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED; /* R16, R17 */
bool act_retry_all(struct store *store, enum delivery_state state, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED; /* failed, or queued */

/* R23. dry_run: says what it would do. service_ids NULL: all. */
bool act_resync(struct store *store, const int64_t *service_ids, size_t count, bool dry_run, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;

/* R19. Going live: *ret_leaving counts what would leave at once; when it is not 0 and !confirmed nothing changes and said lists it. */
bool act_mode(struct store *store, enum mode mode, bool confirmed, int64_t now_ms, int64_t *ret_leaving, struct act_result *ret, struct err *err) CHECKED;

/* R11. `mute` and `maintenance add`; said names the monitors and services it covers. */
bool act_maintenance_add(struct store *store, const struct maintenance_target *targets, size_t count, int64_t from_ms, int64_t until_ms,
			 const char *note, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_maintenance_extend(struct store *store, int64_t id, int64_t until_ms, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;
bool act_maintenance_end(struct store *store, int64_t id, int64_t now_ms, struct act_result *ret, struct err *err) CHECKED;

/* Save, import or delete configuration and say how many incidents that opens (R3): wraps change between judge_run and
 * judge_configuration in one transaction; dry_run rolls it back. */
typedef bool change_fn(void *arg, struct store *store, struct err *err);
bool act_configure(struct store *store, change_fn *change, void *arg, bool dry_run, int64_t now_ms, int64_t *ret_opened, struct err *err) CHECKED;

#endif
