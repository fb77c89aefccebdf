/* The receiver of the benches: one thread, one epoll, HTTP/1.1 keep-alive, every request
 * answered 200 after the same time.
 *
 *     sink LATENCY_MS EXPECT [each] [fail=PERCENT] [hang=NUMBER] [port=N]
 *
 * Prints "port N"; with `each`, "at NS NAME" for every request that it took; when EXPECT
 * updates with different names have come, "first NS last NS requests N", nanoseconds since
 * 1970. Then it goes on until it is killed. An update's name is the number of its "Monitor
 * NNNNN" and "-" or, for a recovery, "+": whoever sends it, hublink or Alertmanager. fail:
 * so many of the answers are 500, and what they answer counts as not taken. hang: updates of
 * this monitor get no answer. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/hash.h"
#include "core/base/text.h"

enum { READ_MAX = 65536, CONNECTIONS_MAX = 16384, KEYS = 1 << 20, BATCH = 1024 };

enum { NUMBER_DIGITS = 5, NAME_BYTES = NUMBER_DIGITS + 1 };

static const char taken[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
			    "Content-Length: 11\r\n\r\n{\"ok\":true}";
static const char refused[] = "HTTP/1.1 500 Internal Server Error\r\n"
			      "Content-Type: application/json\r\n"
			      "Content-Length: 12\r\n\r\n{\"ok\":false}";

struct connection {
	size_t filled;
	char bytes[8192];
};

/* Answers wait in order of arrival: all wait equally long. */
struct waiting {
	int fd;
	const char *answer;
	int64_t at_ns;
};

struct sink {
	int epoll_fd, listen_fd;
	int64_t latency_ns;
	long expected, distinct, requests;
	bool each;
	int64_t fail_percent;
	const char *hang; /* NULL: nobody */
	uint32_t dice;
	int64_t first_ns, last_ns;
	struct connection *connections[CONNECTIONS_MAX];
	uint64_t *keys; /* open addressing; 0 is empty */
	struct waiting *queue;
	size_t head, count, capacity;
};

static int64_t now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_new_key(struct sink *sink, const char *key, size_t bytes)
{
	const uint64_t hash = hash_bytes(HASH_BEGIN, key, bytes) | 1;

	for (uint64_t i = hash % KEYS;; i = (i + 1) % KEYS) {
		if (sink->keys[i] == hash)
			return false;
		if (sink->keys[i] == 0) {
			sink->keys[i] = hash;
			return true;
		}
	}
}

/* ret: "00001-"; empty if the request tells of no monitor. */
static void read_name(const char *request, char ret[NAME_BYTES + 1])
{
	const char *monitor = strstr(request, "Monitor ");

	ret[0] = '\0';
	if (monitor == NULL || strlen(monitor) < 8 + NUMBER_DIGITS)
		return;
	const bool is_recovery = strstr(request, "\"state\":\"monitoring\"") != NULL ||
				 strstr(request, "\"status\":\"resolved\"") != NULL;
	(void)snprintf(ret, NAME_BYTES + 1, "%.*s%c", NUMBER_DIGITS, monitor + 8,
		       is_recovery ? '+' : '-');
}

static void count_request(struct sink *sink, const char *name)
{
	sink->requests++;
	if (sink->each) {
		printf("at %lld %s\n", (long long)now_ns(), name);
		(void)fflush(stdout);
	}
	if (sink->first_ns == 0)
		sink->first_ns = now_ns();
	if (name[0] != '\0' && !is_new_key(sink, name, strlen(name)))
		return;
	if (++sink->distinct != sink->expected)
		return;
	sink->last_ns = now_ns();
	printf("first %lld last %lld requests %ld\n", (long long)sink->first_ns,
	       (long long)sink->last_ns, sink->requests);
	(void)fflush(stdout);
}

static void send_answer(int fd, const char *answer)
{
	ssize_t ignored = send(fd, answer, strlen(answer), MSG_NOSIGNAL);
	(void)ignored;
}

static void answer_later(struct sink *sink, int fd, const char *answer)
{
	if (sink->latency_ns == 0) {
		send_answer(fd, answer);
		return;
	}
	if (sink->head > 0 && sink->head == sink->count)
		sink->head = sink->count = 0;
	VEC_PUSH(sink->queue, sink->count, sink->capacity) =
		(struct waiting){ fd, answer, now_ns() + sink->latency_ns };
}

/* Answers whose time has come; returns ms until the next one, -1 if none waits. */
static int answer_due(struct sink *sink)
{
	while (sink->head < sink->count) {
		int64_t left = sink->queue[sink->head].at_ns - now_ns();
		if (left > 0)
			return (int)(left / 1000000) + 1;
		send_answer(sink->queue[sink->head].fd, sink->queue[sink->head].answer);
		sink->head++;
	}
	return -1;
}

/* The same throws in every run. */
static bool is_to_fail(struct sink *sink)
{
	sink->dice = sink->dice * 1664525u + 1013904223u;
	return (sink->dice >> 16) % 100 < sink->fail_percent;
}

static void take_request(struct sink *sink, int fd, const char *request)
{
	char name[NAME_BYTES + 1];

	read_name(request, name);
	if (sink->hang != NULL && strncmp(name, sink->hang, NUMBER_DIGITS) == 0)
		return;
	if (is_to_fail(sink)) {
		answer_later(sink, fd, refused);
		return;
	}
	count_request(sink, name);
	answer_later(sink, fd, taken);
}

/* Takes whole requests off the front of what was read. */
static void take_requests(struct sink *sink, int fd, struct connection *c)
{
	for (;;) {
		c->bytes[c->filled] = '\0';
		char *end = strstr(c->bytes, "\r\n\r\n");
		const char *length = strcasestr(c->bytes, "\r\nContent-Length: ");
		if (end == NULL || length == NULL)
			return;
		size_t whole =
			(size_t)(end - c->bytes) + 4 + strtoul(length + 18, NULL, 10);
		if (c->filled < whole)
			return;
		const char next = c->bytes[whole];
		c->bytes[whole] = '\0';
		take_request(sink, fd, c->bytes);
		c->bytes[whole] = next;
		memmove(c->bytes, c->bytes + whole, c->filled - whole);
		c->filled -= whole;
	}
}

static void hang_up(struct sink *sink, int fd)
{
	free(sink->connections[fd]);
	sink->connections[fd] = NULL;
	(void)close(fd);
}

static void read_from(struct sink *sink, int fd)
{
	struct connection *c = sink->connections[fd];
	ssize_t count =
		recv(fd, c->bytes + c->filled, sizeof(c->bytes) - 1 - c->filled, 0);

	if (count <= 0) {
		if (count == 0 || (errno != EAGAIN && errno != EINTR))
			hang_up(sink, fd);
		return;
	}
	c->filled += (size_t)count;
	take_requests(sink, fd, c);
}

static void accept_all(struct sink *sink)
{
	int one = 1;

	for (;;) {
		int fd = accept4(sink->listen_fd, NULL, NULL,
				 SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0)
			return;
		if (fd >= CONNECTIONS_MAX) {
			(void)close(fd);
			continue;
		}
		struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
		(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		sink->connections[fd] = mem_new(1, sizeof(struct connection));
		(void)epoll_ctl(sink->epoll_fd, EPOLL_CTL_ADD, fd, &event);
	}
}

static bool start(struct sink *sink, int64_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons((uint16_t)port),
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int one = 1;
	struct rlimit files = { CONNECTIONS_MAX, CONNECTIONS_MAX };
	socklen_t size = sizeof(address);

	(void)setrlimit(RLIMIT_NOFILE, &files);
	sink->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	sink->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	(void)setsockopt(sink->listen_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(sink->listen_fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(sink->listen_fd, 4096) != 0 ||
	    getsockname(sink->listen_fd, (struct sockaddr *)&address, &size) != 0)
		return false;
	struct epoll_event event = { .events = EPOLLIN, .data.fd = sink->listen_fd };
	(void)epoll_ctl(sink->epoll_fd, EPOLL_CTL_ADD, sink->listen_fd, &event);
	printf("port %d\n", ntohs(address.sin_port));
	return fflush(stdout) == 0;
}

/* One of "each", "fail=20" …; false: it is none. */
static bool read_option(struct sink *sink, const char *word, int64_t *ret_port)
{
	if (text_equal(word, "each")) {
		sink->each = true;
		return true;
	}
	if (strncmp(word, "hang=", 5) == 0) {
		sink->hang = word + 5;
		return strlen(sink->hang) == NUMBER_DIGITS;
	}
	if (strncmp(word, "fail=", 5) == 0)
		return text_integer(word + 5, &sink->fail_percent);
	return strncmp(word, "port=", 5) == 0 && text_integer(word + 5, ret_port);
}

static bool read_arguments(struct sink *sink, int argc, char **argv, int64_t *ret_port)
{
	int64_t latency_ms = 0;
	int64_t expected = 0;

	if (argc < 3 || !text_integer(argv[1], &latency_ms) || latency_ms < 0 ||
	    latency_ms > 60000 || !text_integer(argv[2], &expected) || expected < 1 ||
	    expected > KEYS / 2)
		return false;
	sink->latency_ns = latency_ms * 1000000;
	sink->expected = (long)expected;
	for (int i = 3; i < argc; i++)
		if (!read_option(sink, argv[i], ret_port))
			return false;
	return true;
}

int main(int argc, char **argv)
{
	static struct sink sink;
	int64_t port = 0;

	if (!read_arguments(&sink, argc, argv, &port)) {
		(void)fprintf(stderr,
			      "usage: sink LATENCY_MS EXPECT [each] [fail=PERCENT]"
			      " [hang=NUMBER] [port=N]\n");
		return 2;
	}
	sink.keys = mem_new(KEYS, sizeof(*sink.keys));
	if (!start(&sink, port))
		return 1;
	for (;;) {
		struct epoll_event events[BATCH];
		int count = epoll_wait(sink.epoll_fd, events, BATCH, answer_due(&sink));
		for (int i = 0; i < count; i++) {
			if (events[i].data.fd == sink.listen_fd)
				accept_all(&sink);
			else
				read_from(&sink, events[i].data.fd);
		}
	}
}
