/* The configuration of a store as core/rules/lint wants it: plain rows, sorted by id. */
#ifndef CLI_LINT_FACTS_H
#define CLI_LINT_FACTS_H

#include "core/base/err.h"
#include "core/rules/lint.h"
#include "core/store.h"

struct lint_input {
	struct lint_facts facts; /* what lint_configuration reads */
	struct lint_rows *rows;  /* owns it all */
};

bool lint_input_load(struct lint_input *input, struct store *store, struct err *err)
	CHECKED;
void lint_input_done(struct lint_input *input);

#endif
