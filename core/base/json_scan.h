/* The strict reading of JSON text that comes before cJSON's (RFC 8259, and what json.h
 * adds). */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/compiler.h"
#include "core/base/err.h"

/* True if text is one JSON value as json_parse takes it. ERR_INVALID says line, column
 * (in characters, from 1) and what is wrong. */
bool json_scan(const char *text, size_t bytes, struct err *err) CHECKED;

#endif
