#include "tests/support/tls_front.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "tests/support/certificates.h"
#include "tests/support/check.h"

enum { BODY_MAX = 1 << 16 };

struct tls_front {
	struct MHD_Daemon *daemon;
	struct receiver *behind;
	char authority[64];
	atomic_int connections;
};

static size_t forget(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes, (void)arg;
	return size * count;
}

static enum MHD_Result copy_header(void *arg, enum MHD_ValueKind kind, const char *name,
				   const char *value)
{
	static const char *const ours[] = { "Idempotency-Key", "Webhook-Id",
					    "Content-Type" };
	struct curl_slist **headers = arg;
	char line[256];
	(void)kind;
	for (size_t i = 0; i < COUNT_OF(ours); i++) {
		if (strcasecmp(name, ours[i]) != 0)
			continue;
		(void)snprintf(line, sizeof(line), "%s: %s", name, value);
		*headers = curl_slist_append(*headers, line);
	}
	return MHD_YES;
}

/* The status that it was answered with; 0: none. */
static long pass_on(struct tls_front *front, struct MHD_Connection *connection,
		    const char *path, const char *body)
{
	long status = 0;
	char url[256];
	struct curl_slist *headers = NULL;
	CURL *curl = curl_easy_init();
	MHD_get_connection_values(connection, MHD_HEADER_KIND, copy_header, &headers);
	curl_easy_setopt(curl, CURLOPT_URL,
			 receiver_url(front->behind, path, url, sizeof(url)));
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, forget);
	if (curl_easy_perform(curl) == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return status;
}

static enum MHD_Result take(void *arg, struct MHD_Connection *connection,
			    const char *path, const char *method, const char *version,
			    const char *bytes, size_t *byte_count, void **memory)
{
	struct buf *body = *memory;
	(void)method, (void)version;
	if (!body) {
		body = *memory = mem_new(1, sizeof(*body));
		*body = BUF_INIT(BODY_MAX);
		return MHD_YES;
	}
	if (*byte_count > 0) {
		buf_add(body, bytes, *byte_count);
		*byte_count = 0;
		return MHD_YES;
	}
	long status = pass_on(arg, connection, path, buf_text(body));
	if (status == 0)
		return MHD_NO;
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result queued =
		MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return queued;
}

static void drop_body(void *arg, struct MHD_Connection *connection, void **memory,
		      enum MHD_RequestTerminationCode code)
{
	struct buf *body = *memory;
	(void)arg, (void)connection, (void)code;
	if (body)
		buf_done(body);
	free(body);
}

static void count(void *arg, struct MHD_Connection *connection, void **memory,
		  enum MHD_ConnectionNotificationCode code)
{
	struct tls_front *front = arg;
	(void)connection, (void)memory;
	front->connections += code == MHD_CONNECTION_NOTIFY_STARTED ? 1 : -1;
}

static void write_authority(struct tls_front *front)
{
	const size_t bytes = strlen(certificate_authority);
	(void)snprintf(front->authority, sizeof(front->authority),
		       "/tmp/hublink-ca-XXXXXX");
	int fd = mkstemp(front->authority);
	assert_int_equal(write(fd, certificate_authority, bytes), bytes);
	close(fd);
}

struct tls_front *tls_front_new(struct receiver *behind)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct tls_front *front = mem_new(1, sizeof(*front));
	front->behind = behind;
	write_authority(front);
	front->daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
			MHD_USE_TLS,
		0, NULL, NULL, take, front, MHD_OPTION_SOCK_ADDR, &address,
		MHD_OPTION_HTTPS_MEM_KEY, certificate_key, MHD_OPTION_HTTPS_MEM_CERT,
		certificate_good, MHD_OPTION_NOTIFY_COMPLETED, drop_body, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, count, front, MHD_OPTION_END);
	assert_non_null(front->daemon);
	return front;
}

void tls_front_free(struct tls_front *front)
{
	MHD_stop_daemon(front->daemon);
	unlink(front->authority);
	free(front);
}

int tls_front_port(const struct tls_front *front)
{
	return MHD_get_daemon_info(front->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

const char *tls_front_authority(const struct tls_front *front)
{
	return front->authority;
}

void tls_front_wait_quiet(struct tls_front *front)
{
	while (front->connections > 0)
		(void)poll(NULL, 0, 1);
}
