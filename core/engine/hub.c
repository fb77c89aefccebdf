/* One thread: it waits for the sockets, for a signal, or for the next answer that --latency
 * holds back. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/random.h"
#include "core/engine/commands.h"
#include "core/engine/hub_options.h"
#include "core/engine/hub_server.h"

/* What lives as long as the hub. */
struct hub {
	struct hub_site site;
	struct hub_server *server;
	int listen_fd, signal_fd;
};

static int open_signals(struct err *err)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		fail(err, ERR_FAILED, "the hub cannot wait for signals: %s",
		     strerror(errno));
	return fd;
}

/* A file that cannot be opened is a name that was given wrong, as for every command. */
static bool refuse_ledger(const char *path, int code, struct err *err)
{
	if (*path == '\0')
		return fail(err, ERR_INVALID,
			    "--log: the name of a file is empty; give one");
	if (code == ENOENT || code == ENOTDIR)
		return fail(err, ERR_INVALID,
			    "--log %s cannot be made: its folder does not exist; make it "
			    "first",
			    path);
	return fail(err, ERR_INVALID, "--log %s cannot be written: %s; name another file",
		    path, strerror(code));
}

static bool open_ledger(const char *path, FILE **ret, struct err *err)
{
	if (path == NULL)
		return true;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	*ret = fd >= 0 ? fdopen(fd, "a") : NULL;
	if (*ret != NULL)
		return true;
	const int code = errno;
	if (fd >= 0)
		close(fd);
	return refuse_ledger(path, code, err);
}

static bool hub_open(struct hub *hub, const struct hub_options *options, struct err *err)
{
	hub->site.behaviour = options->behaviour;
	hub->site.random = random_u64();
	hub->signal_fd = open_signals(err);
	if (hub->signal_fd < 0 || !open_ledger(options->log_path, &hub->site.ledger, err))
		return false;
	if (!address_listen(&options->address, &hub->listen_fd, err))
		return false;
	hub->server = hub_server_new(hub->listen_fd, &hub->site, err);
	return hub->server != NULL;
}

static void hub_close(struct hub *hub)
{
	hub_server_free(hub->server);
	hub_state_done(&hub->site.state);
	hub_targets_done(&hub->site.targets);
	if (hub->site.ledger != NULL)
		fclose(hub->site.ledger);
	if (hub->signal_fd >= 0)
		close(hub->signal_fd);
}

/* The first line: where it listens, once it does. */
static void announce(int listen_fd)
{
	DEFER(buf_done) struct buf url = BUF_INIT(128);
	address_add_url(listen_fd, &url);
	printf("listening on %s\n", buf_text(&url));
	(void)fflush(stdout);
}

static void serve(struct hub *hub)
{
	struct pollfd fds[] = {
		{ .fd = hub->signal_fd, .events = POLLIN },
		{ .fd = hub_server_fd(hub->server), .events = POLLIN },
	};

	while ((fds[0].revents & POLLIN) == 0) {
		hub_server_run(hub->server);
		poll(fds, COUNT_OF(fds), (int)hub_server_timeout_ms(hub->server));
	}
}

int hub_main(int argc, char **argv)
{
	struct err err = { 0 };
	struct hub_options options;
	struct hub hub = { .signal_fd = -1, .listen_fd = -1 };

	bool opened = hub_options_parse(argc, argv, &options, &err) &&
		      hub_open(&hub, &options, &err);
	if (opened) {
		announce(hub.listen_fd);
		serve(&hub);
	}
	hub_close(&hub);
	return opened ? 0 : report_failure(&err);
}
