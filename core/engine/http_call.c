#include "core/engine/http_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/rules/secret.h"

enum { RECEIVE_BUFFER_BYTES = 4096 };

/* ---- what libcurl calls ---- */

static size_t take_answer(char *bytes, size_t size, size_t count, void *arg)
{
	struct http_call *call = arg;
	size_t given = size * count;
	size_t room = ANSWER_KEPT - call->answer.len;
	buf_add(&call->answer, bytes, given < room ? given : room);
	call->answer_bytes += given;
	return call->answer_bytes <= ANSWER_MAX ? given : 0;
}

void http_keep_retry_after(const char *line, size_t length, char *ret, size_t size)
{
	static const char name[] = "retry-after:";
	size_t skip = sizeof(name) - 1;
	if (length > 5 && strncmp(line, "HTTP/", 5) == 0)
		ret[0] = '\0';
	if (length <= skip || strncasecmp(line, name, skip) != 0)
		return;
	while (skip < length && (line[skip] == ' ' || line[skip] == '\t'))
		skip++;
	while (length > skip && strchr(" \t\r\n", line[length - 1]))
		length--;
	size_t bytes = length - skip;
	if (bytes >= size)
		return;
	memcpy(ret, line + skip, bytes);
	ret[bytes] = '\0';
}

static size_t take_header(char *line, size_t size, size_t count, void *arg)
{
	struct http_call *call = arg;
	size_t given = size * count;
	call->header_bytes += given;
	if (call->header_bytes > HTTP_HEADERS_MAX)
		return 0;
	http_keep_retry_after(line, given, call->retry_after, sizeof(call->retry_after));
	return given;
}

static bool has_sent(CURL *easy)
{
	long bytes = 0;
	return curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes) == CURLE_OK &&
	       bytes > 0;
}

/* Before each request, libcurl's own repeats on a fresh connection included. */
static int allow_request(void *arg, char *remote_ip, char *local_ip, int remote_port,
			 int local_port)
{
	struct http_call *call = arg;
	(void)remote_ip;
	(void)local_ip;
	(void)remote_port;
	(void)local_port;
	return has_sent(call->job.easy) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* ---- settings ---- */

bool http_set_common(CURL *easy, const struct http_options *options)
{
	const struct {
		CURLoption option;
		long value;
	} numbers[] = {
		{ CURLOPT_FOLLOWLOCATION, 0 },
		{ CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
		{ CURLOPT_NOSIGNAL, 1 },
		/* A name that takes too long is left to its thread: whoever waits for it
		 * keeps all others waiting. */
		{ CURLOPT_QUICK_EXIT, 1 },
		{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
		{ CURLOPT_HTTP09_ALLOWED, 0 },
		{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
		{ CURLOPT_SSL_VERIFYPEER, 1 },
		{ CURLOPT_SSL_VERIFYHOST, 2 },
		{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
		{ CURLOPT_CONNECTTIMEOUT_MS, HTTP_CONNECT_TIMEOUT_MS },
		{ CURLOPT_TIMEOUT_MS,
		  (long)(options->timeout_ms ? options->timeout_ms : HTTP_TIMEOUT_MS) },
		{ CURLOPT_BUFFERSIZE, RECEIVE_BUFFER_BYTES },
	};
	bool ok = true;
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		ok = ok && curl_easy_setopt(easy, numbers[i].option, numbers[i].value) ==
				   CURLE_OK;
	ok = ok && curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
	ok = ok &&
	     curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
	if (options->ca_file)
		ok = ok &&
		     curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file) == CURLE_OK;
	return ok;
}

static bool set_up(struct http_call *call, const struct http_options *options)
{
	CURL *easy = call->job.easy;
	return http_set_common(easy, options) &&
	       curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HTTPHEADER, &call->key_header) ==
		       CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEDATA, call) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERDATA, call) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, allow_request) ==
		       CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PREREQDATA, call) == CURLE_OK;
}

struct http_call *http_call_new(const struct http_options *options,
				struct curl_slist *shared)
{
	struct http_call *call = mem_new(1, sizeof(*call));
	call->answer = BUF_INIT(ANSWER_KEPT + 1);
	call->webhook_header = (struct curl_slist){ call->webhook_text, shared };
	call->key_header = (struct curl_slist){ call->key_text, &call->webhook_header };
	call->job.easy = curl_easy_init();
	if (!call->job.easy || !set_up(call, options)) {
		http_call_free(call);
		return NULL;
	}
	return call;
}

void http_call_free(struct http_call *call)
{
	if (!call)
		return;
	curl_easy_cleanup(call->job.easy);
	http_call_unload(call);
	buf_done(&call->answer);
	free(call);
}

/* ---- one request ---- */

/* Without TLS, or where libcurl knows no HTTP/2, nothing is waited for to find out. */
static bool set_version(struct http_call *call, bool shares)
{
	CURL *easy = call->job.easy;
	call->shares = shares && strncmp(call->url, "https:", 6) == 0 &&
		       curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
					CURL_HTTP_VERSION_2TLS) == CURLE_OK;
	return curl_easy_setopt(easy, CURLOPT_PIPEWAIT, (long)call->shares) == CURLE_OK &&
	       (call->shares || curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
						 CURL_HTTP_VERSION_1_1) == CURLE_OK);
}

bool http_call_load(struct http_call *call, const struct request *request, bool shares,
		    struct err *err)
{
	if (!url_check(request->url, err))
		return false;
	call->id = request->id;
	call->url = mem_strdup(request->url);
	call->body = mem_strdup(request->body);
	snprintf(call->key_text, sizeof(call->key_text), "Idempotency-Key: %s",
		 request->key);
	snprintf(call->webhook_text, sizeof(call->webhook_text), "Webhook-Id: %s",
		 request->key);

	long bytes = (long)strlen(call->body);
	if (set_version(call, shares) &&
	    curl_easy_setopt(call->job.easy, CURLOPT_URL, call->url) == CURLE_OK &&
	    curl_easy_setopt(call->job.easy, CURLOPT_POSTFIELDS, call->body) ==
		    CURLE_OK &&
	    curl_easy_setopt(call->job.easy, CURLOPT_POSTFIELDSIZE, bytes) == CURLE_OK)
		return true;
	return fail(err, ERR_FAILED, "libcurl refuses the request; see to memory");
}

void http_call_unload(struct http_call *call)
{
	free(call->url);
	free(call->body);
	call->url = NULL;
	call->body = NULL;
	call->header_bytes = 0;
	call->answer_bytes = 0;
	call->retry_after[0] = '\0';
	call->error[0] = '\0';
	buf_reset(&call->answer);
}

void http_describe(CURLcode code, const char *words, const char *url, struct buf *ret)
{
	DEFER(buf_done)
	struct buf redacted = BUF_INIT(4 * CURL_ERROR_SIZE + URL_SIZE);
	secret_redact(&redacted, words[0] ? words : curl_easy_strerror(code), url);
	text_add_safe(ret, buf_text(&redacted), false);
}

static void describe_status(long status, struct buf *ret)
{
	const char *remark = status >= 300 && status < 400
				     ? ", a redirect, which is never followed"
				     : "";
	buf_addf(ret, "answered %ld%s", status, remark);
}

void http_call_outcome(const struct http_call *call, CURLcode code, struct buf *error,
		       struct buf *answer, struct outcome *ret)
{
	long status = 0;
	curl_off_t took_us = 0;
	curl_easy_getinfo(call->job.easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(call->job.easy, CURLINFO_TOTAL_TIME_T, &took_us);
	status = status >= 200 ? status : 0; /* 1xx is no answer yet */

	buf_reset(error);
	buf_reset(answer);
	secret_redact(answer, buf_text(&call->answer), call->url);
	if (status == 0 && code == CURLE_ABORTED_BY_CALLBACK)
		buf_adds(error, "the connection ended before an answer came");
	else if (status == 0)
		http_describe(code, call->error, call->url, error);
	else if (status >= 300)
		describe_status(status, error);

	*ret = (struct outcome){
		.http_status = status,
		.request_sent = has_sent(call->job.easy),
		.error = error->len ? buf_text(error) : NULL,
		.answer = answer->len ? buf_text(answer) : NULL,
		.duration_ms = took_us / 1000,
	};
	if (status != 0 && call->retry_after[0] != '\0')
		ret->has_retry_after = retry_after_parse(
			call->retry_after, clock_now_ms(&(struct clock){ 0 }),
			&ret->retry_after_ms);
}
