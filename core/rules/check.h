/* What a built-in check may ask and expect, and what of it is secret: the rules behind
 * the check's fields. */
#ifndef RULES_CHECK_H
#define RULES_CHECK_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/json.h"
#include "core/rules/model.h"
#include "core/rules/url.h"

/* http: an http or https URL; https: an https one; neither with user, password or
 * fragment. tcp: host:port. ERR_INVALID shows it masked. */
bool check_target_check(enum check_type type, const char *target, struct err *err)
	CHECKED;
/* URLs as url_add_masked does; host:port has no secrets. */
void check_target_add_masked(struct buf *ret, const char *target);

/* ---- expected answers: "200-399", "200,204,300-302" ---- */

bool check_statuses_check(const char *text, struct err *err) CHECKED;
bool check_statuses_hold(const char *text, long status);

/* ---- headers: "Name: value" lines ---- */

struct check_header {
	struct span name, value;
};
/* The next of the lines at *at, which moves behind it; false at the end, and for a line
 * that is no header. */
bool check_header_next(const char **at, struct check_header *ret);
bool check_headers_check(const char *headers, struct err *err) CHECKED;
/* Values of all but a few well-known harmless ones are secrets, and become ***. */
void check_headers_add_masked(struct buf *ret, const char *headers);
/* As the document has them, {"Name": "value"}. */
void check_headers_put(struct json_writer *w, const char *key, const char *headers);
/* One of these back into a line, behind those that *ret has. ERR_INVALID does not name it:
 * that is the caller's. */
bool check_header_read(const struct json *value, struct buf *ret, struct err *err)
	CHECKED;

#endif
