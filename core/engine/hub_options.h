/* How the stand-in hub listens and behaves: from its command line, and from POST /control
 * while it runs. */
#ifndef ENGINE_HUB_OPTIONS_H
#define ENGINE_HUB_OPTIONS_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/json.h"
#include "core/engine/address.h"

/* What it does to updates that it would take. */
struct hub_behaviour {
	int64_t latency_ms;    /* before each answer */
	int64_t status;        /* of failures, 503 by default */
	int64_t fail_percent;  /* get status, and are not taken unless it is a 2xx */
	int64_t drop_percent;  /* so many are taken and get no answer */
	int64_t retry_after_s; /* sent with failures; -1: none */
};

struct hub_options {
	struct address address;
	const char *log_path; /* NULL: none; borrowed from argv */
	struct hub_behaviour behaviour;
};

/* ERR_USAGE: unknown option, missing argument. ERR_INVALID: a value, or an address that is
 * not loopback. A --status without --fail means all. */
bool hub_options_parse(int argc, char **argv, struct hub_options *ret, struct err *err)
	CHECKED;

/* {"status", "latency_ms", "fail_percent", "drop_percent", "retry_after_s"}: those given
 * are changed. A status without fail_percent means all; status 0: none fails. */
bool hub_behaviour_control(struct hub_behaviour *behaviour, const struct json *wanted,
			   struct err *err) CHECKED;
void hub_behaviour_add(const struct hub_behaviour *behaviour, const char *key,
		       struct json_writer *w);

#endif
