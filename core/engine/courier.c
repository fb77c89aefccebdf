/* Two lists under one lock: parcels that go out, parcels that have come back. Each side is
 * rung by an eventfd when a list that was empty gets its first parcel, takes the list whole
 * and works on it without the lock. Bells are rung and silenced under it, with the list:
 * one that rings for nothing keeps its side awake, one that is silenced too late lets it
 * sleep. */
#include "core/engine/courier.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/mem.h"

/* A request with its own copies, then its outcome. */
struct parcel {
	struct parcel *next, *previous;
	int64_t id; /* the holder's */
	char *url, *key, *body;
	struct outcome outcome;
	char *error, *answer;
};

struct parcels {
	struct parcel *first, *last;
};

struct courier {
	struct transport transport; /* first: what the holder knows */
	struct transport *carrier;  /* the thread's alone, while there is one */
	struct multi *beside;
	/* The thread's too: on their way; come back, but not handed over yet. */
	struct parcel *away;
	struct parcels done;
	pthread_t thread;
	bool has_thread;
	int out_fd, back_fd;  /* eventfds: something goes out, has come back */
	int fd;               /* an epoll for the holder: back_fd, and beside's */
	pthread_mutex_t lock; /* of all below */
	struct parcels out, back;
	struct err failure; /* the thread has ended with it */
	bool is_over;       /* the thread shall end */
};

/* ---- parcels ---- */

static void add(struct parcels *list, struct parcel *parcel)
{
	parcel->next = NULL;
	if (list->last)
		list->last->next = parcel;
	else
		list->first = parcel;
	list->last = parcel;
}

static struct parcels take_all(struct parcels *list)
{
	const struct parcels all = *list;
	*list = (struct parcels){ 0 };
	return all;
}

static struct parcel *take_first(struct parcels *list)
{
	struct parcel *parcel = list->first;
	list->first = parcel ? parcel->next : NULL;
	list->last = list->first ? list->last : NULL;
	return parcel;
}

static void parcel_free(struct parcel *parcel)
{
	free(parcel->url);
	free(parcel->key);
	free(parcel->body);
	free(parcel->error);
	free(parcel->answer);
	free(parcel);
}

static void free_all(struct parcels *list)
{
	struct parcel *parcel;
	while ((parcel = take_first(list)))
		parcel_free(parcel);
}

static void ring(int fd)
{
	const uint64_t once = 1;
	(void)!write(fd, &once, sizeof(once));
}

static void silence(int fd)
{
	uint64_t rings;
	(void)!read(fd, &rings, sizeof(rings));
}

static struct courier *courier_of(struct transport *transport)
{
	return (struct courier *)transport;
}

/* ---- the thread ---- */

static void leave(struct courier *courier, struct parcel *parcel)
{
	parcel->previous = NULL;
	parcel->next = courier->away;
	if (courier->away)
		courier->away->previous = parcel;
	courier->away = parcel;
}

static void come_back(struct courier *courier, const struct parcel *parcel)
{
	if (parcel->previous)
		parcel->previous->next = parcel->next;
	else
		courier->away = parcel->next;
	if (parcel->next)
		parcel->next->previous = parcel->previous;
}

static void finish(struct courier *courier, struct parcel *parcel,
		   const struct outcome *outcome)
{
	come_back(courier, parcel);
	parcel->error = outcome->error ? mem_strdup(outcome->error) : NULL;
	parcel->answer = outcome->answer ? mem_strdup(outcome->answer) : NULL;
	parcel->outcome = *outcome;
	parcel->outcome.error = parcel->error;
	parcel->outcome.answer = parcel->answer;
	add(&courier->done, parcel);
}

static void take_outcome(void *arg, int64_t id, const struct outcome *outcome)
{
	finish(arg, (struct parcel *)(intptr_t)id, outcome);
}

static void carry_one(struct courier *courier, struct parcel *parcel)
{
	const struct request request = { .id = (intptr_t)parcel,
					 .url = parcel->url,
					 .key = parcel->key,
					 .body = parcel->body };
	struct err err = { 0 };
	leave(courier, parcel);
	if (courier->carrier->ops->send(courier->carrier, &request, &err))
		return;
	const struct outcome not_sent = { .error = err.text };
	finish(courier, parcel, &not_sent);
}

/* False: it is over. */
static bool carry_out(struct courier *courier)
{
	pthread_mutex_lock(&courier->lock);
	struct parcels out = take_all(&courier->out);
	if (out.first)
		silence(courier->out_fd);
	const bool is_over = courier->is_over;
	pthread_mutex_unlock(&courier->lock);
	struct parcel *parcel;
	while ((parcel = take_first(&out)))
		carry_one(courier, parcel);
	return !is_over;
}

static void bring_back(struct courier *courier)
{
	struct parcels done = take_all(&courier->done);
	if (!done.first)
		return;
	pthread_mutex_lock(&courier->lock);
	if (!courier->back.first)
		ring(courier->back_fd);
	struct parcel *parcel;
	while ((parcel = take_first(&done)))
		add(&courier->back, parcel);
	pthread_mutex_unlock(&courier->lock);
}

static void wait_for_work(const struct courier *courier)
{
	const struct transport *carrier = courier->carrier;
	struct pollfd fds[] = {
		{ .fd = carrier->ops->fd(carrier), .events = POLLIN },
		{ .fd = courier->out_fd, .events = POLLIN },
	};
	(void)poll(fds, COUNT_OF(fds), carrier->ops->timeout_ms(carrier));
}

static void say_failure(struct courier *courier, const struct err *failure)
{
	pthread_mutex_lock(&courier->lock);
	courier->failure = *failure;
	ring(courier->back_fd);
	pthread_mutex_unlock(&courier->lock);
}

static void *carry(void *arg)
{
	struct courier *courier = arg;
	struct transport *carrier = courier->carrier;
	struct err err = { 0 };
	while (carry_out(courier)) {
		if (!carrier->ops->perform(carrier, &err)) {
			say_failure(courier, &err);
			return NULL;
		}
		bring_back(courier);
		wait_for_work(courier);
	}
	return NULL;
}

/* ---- the holder ---- */

static bool courier_send(struct transport *transport, const struct request *request,
			 struct err *err)
{
	struct courier *courier = courier_of(transport);
	struct parcel *parcel = mem_new(1, sizeof(*parcel));
	(void)err;
	*parcel = (struct parcel){ .id = request->id,
				   .url = mem_strdup(request->url),
				   .key = mem_strdup(request->key),
				   .body = mem_strdup(request->body) };
	pthread_mutex_lock(&courier->lock);
	if (!courier->out.first)
		ring(courier->out_fd);
	add(&courier->out, parcel);
	pthread_mutex_unlock(&courier->lock);
	return true;
}

static bool courier_perform(struct transport *transport, struct err *err)
{
	struct courier *courier = courier_of(transport);
	pthread_mutex_lock(&courier->lock);
	struct parcels back = take_all(&courier->back);
	const struct err failure = courier->failure;
	if (back.first || failure.code != ERR_NONE)
		silence(courier->back_fd);
	pthread_mutex_unlock(&courier->lock);
	struct parcel *parcel;
	while ((parcel = take_first(&back))) {
		transport->done(transport->done_arg, parcel->id, &parcel->outcome);
		parcel_free(parcel);
	}
	if (failure.code != ERR_NONE)
		return fail(err, failure.code, "%s", failure.text);
	return multi_perform(courier->beside, err);
}

static int courier_fd(const struct transport *transport)
{
	return ((const struct courier *)transport)->fd;
}

static int courier_timeout_ms(const struct transport *transport)
{
	return multi_timeout_ms(((const struct courier *)transport)->beside);
}

static void end_thread(struct courier *courier)
{
	if (!courier->has_thread)
		return;
	pthread_mutex_lock(&courier->lock);
	courier->is_over = true;
	pthread_mutex_unlock(&courier->lock);
	ring(courier->out_fd);
	pthread_join(courier->thread, NULL);
}

static void close_all(const struct courier *courier)
{
	const int fds[] = { courier->out_fd, courier->back_fd, courier->fd };
	for (size_t i = 0; i < COUNT_OF(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static void courier_free(struct transport *transport)
{
	if (!transport)
		return;
	struct courier *courier = courier_of(transport);
	end_thread(courier);
	struct parcels away = { .first = courier->away };
	courier->carrier->ops->free(courier->carrier);
	free_all(&courier->out);
	free_all(&away);
	free_all(&courier->done);
	free_all(&courier->back);
	close_all(courier);
	pthread_mutex_destroy(&courier->lock);
	free(courier);
}

static const struct transport_ops courier_ops = {
	.send = courier_send,
	.perform = courier_perform,
	.fd = courier_fd,
	.timeout_ms = courier_timeout_ms,
	.free = courier_free,
};

/* ---- life ---- */

static bool watch(const struct courier *courier, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
	return epoll_ctl(courier->fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static bool set_up(struct courier *courier)
{
	courier->out_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	courier->back_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	courier->fd = epoll_create1(EPOLL_CLOEXEC);
	if (courier->out_fd < 0 || courier->back_fd < 0 || courier->fd < 0 ||
	    !watch(courier, courier->back_fd) ||
	    !watch(courier, multi_fd(courier->beside)))
		return false;
	errno = pthread_create(&courier->thread, NULL, carry, courier);
	courier->has_thread = errno == 0;
	return courier->has_thread;
}

struct transport *courier_new(struct transport *carrier, struct multi *beside,
			      struct err *err)
{
	struct courier *courier = mem_new(1, sizeof(*courier));
	courier->transport.ops = &courier_ops;
	courier->carrier = carrier;
	courier->beside = beside;
	pthread_mutex_init(&courier->lock, NULL);
	carrier->done = take_outcome;
	carrier->done_arg = courier;
	if (set_up(courier))
		return &courier->transport;
	(void)fail(err, ERR_FAILED,
		   "The engine cannot send in a thread of its own: %s; see to the limits "
		   "of open files and tasks",
		   strerror(errno));
	courier_free(&courier->transport);
	return NULL;
}
