/* Values of fields as the audit tells them: compared with a record, and put back into one. */
#ifndef JUDGE_TOLD_VALUE_H
#define JUDGE_TOLD_VALUE_H

#include "core/base/err.h"
#include "core/base/json.h"
#include "core/rules/fields.h"

/* Does the record's field hold the value that was told? */
bool told_is_value(const struct field *field, const void *rec, const struct json *value);

bool told_is_same(const struct json *a, const struct json *b);

/* Puts the told value into the record. ERR_INVALID as field_parse. */
bool told_set_value(const struct field *field, void *rec, const struct json *value,
		    struct err *err) CHECKED;

#endif
