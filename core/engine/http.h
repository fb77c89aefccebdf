/* Sends webhooks with libcurl: the transport behind transport.h. Settings are these and
 * nobody's environment: https (http to loopback only), certificates verified, no
 * redirects, no proxy, no cookies.
 *
 * The status line decides: once it has come, the outcome has that status, whatever
 * follows. request_sent of an outcome tells whether any byte of the request left
 * (R22). A request leaves at most once per send: libcurl's own second try on a fresh
 * connection is cut off, because the first may have been accepted. */
#ifndef ENGINE_HTTP_H
#define ENGINE_HTTP_H

#include <stdint.h>

#include "core/base/compiler.h"
#include "core/base/err.h"
#include "core/engine/multi.h"
#include "core/engine/transport.h"

enum {
	HTTP_CONNECT_TIMEOUT_MS = 5000,
	HTTP_TIMEOUT_MS = 15000,
	HTTP_HEADERS_MAX =
		65536, /* bytes of an answer's headers, those of 1xx included */
};

struct http_options {
	unsigned max_in_flight; /* connections kept; send refuses more */
	const char *
		ca_file; /* instead of the system's certificates, for tests; NULL: the system's */
	int64_t timeout_ms; /* 0: HTTP_TIMEOUT_MS */
};

/* Once per process, before any other thread exists: removes from the environment what
 * would lead requests, keys or certificates astray (proxies, SSLKEYLOGFILE, OpenSSL's
 * configuration …), readies libcurl. */
bool http_prepare_process(struct err *err) CHECKED;

/* The caller sets done and done_arg before the first perform; transport->ops->free
 * ends it, requests in flight without an outcome. */
struct transport *http_new(const struct http_options *options, struct err *err) CHECKED;

/* Resolve, connect and TLS to the URL's host, no request; waits for the end. ret_ms:
 * how long it took. ERR_FAILED says in a safe sentence where it ended. */
bool http_connect_only(const struct http_options *options, const char *url,
		       int64_t *ret_ms, struct err *err) CHECKED;

#endif
