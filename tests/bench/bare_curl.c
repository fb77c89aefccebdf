/* The bare libcurl-multi loop that the engine's throughput is compared with: the same
 * requests, nothing remembered.
 *
 *     bare_curl URL COUNT HANDLES
 *
 * Over https it speaks HTTP/2, multiplexed on as few connections as libcurl makes do with, and
 * trusts the authority in the file $BENCH_CA. Prints "seconds S". */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/random.h"
#include "core/base/text.h"

static const char body[] =
	"{\"type\":\"incident\",\"id\":\"0f8fad5b-d9cb-469f-a165-70867728950e\","
	"\"title\":\"Service 00001: Service disruption\","
	"\"description\":\"We are investigating a problem with Service 00001.\","
	"\"start_time\":\"2026-11-23T14:03:51Z\",\"state\":\"investigating\",\"service_"
	"status\":\"down\","
	"\"alert\":{\"type\":\"Alert\",\"guid\":\"7c9e6679-7425-40de-944b-e07fc1f90ae7\","
	"\"definition\":\"Default\","
	"\"level\":1,\"timestamp\":\"2026-11-23T14:03:51Z\"},"
	"\"monitor\":{\"name\":\"Monitor 00001\",\"guid\":null}}";

struct load {
	CURLM *multi;
	const char *url;
	long started, count;
	struct curl_slist *common;
};

struct slot {
	struct curl_slist *headers;
};

static size_t ignore(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * count;
}

static double now_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A request has its own Idempotency-Key and Webhook-Id, as ours have. */
static struct curl_slist *new_headers(void)
{
	char key[UUID_SIZE];
	char line[96];
	struct curl_slist *headers = NULL;

	(void)uuid_new(key);
	headers = curl_slist_append(headers, "Content-Type: application/json");
	headers = curl_slist_append(headers, "User-Agent: bare/1");
	headers = curl_slist_append(headers, "Expect:");
	(void)snprintf(line, sizeof(line), "Idempotency-Key: %s", key);
	headers = curl_slist_append(headers, line);
	(void)snprintf(line, sizeof(line), "Webhook-Id: %s", key);
	return curl_slist_append(headers, line);
}

static void start_next(struct load *load, CURL *easy, struct curl_slist *old)
{
	if (load->started == load->count)
		return;
	load->started++;
	struct curl_slist *headers = new_headers();
	(void)curl_easy_setopt(easy, CURLOPT_URL, load->url);
	(void)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
	(void)curl_easy_setopt(easy, CURLOPT_PRIVATE, headers);
	(void)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
	(void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	if (strncmp(load->url, "https:", 6) == 0) {
		(void)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
				       CURL_HTTP_VERSION_2TLS);
		(void)curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
		(void)curl_easy_setopt(easy, CURLOPT_CAINFO, getenv("BENCH_CA"));
	}
	(void)curl_multi_add_handle(load->multi, easy);
	curl_slist_free_all(old);
}

static long finish_done(struct load *load)
{
	long finished = 0;
	int left = 0;
	CURLMsg *message = NULL;

	while ((message = curl_multi_info_read(load->multi, &left)) != NULL) {
		struct curl_slist *headers = NULL;
		CURL *easy = message->easy_handle;
		if (message->data.result != CURLE_OK)
			(void)fprintf(stderr, "%s\n",
				      curl_easy_strerror(message->data.result));
		(void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&headers);
		(void)curl_multi_remove_handle(load->multi, easy);
		start_next(load, easy, headers);
		finished++;
	}
	return finished;
}

int main(int argc, char **argv)
{
	int64_t count = 0;
	int64_t handles = 0;

	if (argc != 4 || !text_integer(argv[2], &count) || count < 1 ||
	    count > 10000000 || !text_integer(argv[3], &handles) || handles < 1 ||
	    handles > 4096) {
		(void)fprintf(stderr, "usage: bare_curl URL COUNT HANDLES\n");
		return 2;
	}
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	struct load load = { .multi = curl_multi_init(),
			     .url = argv[1],
			     .count = (long)count };
	(void)curl_multi_setopt(load.multi, CURLMOPT_MAXCONNECTS, (long)handles);
	double begin = now_s();
	for (int64_t i = 0; i < handles; i++)
		start_next(&load, curl_easy_init(), NULL);
	long finished = 0;
	int running = 0;
	while (finished < load.count) {
		(void)curl_multi_perform(load.multi, &running);
		long now = finish_done(&load);
		finished += now;
		if (now == 0)
			(void)curl_multi_poll(load.multi, NULL, 0, 1000, NULL);
	}
	printf("seconds %.6f\n", now_s() - begin);
	return 0;
}
