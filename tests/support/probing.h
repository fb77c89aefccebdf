/* A receiver as the target of a check, and one check of it over the network. */
#ifndef TESTS_SUPPORT_PROBING_H
#define TESTS_SUPPORT_PROBING_H

#include "core/rules/model.h"
#include "tests/support/receiver.h"

struct probing {
	struct receiver *receiver;
	struct monitor monitor; /* an http check with defaults, and 5 s of time */
	char ca_file[64];       /* empty: the system's certificates */
};

/* cmocka set-up and tear-down: *state is a struct probing *. */
int probing_open(void **state);
int probing_close(void **state);

/* The monitor's check, made now. */
struct check_result probing_check(const struct probing *probing);
/* The same of a path of the receiver (NULL: of the target as it is), which must end with
 * this message; NULL: it passes. */
struct check_result probing_expect(struct probing *probing, const char *path,
				   const char *message);

#endif
