/* Certificates are verified, and old protocols refused, before a byte of the request leaves: T8. */
#include "core/engine/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/certificates.h"
#include "tests/support/check.h"

struct answer {
	bool is_here;
	struct outcome outcome;
	char error[512];
};

static atomic_int requests;

static enum MHD_Result accept_all(void *arg, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *bytes,
				  size_t *byte_count, void **known)
{
	(void)arg;
	(void)url;
	(void)method;
	(void)version;
	(void)bytes;
	if (!*known) {
		*known = &requests;
		return MHD_YES;
	}
	if (*byte_count > 0) {
		*byte_count = 0;
		return MHD_YES;
	}
	requests++;
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result queued = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return queued;
}

static struct MHD_Daemon *serve(const char *certificate, const char *priorities)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	requests = 0;
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL, accept_all,
		NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_HTTPS_MEM_KEY,
		certificate_key, MHD_OPTION_HTTPS_MEM_CERT, certificate,
		MHD_OPTION_HTTPS_PRIORITIES, priorities, MHD_OPTION_END);
	assert_non_null(daemon);
	return daemon;
}

static void keep(void *arg, int64_t id, const struct outcome *outcome)
{
	struct answer *answer = arg;
	(void)id;
	answer->is_here = true;
	answer->outcome = *outcome;
	snprintf(answer->error, sizeof(answer->error), "%s",
		 outcome->error ? outcome->error : "");
}

static struct answer ask(struct MHD_Daemon *daemon, const char *ca_file)
{
	struct err err = { 0 };
	struct answer answer = { 0 };
	char url[96];
	snprintf(url, sizeof(url), "https://127.0.0.1:%u/hook?token=s3cr3tvalue",
		 (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	struct transport *http = http_new(
		&(struct http_options){ .max_in_flight = 1, .ca_file = ca_file }, &err);
	http->done = keep;
	http->done_arg = &answer;
	const struct request request = { .url = url, .key = "k", .body = "{}" };
	assert_true(http->ops->send(http, &request, &err));
	while (!answer.is_here) {
		struct pollfd ready = { .fd = http->ops->fd(http), .events = POLLIN };
		poll(&ready, 1, http->ops->timeout_ms(http));
		assert_true(http->ops->perform(http, &err));
	}
	http->ops->free(http);
	return answer;
}

/* A file of the certificate; free() its path. */
static char *write_certificate(const char *certificate)
{
	char *path = strdup("/tmp/hublink-ca-XXXXXX");
	int fd = mkstemp(path);
	size_t bytes = strlen(certificate);
	assert_int_equal(write(fd, certificate, bytes), bytes);
	close(fd);
	return path;
}

static int write_authority(void **state)
{
	*state = write_certificate(certificate_authority);
	return 0;
}

static int remove_authority(void **state)
{
	unlink(*state);
	free(*state);
	return 0;
}

static void http__delivers_over_tls__when_the_certificate_is_right(void **state)
{
	struct MHD_Daemon *daemon = serve(certificate_good, "NORMAL");
	struct answer answer = ask(daemon, *state);
	assert_string_equal(answer.error, "");
	assert_int_equal(answer.outcome.http_status, 200);
	assert_int_equal(requests, 1);
	MHD_stop_daemon(daemon);
}

static void expect_refused_because(const char *ca_file, const char *certificate,
				   const char *priorities, const char *because)
{
	struct MHD_Daemon *daemon = serve(certificate, priorities);
	struct answer answer = ask(daemon, ca_file);
	MHD_stop_daemon(daemon);
	assert_int_equal(answer.outcome.http_status, 0);
	assert_false(
		answer.outcome.request_sent); /* R22: counts as answered with an error */
	assert_string_not_equal(answer.error, "");
	assert_non_null(strstr(answer.error, because));
	assert_null(strstr(answer.error, "s3cr3t"));
	assert_int_equal(requests, 0);
}

static void expect_refused(const char *ca_file, const char *certificate,
			   const char *priorities)
{
	expect_refused_because(ca_file, certificate, priorities, "");
}

static void http__sends_nothing__when_the_certificate_is_wrong(void **state)
{
	static const char *const wrong[] = { certificate_elsewhere, certificate_expired,
					     certificate_self_signed };
	for (size_t i = 0; i < 3; i++)
		expect_refused(*state, wrong[i], "NORMAL");
}

/* It is its own authority, which is trusted here: nothing but its time is wrong. */
static void http__sends_nothing__when_the_certificate_is_not_valid_yet_f32(void **state)
{
	(void)state;
	char *trusted = write_certificate(certificate_future);
	expect_refused_because(trusted, certificate_future, "NORMAL", "not yet valid");
	unlink(trusted);
	free(trusted);
}

static void http__sends_nothing__when_the_authority_is_unknown(void **state)
{
	(void)state;
	expect_refused(NULL, certificate_good, "NORMAL");
}

static void http__sends_nothing__when_the_server_speaks_old_tls_only(void **state)
{
	expect_refused(*state, certificate_good,
		       "NORMAL:-VERS-ALL:+VERS-TLS1.1:+SHA1:%COMPAT");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, write_authority, remove_authority)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(http__delivers_over_tls__when_the_certificate_is_right),
		TEST(http__sends_nothing__when_the_certificate_is_wrong),
		TEST(http__sends_nothing__when_the_certificate_is_not_valid_yet_f32),
		TEST(http__sends_nothing__when_the_authority_is_unknown),
		TEST(http__sends_nothing__when_the_server_speaks_old_tls_only),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
