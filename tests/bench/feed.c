/* The feeder of the benches: tells hublink or Alertmanager, over HTTP and one connection that is
 * kept, of errors of "Monitor 00001" and so on, or of their end.
 *
 *     feed hublink|alertmanager URL COUNT [first=N] [batch=N] [pause=MS] [ok] [insist]
 *     feed ready URL
 *     feed port
 *
 * hublink's token is in $BENCH_TOKEN. One at a time it prints "NUMBER NS" for each that was
 * acknowledged: NS, nanoseconds since 1970, is from before the post. insist: what was not
 * acknowledged is posted again until it is. `ready` waits for the URL to answer 200 and prints
 * "ready NS"; `port` prints a free port. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"

enum { BODY_BYTES_MAX = 8 << 20, READY_TRIES = 20000, SHORT_US = 500 };

struct feed {
	CURL *easy;
	bool is_hublink, is_ok, insists;
	int64_t count, first, batch, pause_ms;
};

static int64_t now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void wait_us(int64_t us)
{
	const struct timespec pause = { us / 1000000, us % 1000000 * 1000 };

	(void)nanosleep(&pause, NULL);
}

static size_t ignore(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * count;
}

static void add_event(const struct feed *feed, struct buf *body, int64_t number)
{
	if (feed->is_hublink)
		buf_addf(body,
			 "{\"monitor\":\"Monitor %05lld\",\"state\":\"%s\",\"id\":\"%s\","
			 "\"message\":\"timeout after 10000 ms\"}",
			 (long long)number, feed->is_ok ? "ok" : "error",
			 feed->is_ok ? "bench-ok" : "bench-error");
	else
		buf_addf(body,
			 "{\"labels\":{\"alertname\":\"Down\",\"monitor\":\"Monitor "
			 "%05lld\"},\"annotations\":{\"message\":\"timeout after 10000 "
			 "ms\"}%s}",
			 (long long)number,
			 feed->is_ok ? ",\"endsAt\":\"2020-01-01T00:00:00Z\"" : "");
}

static bool post(const struct feed *feed, int64_t first, int64_t count)
{
	DEFER(buf_done) struct buf body = BUF_INIT(BODY_BYTES_MAX);
	long status = 0;

	buf_addc(&body, '[');
	for (int64_t i = 0; i < count; i++) {
		buf_adds(&body, i > 0 ? "," : "");
		add_event(feed, &body, first + i);
	}
	buf_addc(&body, ']');
	(void)curl_easy_setopt(feed->easy, CURLOPT_POSTFIELDSIZE, (long)body.len);
	(void)curl_easy_setopt(feed->easy, CURLOPT_POSTFIELDS, buf_text(&body));
	if (curl_easy_perform(feed->easy) != CURLE_OK)
		return false;
	(void)curl_easy_getinfo(feed->easy, CURLINFO_RESPONSE_CODE, &status);
	return status / 100 == 2;
}

static void prepare(struct feed *feed, const char *url)
{
	const char *token = getenv("BENCH_TOKEN");
	char line[256];
	struct curl_slist *headers = NULL;

	headers = curl_slist_append(headers, "Content-Type: application/json");
	headers = curl_slist_append(headers, "Expect:");
	(void)snprintf(line, sizeof(line), "Authorization: Bearer %s",
		       token ? token : "");
	if (feed->is_hublink)
		headers = curl_slist_append(headers, line);
	feed->easy = curl_easy_init();
	(void)curl_easy_setopt(feed->easy, CURLOPT_URL, url);
	(void)curl_easy_setopt(feed->easy, CURLOPT_HTTPHEADER, headers);
	(void)curl_easy_setopt(feed->easy, CURLOPT_WRITEFUNCTION, ignore);
	(void)curl_easy_setopt(feed->easy, CURLOPT_TIMEOUT_MS, 60000L);
}

static int run(const struct feed *feed)
{
	for (int64_t done = 0; done < feed->count; done += feed->batch) {
		const int64_t left = feed->count - done;
		const int64_t count = left < feed->batch ? left : feed->batch;
		const int64_t at_ns = now_ns();
		while (!post(feed, feed->first + done, count)) {
			if (!feed->insists)
				return 1;
			wait_us(SHORT_US);
		}
		if (feed->batch == 1) {
			printf("%05lld %lld\n", (long long)(feed->first + done),
			       (long long)at_ns);
			(void)fflush(stdout);
		}
		if (feed->pause_ms > 0)
			wait_us(feed->pause_ms * 1000);
	}
	return 0;
}

static int wait_until_ready(const char *url)
{
	CURL *easy = curl_easy_init();
	long status = 0;

	(void)curl_easy_setopt(easy, CURLOPT_URL, url);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
	for (int i = 0; i < READY_TRIES; i++) {
		if (curl_easy_perform(easy) == CURLE_OK) {
			(void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
			if (status == 200) {
				printf("ready %lld\n", (long long)now_ns());
				return 0;
			}
		}
		wait_us(SHORT_US);
	}
	return 1;
}

static int print_free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		return 1;
	printf("%d\n", ntohs(address.sin_port));
	return close(fd);
}

static bool read_option(struct feed *feed, const char *word)
{
	const struct {
		const char *name;
		int64_t *number;
	} numbers[] = { { "first=", &feed->first },
			{ "batch=", &feed->batch },
			{ "pause=", &feed->pause_ms } };
	const struct {
		const char *name;
		bool *flag;
	} flags[] = { { "ok", &feed->is_ok }, { "insist", &feed->insists } };

	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		const size_t length = strlen(numbers[i].name);
		if (strncmp(word, numbers[i].name, length) == 0)
			return text_integer(word + length, numbers[i].number);
	}
	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if (text_equal(word, flags[i].name))
			return *flags[i].flag = true;
	return false;
}

static bool read_arguments(struct feed *feed, int argc, char **argv)
{
	if (argc < 4 || !text_integer(argv[3], &feed->count))
		return false;
	feed->is_hublink = text_equal(argv[1], "hublink");
	for (int i = 4; i < argc; i++)
		if (!read_option(feed, argv[i]))
			return false;
	return feed->batch > 0;
}

int main(int argc, char **argv)
{
	struct feed feed = { .first = 1, .batch = 1 };

	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	if (argc == 2 && text_equal(argv[1], "port"))
		return print_free_port();
	if (argc == 3 && text_equal(argv[1], "ready"))
		return wait_until_ready(argv[2]);
	if (!read_arguments(&feed, argc, argv)) {
		(void)fprintf(stderr,
			      "usage: feed hublink|alertmanager URL COUNT [first=N] "
			      "[batch=N] [pause=MS] [ok] [insist]\n"
			      "       feed ready URL\n       feed port\n");
		return 2;
	}
	prepare(&feed, argv[2]);
	return run(&feed);
}
