/* The port through which targets are asked: libcurl (prober_new) and, in tests, a fake. */
#ifndef ENGINE_PROBER_H
#define ENGINE_PROBER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/err.h"
#include "core/rules/model.h"

struct multi;
struct prober;

struct prober_ops {
	/* Starts one check of the monitor, which is copied. False: it could not even be
	 * started (*err). */
	bool (*start)(struct prober *prober, int64_t id, const struct monitor *monitor,
		      struct err *err);
	void (*free)(struct prober *prober); /* what is on its way has no outcome */
};

/* Called once per check that start took, never from inside start. Of result its verdict
 * (passed or failed), status, times and message are set; it lives during the call. */
typedef void probed_fn(void *arg, int64_t id, const struct check_result *result);

struct prober {
	const struct prober_ops *ops;
	probed_fn *done;
	void *done_arg;
};

/* Asks through the engine's multi handle, which is borrowed. ca_file: instead of the
 * system's certificates, for tests; NULL: the system's. */
struct prober *prober_new(struct multi *multi, const char *ca_file) CHECKED;
void prober_done(struct prober **prober); /* for DEFER */

#endif
