/* What the fields of a built-in check must be together: apart from check.h, on which the
 * fields' table stands. */
#ifndef RULES_CHECK_FIT_H
#define RULES_CHECK_FIT_H

#include <stdbool.h>

#include "core/base/err.h"
#include "core/rules/fields.h"

/* A tcp check has nothing in the fields of http checks but their defaults. ERR_INVALID
 * begins with the field's label. */
bool check_field_fits(const struct monitor *monitor, const struct field *field,
		      struct err *err) CHECKED;

/* What a check's fields must be together. */
bool check_validate(const struct monitor *monitor, struct err *err) CHECKED;

#endif
