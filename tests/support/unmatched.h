/* Events of monitors that nobody knows, without a listener. */
#ifndef TESTS_SUPPORT_UNMATCHED_H
#define TESTS_SUPPORT_UNMATCHED_H

#include "core/rules/model.h"
#include "tests/support/cli.h"

/* What the listener does with one, now. */
void unmatched_keep(const struct sandbox *sandbox, const char *guid, const char *name,
		    enum event_state state, const char *message);

#endif
