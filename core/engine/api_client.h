/* Asks an HTTP API of JSON one question at a time, and politely: never faster than the
 * account's pause, and slower when it says so. Waits for each answer. */
#ifndef ENGINE_API_CLIENT_H
#define ENGINE_API_CLIENT_H

#include "core/engine/api_call.h"

enum { API_TRIES = 6 }; /* of one question, while it may be asked again */

struct api_client {
	struct api_call call;
	int64_t pause_ms;
	int64_t next_ms; /* boot clock: nothing is asked before */
};

/* ca_file: as in http.h, may be NULL. */
bool api_client_init(struct api_client *client, const struct uptrends_account *account,
		     const char *ca_file, struct err *err) CHECKED;
void api_client_done(struct api_client *client);

/* GET the account's address and path. 408, 425, 429, 5xx and no answer are tried again,
 * after the Retry-After or a growing wait. *ret: for json_free. Any other answer but 200
 * is ERR_FAILED with the API's own words. arg is the struct api_client. */
bool api_client_get(void *arg, const char *path, struct json **ret, struct err *err)
	CHECKED;

#endif
