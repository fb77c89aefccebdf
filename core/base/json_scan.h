/* The strict reading of JSON text that comes before cJSON's (RFC 8259, and what json.h
 * adds). */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/compiler.h"
#include "core/base/err.h"
#include "core/base/json.h"

/* True if text is one JSON value as json_parse takes it. ERR_INVALID says line, column
 * (in characters, from 1) and what is wrong. */
bool json_scan(const char *text, size_t bytes, struct err *err) CHECKED;

/* The same, but repeated keys and bytes that are not UTF-8 are told to fault, each with
 * its path, and are no failure. */
bool json_scan_telling(const char *text, size_t bytes, json_fault_fn *fault, void *arg,
		       struct err *err) CHECKED;

#endif
