#include "tests/support/listening.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/engine/address.h"

enum { WAIT_MS = 60 * 1000, PIECE = 65536 };

static const char with_token[] = TOKEN JSON;

/* ---- life ---- */

static int port_of(int fd)
{
	struct sockaddr_in in;
	socklen_t bytes = sizeof(in);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &bytes), 0);
	return ntohs(in.sin_port);
}

void listening_start(struct listening *l)
{
	struct address address;
	int fd = -1;
	ingest_free(l->ingest);
	must(address_parse("127.0.0.1:0", &address, err));
	must(address_listen(&address, &fd, err));
	l->port = port_of(fd);
	struct err err = { 0 };
	l->ingest = ingest_new(fd, &l->options, l->store, &err);
	assert_non_null(l->ingest);
}

int listening_open(void **state)
{
	struct listening *l = mem_new(1, sizeof(*l));
	char hash[SHA256_HEX_SIZE];
	void *store = NULL;
	if (journal_open(&store) != 0)
		return -1;
	l->store = store;
	l->wall_ms = T0;
	l->boot_ms = 1000000;
	l->options.label = ALERTMANAGER_LABEL;
	l->answer = BUF_INIT(LISTENING_ANSWER_MAX);
	sha256_hex(hash, LISTENING_TOKEN, sizeof(LISTENING_TOKEN) - 1);
	must(store_token_add(l->store, "sender", hash, err));
	listening_start(l);
	*state = l;
	return 0;
}

int listening_close(void **state)
{
	struct listening *l = *state;
	void *store = l->store;
	ingest_free(l->ingest);
	buf_done(&l->answer);
	free(l);
	return journal_close(&store);
}

/* ---- turns ---- */

static bool store_all(struct listening *l)
{
	DEFER(store_abort) struct transaction tx = { 0 };
	struct err err = { 0 };
	return store_begin(l->store, &tx, &err) &&
	       ingest_store(l->ingest, l->store, l->wall_ms, &err) && !l->fails &&
	       store_commit(&tx, &err);
}

void listening_turn(struct listening *l)
{
	ingest_run(l->ingest, l->wall_ms, l->boot_ms);
	if (!ingest_has_news(l->ingest))
		return;
	bool ok = store_all(l);
	l->commits += ok;
	ingest_settled(l->ingest, ok);
}

/* ---- clients ---- */

int client_open(const struct listening *l)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
					.sin_port = htons((uint16_t)l->port),
					.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

void client_send_bytes(struct listening *l, int fd, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t sent = send(fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (sent < 0 && errno != EAGAIN)
			return; /* closed: the answer tells */
		if (sent > 0) {
			bytes += sent;
			count -= (size_t)sent;
		}
		listening_turn(l);
	}
}

void client_send(struct listening *l, int fd, const char *text)
{
	client_send_bytes(l, fd, text, strlen(text));
}

/* False: it is closed. */
static bool read_more(int fd, struct buf *ret)
{
	char bytes[PIECE];
	ssize_t count = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
	if (count > 0)
		buf_add(ret, bytes, (size_t)count);
	return count > 0 || (count < 0 && errno == EAGAIN);
}

static bool is_whole(const struct buf *answer)
{
	const char *text = buf_text(answer);
	const char *body = strstr(text, "\r\n\r\n");
	const char *length = strcasestr(text, "\nContent-Length:");
	if (!body || !length || length > body)
		return false;
	return strlen(body + 4) >= (size_t)strtoul(length + 16, NULL, 10);
}

/* Turns until done says so, the client is closed (false), or time is up. */
static bool turn_until(struct listening *l, int fd, bool (*done)(const struct buf *))
{
	int64_t until_ms = clock_boot_ms() + WAIT_MS;
	while (clock_boot_ms() < until_ms) {
		struct pollfd fds[] = { { .fd = ingest_fd(l->ingest), .events = POLLIN },
					{ .fd = fd, .events = POLLIN } };
		listening_turn(l);
		bool is_open = read_more(fd, &l->answer);
		if (done(&l->answer))
			return true;
		if (!is_open)
			return false;
		(void)poll(fds, 2, 10);
	}
	fail_msg("nothing came for ten seconds");
	return false;
}

int client_answer(struct listening *l, int fd)
{
	buf_reset(&l->answer);
	l->status = 0;
	if (turn_until(l, fd, is_whole))
		l->status =
			(int)strtol(buf_text(&l->answer) + strlen("HTTP/1.1 "), NULL, 10);
	return l->status;
}

static bool never(const struct buf *answer)
{
	(void)answer;
	return false;
}

bool client_is_closed(struct listening *l, int fd)
{
	return !turn_until(l, fd, never);
}

int ask_with(struct listening *l, const char *method, const char *path,
	     const char *headers, const char *body)
{
	DEFER(buf_done) struct buf text = BUF_INIT(4 * LISTENING_ANSWER_MAX);
	int fd = client_open(l);
	buf_addf(&text, "%s %s HTTP/1.1\r\nHost: test\r\n%s", method, path, headers);
	if (body)
		buf_addf(&text, "Content-Length: %zu\r\n", strlen(body));
	buf_addf(&text, "\r\n%s", body ? body : "");
	client_send(l, fd, buf_text(&text));
	(void)client_answer(l, fd);
	close(fd);
	return l->status;
}

int ask(struct listening *l, const char *path, const char *body)
{
	return ask_with(l, body ? "POST" : "GET", path, with_token, body);
}

const char *answer_body(const struct listening *l)
{
	const char *body = strstr(buf_text(&l->answer), "\r\n\r\n");
	return body ? body + 4 : "";
}

int64_t number(struct listening *l, const char *sql)
{
	return number_of_sql(l->store, sql);
}

int64_t events(struct listening *l)
{
	return number(l, "SELECT count(*) FROM event");
}

void assert_error(struct listening *l)
{
	DEFER(json_done)
	struct json *body = json_parse(answer_body(l), strlen(answer_body(l)), NULL);
	assert_non_null(json_string(json_get(body, "error")));
	assert_int_equal(json_count(body), 1);
}

void assert_accepted(struct listening *l, int accepted, int unmatched)
{
	char expected[64];
	(void)snprintf(expected, sizeof(expected), "{\"accepted\":%d,\"unmatched\":%d}",
		       accepted, unmatched);
	assert_int_equal(l->status, 202);
	assert_string_equal(answer_body(l), expected);
}

void post(struct listening *l, const char *path, const char *body)
{
	int status = ask(l, path, body);
	if (status != 202)
		fail_msg("%s: %d %s", path, status, buf_text(&l->answer));
}

int64_t events_of(struct listening *l, int64_t monitor, enum event_state state)
{
	char sql[128];
	(void)snprintf(sql, sizeof(sql),
		       "SELECT count(*) FROM event WHERE monitor_id = %d AND state = %d",
		       (int)monitor, (int)state);
	return number(l, sql);
}
