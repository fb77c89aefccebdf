/* A check's result in words and as JSON. */
#ifndef RULES_CHECK_SHOW_H
#define RULES_CHECK_SHOW_H

#include "core/base/json.h"
#include "core/rules/model.h"

/* "ok, HTTP 200" or "failed: HTTP 500, expected 200-399". */
void check_result_add(struct buf *ret, const struct check_result *result);

/* The phases that it has, in order: name and duration. */
typedef void check_phase_fn(void *arg, const char *name, int64_t us);
void check_result_phases(const struct check_result *result, check_phase_fn *row,
			 void *arg);
/* 1234 us as "1.2 ms". */
void check_time_add(struct buf *ret, int64_t us);

/* Members of an object: verdict, http_status, *_us, message. */
void check_result_put_members(struct json_writer *w, const struct check_result *result);

#endif
