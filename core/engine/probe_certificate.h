/* When the certificates that a server showed expire. */
#ifndef ENGINE_PROBE_CERTIFICATE_H
#define ENGINE_PROBE_CERTIFICATE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/compiler.h"

/* Of those that a transfer with CURLOPT_CERTINFO kept, the first to expire; 0: there is
 * none. */
int64_t probe_certificate_expires_ms(CURL *easy);

/* libcurl's words for it, by OpenSSL ("Jan  2 03:04:05 2030 GMT") or GnuTLS
 * ("2030-01-02 03:04:05 GMT"). */
bool probe_certificate_time(const char *text, int64_t *ret_ms) CHECKED;

#endif
