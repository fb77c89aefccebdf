/* What a single field cannot know: whether the fields of a record make sense together. What
 * other records have to do with it (unique names, links that fit) is the store's to know. */
#ifndef RULES_VALIDATE_H
#define RULES_VALIDATE_H

#include "core/base/err.h"
#include "core/rules/fields.h"

/* Every field against its limits, then the record as a whole. ERR_INVALID says label, fault
 * and remedy. */
bool record_validate(enum record_kind kind, const void *rec, struct err *err) CHECKED;

#endif
