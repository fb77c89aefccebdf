/* The console's loop: one wait for keys, signals, the database and the next change of text. */
#include "tui/console/console.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/lock.h"
#include "core/base/watch.h"
#include "tui/console/app_detail.h"
#include "tui/console/list.h"
#include "tui/console/engine_control.h"
#include "tui/console/first_steps.h"
#include "tui/console/guardian.h"
#include "tui/console/pace.h"
#include "tui/console/session.h"
#include "tui/console/term.h"

enum { RESIZE_MS = 16 }; /* a storm of resizes is one */

enum {
	WAIT_KEYS,
	WAIT_SIGNALS,
	WAIT_STORE,
	WAIT_FILES,
	WAIT_ENGINE,
	WAIT_ROOM,
	WAIT_COUNT
};

struct loop {
	struct app app;
	sigset_t previous_mask;
	int signal_fd;
	int files_fd; /* an engine let go of its lock, killed or not; a new caption */
	struct watch watch;
	struct pace pace;       /* of live data */
	int64_t resize_boot_ms; /* when the terminal is asked for its size; 0: never */
	bool lost;              /* the terminal is gone */
};

static bool take_signals(struct loop *loop, struct err *err)
{
	sigset_t mask;

	(void)sigemptyset(&mask);
	static const int numbers[] = { SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP };
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		(void)sigaddset(&mask, numbers[i]);
	(void)sigprocmask(SIG_BLOCK, &mask, &loop->previous_mask);
	loop->signal_fd = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	if (loop->signal_fd < 0)
		return fail(err, ERR_FAILED, "Signals cannot be received: %s",
			    strerror(errno));
	return true;
}

static void suspend(struct app *app)
{
	if (app_may_act(app, ACTION_SUSPEND))
		term_suspend();
}

static void on_signal(struct loop *loop, uint32_t number)
{
	if (number == SIGWINCH && loop->resize_boot_ms == 0)
		loop->resize_boot_ms = clock_boot_ms() + RESIZE_MS;
	if (number == SIGWINCH)
		return;
	if (number == SIGTSTP)
		suspend(&loop->app);
	else
		loop->app.quit = true;
	if (number == SIGHUP)
		loop->lost = true;
	loop->app.needs_draw = true;
}

static void read_signals(struct loop *loop)
{
	struct signalfd_siginfo info;

	while (read(loop->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		on_signal(loop, info.ssi_signo);
}

/* A commit tells that an engine has started; only the kernel tells that one has died. The files
 * may have come into being since the last time, so this is asked for with every load; twice is as
 * good as once. */
static void watch_files(const struct loop *loop)
{
	char path[LOCK_PATH_SIZE];

	(void)snprintf(path, sizeof(path), "%s.lock", store_path(loop->app.store));
	(void)inotify_add_watch(loop->files_fd, path, IN_CLOSE_WRITE);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d",
		       loop->app.options->caption_fd);
	if (loop->app.options->caption_fd > 0)
		(void)inotify_add_watch(loop->files_fd, path, IN_CLOSE_WRITE);
}

/* The first line of the caption's file. */
static void read_caption(struct app *app)
{
	int fd = app->options->caption_fd;
	ssize_t count = fd > 0 ? pread(fd, app->caption, sizeof(app->caption) - 1, 0) : 0;

	app->caption[count > 0 ? count : 0] = '\0';
	app->caption[strcspn(app->caption, "\n")] = '\0';
}

static void hear_files(struct loop *loop)
{
	char events[4096];

	while (read(loop->files_fd, events, sizeof(events)) > 0)
		pace_ring(&loop->pace);
}

/* All waiting keys, then one frame. What a key opens is loaded before the next key means
 * something there, frozen or not. */
static void read_keys(struct loop *loop)
{
	for (;;) {
		int key = term_key();
		if (key == -2)
			loop->lost = true;
		if (key < 0)
			return;
		if (key == KEY_RESIZE)
			continue;
		struct term_mouse_event event;
		if (key == TERM_KEY_PASTE)
			app_paste(&loop->app, term_paste());
		else if (key == TERM_KEY_MOUSE && term_mouse_event(&event))
			app_mouse(&loop->app, &event);
		else if (key != TERM_KEY_MOUSE)
			app_key(&loop->app, key);
		if (loop->app.quit)
			return;
		if (loop->app.needs_load || loop->app.needs_rows)
			app_load(&loop->app, clock_now_ms(&loop->app.options->clock));
	}
}

/* The time until then, at most so long. */
static int64_t until(int64_t boot_ms, int64_t most_ms)
{
	int64_t rest = boot_ms - clock_boot_ms();

	return rest < 0 ? 0 : rest < most_ms ? rest : most_ms;
}

/* Until the shown texts change by themselves, or the frame of live data is due. */
static int wait_ms(const struct loop *loop, int64_t now_ms)
{
	int64_t wait = loop->app.change_ms > now_ms ? loop->app.change_ms - now_ms : 0;

	if (loop->app.frozen)
		wait = DAY_MS;
	if (loop->app.options->clock.fixed)
		wait = DAY_MS;
	int look = watch_timeout_ms(&loop->watch, clock_boot_ms());
	if (look >= 0 && look < wait)
		wait = look;
	if (loop->app.order_held && !loop->app.frozen) {
		wait = until(loop->app.key_boot_ms + STEADY_MS, wait);
	}
	if (loop->resize_boot_ms != 0)
		wait = until(loop->resize_boot_ms, wait);
	if (loop->pace.rang)
		wait = pace_wait_ms(&loop->pace, clock_boot_ms(), DAY_MS);
	return app_is_working(&loop->app) ? 0 : (int)wait;
}

/* The database rang, or a minute passed: load anew. */
static void refresh_data(struct loop *loop, int64_t now_ms)
{
	struct app *app = &loop->app;
	int64_t boot_ms = clock_boot_ms();

	if (pace_take(&loop->pace, boot_ms))
		app->needs_load = true;
	if (app->order_held && !app_is_steady(app))
		app->needs_load = true;
	if (now_ms / MINUTE_MS != app->loaded_ms / MINUTE_MS ||
	    (app->change_ms != 0 && now_ms >= app->change_ms))
		app->needs_load = true;
	if (!app->needs_load || app->frozen)
		return;
	watch_files(loop);
	read_caption(app);
	app_load(app, now_ms);
	pace_read(&loop->pace, boot_ms, clock_boot_ms());
}

/* A slice of what takes longer than a frame may: keys are answered in between. What somebody
 * has asked for delays no live data. */
static void work(struct loop *loop, int64_t now_ms)
{
	struct app *app = &loop->app;
	int64_t boot_ms = clock_boot_ms();

	if (app->quit || !app_is_working(app))
		return;
	const struct list_search *search = &app_long_list(app)->search;
	bool by_user = search->by_user;
	app_work(app, now_ms);
	if (!by_user)
		pace_read_piece(&loop->pace, boot_ms, clock_boot_ms(), !search->running);
	if (!search->running && search->stale)
		pace_ring(&loop->pace);
}

/* What was started and has ended: nobody asks how. */
static void reap_children(void)
{
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

/* What the views wait for, in the order of the stack. */
static nfds_t add_views(const struct app *app, struct pollfd *ret)
{
	for (int i = 0; i < app->depth; i++) {
		const struct view *view = app->stack[i];
		ret[i] = (struct pollfd){
			.fd = view->ops->fd != NULL ? view->ops->fd(view) : -1,
			.events = POLLIN,
		};
	}
	return (nfds_t)app->depth;
}

static void wake_views(struct app *app, const struct pollfd *waits, nfds_t count)
{
	for (nfds_t i = 0; i < count; i++)
		if (waits[i].revents != 0) {
			app->stack[i]->ops->ready(app->stack[i], app);
			app->needs_draw = true;
		}
}

/* On a larger screen a list may lack rows. */
static void draw(struct app *app, int64_t now_ms)
{
	app_detail_follow(app, now_ms);
	app_draw(app, now_ms);
	if (!app_wants_rows(app))
		return;
	app_load(app, now_ms);
	app_detail_follow(app, now_ms);
	app_draw(app, now_ms);
}

static void resize(struct loop *loop)
{
	if (loop->resize_boot_ms == 0 || clock_boot_ms() < loop->resize_boot_ms)
		return;
	loop->resize_boot_ms = 0;
	term_resize();
	loop->app.needs_draw = true;
}

/* Nothing is drawn for a terminal whose size is changing, or that takes no bytes: somebody
 * reads slowly, or has stopped it. True: a frame waits for room. */
static bool show(struct loop *loop)
{
	struct app *app = &loop->app;

	if (!app->needs_draw || loop->resize_boot_ms != 0)
		return false;
	if (!term_can_write())
		return true;
	draw(app, clock_now_ms(&app->options->clock));
	if (term_frame() < 0)
		loop->lost = true;
	return false;
}

static void turn(struct loop *loop)
{
	struct pollfd waits[WAIT_COUNT + VIEW_STACK_MAX] = {
		[WAIT_KEYS] = { .fd = term_fd(), .events = POLLIN },
		[WAIT_SIGNALS] = { .fd = loop->signal_fd, .events = POLLIN },
		[WAIT_STORE] = { .fd = loop->watch.fd, .events = POLLIN },
		[WAIT_FILES] = { .fd = loop->files_fd, .events = POLLIN },
		[WAIT_ENGINE] = { .fd = loop->app.engine.ended_fd, .events = POLLIN },
		[WAIT_ROOM] = { .fd = -1, .events = POLLOUT },
	};
	const struct clock *clock = &loop->app.options->clock;

	refresh_data(loop, clock_now_ms(clock));
	resize(loop);
	if (show(loop))
		waits[WAIT_ROOM].fd = term_output_fd();
	nfds_t views = add_views(&loop->app, waits + WAIT_COUNT);
	int wait = wait_ms(loop, clock_now_ms(clock));
	if (waits[WAIT_ROOM].fd >= 0 && wait < FRAME_MS)
		wait = FRAME_MS; /* what has changed cannot be shown yet */
	if (loop->lost || poll(waits, WAIT_COUNT + views, wait) < 0)
		return;
	if (waits[WAIT_SIGNALS].revents != 0)
		read_signals(loop);
	if (waits[WAIT_FILES].revents != 0)
		hear_files(loop);
	if (waits[WAIT_ENGINE].revents != 0)
		engine_control_ended(&loop->app);
	wake_views(&loop->app, waits + WAIT_COUNT, views);
	reap_children();
	watch_turn(&loop->watch, clock_boot_ms());
	if (store_changed(loop->app.store))
		pace_ring(&loop->pace);
	if (waits[WAIT_KEYS].revents != 0)
		read_keys(loop);
	else
		work(loop, clock_now_ms(clock));
	if ((waits[WAIT_KEYS].revents & (POLLHUP | POLLERR)) != 0)
		loop->lost = true;
}

bool console_can_draw(void)
{
	return term_can_draw();
}

void console_guard(void)
{
	guardian_stand();
}

bool console_run(struct store *store, const struct console_options *options,
		 struct err *err)
{
	struct loop loop = {
		.app = { .store = store, .options = options, .engine.ended_fd = -1 },
		.signal_fd = -1
	};

	if (!term_open(options->ascii, err))
		return false;
	if (!take_signals(&loop, err)) {
		term_close();
		return false;
	}
	paint_start(options->palette);
	paint_choose_lines(options->lines);
	if (options->mouse)
		term_mouse(true);
	if (gethostname(loop.app.host, sizeof(loop.app.host) - 1) != 0)
		loop.app.host[0] = '\0';
	watch_init(&loop.watch, store_path(store), clock_boot_ms());
	loop.files_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	store_stay_small(store);
	app_go(&loop.app, &view_dashboard);
	session_restore(&loop.app, options->session_path);
	first_steps_greet(&loop.app);
	while (!loop.app.quit && !loop.lost)
		turn(&loop);
	session_save(&loop.app, options->session_path);
	app_done(&loop.app);
	watch_done(&loop.watch);
	if (loop.files_fd >= 0)
		(void)close(loop.files_fd);
	(void)close(loop.signal_fd);
	term_close();
	(void)sigprocmask(SIG_SETMASK, &loop.previous_mask, NULL);
	return true;
}
