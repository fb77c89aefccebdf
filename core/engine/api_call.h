/* One question to an HTTP API of JSON in libcurl's hands: a reusable easy handle with the
 * account's name and password, and what came back. */
#ifndef ENGINE_API_CALL_H
#define ENGINE_API_CALL_H

#include <curl/curl.h>

#include "core/base/json.h"
#include "core/rules/retry.h"
#include "core/store_uptrends.h"

enum {
	API_ANSWER_MAX = 32 * 1024 * 1024, /* bytes */
	API_TIMEOUT_MS = 60000,
};

struct api_call {
	CURL *easy;
	char url[URL_SIZE]; /* of the API, without a slash at its end */
	char password[UPTRENDS_PASSWORD_SIZE];
	struct buf login; /* as it is sent: base64 of user and password */
	size_t header_bytes;
	struct buf answer;
	char retry_after[64];
	char error[CURL_ERROR_SIZE];
};

/* ca_file: as in http.h, may be NULL. */
bool api_call_init(struct api_call *call, const struct uptrends_account *account,
		   const char *ca_file, struct err *err) CHECKED;
void api_call_done(struct api_call *call);

/* Ready to GET the API's address and path. */
bool api_call_load(struct api_call *call, const char *path, struct err *err) CHECKED;

/* What came of it. error: an empty buffer, in which the outcome's sentence lives. */
void api_call_outcome(struct api_call *call, CURLcode code, struct buf *error,
		      struct outcome *ret);

/* The answer's JSON, for json_free, if the outcome is 200; else ERR_FAILED with the
 * outcome's sentence and the API's own words. */
bool api_call_read(const struct api_call *call, const struct outcome *outcome,
		   struct json **ret, struct err *err) CHECKED;

#endif
