/* F19: whatever libcurl refuses while it is made ready, nothing leaves by half: a delivery, a
 * check, a question to Uptrends and a test of a connection each end with a sentence, and can
 * be made anew. */
#include <curl/curl.h>
#include <dlfcn.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/engine/api_client.h"
#include "core/engine/http.h"
#include "core/engine/prober.h"
#include "core/rules/fields.h"
#include "tests/support/check.h"
#include "tests/support/receiver.h"

/* ---- in front of libcurl's own ---- */

static struct {
	long at; /* the call that fails; 0: none */
	long asked;
} use;

static bool fails(void)
{
	return ++use.asked == use.at;
}

static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* Where a pointer is as wide as every option, one that is passed on is any of them. */
_Static_assert(sizeof(void *) == sizeof(long) && sizeof(void *) == sizeof(curl_off_t),
	       "an option's value is passed on as a pointer");

#define PASSED_ON(value, last)              \
	va_list args;                       \
	va_start(args, last);               \
	void *value = va_arg(args, void *); \
	va_end(args)

#undef curl_easy_setopt
CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
	static CURLcode (*next)(CURL *, CURLoption, ...);
	PASSED_ON(value, option);
	if (!next)
		*(void **)&next = real("curl_easy_setopt");
	return fails() ? CURLE_OUT_OF_MEMORY : next(easy, option, value);
}

#undef curl_multi_setopt
CURLMcode curl_multi_setopt(CURLM *multi, CURLMoption option, ...)
{
	static CURLMcode (*next)(CURLM *, CURLMoption, ...);
	PASSED_ON(value, option);
	if (!next)
		*(void **)&next = real("curl_multi_setopt");
	return fails() ? CURLM_OUT_OF_MEMORY : next(multi, option, value);
}

CURL *curl_easy_init(void)
{
	static CURL *(*next)(void);
	if (!next)
		*(void **)&next = real("curl_easy_init");
	return fails() ? NULL : next();
}

CURLM *curl_multi_init(void)
{
	static CURLM *(*next)(void);
	if (!next)
		*(void **)&next = real("curl_multi_init");
	return fails() ? NULL : next();
}

CURLMcode curl_multi_add_handle(CURLM *multi, CURL *easy)
{
	static CURLMcode (*next)(CURLM *, CURL *);
	if (!next)
		*(void **)&next = real("curl_multi_add_handle");
	return fails() ? CURLM_OUT_OF_MEMORY : next(multi, easy);
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text)
{
	static struct curl_slist *(*next)(struct curl_slist *, const char *);
	if (!next)
		*(void **)&next = real("curl_slist_append");
	return fails() ? NULL : next(list, text);
}

/* ---- what is done through it ---- */

struct answer {
	bool is_there, is_good;
	char error[512];
};

static bool tell(const struct answer *answer, struct err *err)
{
	return answer->is_good || fail(err, ERR_FAILED, "%s", answer->error);
}

static void keep_outcome(void *arg, int64_t id, const struct outcome *outcome)
{
	struct answer *answer = arg;
	assert_int_equal(id, 7);
	answer->is_there = true;
	answer->is_good = outcome->http_status == 200;
	if (outcome->error != NULL)
		(void)snprintf(answer->error, sizeof(answer->error), "%s",
			       outcome->error);
}

static bool a_delivery(const char *url, struct err *err)
{
	const struct http_options options = { .max_in_flight = 1 };
	const struct request request = { .id = 7, .url = url, .key = "k", .body = "{}" };
	struct answer answer = { 0 };
	struct transport *http = http_new(&options, err);
	if (http == NULL)
		return false;
	http->done = keep_outcome;
	http->done_arg = &answer;
	bool ok = http->ops->send(http, &request, err);
	while (ok && !answer.is_there) {
		struct pollfd ready = { .fd = http->ops->fd(http), .events = POLLIN };
		poll(&ready, 1, http->ops->timeout_ms(http));
		ok = http->ops->perform(http, err);
	}
	http->ops->free(http);
	return ok && tell(&answer, err);
}

static void keep_result(void *arg, int64_t id, const struct check_result *result)
{
	struct answer *answer = arg;
	assert_int_equal(id, 7);
	answer->is_there = true;
	answer->is_good = result->verdict == CHECK_PASSED;
	(void)snprintf(answer->error, sizeof(answer->error), "%s", result->message);
}

static bool check(const struct monitor *monitor, struct err *err)
{
	struct answer answer = { 0 };
	struct multi *multi = multi_new(1, err);
	if (multi == NULL)
		return false;
	struct prober *prober = prober_new(multi, NULL);
	prober->done = keep_result;
	prober->done_arg = &answer;
	bool ok = prober->ops->start(prober, 7, monitor, err);
	while (ok && !answer.is_there) {
		struct pollfd ready = { .fd = multi_fd(multi), .events = POLLIN };
		poll(&ready, 1, multi_timeout_ms(multi));
		ok = multi_perform(multi, err);
	}
	prober->ops->free(prober);
	multi_free(multi);
	return ok && tell(&answer, err);
}

static struct monitor a_monitor(enum check_type type, enum check_method method,
				const char *target)
{
	struct monitor monitor;
	record_defaults(RECORD_MONITOR, &monitor);
	monitor.check_type = type;
	monitor.check_method = method;
	snprintf(monitor.check_target, sizeof(monitor.check_target), "%s", target);
	return monitor;
}

static bool a_check(const char *url, struct err *err)
{
	struct monitor monitor = a_monitor(CHECK_HTTP, METHOD_GET, url);
	snprintf(monitor.check_headers, sizeof(monitor.check_headers),
		 "X-One: 1\nX-Two: 2");
	return check(&monitor, err);
}

static bool a_check_of_heads(const char *url, struct err *err)
{
	const struct monitor monitor = a_monitor(CHECK_HTTP, METHOD_HEAD, url);
	return check(&monitor, err);
}

static bool a_check_by_post(const char *url, struct err *err)
{
	const struct monitor monitor = a_monitor(CHECK_HTTP, METHOD_POST, url);
	return check(&monitor, err);
}

/* host:port of "http://host:port/path". */
static bool a_check_of_a_port(const char *url, struct err *err)
{
	char target[64];
	const char *host = url + strlen("http://");
	snprintf(target, sizeof(target), "%.*s", (int)strcspn(host, "/"), host);
	const struct monitor monitor = a_monitor(CHECK_TCP, METHOD_GET, target);
	return check(&monitor, err);
}

static bool a_question(const char *url, struct err *err)
{
	const struct uptrends_account account = { .user = "anna", .password = "secret" };
	struct uptrends_account whole = account;
	struct api_client client;
	struct json *answer = NULL;
	snprintf(whole.url, sizeof(whole.url), "%s", url);
	if (!api_client_init(&client, &whole, NULL, err))
		return false;
	bool ok = api_client_get(&client, "/Monitor", &answer, err);
	json_free(answer);
	api_client_done(&client);
	return ok;
}

static bool a_connection(const char *url, struct err *err)
{
	const struct http_options options = { .max_in_flight = 1 };
	int64_t took_ms;
	return http_connect_only(&options, url, &took_ms, err);
}

static const struct {
	const char *name;
	bool (*act)(const char *url, struct err *err);
	bool is_easy; /* libcurl itself calls them then, and does without some */
} acts[] = {
	{ .name = "a delivery", .act = a_delivery },
	{ .name = "a check", .act = a_check },
	{ .name = "a check of heads", .act = a_check_of_heads },
	{ .name = "a check by POST", .act = a_check_by_post },
	{ .name = "a check of a port", .act = a_check_of_a_port },
	{ .name = "a question to Uptrends", .act = a_question, .is_easy = true },
	{ .name = "a connection", .act = a_connection, .is_easy = true },
};

/* False: libcurl is asked less often. */
static bool try_once(size_t i, long at, const char *url)
{
	struct err err = { 0 };
	use.asked = 0;
	use.at = at;
	bool ok = acts[i].act(url, &err);
	use.at = 0;
	const bool was_hit = use.asked >= at;
	if (!ok && !was_hit)
		fail_msg("%s: %s", acts[i].name, err.text);
	if (ok && was_hit && !acts[i].is_easy)
		fail_msg("%s: call %ld of libcurl failed, and nobody heard of it",
			 acts[i].name, at);
	assert_true(ok || err.text[0] != '\0');
	return was_hit;
}

static void requests__end_with_a_sentence__when_libcurl_refuses_f19(void **state)
{
	struct receiver *receiver = receiver_new();
	char url[URL_SIZE];
	(void)state;
	receiver_rule(receiver, (struct receiver_rule){ .body = "{}" });
	receiver_url(receiver, "/hook", url, sizeof(url));
	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		long at = 1;
		while (try_once(i, at, url))
			at++;
		print_message("%s: %ld calls\n", acts[i].name, at - 1);
		assert_true(at > 5);
	}
	receiver_free(receiver);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests__end_with_a_sentence__when_libcurl_refuses_f19),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
