/* Webhook URLs are secrets: what may be shown of them, and what they may be. */
#ifndef RULES_SECRET_H
#define RULES_SECRET_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/err.h"

#define SECRET_MASK "***" /* what is shown of a secret */

/* Append url with its secret parts as ***: user information, every value of the query (a
 * parameter without = as a whole) and every path segment of 16 or more characters. Text
 * that is no URL at all becomes *** as a whole. */
void url_add_masked(struct buf *ret, const char *url);

/* https, or http to a loopback address only; no user name, password or fragment; at most
 * URL_SIZE - 1 bytes. ERR_INVALID shows the URL masked. */
bool url_check(const char *url, struct err *err) CHECKED;

/* The address of a public page: https or http, a host, nothing that controls or blanks. */
bool url_check_page(const char *url, struct err *err) CHECKED;

/* What a built-in check asks: https or http (only_https: https); no user name, password or
 * fragment. */
bool url_check_asked(const char *url, bool only_https, struct err *err) CHECKED;

/* Any scheme: length, characters, form and port alone. */
bool url_check_parts(const char *url, struct err *err) CHECKED;

/* A masked URL that comes back (***): does it stand for stored, that is, is it what masking
 * stored gives? */
bool url_mask_matches(const char *masked, const char *stored);
bool url_is_masked(const char *url); /* has *** where a secret part is */

/* Replace every occurrence of url's secret parts (and of url itself) in text by ***, for
 * error texts of libraries. */
void secret_redact(struct buf *ret, const char *text, const char *url);

/* The same with a secret that is no URL: a password, say. Empty: nothing is hidden. */
void secret_hide(struct buf *ret, const char *text, const char *secret);

#endif
