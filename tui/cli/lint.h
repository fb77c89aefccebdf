/* What a configuration permits but nobody wants: monitors that reach nothing, levels that alert nobody, … */
#ifndef CLI_LINT_H
#define CLI_LINT_H

#include "core/store.h"

/* kind: "monitor", "service", "level", "integration"; text: a sentence with the remedy. */
typedef bool finding_fn(void *arg, const char *kind, const char *object,
			const char *text);

/* Every finding about the store's configuration, kind after kind, by name. */
bool lint_configuration(struct store *store, finding_fn *row, void *arg, struct err *err)
	CHECKED;

#endif
