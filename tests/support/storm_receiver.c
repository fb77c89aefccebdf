#include "tests/support/storm_receiver.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/random.h"
#include "tests/support/check.h"

/* One request in so many is answered 503; in so many, not at all. */
enum { UNAVAILABLE_IN = 40, DROPPED_IN = 60, WORD_SIZE = 64 };

void storm_receiver_open(struct storm_receiver *receiver, FILE *book, uint64_t seed)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t bytes = sizeof(in);
	*receiver = (struct storm_receiver){ .book = book, .seed = seed };
	for (int i = 0; i < STORM_CONNECTIONS; i++)
		receiver->connections[i].fd = -1;
	receiver->listener =
		socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	assert_true(receiver->listener >= 0);
	assert_int_equal(bind(receiver->listener, (struct sockaddr *)&in, sizeof(in)), 0);
	assert_int_equal(listen(receiver->listener, STORM_CONNECTIONS), 0);
	assert_int_equal(getsockname(receiver->listener, (struct sockaddr *)&in, &bytes),
			 0);
	receiver->port = ntohs(in.sin_port);
}

static void hang_up(struct storm_connection *connection)
{
	close(connection->fd);
	connection->fd = -1;
	connection->len = 0;
}

void storm_receiver_close(struct storm_receiver *receiver)
{
	for (int i = 0; i < STORM_CONNECTIONS; i++) {
		if (receiver->connections[i].fd >= 0)
			hang_up(&receiver->connections[i]);
	}
	close(receiver->listener);
}

nfds_t storm_receiver_fds(const struct storm_receiver *receiver, struct pollfd *ret)
{
	nfds_t count = 0;
	ret[count++] = (struct pollfd){ .fd = receiver->listener, .events = POLLIN };
	for (int i = 0; i < STORM_CONNECTIONS; i++) {
		if (receiver->connections[i].fd >= 0)
			ret[count++] = (struct pollfd){ .fd = receiver->connections[i].fd,
							.events = POLLIN };
	}
	return count;
}

/* ---- one request ---- */

/* What follows the mark, up to one of the ends. */
static void word_after(const char *text, const char *mark, const char *ends,
		       char ret[WORD_SIZE])
{
	const char *at = strstr(text, mark);
	size_t count = at == NULL ? 0 : strcspn(at + strlen(mark), ends);
	assert_in_range(count, 1, WORD_SIZE - 1);
	memcpy(ret, at + strlen(mark), count);
	ret[count] = '\0';
}

/* FNV-1a. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3;
	return hash;
}

static const char *toss_answer(struct storm_receiver *receiver)
{
	if (random_step(&receiver->seed) % UNAVAILABLE_IN == 0)
		return "503";
	return random_step(&receiver->seed) % DROPPED_IN == 0 ? "drop" : "200";
}

static void count_accepted(struct storm_receiver *receiver, const char *path,
			   const char *key)
{
	long service = strtol(path + 2, NULL, 10);
	assert_in_range(service, 0, STORM_CONNECTIONS - 1);
	if (strcmp(receiver->heard[service].key, key) == 0)
		return;
	receiver->heard[service].accepted++;
	snprintf(receiver->heard[service].key, WORD_SIZE, "%s", key);
}

/* Who is dead does not read the answer; whether it did, nobody knows. */
static void answer(struct storm_receiver *receiver, struct storm_connection *connection,
		   const char *body)
{
	char path[WORD_SIZE], key[WORD_SIZE], state[WORD_SIZE], line[WORD_SIZE];
	const char *said = toss_answer(receiver);
	word_after(connection->bytes, "POST ", " ", path);
	word_after(connection->bytes, "Idempotency-Key: ", "\r", key);
	word_after(body, "\"state\":\"", "\"", state);
	fprintf(receiver->book, "request %s %s %s %016llx %s\n", path, key, state,
		(unsigned long long)hash_of(body), said);
	if (strcmp(said, "drop") == 0) {
		hang_up(connection);
		return;
	}
	if (strcmp(said, "200") == 0)
		count_accepted(receiver, path, key);
	int count = snprintf(line, sizeof(line),
			     "HTTP/1.1 %s -\r\nContent-Length: 0\r\n\r\n", said);
	(void)!send(connection->fd, line, (size_t)count, MSG_NOSIGNAL);
	connection->len = 0;
}

/* Is the whole request there? One is on its way at a time on each connection. */
static void take_request(struct storm_receiver *receiver,
			 struct storm_connection *connection)
{
	char length[WORD_SIZE];
	connection->bytes[connection->len] = '\0';
	const char *end = strstr(connection->bytes, "\r\n\r\n");
	if (end == NULL)
		return;
	word_after(connection->bytes, "Content-Length: ", "\r", length);
	if (strlen(end + 4) >= (size_t)strtol(length, NULL, 10))
		answer(receiver, connection, end + 4);
}

/* ---- what has come ---- */

static void read_connection(struct storm_receiver *receiver,
			    struct storm_connection *connection)
{
	while (connection->fd >= 0) {
		ssize_t got = recv(connection->fd, connection->bytes + connection->len,
				   STORM_REQUEST_MAX - connection->len, MSG_DONTWAIT);
		if (got < 0 && errno == EAGAIN)
			return;
		if (got <= 0) {
			hang_up(connection);
			return;
		}
		connection->len += (size_t)got;
		take_request(receiver, connection);
	}
}

static void take_connections(struct storm_receiver *receiver)
{
	for (int i = 0; i < STORM_CONNECTIONS; i++) {
		struct storm_connection *connection = &receiver->connections[i];
		if (connection->fd < 0)
			connection->fd =
				accept4(receiver->listener, NULL, NULL, SOCK_CLOEXEC);
	}
}

void storm_receiver_turn(struct storm_receiver *receiver)
{
	take_connections(receiver);
	for (int i = 0; i < STORM_CONNECTIONS; i++)
		read_connection(receiver, &receiver->connections[i]);
}

void storm_receiver_drain(struct storm_receiver *receiver)
{
	enum { NOBODY = 1, PATIENCE_MS = 60000 };
	struct pollfd fds[STORM_CONNECTIONS + 1];
	storm_receiver_turn(receiver);
	while (storm_receiver_fds(receiver, fds) > NOBODY) {
		assert_true(poll(fds, storm_receiver_fds(receiver, fds), PATIENCE_MS) >
			    0);
		storm_receiver_turn(receiver);
	}
}
