#include "tests/support/receiver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "tests/support/receiver_http.h"

enum {
	RULES_MAX = 64,
	CONNECTIONS_MAX = 4096,
	INPUT_MAX = 80 * 1024,
	PATIENCE_MS = 60000
};

struct connection {
	int fd;
	int number;
	char *input;
	size_t input_bytes;
	bool is_waiting; /* a whole request came; its answer is due at due_ms */
	bool is_hanging;
	bool is_endless; /* sends a body without end */
	int64_t due_ms;
	struct receiver_rule rule;
	size_t index; /* of the request in the log */
};

struct receiver {
	pthread_t thread;
	pthread_mutex_t mutex; /* guards rules and log */
	pthread_cond_t came;
	pthread_mutex_t at_work; /* held by the thread except while it waits */
	int listener, wake_read, wake_write;
	int port;
	struct receiver_rule rules[RULES_MAX];
	size_t rule_count;
	struct received **log;
	size_t log_count, log_capacity;
	int accepted, closed;           /* connections */
	struct connection *connections; /* the thread's own from here on */
	size_t connection_count;
	struct pollfd *polled;
};

/* ---- requests ---- */

static bool rule_fits(const struct receiver_rule *rule, const char *path)
{
	size_t length = strcspn(path, "?");
	return !rule->path ||
	       (strlen(rule->path) == length && strncmp(rule->path, path, length) == 0);
}

/* The rule for a path, used up by one. */
static struct receiver_rule take_rule(struct receiver *r, const char *path)
{
	for (size_t i = 0; i < r->rule_count; i++) {
		struct receiver_rule *rule = &r->rules[i];
		if (rule->times < 0 || !rule_fits(rule, path))
			continue;
		struct receiver_rule taken = *rule;
		if (rule->times == 1)
			rule->times = -1;
		else if (rule->times > 1)
			rule->times--;
		return taken;
	}
	return (struct receiver_rule){ .status = 200 };
}

static bool is_overlapping(const struct receiver *r, const struct connection *c,
			   const char *path)
{
	for (size_t i = 0; i < r->connection_count; i++) {
		const struct connection *other = &r->connections[i];
		if (other != c && other->fd >= 0 && other->is_waiting &&
		    strcmp(r->log[other->index]->path, path) == 0)
			return true;
	}
	return false;
}

static void log_request(struct receiver *r, struct received *request)
{
	if (r->log_count == r->log_capacity) {
		r->log_capacity = r->log_capacity ? 2 * r->log_capacity : 256;
		r->log = realloc(r->log, r->log_capacity * sizeof(struct received *));
	}
	r->log[r->log_count++] = request;
	pthread_cond_broadcast(&r->came);
}

static void take_request(struct receiver *r, struct connection *c, size_t head,
			 size_t whole)
{
	struct received *request = http_read_request(c->input, head, whole);
	request->connection = c->number;
	memmove(c->input, c->input + whole, c->input_bytes - whole);
	c->input_bytes -= whole;

	pthread_mutex_lock(&r->mutex);
	c->rule = take_rule(r, request->path);
	request->overlapped = is_overlapping(r, c, request->path);
	bool answers = c->rule.end == RECEIVER_ANSWERS && !c->rule.raw;
	request->status = !answers ? 0 : c->rule.status ? c->rule.status : 200;
	c->index = r->log_count;
	log_request(r, request);
	pthread_mutex_unlock(&r->mutex);

	c->is_waiting = true;
	c->is_hanging = c->rule.end == RECEIVER_HANGS;
	c->due_ms = clock_boot_ms() + c->rule.delay_ms;
}

/* ---- answers ---- */

static void hang_up(struct receiver *r, struct connection *c, bool reset)
{
	struct linger at_once = { .l_onoff = 1 };
	if (reset)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(c->fd);
	free(c->input);
	*c = (struct connection){ .fd = -1 };
	pthread_mutex_lock(&r->mutex);
	r->closed++;
	pthread_cond_broadcast(&r->came);
	pthread_mutex_unlock(&r->mutex);
}

static void answer(struct receiver *r, struct connection *c)
{
	c->is_waiting = false;
	if (c->rule.end != RECEIVER_ANSWERS) {
		hang_up(r, c, c->rule.end == RECEIVER_RESETS);
		return;
	}
	if (c->rule.raw) {
		c->is_waiting = http_send_raw(c->fd, &c->rule);
		c->due_ms += c->rule.trickle_ms;
		if (!c->is_waiting)
			hang_up(r, c, false);
		return;
	}
	http_send_answer(c->fd, &c->rule);
	c->is_endless = c->rule.endless;
	if (c->rule.closes)
		hang_up(r, c, false);
}

/* ---- the thread ---- */

static void accept_one(struct receiver *r)
{
	int fd = accept4(r->listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	size_t i = 0;
	while (i < r->connection_count && r->connections[i].fd >= 0)
		i++;
	if (i == CONNECTIONS_MAX) {
		close(fd);
		return;
	}
	r->connection_count += i == r->connection_count;
	pthread_mutex_lock(&r->mutex);
	int number = ++r->accepted;
	pthread_mutex_unlock(&r->mutex);
	r->connections[i] = (struct connection){ .fd = fd,
						 .number = number,
						 .input = malloc(INPUT_MAX) };
}

static void read_more(struct receiver *r, struct connection *c)
{
	ssize_t got = recv(c->fd, c->input + c->input_bytes, INPUT_MAX - c->input_bytes,
			   MSG_DONTWAIT);
	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			hang_up(r, c, false);
		return;
	}
	c->input_bytes += (size_t)got;
	size_t head = 0;
	size_t whole = http_whole_request(c->input, c->input_bytes, &head);
	if (whole > 0)
		take_request(r, c, head, whole);
}

static int plan(struct receiver *r)
{
	int64_t now_ms = clock_boot_ms();
	int64_t wait_ms = -1;
	r->polled[0] = (struct pollfd){ .fd = r->listener, .events = POLLIN };
	r->polled[1] = (struct pollfd){ .fd = r->wake_read, .events = POLLIN };
	for (size_t i = 0; i < r->connection_count; i++) {
		const struct connection *c = &r->connections[i];
		short events = (short)(POLLRDHUP | (c->is_waiting ? 0 : POLLIN) |
				       (c->is_endless ? POLLOUT : 0));
		r->polled[i + 2] = (struct pollfd){ .fd = c->fd, .events = events };
		if (c->fd < 0 || !c->is_waiting || c->is_hanging)
			continue;
		int64_t left_ms = c->due_ms > now_ms ? c->due_ms - now_ms : 0;
		wait_ms = wait_ms < 0 || left_ms < wait_ms ? left_ms : wait_ms;
	}
	return (int)wait_ms;
}

static void serve(struct receiver *r, struct connection *c, short happened)
{
	if (happened & (POLLHUP | POLLERR | POLLRDHUP)) {
		hang_up(r, c, false);
		return;
	}
	if ((happened & POLLIN) && !c->is_waiting)
		read_more(r, c);
	if (c->fd >= 0 && c->is_waiting && !c->is_hanging && c->due_ms <= clock_boot_ms())
		answer(r, c);
	if (c->fd >= 0 && c->is_endless && !http_send_chunk(c->fd))
		hang_up(r, c, false);
}

static void *run(void *arg)
{
	struct receiver *r = arg;
	for (;;) {
		int wait_ms = plan(r);
		size_t polled = r->connection_count;
		if (poll(r->polled, polled + 2, wait_ms) < 0)
			continue;
		if (r->polled[1].revents != 0)
			return NULL;
		pthread_mutex_lock(&r->at_work);
		for (size_t i = 0; i < polled; i++)
			if (r->connections[i].fd >= 0)
				serve(r, &r->connections[i], r->polled[i + 2].revents);
		if (r->polled[0].revents != 0)
			accept_one(r);
		pthread_mutex_unlock(&r->at_work);
	}
}

struct receiver *receiver_new(void)
{
	struct receiver *r = calloc(1, sizeof(*r));
	r->connections = calloc(CONNECTIONS_MAX, sizeof(struct connection));
	r->polled = calloc(CONNECTIONS_MAX + 2, sizeof(struct pollfd));
	pthread_mutex_init(&r->mutex, NULL);
	pthread_cond_init(&r->came, NULL);
	pthread_mutex_init(&r->at_work, NULL);

	int wake[2];
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	r->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (r->listener < 0 || pipe2(wake, O_CLOEXEC) != 0 ||
	    bind(r->listener, (struct sockaddr *)&address, length) != 0 ||
	    listen(r->listener, 1024) != 0 ||
	    getsockname(r->listener, (struct sockaddr *)&address, &length) != 0)
		abort();
	r->wake_read = wake[0];
	r->wake_write = wake[1];
	r->port = ntohs(address.sin_port);
	if (pthread_create(&r->thread, NULL, run, r) != 0)
		abort();
	return r;
}

void receiver_free(struct receiver *r)
{
	if (!r)
		return;
	close(r->wake_write);
	pthread_join(r->thread, NULL);
	for (size_t i = 0; i < r->connection_count; i++)
		if (r->connections[i].fd >= 0)
			hang_up(r, &r->connections[i], false);
	for (size_t i = 0; i < r->log_count; i++)
		free(r->log[i]);
	close(r->listener);
	close(r->wake_read);
	free(r->log);
	free(r->connections);
	free(r->polled);
	free(r);
}

/* ---- what the test calls ---- */

int receiver_port(const struct receiver *r)
{
	return r->port;
}

const char *receiver_url(const struct receiver *r, const char *path, char *ret,
			 size_t size)
{
	snprintf(ret, size, "http://127.0.0.1:%d%s", r->port, path);
	return ret;
}

pid_t receiver_fork(struct receiver *r)
{
	pthread_mutex_lock(&r->at_work);
	const pid_t child = fork();
	if (child != 0)
		pthread_mutex_unlock(&r->at_work);
	return child;
}

void receiver_rule(struct receiver *r, struct receiver_rule rule)
{
	pthread_mutex_lock(&r->mutex);
	if (r->rule_count == RULES_MAX)
		abort();
	r->rules[r->rule_count++] = rule;
	pthread_mutex_unlock(&r->mutex);
}

void receiver_forget_rules(struct receiver *r)
{
	pthread_mutex_lock(&r->mutex);
	r->rule_count = 0;
	pthread_mutex_unlock(&r->mutex);
}

size_t receiver_count(struct receiver *r)
{
	pthread_mutex_lock(&r->mutex);
	size_t count = r->log_count;
	pthread_mutex_unlock(&r->mutex);
	return count;
}

struct received receiver_get(struct receiver *r, size_t index)
{
	pthread_mutex_lock(&r->mutex);
	if (index >= r->log_count)
		abort();
	struct received copy = *r->log[index];
	pthread_mutex_unlock(&r->mutex);
	return copy;
}

int receiver_connections(struct receiver *r)
{
	pthread_mutex_lock(&r->mutex);
	int count = r->accepted;
	pthread_mutex_unlock(&r->mutex);
	return count;
}

typedef bool condition_fn(const struct receiver *r, size_t count);

static bool has_count(const struct receiver *r, size_t count)
{
	return r->log_count >= count;
}

static bool is_quiet(const struct receiver *r, size_t count)
{
	(void)count;
	return r->accepted == r->closed;
}

static bool wait_until(struct receiver *r, condition_fn *condition, size_t count)
{
	int64_t until_ms = clock_now_ms(&(struct clock){ 0 }) + PATIENCE_MS;
	const struct timespec until = { .tv_sec = until_ms / 1000 };
	int waited = 0;
	pthread_mutex_lock(&r->mutex);
	while (!condition(r, count) && waited == 0)
		waited = pthread_cond_timedwait(&r->came, &r->mutex, &until);
	bool reached = condition(r, count);
	pthread_mutex_unlock(&r->mutex);
	return reached;
}

bool receiver_wait(struct receiver *r, size_t count)
{
	return wait_until(r, has_count, count);
}

bool receiver_wait_quiet(struct receiver *r)
{
	return wait_until(r, is_quiet, 0);
}
