/* Deliveries: a pool of calls, each a job of the multi handle. */
#include "core/engine/http.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/engine/http_call.h"
#include "core/engine/wary.h"
#include "core/rules/secret.h"

struct http {
	struct transport transport; /* first: what callers hold */
	struct http_options options;
	struct multi *multi;
	struct curl_slist *shared_headers;
	struct http_call *idle; /* ready for use, a stack */
	struct http_call *running;
	unsigned running_count;
	struct buf error, answer; /* of the outcome being handed over */
	struct wary wary;
};

/* ---- the list of running calls ---- */

static void list_add(struct http *http, struct http_call *call)
{
	call->previous = NULL;
	call->next = http->running;
	if (http->running)
		http->running->previous = call;
	http->running = call;
	http->running_count++;
}

static void list_remove(struct http *http, struct http_call *call)
{
	if (call->previous)
		call->previous->next = call->next;
	else
		http->running = call->next;
	if (call->next)
		call->next->previous = call->previous;
	http->running_count--;
}

static struct http_call *idle_call(struct http *http)
{
	struct http_call *call = http->idle;
	if (!call)
		return http_call_new(&http->options, http->shared_headers);
	http->idle = call->next;
	return call;
}

static void put_back(struct http *http, struct http_call *call)
{
	http_call_unload(call);
	call->next = http->idle;
	http->idle = call;
}

/* ---- the port ---- */

static struct http *http_of(struct transport *transport)
{
	return (struct http *)transport;
}

static void finish(struct multi_job *job, CURLcode code)
{
	struct http_call *call = (struct http_call *)job;
	struct http *http = call->http;
	struct outcome outcome;
	http_call_outcome(call, code, &http->error, &http->answer, &outcome);
	if (call->shares && outcome.http_status == 0)
		wary_note(&http->wary, call->url, clock_boot_ms());
	list_remove(http, call);
	int64_t id = call->id;
	put_back(http, call);
	http->transport.done(http->transport.done_arg, id, &outcome);
}

static bool http_send(struct transport *transport, const struct request *request,
		      struct err *err)
{
	struct http *http = http_of(transport);
	if (http->running_count >= http->options.max_in_flight)
		return fail(err, ERR_REFUSED, "%u requests are in flight already",
			    http->running_count);
	struct http_call *call = idle_call(http);
	if (!call)
		return fail(err, ERR_FAILED, "libcurl gives no handle; see to memory");
	const bool shares = !wary_of(&http->wary, request->url, clock_boot_ms());
	if (!http_call_load(call, request, shares, err)) {
		put_back(http, call);
		return false;
	}
	call->job.done = finish;
	call->http = http;
	if (!multi_add(http->multi, &call->job, err)) {
		put_back(http, call);
		return false;
	}
	list_add(http, call);
	return true;
}

static bool http_perform(struct transport *transport, struct err *err)
{
	return multi_perform(http_of(transport)->multi, err);
}

static int http_fd(const struct transport *transport)
{
	return multi_fd(((const struct http *)transport)->multi);
}

static int http_timeout_ms(const struct transport *transport)
{
	return multi_timeout_ms(((const struct http *)transport)->multi);
}

static void free_calls(struct http_call *call)
{
	while (call) {
		struct http_call *next = call->next;
		http_call_free(call);
		call = next;
	}
}

static void http_free(struct transport *transport)
{
	if (!transport)
		return;
	struct http *http = http_of(transport);
	for (struct http_call *call = http->running; call; call = call->next)
		multi_remove(http->multi, &call->job);
	free_calls(http->running);
	free_calls(http->idle);
	multi_free(http->multi);
	curl_slist_free_all(http->shared_headers);
	buf_done(&http->error);
	buf_done(&http->answer);
	free(http);
}

static const struct transport_ops http_ops = {
	.send = http_send,
	.perform = http_perform,
	.fd = http_fd,
	.timeout_ms = http_timeout_ms,
	.free = http_free,
};

/* ---- life ---- */

bool http_prepare_process(struct err *err)
{
	static const char *const unwanted[] = {
		"SSLKEYLOGFILE", "http_proxy",   "https_proxy",     "HTTP_PROXY",
		"HTTPS_PROXY",   "all_proxy",    "ALL_PROXY",       "no_proxy",
		"NO_PROXY",      "CURL_HOME",    "CURL_CA_BUNDLE",  "SSL_CERT_FILE",
		"SSL_CERT_DIR",  "OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES",
		"HOSTALIASES",   "LOCALDOMAIN",  "RES_OPTIONS",
	};
	for (size_t i = 0; i < COUNT_OF(unwanted); i++)
		unsetenv(unwanted[i]);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return fail(err, ERR_FAILED,
			    "libcurl cannot be made ready; see to its installation");
	return true;
}

static bool set_headers(struct http *http)
{
	static const char *const lines[] = {
		"Content-Type: application/json",
		/* Not CURLOPT_USERAGENT: libcurl would print it twice each time. */
		("User-Agent: hublink/" HUBLINK_VERSION),
		"Accept:", /* libcurl's own additions are left out */
		"Expect:",
	};
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct curl_slist *longer =
			curl_slist_append(http->shared_headers, lines[i]);
		if (!longer)
			return false;
		http->shared_headers = longer;
	}
	return true;
}

struct transport *http_new(const struct http_options *options, struct err *err)
{
	struct http *http = mem_new(1, sizeof(*http));
	http->transport.ops = &http_ops;
	http->options = *options;
	http->error = BUF_INIT(4096);
	http->answer = BUF_INIT(ANSWER_MAX);
	http->multi = multi_new(options->max_in_flight, err);
	if (http->multi && set_headers(http))
		return &http->transport;
	if (http->multi)
		(void)fail(err, ERR_FAILED,
			   "libcurl cannot be made ready; see to memory");
	http_free(&http->transport);
	return NULL;
}

bool http_connect_only(const struct http_options *options, const char *url,
		       int64_t *ret_ms, struct err *err)
{
	if (!url_check(url, err))
		return false;
	CURL *easy = curl_easy_init();
	char words[CURL_ERROR_SIZE] = "";
	if (!easy || !http_set_common(easy, options) ||
	    curl_easy_setopt(easy, CURLOPT_URL, url) != CURLE_OK ||
	    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, words) != CURLE_OK ||
	    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L) != CURLE_OK) {
		curl_easy_cleanup(easy);
		return fail(err, ERR_FAILED,
			    "libcurl cannot be made ready; see to memory");
	}
	CURLcode code = curl_easy_perform(easy);
	curl_off_t took_us = 0;
	curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &took_us);
	curl_easy_cleanup(easy);
	if (code == CURLE_OK) {
		*ret_ms = took_us / 1000;
		return true;
	}
	DEFER(buf_done)
	struct buf text = BUF_INIT(4096);
	http_describe(code, words, url, &text);
	return fail(err, ERR_FAILED, "%s", buf_text(&text));
}
