/* Over TLS with HTTP/2 many requests share a connection; a host that does not answer is asked over
 * HTTP/1.1 after that, for all on one connection hang with it. The server is nginx; without it
 * this is not tested, and says so. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/engine/http.h"
#include "tests/support/certificates.h"
#include "tests/support/check.h"
#include "tests/support/place.h"
#include "tests/support/scene.h"

#define NGINX "/usr/sbin/nginx"

/* Few where each needs a handshake of its own: a busy machine takes long over many. */
enum { MANY = 40, FEW = 8 };

struct rig {
	struct scene scene; /* its folder and its peer, no more */
	int shared_port, plain_port;
	struct transport *http;
	char ca_file[300];
	int answered, refused;
};

static void keep(void *arg, int64_t id, const struct outcome *outcome)
{
	struct rig *rig = arg;
	(void)id;
	rig->answered += outcome->http_status == 200;
	rig->refused += outcome->http_status == 0;
}

static void start_nginx(struct rig *rig)
{
	DEFER(buf_done) struct buf config = BUF_INIT(SCENE_FILE_MAX);
	char folder[100];
	rig->shared_port = scene_free_port();
	rig->plain_port = scene_free_port();
	buf_addf(&config,
		 "daemon off; pid nginx.pid; error_log stderr; events {}\n"
		 "http { log_format short '$server_protocol $connection $status';\n"
		 "access_log access.log short; client_body_temp_path body;\n"
		 "proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
		 "uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
		 "ssl_certificate cert.pem; ssl_certificate_key key.pem;\n"
		 "server { listen 127.0.0.1:%d ssl http2;\n"
		 "location /hook { return 200; } location /mute { return 444; } }\n"
		 "server { listen 127.0.0.1:%d ssl; location / { return 200; } } }\n",
		 rig->shared_port, rig->plain_port);
	scene_write(&rig->scene, "cert.pem", certificate_good);
	scene_write(&rig->scene, "key.pem", certificate_key);
	scene_write(&rig->scene, "ca.pem", certificate_authority);
	scene_write(&rig->scene, "nginx.conf", buf_text(&config));
	(void)snprintf(folder, sizeof(folder), "%s/", rig->scene.sandbox.folder);
	rig->scene.peer =
		scene_start(&rig->scene,
			    (const char *const[]){ NGINX, "-p", folder, "-c",
						   "nginx.conf", "-e", "stderr", NULL },
			    "nginx.log");
}

static void wait_for_nginx(const struct rig *rig)
{
	const int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	const struct http_options options = { .ca_file = rig->ca_file };
	char url[64];
	struct err err = { 0 };
	int64_t took_ms;
	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%d/hook", rig->shared_port);
	while (!http_connect_only(&options, url, &took_ms, &err)) {
		if (clock_boot_ms() > until_ms)
			fail_msg("nginx does not start: %s", err.text);
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
	}
}

static int open_rig(void **state)
{
	static struct rig rig;
	struct err err = { 0 };
	rig = (struct rig){ 0 };
	sandbox_open(&rig.scene.sandbox);
	(void)snprintf(rig.ca_file, sizeof(rig.ca_file), "%s/ca.pem",
		       rig.scene.sandbox.folder);
	rig.http = http_new(
		&(struct http_options){ .max_in_flight = MANY, .ca_file = rig.ca_file },
		&err);
	assert_non_null(rig.http);
	rig.http->done = keep;
	rig.http->done_arg = &rig;
	*state = &rig;
	return 0;
}

static int close_rig(void **state)
{
	struct rig *rig = *state;
	rig->http->ops->free(rig->http);
	if (rig->scene.peer != 0)
		(void)scene_end(&rig->scene.peer, SIGTERM);
	sandbox_close(&rig->scene.sandbox);
	return 0;
}

/* Sends so many at once, and waits for what becomes of them. */
static void send_all(struct rig *rig, int count, int port, const char *path)
{
	struct err err = { 0 };
	char url[100];
	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%d%s", port, path);
	rig->answered = rig->refused = 0;
	for (int i = 0; i < count; i++) {
		const struct request request = {
			.id = i, .url = url, .key = "k", .body = "{}"
		};
		assert_true(rig->http->ops->send(rig->http, &request, &err));
	}
	while (rig->answered + rig->refused < count) {
		struct pollfd ready = { .fd = rig->http->ops->fd(rig->http),
					.events = POLLIN };
		(void)poll(&ready, 1, rig->http->ops->timeout_ms(rig->http));
		assert_true(rig->http->ops->perform(rig->http, &err));
	}
}

/* nginx writes of a request when it is over for it, too: so many lines are waited for. */
static void read_log(const struct rig *rig, int lines, struct buf *ret)
{
	const int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	char path[200];
	(void)snprintf(path, sizeof(path), "%s/access.log", rig->scene.sandbox.folder);
	for (;;) {
		buf_reset(ret);
		place_read(path, ret);
		int found = 0;
		for (const char *c = buf_text(ret); *c != '\0'; c++)
			found += *c == '\n';
		if (found >= lines)
			return;
		if (clock_boot_ms() > until_ms)
			fail_msg("only %d lines: %s", found, buf_text(ret));
		(void)poll(NULL, 0, SCENE_LOOK_EVERY_MS);
	}
}

static void expect_each_line(const char *log, const char *beginning)
{
	for (const char *line = log; *line != '\0'; line = strchr(line, '\n') + 1)
		if (strncmp(line, beginning, strlen(beginning)) != 0)
			fail_msg("not '%s': %s", beginning, line);
}

static void requests__share_a_connection__when_the_server_speaks_http_2(void **state)
{
	scene_skip_without(NGINX, "nginx-light");
	struct rig *rig = *state;
	DEFER(buf_done) struct buf log = BUF_INIT(SCENE_FILE_MAX);
	char first[64];
	start_nginx(rig);
	wait_for_nginx(rig);
	send_all(rig, MANY, rig->shared_port, "/hook");
	assert_int_equal(rig->answered, MANY);
	read_log(rig, MANY, &log);
	const char *end = strstr(buf_text(&log), " 200");
	(void)snprintf(first, sizeof(first), "%.*s", (int)(end - buf_text(&log)),
		       buf_text(&log));
	expect_each_line(buf_text(&log), "HTTP/2.0 ");
	expect_each_line(buf_text(&log), first); /* its connection's number */
}

static void requests__have_a_connection_each__when_it_does_not(void **state)
{
	scene_skip_without(NGINX, "nginx-light");
	struct rig *rig = *state;
	DEFER(buf_done) struct buf log = BUF_INIT(SCENE_FILE_MAX);
	start_nginx(rig);
	wait_for_nginx(rig);
	send_all(rig, FEW, rig->plain_port, "/hook");
	assert_int_equal(rig->answered, FEW);
	read_log(rig, FEW, &log);
	expect_each_line(buf_text(&log), "HTTP/1.1 ");
}

static void requests__have_a_connection_each__after_one_got_no_answer(void **state)
{
	scene_skip_without(NGINX, "nginx-light");
	struct rig *rig = *state;
	DEFER(buf_done) struct buf log = BUF_INIT(SCENE_FILE_MAX);
	start_nginx(rig);
	wait_for_nginx(rig);
	send_all(rig, 1, rig->shared_port, "/mute");
	assert_int_equal(rig->refused, 1);
	send_all(rig, FEW, rig->shared_port, "/hook");
	assert_int_equal(rig->answered, FEW);
	read_log(rig, FEW + 1, &log);
	expect_each_line(strchr(buf_text(&log), '\n') + 1, "HTTP/1.1 ");
}

#define ON_A_RIG(test) cmocka_unit_test_setup_teardown(test, open_rig, close_rig)

int main(void)
{
	struct err err = { 0 };
	if (!http_prepare_process(&err))
		return 1;
	(void)signal(SIGPIPE, SIG_IGN);
	const struct CMUnitTest tests[] = {
		ON_A_RIG(requests__share_a_connection__when_the_server_speaks_http_2),
		ON_A_RIG(requests__have_a_connection_each__when_it_does_not),
		ON_A_RIG(requests__have_a_connection_each__after_one_got_no_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
