/* libcurl's multi handle through its socket interface on one epoll: with hundreds of
 * requests in flight only those that have something to do are looked at. The loop
 * waits for that epoll's descriptor. */
#include "core/engine/http.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/engine/http_call.h"
#include "core/rules/secret.h"

enum { EVENTS_AT_ONCE = 256 };

struct http {
	struct transport transport; /* first: what callers hold */
	struct http_options options;
	CURLM *multi;
	int epoll_fd;
	int64_t timer_ms; /* boot clock: libcurl wants to be called then; INT64_MAX: it does not */
	struct curl_slist *shared_headers;
	struct http_call *idle; /* ready for use, a stack */
	struct http_call *running;
	unsigned running_count;
	struct buf error, answer; /* of the outcome being handed over */
};

/* ---- what libcurl calls ---- */

static int watch_socket(CURL *easy, curl_socket_t fd, int wanted, void *arg,
			void *is_known)
{
	struct http *http = arg;
	(void)easy;
	if (wanted == CURL_POLL_REMOVE) {
		epoll_ctl(http->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	struct epoll_event event = { .data.fd = fd };
	event.events = (wanted & CURL_POLL_IN ? EPOLLIN : 0U) |
		       (wanted & CURL_POLL_OUT ? EPOLLOUT : 0U);
	epoll_ctl(http->epoll_fd, is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
	curl_multi_assign(http->multi, fd,
			  http); /* anything but NULL: it is known from now on */
	return 0;
}

static int set_timer(CURLM *multi, long timeout_ms, void *arg)
{
	struct http *http = arg;
	(void)multi;
	http->timer_ms = timeout_ms < 0 ? INT64_MAX : clock_boot_ms() + timeout_ms;
	return 0;
}

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
	if (!http_call_load(call, request, err)) {
		put_back(http, call);
		return false;
	}
	if (curl_multi_add_handle(http->multi, call->easy) != CURLM_OK) {
		put_back(http, call);
		return fail(err, ERR_FAILED, "libcurl takes no request; see to memory");
	}
	list_add(http, call);
	return true;
}

static void finish(struct http *http, CURL *easy, CURLcode code)
{
	struct http_call *call = NULL;
	curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
	struct outcome outcome;
	http_call_outcome(call, code, &http->error, &http->answer, &outcome);
	curl_multi_remove_handle(http->multi, easy);
	list_remove(http, call);
	int64_t id = call->id;
	put_back(http, call);
	http->transport.done(http->transport.done_arg, id, &outcome);
}

static void hand_over(struct http *http)
{
	int left = 0;
	CURLMsg *message;
	while ((message = curl_multi_info_read(http->multi, &left)))
		if (message->msg == CURLMSG_DONE)
			finish(http, message->easy_handle, message->data.result);
}

static int libcurl_events(uint32_t events)
{
	return (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
	       (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
	       (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
}

static bool http_perform(struct transport *transport, struct err *err)
{
	struct http *http = http_of(transport);
	CURLMcode code = CURLM_OK;
	int running = 0;
	if (http->timer_ms <= clock_boot_ms()) {
		http->timer_ms = INT64_MAX;
		code = curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT, 0,
						&running);
	}
	struct epoll_event events[EVENTS_AT_ONCE];
	int count = epoll_wait(http->epoll_fd, events, EVENTS_AT_ONCE, 0);
	for (int i = 0; i < count && code == CURLM_OK; i++)
		code = curl_multi_socket_action(http->multi, events[i].data.fd,
						libcurl_events(events[i].events),
						&running);
	hand_over(http);
	if (code != CURLM_OK)
		return fail(err, ERR_FAILED, "libcurl cannot go on: %s",
			    curl_multi_strerror(code));
	return true;
}

static int http_fd(const struct transport *transport)
{
	return ((const struct http *)transport)->epoll_fd;
}

static int http_timeout_ms(const struct transport *transport)
{
	const struct http *http = (const struct http *)transport;
	if (http->timer_ms == INT64_MAX)
		return -1;
	int64_t left_ms = http->timer_ms - clock_boot_ms();
	if (left_ms <= 0)
		return 0;
	return left_ms < INT_MAX ? (int)left_ms : INT_MAX;
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
		curl_multi_remove_handle(http->multi, call->easy);
	free_calls(http->running);
	free_calls(http->idle);
	curl_multi_cleanup(http->multi);
	curl_slist_free_all(http->shared_headers);
	if (http->epoll_fd >= 0)
		close(http->epoll_fd);
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

static bool set_up(struct http *http)
{
	static const char *const lines[] = {
		"Content-Type: application/json",
		/* Not CURLOPT_USERAGENT: libcurl would print it twice each time. */
		"User-Agent: hublink/" HUBLINK_VERSION,
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
	long kept = (long)http->options.max_in_flight;
	return http->multi && http->epoll_fd >= 0 &&
	       curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, watch_socket) ==
		       CURLM_OK &&
	       curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http) == CURLM_OK &&
	       curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, set_timer) ==
		       CURLM_OK &&
	       curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http) == CURLM_OK &&
	       curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING) ==
		       CURLM_OK &&
	       curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, kept) == CURLM_OK;
}

struct transport *http_new(const struct http_options *options, struct err *err)
{
	struct http *http = mem_new(1, sizeof(*http));
	http->transport.ops = &http_ops;
	http->options = *options;
	http->timer_ms = INT64_MAX;
	http->error = BUF_INIT(4096);
	http->answer = BUF_INIT(ANSWER_MAX);
	http->multi = curl_multi_init();
	http->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (set_up(http))
		return &http->transport;
	http_free(&http->transport);
	(void)fail(err, ERR_FAILED, "libcurl cannot be made ready: %s", strerror(errno));
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
