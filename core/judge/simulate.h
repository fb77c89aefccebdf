/* What would be sent, when and to whom, if a monitor failed: the judge itself on a
 * scratch store with a simulated clock. */
#ifndef JUDGE_SIMULATE_H
#define JUDGE_SIMULATE_H

#include "core/base/err.h"
#include "core/store.h"

struct simulated_update {
	int64_t at_ms, after_ms; /* after_ms: since the first error */
	enum alert_type alert;
	int64_t level;
	char definition[NAME_SIZE], integration[NAME_SIZE], service[NAME_SIZE];
	enum service_status service_status;
	enum incident_status incident_status;
	bool held; /* still held at the end of the simulation */
};
typedef bool simulated_fn(void *arg, const struct simulated_update *update);

/* Error checks from from_ms every every_ms; the OK comes with the first check at or after
 * from_ms + error_for_ms. Updates in order of time. The source store is only read. */
bool simulate(struct store *source, int64_t monitor_id, int64_t from_ms,
	      int64_t error_for_ms, int64_t every_ms, simulated_fn *row, void *arg,
	      struct err *err) CHECKED;

#endif
