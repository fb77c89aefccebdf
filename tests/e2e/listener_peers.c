/* The listener's real peers, configured as the README says: Prometheus Alertmanager as a
 * sender, nginx before it. What is not installed is not tested, and says so. */
#include <stdio.h>

#include "core/base/clock.h"
#include "tests/support/certificates.h"
#include "tests/support/check.h"
#include "tests/support/cli.h"
#include "tests/support/scene.h"

#define ALERTMANAGER "/usr/bin/prometheus-alertmanager"
#define NGINX "/usr/sbin/nginx"
#define CURL_TOOL "/usr/bin/curl"

/* ---- Alertmanager ---- */

static struct hub start_alertmanager(struct scene *s)
{
	struct hub peer = { 0 };
	DEFER(buf_done) struct buf config = BUF_INIT(SCENE_FILE_MAX);
	char path[256], file[300], storage[300], listen[64];
	int port = scene_free_port();
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	scene_write(s, "token", s->token);
	(void)snprintf(path, sizeof(path), "%s/token", s->sandbox.folder);
	readme_block("alertmanager", &config);
	readme_replace(&config, "127.0.0.1:8080", s->address);
	readme_replace(&config, "/etc/prometheus/hublink.token", path);
	readme_replace(&config, "group_interval: 10s", "group_interval: 1s");
	scene_write(s, "alertmanager.yml", buf_text(&config));
	(void)snprintf(file, sizeof(file), "--config.file=%s/alertmanager.yml",
		       s->sandbox.folder);
	(void)snprintf(storage, sizeof(storage), "--storage.path=%s/alerts",
		       s->sandbox.folder);
	(void)snprintf(listen, sizeof(listen), "--web.listen-address=127.0.0.1:%d", port);
	s->peer = scene_start(s,
			      (const char *const[]){ ALERTMANAGER, file, storage, listen,
						     "--cluster.listen-address=", NULL },
			      "alertmanager.log");
	(void)snprintf(peer.address, sizeof(peer.address), "http://127.0.0.1:%d", port);
	while (hub_status(&peer, "/-/ready", NULL, NULL) != 200)
		if (clock_boot_ms() > until_ms)
			fail_msg("Alertmanager does not start");
	return peer;
}

static void tell(const struct hub *peer, const char *name, const char *ends_at)
{
	char body[512];
	(void)snprintf(body, sizeof(body),
		       "[{\"labels\":{\"alertname\":\"%s\",\"monitor\":\"Shop\"},"
		       "\"annotations\":{\"summary\":\"It \\\"is\\\" down\"},"
		       "\"startsAt\":\"2026-01-01T00:00:00Z\"%s%s%s}]",
		       name, ends_at ? ",\"endsAt\":\"" : "", ends_at ? ends_at : "",
		       ends_at ? "\"" : "");
	assert_int_equal(hub_status(peer, "/api/v2/alerts", body, NULL), 200);
}

static void alertmanager__opens_an_incident__and_its_resolve_recovers_it(void **state)
{
	scene_skip_without(ALERTMANAGER, "prometheus-alertmanager");
	struct scene *s = *state;
	char now[TIME_TEXT_SIZE];
	struct hub peer = start_alertmanager(s);
	tell(&peer, "Slow", NULL);
	tell(&peer, "Down", NULL);
	scene_wait_for_page(s, "disruption");
	scene_wait_for_count(s, "SELECT count(*) FROM firing", 2);
	time_format_utc(now, clock_now_ms(&(struct clock){ 0 }));
	tell(&peer, "Slow", now);
	scene_wait_for_count(s, "SELECT count(*) FROM firing", 1);
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event WHERE state = 1"), 0);
	time_format_utc(now, clock_now_ms(&(struct clock){ 0 }));
	tell(&peer, "Down", now);
	scene_wait_for_page(s, "operational");
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event WHERE state = 0"), 2);
	assert_int_equal(scene_count(s, "SELECT count(*) FROM event WHERE state = 1"), 1);
	assert_int_equal(scene_count(s, "SELECT count(*) FROM incident"), 1);
	assert_int_equal(scene_count(s, "SELECT count(*) FROM firing"), 0);
}

/* ---- nginx ---- */

static void start_nginx(struct scene *s, int port)
{
	DEFER(buf_done) struct buf config = BUF_INIT(SCENE_FILE_MAX);
	char listen[64], file[300];
	const char *folder = s->sandbox.folder;
	buf_adds(&config, "daemon off; pid nginx.pid; error_log stderr; events {}\n"
			  "http { access_log off; client_body_temp_path body; "
			  "proxy_temp_path proxy; fastcgi_temp_path fastcgi; "
			  "uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n");
	readme_block("nginx", &config);
	buf_adds(&config, "}\n");
	(void)snprintf(listen, sizeof(listen), "127.0.0.1:%d ssl", port);
	readme_replace(&config, "443 ssl", listen);
	readme_replace(&config, "127.0.0.1:8080", s->address);
	(void)snprintf(file, sizeof(file), "%s/cert.pem", folder);
	readme_replace(&config, "/etc/ssl/certs/events.example.pem", file);
	(void)snprintf(file, sizeof(file), "%s/key.pem", folder);
	readme_replace(&config, "/etc/ssl/private/events.example.key", file);
	scene_write(s, "cert.pem", certificate_good);
	scene_write(s, "key.pem", certificate_key);
	scene_write(s, "ca.pem", certificate_authority);
	scene_write(s, "nginx.conf", buf_text(&config));
	(void)snprintf(file, sizeof(file), "%s/", folder);
	s->peer = scene_start(s,
			      (const char *const[]){ NGINX, "-p", file, "-c",
						     "nginx.conf", "-e", "stderr", NULL },
			      "nginx.log");
}

static int post_by_nginx(struct scene *s, int port, const char *path, struct ran *ran)
{
	char url[100], header[200], ca[300];
	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%d%s", port, path);
	(void)snprintf(header, sizeof(header), "Authorization: Bearer %s", s->token);
	(void)snprintf(ca, sizeof(ca), "%s/ca.pem", s->sandbox.folder);
	run_program(ran,
		    (const char *const[]){
			    CURL_TOOL, "-sS", "--noproxy", "*", "-m", "20", "--cacert",
			    ca, "-H", header, "-w", "%{http_code}", "--json",
			    "{\"monitor\":\"Shop\",\"state\":\"error\"}", url, NULL },
		    NULL, NULL);
	return ran->exit_code;
}

static void nginx__passes_events_on__as_the_readme_configures_it(void **state)
{
	scene_skip_without(NGINX, "nginx-light");
	scene_skip_without(CURL_TOOL, "curl");
	struct scene *s = *state;
	DEFER(ran_done) struct ran ran = { 0 };
	int port = scene_free_port();
	int64_t until_ms = clock_boot_ms() + SCENE_WAIT_MS;
	start_nginx(s, port);
	while (post_by_nginx(s, port, "/v1/events", &ran) != 0)
		if (clock_boot_ms() > until_ms)
			fail_msg("nginx does not start: %s", buf_text(&ran.err));
	assert_string_equal(buf_text(&ran.out), "{\"accepted\":1,\"unmatched\":0}202");
	scene_wait_for_page(s, "disruption");
	assert_int_equal(post_by_nginx(s, port, "/metrics", &ran), 0);
	assert_holds(buf_text(&ran.out), "404");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE_TEST(alertmanager__opens_an_incident__and_its_resolve_recovers_it),
		SCENE_TEST(nginx__passes_events_on__as_the_readme_configures_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
