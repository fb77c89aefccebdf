/* The receiver of the benches: one thread, one epoll, HTTP/1.1 keep-alive, every request
 * answered 200 after the same time.
 *
 *     sink LATENCY_MS EXPECT [each]
 *
 * Prints "port N"; with `each`, "at NS" for every request; when EXPECT distinct requests
 * (by Idempotency-Key) have come, "first NS last NS requests N", nanoseconds since 1970.
 * Then it goes on until it is killed. */
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

#include "core/base/buf.h"
#include "core/base/text.h"

enum { READ_MAX = 65536, CONNECTIONS_MAX = 16384, KEYS = 1 << 20, BATCH = 1024 };

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
			     "Content-Length: 11\r\n\r\n{\"ok\":true}";

struct connection {
	size_t filled;
	char bytes[8192];
};

/* Answers wait in order of arrival: all wait equally long. */
struct waiting {
	int fd;
	int64_t at_ns;
};

struct sink {
	int epoll_fd, listen_fd;
	int64_t latency_ns;
	long expected, distinct, requests;
	bool each;
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
	uint64_t hash = 1469598103934665603u;

	for (size_t i = 0; i < bytes; i++)
		hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
	hash |= 1;
	for (uint64_t i = hash % KEYS;; i = (i + 1) % KEYS) {
		if (sink->keys[i] == hash)
			return false;
		if (sink->keys[i] == 0) {
			sink->keys[i] = hash;
			return true;
		}
	}
}

static void count_request(struct sink *sink, const char *head)
{
	const char *key = strcasestr(head, "\r\nIdempotency-Key: ");

	sink->requests++;
	if (sink->each) {
		printf("at %lld\n", (long long)now_ns());
		(void)fflush(stdout);
	}
	if (sink->first_ns == 0)
		sink->first_ns = now_ns();
	if (key != NULL) {
		key += 19;
		if (!is_new_key(sink, key, strcspn(key, "\r")))
			return;
	}
	if (++sink->distinct != sink->expected)
		return;
	sink->last_ns = now_ns();
	printf("first %lld last %lld requests %ld\n", (long long)sink->first_ns,
	       (long long)sink->last_ns, sink->requests);
	(void)fflush(stdout);
}

static void send_answer(int fd)
{
	ssize_t ignored = send(fd, answer, sizeof(answer) - 1, MSG_NOSIGNAL);
	(void)ignored;
}

static void answer_later(struct sink *sink, int fd)
{
	if (sink->latency_ns == 0) {
		send_answer(fd);
		return;
	}
	if (sink->head > 0 && sink->head == sink->count)
		sink->head = sink->count = 0;
	VEC_PUSH(sink->queue, sink->count, sink->capacity) =
		(struct waiting){ fd, now_ns() + sink->latency_ns };
}

/* Answers whose time has come; returns ms until the next one, -1 if none waits. */
static int answer_due(struct sink *sink)
{
	while (sink->head < sink->count) {
		int64_t left = sink->queue[sink->head].at_ns - now_ns();
		if (left > 0)
			return (int)(left / 1000000) + 1;
		send_answer(sink->queue[sink->head++].fd);
	}
	return -1;
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
		count_request(sink, c->bytes);
		memmove(c->bytes, c->bytes + whole, c->filled - whole);
		c->filled -= whole;
		answer_later(sink, fd);
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

static bool start(struct sink *sink)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct rlimit files = { CONNECTIONS_MAX, CONNECTIONS_MAX };
	socklen_t size = sizeof(address);

	(void)setrlimit(RLIMIT_NOFILE, &files);
	sink->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	sink->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (bind(sink->listen_fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(sink->listen_fd, 4096) != 0 ||
	    getsockname(sink->listen_fd, (struct sockaddr *)&address, &size) != 0)
		return false;
	struct epoll_event event = { .events = EPOLLIN, .data.fd = sink->listen_fd };
	(void)epoll_ctl(sink->epoll_fd, EPOLL_CTL_ADD, sink->listen_fd, &event);
	printf("port %d\n", ntohs(address.sin_port));
	return fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
	static struct sink sink;
	int64_t latency_ms = 0;
	int64_t expected = 0;

	if (argc < 3 || !text_integer(argv[1], &latency_ms) || latency_ms < 0 ||
	    latency_ms > 60000 || !text_integer(argv[2], &expected) || expected < 1 ||
	    expected > KEYS / 2) {
		(void)fprintf(stderr, "usage: sink LATENCY_MS EXPECT [each]\n");
		return 2;
	}
	sink.latency_ns = latency_ms * 1000000;
	sink.expected = (long)expected;
	sink.each = argc > 3;
	sink.keys = mem_new(KEYS, sizeof(*sink.keys));
	if (!start(&sink))
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
