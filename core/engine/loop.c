/* perform -> turn (refill, settle, refill) -> wait. Refilling comes before the wait,
 * so a backlog drains without ever waiting for a timer. Time is a timerfd on the boot
 * clock: it goes on while the machine sleeps, and is not set. */
#include "core/engine/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/watch.h"
#include "core/engine/notify.h"

struct loop {
	struct engine *engine;
	struct store *store;
	struct transport *transport;
	const struct loop_options *options;
	struct watch watch;
	int signal_fd, timer_fd;
	int64_t watchdog_ms; /* between two words to the supervisor; 0: none wanted */
	int64_t next_watchdog_ms; /* boot clock */
	int64_t stop_ms;  /* boot clock: stop waiting for answers then; 0: not stopping */
	int64_t retry_ms; /* boot clock: after a failure, no turn before then; 0: none */
	int failures;     /* in a row */
	int64_t failing_since_ms; /* boot clock; 0: the last turn went well */
	char said[ERR_TEXT_SIZE]; /* of the last failure */
};

static struct instant now(void)
{
	return (struct instant){ .wall_ms = clock_now_ms(&(struct clock){ 0 }),
				 .boot_ms = clock_boot_ms() };
}

/* ---- start and end ---- */

static sigset_t stopping_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	return set;
}

void loop_block_signals(void)
{
	sigset_t set = stopping_signals();
	sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void loop_done(struct loop *loop)
{
	watch_done(&loop->watch);
	if (loop->signal_fd >= 0)
		close(loop->signal_fd);
	if (loop->timer_fd >= 0)
		close(loop->timer_fd);
}

static bool loop_init(struct loop *loop, struct err *err)
{
	sigset_t set = stopping_signals();
	loop->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	loop->timer_fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	watch_init(&loop->watch, store_path(loop->store), clock_boot_ms());
	if (loop->signal_fd < 0 || loop->timer_fd < 0)
		return fail(err, ERR_FAILED,
			    "The engine cannot wait for signals and time: %s; see to "
			    "the limit of open files",
			    strerror(errno));
	loop->watchdog_ms = notify_watchdog_ms();
	notify_send(NOTIFY_READY);
	return true;
}

/* ---- the wait ---- */

static int64_t until(int64_t at_ms, int64_t boot_ms)
{
	if (at_ms == 0)
		return -1;
	return at_ms > boot_ms ? at_ms - boot_ms : 0;
}

/* Our own commits ring too; without this each would be looked after for seconds. */
static void take_rings(struct loop *loop, int64_t boot_ms)
{
	watch_turn(&loop->watch, boot_ms);
	if (watch_looks_again(&loop->watch) && !store_is_being_written(loop->store))
		watch_settle(&loop->watch);
}

static bool is_in_place(struct loop *loop, struct err *err)
{
	return !store_has_moved(loop->store) ||
	       fail(err, ERR_FAILED,
		    "The database %s was removed or replaced while the engine worked on "
		    "it; nothing more is sent: put it back and start the engine again",
		    store_path(loop->store));
}

static void take_watchdog_turn(struct loop *loop, int64_t boot_ms)
{
	if (loop->watchdog_ms == 0 || boot_ms < loop->next_watchdog_ms)
		return;
	notify_send(NOTIFY_WATCHDOG);
	loop->next_watchdog_ms = boot_ms + loop->watchdog_ms;
}

static int64_t wait_of(const struct loop *loop, const struct engine_turn *turn,
		       int64_t boot_ms)
{
	int64_t wait_ms = engine_soonest(turn->wait_ms, turn->rest_ms);
	wait_ms = engine_soonest(wait_ms, watch_timeout_ms(&loop->watch, boot_ms));
	wait_ms = engine_soonest(wait_ms,
				 loop->transport->ops->timeout_ms(loop->transport));
	wait_ms = engine_soonest(wait_ms,
				 ingest_timeout_ms(loop->options->ingest, boot_ms));
	wait_ms = engine_soonest(wait_ms, until(loop->next_watchdog_ms, boot_ms));
	return engine_soonest(wait_ms, until(loop->stop_ms, boot_ms));
}

/* Arms the timer; -1 disarms it. */
static void arm(int timer_fd, int64_t wait_ms)
{
	struct itimerspec when = { 0 };
	if (wait_ms > 0) {
		when.it_value.tv_sec = wait_ms / 1000;
		when.it_value.tv_nsec = wait_ms % 1000 * 1000000;
	}
	timerfd_settime(timer_fd, 0, &when, NULL);
}

static void wait_for_anything(struct loop *loop, int64_t wait_ms)
{
	enum { TRANSPORT, SIGNALS, TIME, COMMITS, REQUESTS, ALL };
	struct pollfd fds[ALL] = {
		[TRANSPORT] = { .fd = loop->transport->ops->fd(loop->transport),
				.events = POLLIN },
		[SIGNALS] = { .fd = loop->signal_fd, .events = POLLIN },
		[TIME] = { .fd = loop->timer_fd, .events = POLLIN },
		[COMMITS] = { .fd = loop->watch.fd, .events = POLLIN },
		[REQUESTS] = { .fd = ingest_fd(loop->options->ingest), .events = POLLIN },
	};
	if (wait_ms != 0)
		arm(loop->timer_fd, wait_ms);
	(void)poll(fds, ALL, wait_ms == 0 ? 0 : -1);
}

/* ---- one turn ---- */

static void take_signals(struct loop *loop, int64_t boot_ms)
{
	struct signalfd_siginfo info;
	if (read(loop->signal_fd, &info, sizeof(info)) != (ssize_t)sizeof(info) ||
	    loop->stop_ms != 0)
		return;
	log_line(LOG_LEVEL_INFO, "Stopping; requests in flight, which may end: %u",
		 engine_in_flight(loop->engine));
	notify_send(NOTIFY_STOPPING);
	engine_stop_sending(loop->engine);
	ingest_stop(loop->options->ingest);
	loop->stop_ms = boot_ms + LOOP_STOP_WAIT_MS;
}

static void take_requests(struct loop *loop)
{
	const struct instant at = now();
	ingest_run(loop->options->ingest, at.wall_ms, at.boot_ms);
}

/* A turn failed. False: too often. A busy database and a full disk are waited for as long
 * as it takes, and said once. */
static bool may_try_again(struct loop *loop, struct err *err)
{
	bool is_waited_for = err->code == ERR_REFUSED;
	if (!is_waited_for && ++loop->failures > LOOP_FAILURES_MAX)
		return fail_in(err, "The engine stops after %d failures", loop->failures);
	if (!is_waited_for || strcmp(loop->said, err->text) != 0)
		log_line(LOG_LEVEL_WARNING,
			 "%s; until it can store again the engine sends nothing, and "
			 "tries every second",
			 err->text);
	memcpy(loop->said, err->text, sizeof(loop->said));
	if (loop->failing_since_ms == 0)
		loop->failing_since_ms = clock_boot_ms();
	*err = (struct err){ 0 };
	return true;
}

static void note_success(struct loop *loop)
{
	char lasted[DURATION_TEXT_SIZE];
	loop->failures = 0;
	loop->retry_ms = 0;
	ingest_set_failing(loop->options->ingest, false);
	if (loop->failing_since_ms == 0)
		return;
	log_line(LOG_LEVEL_WARNING, "The engine can store again, after %s, and goes on",
		 duration_format_short(lasted, clock_boot_ms() - loop->failing_since_ms));
	loop->failing_since_ms = 0;
	loop->said[0] = '\0';
}

/* After a failure only the network goes on until it is time to try again: requests are
 * refused, whatever wakes the loop. */
static bool turn(struct loop *loop, int64_t boot_ms, struct engine_turn *ret,
		 struct err *err)
{
	struct err failure = { 0 };
	bool performed = engine_perform(loop->engine, &failure);
	*ret = (struct engine_turn){ .wait_ms = until(loop->retry_ms, boot_ms),
				     .rest_ms = -1 };
	if (performed && ret->wait_ms > 0)
		return true;
	if (performed && engine_turn(loop->engine, now(), ret, &failure)) {
		note_success(loop);
		return true;
	}
	*ret = (struct engine_turn){ .wait_ms = LOOP_FAILURE_WAIT_MS, .rest_ms = -1 };
	loop->retry_ms = clock_boot_ms() + LOOP_FAILURE_WAIT_MS;
	ingest_set_failing(loop->options->ingest, true);
	if (may_try_again(loop, &failure))
		return true;
	return fail(err, failure.code, "%s", failure.text);
}

static bool is_over(const struct loop *loop, const struct engine_turn *turn,
		    int64_t boot_ms)
{
	if (loop->stop_ms != 0)
		return boot_ms >= loop->stop_ms ||
		       (engine_in_flight(loop->engine) == 0 &&
			!ingest_has_news(loop->options->ingest));
	return loop->options->until_idle && turn->idle;
}

static bool may_wait(const struct loop *loop, int64_t wait_ms)
{
	const struct loop_options *options = loop->options;
	return !options->before_wait ||
	       options->before_wait(options->before_wait_arg, wait_ms);
}

static bool run(struct loop *loop, struct err *err)
{
	for (;;) {
		int64_t boot_ms = clock_boot_ms();
		struct engine_turn done;
		take_signals(loop, boot_ms);
		take_rings(loop, boot_ms);
		take_watchdog_turn(loop, boot_ms);
		take_requests(loop);
		if (!is_in_place(loop, err) || !turn(loop, boot_ms, &done, err))
			return false;
		if (is_over(loop, &done, clock_boot_ms()))
			return true;
		int64_t wait_ms = done.again ? 0 : wait_of(loop, &done, clock_boot_ms());
		if (!may_wait(loop, wait_ms))
			return true;
		metrics_turn(ingest_metrics(loop->options->ingest),
			     clock_boot_ms() - boot_ms);
		wait_for_anything(loop, wait_ms);
	}
}

bool loop_run(struct engine *engine, struct store *store, struct transport *transport,
	      const struct loop_options *options, struct err *err)
{
	struct loop loop = { .engine = engine,
			     .store = store,
			     .transport = transport,
			     .options = options,
			     .signal_fd = -1,
			     .timer_fd = -1 };
	bool ok = loop_init(&loop, err) && run(&loop, err) &&
		  engine_close(engine, now(), err);
	loop_done(&loop);
	return ok;
}
