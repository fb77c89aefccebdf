/* One request in libcurl's hands: a reusable easy handle with what it sends and what
 * comes back. Inside http only. */
#ifndef ENGINE_HTTP_CALL_H
#define ENGINE_HTTP_CALL_H

#include <curl/curl.h>
#include <stddef.h>

#include "core/base/buf.h"
#include "core/engine/http.h"
#include "core/rules/model.h"

struct http;

enum { KEY_HEADER_SIZE = 32 + KEY_SIZE };

struct http_call {
	struct multi_job job;   /* first */
	struct http *http;      /* whose it is */
	struct http_call *next; /* in the list of free or of running calls */
	struct http_call *previous;
	int64_t id;
	/* The two headers that differ; their nodes lead into the list that all calls
	 * share, so that a new request only writes new text here. */
	char key_text[KEY_HEADER_SIZE], webhook_text[KEY_HEADER_SIZE];
	struct curl_slist key_header, webhook_header;
	char *url, *body;
	bool shares; /* its connection, if the server can */
	size_t header_bytes, answer_bytes;
	struct buf answer; /* its first ANSWER_KEPT bytes */
	char retry_after[64];
	char error[CURL_ERROR_SIZE];
};

/* shared: header lines that all requests have; must outlive the call. NULL: libcurl
 * has no memory. */
struct http_call *http_call_new(const struct http_options *options,
				struct curl_slist *shared);
void http_call_free(struct http_call *call);

/* Ready for one request. shares: over TLS it may be one of many on one connection, if the
 * server speaks HTTP/2. */
bool http_call_load(struct http_call *call, const struct request *request, bool shares,
		    struct err *err) CHECKED;

/* What came of it. The texts of *ret live until the next use of the two buffers. */
void http_call_outcome(const struct http_call *call, CURLcode code, struct buf *error,
		       struct buf *answer, struct outcome *ret);

/* Drop what belongs to the request that ended. */
void http_call_unload(struct http_call *call);

/* The settings every handle has, those of --connect too. False: libcurl refuses one
 * (an error of the program). */
bool http_set_common(CURL *easy, const struct http_options *options);

/* One header line as libcurl hands it over: ret becomes its value if it is Retry-After
 * (too long a one is none), and is emptied by the status line of another answer. */
void http_keep_retry_after(const char *line, size_t length, char *ret, size_t size);

/* libcurl's own words about a failure, without the URL's secrets, safe to show. */
void http_describe(CURLcode code, const char *words, const char *url, struct buf *ret);

#endif
