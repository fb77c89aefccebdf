/* Checks over TLS: certificates are verified, their expiry is read, https stays https. */
#include "core/engine/prober.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <microhttpd.h>

#include "core/base/text.h"
#include "core/engine/probe_call.h"
#include "tests/support/certificates.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/place.h"
#include "tests/support/probing.h"

static enum MHD_Result answer_all(void *arg, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *bytes,
				  size_t *byte_count, void **known)
{
	(void)arg, (void)method, (void)version, (void)bytes, (void)byte_count,
		(void)known;
	bool leads = strcmp(url, "/down") == 0;
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	if (leads)
		MHD_add_response_header(response, "Location", "http://127.0.0.1:1/");
	enum MHD_Result queued =
		MHD_queue_response(connection, leads ? 302 : 200, response);
	MHD_destroy_response(response);
	return queued;
}

static struct MHD_Daemon *serve(struct probing *rig, const char *certificate,
				const char *path)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct MHD_Daemon *daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL, answer_all,
		NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_HTTPS_MEM_KEY,
		certificate_key, MHD_OPTION_HTTPS_MEM_CERT, certificate, MHD_OPTION_END);
	assert_non_null(daemon);
	(void)snprintf(
		rig->monitor.check_target, URL_SIZE, "https://127.0.0.1:%u%s",
		(unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port,
		path);
	rig->monitor.check_type = CHECK_HTTPS;
	return daemon;
}

static int open_tls(void **state)
{
	probing_open(state);
	struct probing *rig = *state;
	assert_true(
		text_copy(rig->ca_file, sizeof(rig->ca_file), "/tmp/hublink-ca-XXXXXX"));
	int fd = mkstemp(rig->ca_file);
	ssize_t bytes = (ssize_t)strlen(certificate_authority);
	assert_int_equal(write(fd, certificate_authority, (size_t)bytes), bytes);
	close(fd);
	return 0;
}

static void prober__verifies_the_certificate__and_tells_how_long_tls_took(void **state)
{
	struct probing *rig = *state;
	struct MHD_Daemon *daemon = serve(rig, certificate_good, "/");
	assert_true(probing_expect(rig, NULL, NULL).tls_us > 0);
	MHD_stop_daemon(daemon);
	daemon = serve(rig, certificate_expired, "/");
	assert_holds(probing_check(rig).message, "certificate has expired");
	MHD_stop_daemon(daemon);
	daemon = serve(rig, certificate_elsewhere, "/");
	assert_int_equal(probing_check(rig).verdict, CHECK_FAILED);
	MHD_stop_daemon(daemon);
	daemon = serve(rig, certificate_self_signed, "/");
	assert_int_equal(probing_check(rig).verdict, CHECK_FAILED);
	MHD_stop_daemon(daemon);
}

/* The facts of one check, as the server's certificate makes them. */
static int64_t expiry_seen(const struct probing *rig)
{
	struct err err = { 0 };
	struct probe_call *call = probe_call_new();
	place_must(probe_call_begin(call, &rig->monitor, rig->ca_file, &err), &err);
	assert_int_equal(curl_easy_perform(call->job.easy), CURLE_OK);
	assert_false(probe_call_goes_on(call, CURLE_OK, rig->ca_file));
	int64_t expires_ms = call->facts.expires_ms;
	probe_call_free(call);
	return expires_ms;
}

static void prober__reads_when_the_certificate_expires__if_it_is_asked(void **state)
{
	struct probing *rig = *state;
	struct MHD_Daemon *daemon = serve(rig, certificate_good, "/");
	assert_int_equal(expiry_seen(rig), 0);
	rig->monitor.check_certificate_days = 1;
	assert_true(expiry_seen(rig) > INT64_C(1790000000000));
	MHD_stop_daemon(daemon);
}

static void prober__stays_on_https__with_a_check_of_that_type(void **state)
{
	struct probing *rig = *state;
	struct MHD_Daemon *daemon = serve(rig, certificate_good, "/down");
	probing_expect(
		rig, NULL,
		"redirected to 'http://127.0.0.1:1/', which a check of type https never "
		"follows");
	MHD_stop_daemon(daemon);
}

/* Whoever listens there says nothing: the connection is made, TLS is not. */
static void prober__says_that_there_is_no_connection__while_tls_hangs(void **state)
{
	struct probing *rig = *state;
	receiver_rule(rig->receiver, (struct receiver_rule){ .end = RECEIVER_HANGS });
	rig->monitor.check_type = CHECK_HTTPS;
	rig->monitor.check_timeout_ms = 1000;
	(void)snprintf(rig->monitor.check_target, URL_SIZE, "https://127.0.0.1:%d/",
		       receiver_port(rig->receiver));
	assert_string_equal(probing_check(rig).message, "no connection within 1s");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_tls, probing_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(prober__verifies_the_certificate__and_tells_how_long_tls_took),
		TEST(prober__reads_when_the_certificate_expires__if_it_is_asked),
		TEST(prober__stays_on_https__with_a_check_of_that_type),
		TEST(prober__says_that_there_is_no_connection__while_tls_hangs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
