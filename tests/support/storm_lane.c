#include "tests/support/storm_lane.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store_sources.h"
#include "tests/support/fleet.h"
#include "tests/support/storm_receiver.h"

enum {
	/* At most, to the kill: from its start, one time in so many; else from its listening. */
	CHILDHOOD_MAX_MS = 40,
	CHILDHOOD_IN = 4,
	LIFE_MAX_MS = 25,
	POSTS_IN_A_LIFE = 4,  /* more would pile up what waits behind */
	LAST_LIFE_MS = 60000, /* until all is told */
	SAID_MAX = 16384,
};

#define TOKEN "0123456789abcdef0123456789abcdef"

struct lane {
	const struct storm_plan *plan;
	struct fleet fleet;
	struct storm_receiver receiver;
	FILE *book;
	uint64_t seed;
	int next[STORM_SERVICES];    /* how many events of each monitor were answered */
	bool posted[STORM_SERVICES]; /* its next one is on its way */
	struct buf post;             /* what is on its way, until it is answered */

	/* of the life that is lived */
	pid_t engine;
	int said_fd, poster_fd; /* < 0: none */
	struct buf said, answer;
	int posts;
	bool is_listening;
	bool is_asked; /* a post was sent, and waits for its answer */
};

_Noreturn static void give_up(struct lane *lane, const char *format, ...)
	PRINTF_LIKE(2, 3);
static void give_up(struct lane *lane, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "; the engine said:\n%s\n", buf_text(&lane->said));
	if (lane->engine > 0)
		kill(lane->engine, SIGKILL);
	_exit(1);
}

/* ---- what is told to it ---- */

static void make_post(struct lane *lane)
{
	const char *body_of = "";
	DEFER(buf_done) struct buf body = BUF_INIT(STORM_REQUEST_MAX);
	for (int i = 0; i < STORM_SERVICES; i++) {
		lane->posted[i] = random_step(&lane->seed) % 2 == 0;
		if (!lane->posted[i])
			continue;
		buf_addf(&body, "%s{\"monitor\":\"M%d\",\"state\":\"%s\",\"id\":\"%d\"}",
			 body_of, i, lane->next[i] % 2 == 0 ? "error" : "ok",
			 lane->next[i]);
		body_of = ",";
	}
	buf_reset(&lane->post);
	if (body.len == 0)
		return;
	buf_addf(&lane->post,
		 "POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " TOKEN
		 "\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n[%s]",
		 body.len + 2, buf_text(&body));
}

static void note_accepted(struct lane *lane)
{
	for (int i = 0; i < STORM_SERVICES; i++) {
		if (!lane->posted[i])
			continue;
		fprintf(lane->book, "event M%d %s\n", i,
			lane->next[i] % 2 == 0 ? "error" : "ok");
		lane->next[i]++;
	}
	buf_reset(&lane->post);
	lane->is_asked = false;
	lane->posts++;
}

/* What was not answered is posted again, with the same ids. */
static void post(struct lane *lane, bool may_make_more)
{
	if (lane->poster_fd < 0 || lane->is_asked)
		return;
	if (lane->post.len == 0 && may_make_more && lane->posts < POSTS_IN_A_LIFE)
		make_post(lane);
	if (lane->post.len == 0)
		return;
	buf_reset(&lane->answer);
	lane->is_asked = true;
	(void)!send(lane->poster_fd, lane->post.data, lane->post.len, MSG_NOSIGNAL);
}

static void read_into(int *fd, struct buf *ret)
{
	char part[2048];
	ssize_t got = *fd < 0 ? -1 : read(*fd, part, sizeof(part));
	if (got > 0) {
		buf_add(ret, part, (size_t)got);
	} else if (got == 0 || errno != EAGAIN) {
		if (*fd >= 0)
			close(*fd);
		*fd = -1;
	}
}

static void read_answer(struct lane *lane)
{
	read_into(&lane->poster_fd, &lane->answer);
	if (!lane->is_asked || strstr(buf_text(&lane->answer), "}") == NULL)
		return;
	if (strncmp(buf_text(&lane->answer), "HTTP/1.1 202", 12) != 0)
		give_up(lane, "a post was answered: %s", buf_text(&lane->answer));
	note_accepted(lane);
}

/* ---- a life ---- */

static void spawn(struct lane *lane)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0 || (lane->engine = fork()) < 0)
		give_up(lane, "no engine: %s", strerror(errno));
	if (lane->engine == 0) {
		dup2(ends[1], STDERR_FILENO);
		execl(lane->plan->engine, "hublink-engine", "engine", "--db",
		      lane->fleet.place.path, "--listen", "127.0.0.1:0", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	lane->said_fd = ends[0];
	lane->poster_fd = -1;
	lane->posts = 0;
	lane->is_listening = false;
	lane->is_asked = false;
	buf_reset(&lane->said);
}

static void connect_poster(struct lane *lane)
{
	static const char mark[] = "Listening on http://127.0.0.1:";
	const char *at = strstr(buf_text(&lane->said), mark);
	if (lane->is_listening || at == NULL || strchr(at, '\n') == NULL)
		return;
	lane->is_listening = true;
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(
					  (uint16_t)strtol(at + strlen(mark), NULL, 10)),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	lane->poster_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(lane->poster_fd, (struct sockaddr *)&in, sizeof(in)) != 0)
		give_up(lane, "the listener: %s", strerror(errno));
	fcntl(lane->poster_fd, F_SETFL, O_NONBLOCK);
}

static void turn(struct lane *lane, int64_t wait_ms, bool may_make_more)
{
	struct pollfd fds[STORM_CONNECTIONS + 3];
	nfds_t count = storm_receiver_fds(&lane->receiver, fds);
	fds[count++] = (struct pollfd){ .fd = lane->said_fd, .events = POLLIN };
	fds[count++] = (struct pollfd){ .fd = lane->poster_fd, .events = POLLIN };
	(void)poll(fds, count, (int)wait_ms);
	read_into(&lane->said_fd, &lane->said);
	connect_poster(lane);
	read_answer(lane);
	post(lane, may_make_more);
	storm_receiver_turn(&lane->receiver);
	if (lane->said_fd < 0)
		give_up(lane, "the engine ended by itself");
}

static void close_life(struct lane *lane)
{
	if (lane->poster_fd >= 0)
		close(lane->poster_fd);
	if (lane->said_fd >= 0)
		close(lane->said_fd);
	lane->engine = 0;
}

static int64_t toss_ms(struct lane *lane, int64_t most)
{
	return (int64_t)(random_step(&lane->seed) % (uint64_t)(most * 1000)) / 1000;
}

static void live(struct lane *lane, int64_t duration_ms)
{
	int64_t end_ms = clock_boot_ms() + duration_ms;
	for (int64_t now; (now = clock_boot_ms()) < end_ms;)
		turn(lane, end_ms - now, true);
}

/* What the dead one had sent comes into the book before its end does. */
static void live_and_die(struct lane *lane)
{
	spawn(lane);
	if (random_step(&lane->seed) % CHILDHOOD_IN == 0) {
		live(lane, toss_ms(lane, CHILDHOOD_MAX_MS));
	} else {
		while (!lane->is_listening)
			turn(lane, -1, true);
		live(lane, toss_ms(lane, LIFE_MAX_MS));
	}
	int status;
	if (kill(lane->engine, SIGKILL) != 0 ||
	    waitpid(lane->engine, &status, 0) != lane->engine || !WIFSIGNALED(status))
		give_up(lane, "the engine was dead already");
	storm_receiver_drain(&lane->receiver);
	fprintf(lane->book, "kill\n");
	close_life(lane);
}

static bool is_all_told(const struct lane *lane)
{
	bool all = lane->post.len == 0;
	for (int i = 0; i < STORM_SERVICES; i++)
		all = all && lane->receiver.heard[i].accepted >= lane->next[i];
	return all;
}

/* The last one lives until all is told, or for so long that something must be lost: the ledger
 * says what. */
static void live_to_the_end(struct lane *lane)
{
	int64_t end_ms = clock_boot_ms() + LAST_LIFE_MS;
	spawn(lane);
	while (!(lane->is_listening && is_all_told(lane)) && clock_boot_ms() < end_ms)
		turn(lane, 20, false);
	kill(lane->engine, SIGTERM);
	int status;
	while (waitpid(lane->engine, &status, WNOHANG) == 0) {
		storm_receiver_turn(&lane->receiver);
		(void)poll(NULL, 0, 5);
	}
	if (status != 0)
		give_up(lane, "the engine ended with status %d", status);
	close_life(lane);
}

/* ---- the lane ---- */

static void open_lane(struct lane *lane, const struct storm_plan *plan)
{
	char url[64], path[PLACE_PATH_SIZE + 32], hash[SHA256_HEX_SIZE];
	struct err err = { 0 };
	lane->plan = plan;
	lane->seed = plan->seed;
	lane->post = BUF_INIT(2 * STORM_REQUEST_MAX);
	lane->said = BUF_INIT(SAID_MAX);
	lane->answer = BUF_INIT(SAID_MAX);
	snprintf(path, sizeof(path), "%s/book", plan->folder);
	lane->book = fopen(path, "w");
	if (lane->book == NULL)
		give_up(lane, "%s: %s", path, strerror(errno));
	setenv("TMPDIR", plan->folder, 1);
	storm_receiver_open(&lane->receiver, lane->book, plan->seed + 1);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d", lane->receiver.port);
	fleet_open(&lane->fleet, url, STORM_SERVICES);
	sha256_hex(hash, TOKEN, sizeof(TOKEN) - 1);
	place_must(store_token_add(lane->fleet.place.store, "storm", hash, &err), &err);
	place_close(&lane->fleet.place);
}

void storm_lane_run(const struct storm_plan *plan)
{
	struct lane *lane = mem_new(1, sizeof(*lane));
	open_lane(lane, plan);
	for (int i = 0; i < plan->kills; i++)
		live_and_die(lane);
	live_to_the_end(lane);
	fleet_close(&lane->fleet);
	storm_receiver_close(&lane->receiver);
	bool is_written = fclose(lane->book) == 0;
	buf_done(&lane->post);
	buf_done(&lane->said);
	buf_done(&lane->answer);
	free(lane);
	_exit(is_written ? 0 : 1);
}
