#include "core/engine/multi.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/clock.h"

enum { EVENTS_AT_ONCE = 256 };

struct multi {
	CURLM *curl;
	int epoll_fd;
	int64_t timer_ms; /* boot clock: libcurl wants to be called then; INT64_MAX: it does not */
};

/* ---- what libcurl calls ---- */

static int watch_socket(CURL *easy, curl_socket_t fd, int wanted, void *arg,
			void *is_known)
{
	struct multi *multi = arg;
	(void)easy;
	if (wanted == CURL_POLL_REMOVE) {
		epoll_ctl(multi->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	struct epoll_event event = { .data.fd = fd };
	event.events = (wanted & CURL_POLL_IN ? EPOLLIN : 0U) |
		       (wanted & CURL_POLL_OUT ? EPOLLOUT : 0U);
	epoll_ctl(multi->epoll_fd, is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
	curl_multi_assign(multi->curl, fd,
			  multi); /* anything but NULL: it is known from now on */
	return 0;
}

static int set_timer(CURLM *curl, long timeout_ms, void *arg)
{
	struct multi *multi = arg;
	(void)curl;
	multi->timer_ms = timeout_ms < 0 ? INT64_MAX : clock_boot_ms() + timeout_ms;
	return 0;
}

/* ---- transfers ---- */

bool multi_add(struct multi *multi, struct multi_job *job, struct err *err)
{
	return (curl_easy_setopt(job->easy, CURLOPT_PRIVATE, job) == CURLE_OK &&
		curl_multi_add_handle(multi->curl, job->easy) == CURLM_OK) ||
	       fail(err, ERR_FAILED, "libcurl takes no request; see to memory");
}

void multi_remove(struct multi *multi, struct multi_job *job)
{
	curl_multi_remove_handle(multi->curl, job->easy);
}

static void hand_over(struct multi *multi)
{
	int left = 0;
	CURLMsg *message;
	while ((message = curl_multi_info_read(multi->curl, &left))) {
		struct multi_job *job = NULL;
		CURLcode code = message->data.result;
		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
		multi_remove(multi, job);
		job->done(job, code);
	}
}

static int libcurl_events(uint32_t events)
{
	return (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
	       (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
	       (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
}

bool multi_perform(struct multi *multi, struct err *err)
{
	CURLMcode code = CURLM_OK;
	int running = 0;
	if (multi->timer_ms <= clock_boot_ms()) {
		multi->timer_ms = INT64_MAX;
		code = curl_multi_socket_action(multi->curl, CURL_SOCKET_TIMEOUT, 0,
						&running);
	}
	struct epoll_event events[EVENTS_AT_ONCE];
	int count = epoll_wait(multi->epoll_fd, events, EVENTS_AT_ONCE, 0);
	for (int i = 0; i < count && code == CURLM_OK; i++)
		code = curl_multi_socket_action(multi->curl, events[i].data.fd,
						libcurl_events(events[i].events),
						&running);
	hand_over(multi);
	if (code != CURLM_OK)
		return fail(err, ERR_FAILED, "libcurl cannot go on: %s",
			    curl_multi_strerror(code));
	return true;
}

int multi_fd(const struct multi *multi)
{
	return multi->epoll_fd;
}

int multi_timeout_ms(const struct multi *multi)
{
	if (multi->timer_ms == INT64_MAX)
		return -1;
	int64_t left_ms = multi->timer_ms - clock_boot_ms();
	if (left_ms <= 0)
		return 0;
	return left_ms < INT_MAX ? (int)left_ms : INT_MAX;
}

/* ---- life ---- */

static bool set_up(struct multi *multi, long kept)
{
	CURLM *curl = multi->curl;
	return curl && multi->epoll_fd >= 0 &&
	       curl_multi_setopt(curl, CURLMOPT_SOCKETFUNCTION, watch_socket) ==
		       CURLM_OK &&
	       curl_multi_setopt(curl, CURLMOPT_SOCKETDATA, multi) == CURLM_OK &&
	       curl_multi_setopt(curl, CURLMOPT_TIMERFUNCTION, set_timer) == CURLM_OK &&
	       curl_multi_setopt(curl, CURLMOPT_TIMERDATA, multi) == CURLM_OK &&
	       curl_multi_setopt(curl, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX) ==
		       CURLM_OK &&
	       /* The server's own limit is the one that counts. */
	       curl_multi_setopt(curl, CURLMOPT_MAX_CONCURRENT_STREAMS, kept) ==
		       CURLM_OK &&
	       curl_multi_setopt(curl, CURLMOPT_MAXCONNECTS, kept) == CURLM_OK;
}

struct multi *multi_new(unsigned kept, struct err *err)
{
	struct multi *multi = mem_new(1, sizeof(*multi));
	multi->timer_ms = INT64_MAX;
	multi->curl = curl_multi_init();
	multi->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (set_up(multi, (long)kept))
		return multi;
	multi_free(multi);
	(void)fail(err, ERR_FAILED, "libcurl cannot be made ready: %s", strerror(errno));
	return NULL;
}

void multi_free(struct multi *multi)
{
	if (!multi)
		return;
	curl_multi_cleanup(multi->curl);
	if (multi->epoll_fd >= 0)
		close(multi->epoll_fd);
	free(multi);
}
