/* The inside of the checks, shared by their three parts: the plan (who is checked, and
 * when), the turn (starting and landing) and the store. Nothing else includes this. */
#ifndef ENGINE_PROBE_PARTS_H
#define ENGINE_PROBE_PARTS_H

#include "core/engine/probe.h"
#include "core/engine/probe_due.h"
#include "core/store_sources.h"

enum { PROBE_GROUNDED = -1 }; /* no check of it is on its way */

/* A monitor that is checked. */
struct probe_target {
	int64_t monitor_id, revision, every_ms;
	int64_t due_ms;  /* boot clock */
	int flight;      /* its place, or PROBE_GROUNDED */
	bool is_failing; /* the last check failed, or the monitor was in error before */
	bool has_passed; /* the last check passed */
};

/* A check on its way. */
struct probe_flight {
	bool is_flying;
	int64_t monitor_id, revision, recheck_ms;
	int64_t started_ms; /* wall clock */
};

/* A result that has come, until it is stored. */
struct probe_landing {
	struct check_result result;
	int place;       /* of its flight; PROBE_GROUNDED once the plan has heard of it */
	bool is_routine; /* it passed, as the one before did */
};

struct probe {
	struct prober *prober;
	struct probe_target *targets; /* by monitor_id */
	size_t target_count, target_capacity;
	struct due_heap due;
	struct probe_flight *flights;
	unsigned max_in_flight, flying;
	struct probe_landing *landed;
	size_t landed_count, landed_capacity;
	size_t heard;            /* so many of them the plan has heard of */
	size_t urgent;           /* so many of them are no routine */
	int64_t first_landed_ms; /* boot clock */
	int64_t revision; /* of the configuration that the plan is made of; -1: none */
	bool must_look, is_stopping;
	bool keeps_up; /* the last turn started all that was due */
};

/* The target of a monitor, or NULL. */
struct probe_target *probe_find(const struct probe *probe, int64_t monitor_id);
void probe_schedule(struct probe *probe, struct probe_target *target, int64_t due_ms);
/* Makes the plan anew if the configuration is another one: what was changed is checked at
 * once, all else stays as it was. */
bool probe_plan(struct probe *probe, struct store *store, int64_t boot_ms,
		struct err *err) CHECKED;

#endif
