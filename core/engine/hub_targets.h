/* What the stand-in offers to built-in checks: GET /targets/NAME answers 200 until a POST
 * of {"state": "down"} or {"state": "slow"} there says otherwise. */
#ifndef ENGINE_HUB_TARGETS_H
#define ENGINE_HUB_TARGETS_H

#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/err.h"

enum {
	HUB_TARGET_NAME_SIZE = 64,
	HUB_TARGETS_MAX = 1000, /* that were told something */
	HUB_SLOW_MS = 30 * 1000,
};

enum hub_target_state { TARGET_UP, TARGET_DOWN, TARGET_SLOW, TARGET_STATE_COUNT };

struct hub_target {
	char name[HUB_TARGET_NAME_SIZE];
	enum hub_target_state state;
};

struct hub_targets {
	struct hub_target *items;
	size_t count, capacity;
};

/* The state of the target at a path, "/targets/NAME". */
enum hub_target_state hub_target_state(const struct hub_targets *targets,
				       const char *path);
/* body: {"state": …}. ERR_INVALID says what is wrong. */
bool hub_target_set(struct hub_targets *targets, const char *path, const char *body,
		    size_t bytes, struct err *err) CHECKED;
/* {"target": NAME, "state": …, "hub": …} */
void hub_target_add(const struct hub_targets *targets, const char *path, struct buf *ret);
void hub_targets_done(struct hub_targets *targets);

#endif
