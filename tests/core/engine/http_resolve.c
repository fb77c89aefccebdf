/* F30: names that do not resolve, and a resolver that does not answer. This program has a
 * resolver of its own, which stands before libc's. */
#include "core/engine/http.h"

#include <dlfcn.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>

#include "core/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/http_bench.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int stuck;      /* questions that wait for the resolver */
static bool is_silent; /* it does not answer */

static int never_in_time(void)
{
	pthread_mutex_lock(&mutex);
	stuck++;
	pthread_cond_broadcast(&changed);
	while (is_silent)
		pthread_cond_wait(&changed, &mutex);
	stuck--;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&mutex);
	return EAI_AGAIN;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
		struct addrinfo **ret)
{
	static const struct {
		const char *name;
		int code;
	} failing[] = {
		{ "nobody.example", EAI_NONAME },
		{ "servfail.example", EAI_AGAIN },
		{ "broken.example", EAI_FAIL },
		{ "memory.example", EAI_MEMORY },
	};
	for (size_t i = 0; name && i < sizeof(failing) / sizeof(failing[0]); i++)
		if (strcmp(name, failing[i].name) == 0)
			return failing[i].code;
	if (name && strncmp(name, "slow", 4) == 0)
		return never_in_time();
	int (*real)(const char *, const char *, const struct addrinfo *,
		    struct addrinfo **);
	*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
	return real(name, service, hints, ret);
}

static void set_silent(bool silent)
{
	pthread_mutex_lock(&mutex);
	is_silent = silent;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&mutex);
}

static int count_stuck(void)
{
	pthread_mutex_lock(&mutex);
	int count = stuck;
	pthread_mutex_unlock(&mutex);
	return count;
}

/* libcurl asks in threads of its own, which it starts as it is performed. */
static void perform_until_stuck(struct http_bench *b, int count)
{
	struct err err = { 0 };
	const int64_t give_up_ms = clock_boot_ms() + 10000;
	while (count_stuck() != count && clock_boot_ms() < give_up_ms) {
		assert_true(b->http->ops->perform(b->http, &err));
		poll(NULL, 0, 1);
	}
	assert_int_equal(count_stuck(), count);
}

static void expect_nothing_left(const struct http_result *r)
{
	assert_int_equal(r->outcome.http_status, 0);
	assert_false(r->outcome.request_sent); /* R22: answered with an error */
	assert_string_not_equal(r->error, "");
	assert_null(strstr(r->error, "s3cr3t"));
}

static void http__says_nothing_left__when_a_name_does_not_resolve_f30(void **state)
{
	struct http_bench *b = *state;
	static const char *const urls[] = {
		"https://nobody.example/hook?token=s3cr3tvalue",
		"https://servfail.example/hook?token=s3cr3tvalue",
		"https://broken.example/hook?token=s3cr3tvalue",
		"https://memory.example/hook?token=s3cr3tvalue",
	};
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
		http_bench_send(b, 1, urls[i]);
		http_bench_turn_until(b, i + 1);
		expect_nothing_left(&b->results[i]);
		assert_non_null(strstr(b->results[i].error, ".example"));
	}
}

static void http__lets_others_go__while_the_resolver_is_silent_f30(void **state)
{
	struct http_bench *b = *state;
	char url[128];
	set_silent(true);
	/* Three hosts: those of one would wait for one connection. */
	static const char *const slow[] = { "https://slow1.example/?token=s3cr3tvalue",
					    "https://slow2.example/?token=s3cr3tvalue",
					    "https://slow3.example/?token=s3cr3tvalue" };
	for (int i = 0; i < 3; i++)
		http_bench_send(b, i, slow[i]);
	perform_until_stuck(b, 3);
	http_bench_send(b, 3, receiver_url(b->receiver, "/hook", url, sizeof(url)));
	http_bench_turn_until(b, 1);
	assert_int_equal(b->results[0].id, 3);
	assert_int_equal(b->results[0].outcome.http_status, 200);

	/* Their time is over before the resolver says a word. */
	http_bench_turn_until(b, 4);
	for (int i = 1; i < 4; i++) {
		expect_nothing_left(&b->results[i]);
		assert_non_null(strstr(b->results[i].error, "timed out"));
	}
	set_silent(false);
	perform_until_stuck(b, 0);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, http_bench_make_hasty, http_bench_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(http__says_nothing_left__when_a_name_does_not_resolve_f30),
		TEST(http__lets_others_go__while_the_resolver_is_silent_f30),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
