/* F19, F21, F22: an engine that gets no memory, no descriptor or no thread. It ends in words,
 * or out of memory with its one line; nothing is lost, nothing is reordered, and what is
 * repeated was in flight when it ended. */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/engine/commands.h"
#include "core/engine/http.h"
#include "tests/support/check.h"
#include "tests/support/engine_child.h"
#include "tests/support/memory/memory.h"
#include "tests/support/scene.h"

enum { SAID_MAX_BYTES = 4096 };

/* ---- what an engine says ---- */

static FILE *said;

static void say_there(void)
{
	log_set_level(LOG_LEVEL_ERROR);
	dup2(fileno(said), STDERR_FILENO);
}

static void forget_what_was_said(void)
{
	rewind(said);
	assert_int_equal(ftruncate(fileno(said), 0), 0);
}

static const char *what_was_said(void)
{
	static char text[SAID_MAX_BYTES];
	rewind(said);
	text[fread(text, 1, sizeof(text) - 1, said)] = '\0';
	return text;
}

/* The line of die_out_of_memory, perhaps by each of the two threads. */
static bool is_out_of_memory(const char *text)
{
	static const char line[] = "hublink: out of memory\n";
	const size_t bytes = sizeof(line) - 1;
	return strncmp(text, line, bytes) == 0 &&
	       (text[bytes] == '\0' || strcmp(text + bytes, line) == 0);
}

/* Well, with a failure that it names, or out of memory: by no other signal, and a sanitizer
 * that finds something says more. */
static void expect_end(const char *what, long n, int status)
{
	const char *text = what_was_said();
	bool is_well = status == 0 && text[0] == '\0';
	bool is_told = WIFEXITED(status) && WEXITSTATUS(status) == 1 && text[0] != '\0' &&
		       strchr(text, '\n') == text + strlen(text) - 1;
	bool gave_up = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
		       is_out_of_memory(text);
	if (!is_well && !is_told && !gave_up)
		fail_msg("%s %ld: the engine ended with status %d and said '%s'", what, n,
			 status, text);
}

static int hit(struct engine_child *rig, void (*handicap)(long), long n)
{
	forget_what_was_said();
	engine_child_start_over(rig);
	return engine_child_run(rig, handicap, n);
}

static void expect_nothing_lost(struct engine_child *rig, long n)
{
	engine_child_run_to_the_end(rig);
	engine_child_check(rig, n);
}

/* ---- memory ---- */

static atomic_long *asked; /* shared with the engine */

static void lack_one_allocation(long n)
{
	say_there();
	memory_count_at(asked);
	memory_use(&(struct memory_plan){ .at = n });
}

static void lack_memory(long n)
{
	say_there();
	memory_count_at(asked);
	memory_use(&(struct memory_plan){ .at = n, .for_good = true });
}

/* libcurl, too, gets none: an answer that it could not read is no answer (R22). */
static void sweep(struct engine_child *rig, void (*lack)(long), long first)
{
	enum { APART = 131, HUNTED_APART = 7, ENOUGH = 1000 };
	long apart = getenv("HUBLINK_HUNT") != NULL ? HUNTED_APART : APART;
	long n = first - apart;
	do {
		n += apart;
		expect_end("allocation", n, hit(rig, lack, n));
		rig->ends++; /* also where it only lost an answer */
		expect_nothing_lost(rig, n);
	} while (*asked >= n);
	print_message("an engine asks for about %ld pieces of memory\n", n);
	assert_true(n > ENOUGH);
}

static void engine__loses_nothing__when_an_allocation_fails_f19(void **state)
{
	sweep(*state, lack_one_allocation, 1);
}

static void engine__loses_nothing__when_memory_is_out_f19(void **state)
{
	sweep(*state, lack_memory, 60);
}

/* ---- descriptors ---- */

static void lack_descriptors(long n)
{
	const struct rlimit limit = { (rlim_t)n, (rlim_t)n };
	say_there();
	closefrom(STDERR_FILENO + 1);
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static void engine__loses_nothing__when_there_is_no_descriptor_left_f21(void **state)
{
	enum { FEWEST = 3, ENOUGH = 30 };
	struct engine_child *rig = *state;
	int went_well = 0, refused = 0;
	for (long n = FEWEST; n <= ENOUGH; n++) {
		int status = hit(rig, lack_descriptors, n);
		assert_true(WIFEXITED(status));
		expect_end("descriptors", n, status);
		went_well += status == 0;
		refused += status != 0;
		expect_nothing_lost(rig, n);
	}
	assert_true(went_well > 0 && refused > 0);
}

static struct engine_child *listening; /* this one's engine shall listen */

static void listen_with_few_descriptors(long port)
{
	enum { FEW = 48 };
	char where[32];
	char *argv[] = { (char[]){ "engine" },
			 (char[]){ "--db" },
			 listening->fleet.place.path,
			 (char[]){ "--listen" },
			 where,
			 NULL };
	(void)snprintf(where, sizeof(where), "127.0.0.1:%ld", port);
	lack_descriptors(FEW);
	_exit(engine_main(5, argv));
}

static int come_in(int port)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
					.sin_port = htons((uint16_t)port),
					.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* More visitors than it has descriptors, who say nothing and stay. */
static void crowd_in(int port, int *ret_fds, int count)
{
	for (int i = 0; i < count; i++) {
		while ((ret_fds[i] = come_in(port)) < 0)
			(void)poll(NULL, 0, 5); /* it does not listen yet */
	}
}

static void tell_of_an_ok(struct engine_child *rig)
{
	place_open(&rig->fleet.place, STORE_WRITE);
	fleet_event(&rig->fleet, rig->fleet.place.store, 2, EVENT_OK);
	place_close(&rig->fleet.place);
}

/* Each update needs a connection of its own, and is there at the first try. */
static void engine__sends__though_visitors_would_take_every_descriptor_f21(void **state)
{
	enum { CROWD = 60, UPDATES = 5 };
	struct engine_child *rig = listening = *state;
	int status, crowd[CROWD], port = scene_free_port();
	DEFER(buf_done) struct buf tries = BUF_INIT(64);
	forget_what_was_said();
	engine_child_start_over(rig);
	receiver_forget_rules(rig->receiver);
	receiver_rule(rig->receiver, (struct receiver_rule){ .closes = true });
	pid_t engine = engine_child_begin(rig, listen_with_few_descriptors, port);
	crowd_in(port, crowd, CROWD);
	assert_true(receiver_wait(rig->receiver, rig->from + UPDATES));
	tell_of_an_ok(rig);
	assert_true(receiver_wait(rig->receiver, rig->from + UPDATES + 1));
	kill(engine, SIGTERM);
	assert_int_equal(waitpid(engine, &status, 0), engine);
	assert_int_equal(status, 0);
	assert_true(place_sql(&rig->fleet.place, "SELECT sum(attempts) FROM delivery",
			      &tries));
	assert_string_equal(buf_text(&tries), "6\n");
	for (int i = 0; i < CROWD; i++)
		close(crowd[i]);
}

/* ---- threads: one carries updates, and libcurl takes one for each name ---- */

static bool lacks_threads;
static int threads_refused;

int pthread_create(pthread_t *ret, const pthread_attr_t *attributes,
		   void *(*start)(void *), void *arg)
{
	static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *),
			   void *);
	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
	threads_refused += lacks_threads;
	return lacks_threads ? EAGAIN : real(ret, attributes, start, arg);
}

static void lack_threads(long n)
{
	(void)n;
	say_there();
	lacks_threads = true;
}

static void engine__says_why_it_does_not_start__without_a_thread_f22(void **state)
{
	struct engine_child *rig = *state;
	int status = hit(rig, lack_threads, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	assert_non_null(strstr(what_was_said(), "a thread of its own"));
	assert_non_null(strstr(what_was_said(), "tasks"));
	expect_nothing_lost(rig, 0);
}

struct kept {
	bool is_here;
	struct outcome outcome;
};

static void keep(void *arg, int64_t id, const struct outcome *outcome)
{
	(void)id;
	*(struct kept *)arg = (struct kept){ true, *outcome };
}

/* Resolving fails, then: nothing was sent, and it is tried again. */
static void http__says_nothing_left__when_no_thread_can_be_made_f22(void **state)
{
	struct err err = { 0 };
	struct kept answer = { 0 };
	const struct http_options options = { .max_in_flight = 1 };
	const struct request request = { .url = "https://hub.example.invalid/hook",
					 .key = "k",
					 .body = "{}" };
	(void)state;
	struct transport *http = http_new(&options, &err);
	http->done = keep;
	http->done_arg = &answer;
	threads_refused = 0;
	lacks_threads = true;
	bool is_sent = http->ops->send(http, &request, &err);
	while (is_sent && !answer.is_here) {
		struct pollfd ready = { .fd = http->ops->fd(http), .events = POLLIN };
		(void)poll(&ready, 1, http->ops->timeout_ms(http));
		assert_true(http->ops->perform(http, &err));
	}
	lacks_threads = false;
	assert_true(is_sent);
	assert_true(threads_refused > 0);
	assert_int_equal(answer.outcome.http_status, 0);
	assert_false(answer.outcome.request_sent);
	http->ops->free(http);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, engine_child_open, engine_child_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__loses_nothing__when_an_allocation_fails_f19),
		TEST(engine__loses_nothing__when_memory_is_out_f19),
		TEST(engine__loses_nothing__when_there_is_no_descriptor_left_f21),
		TEST(engine__sends__though_visitors_would_take_every_descriptor_f21),
		TEST(engine__says_why_it_does_not_start__without_a_thread_f22),
		cmocka_unit_test(http__says_nothing_left__when_no_thread_can_be_made_f22),
	};
	said = tmpfile();
	asked = mmap(NULL, sizeof(*asked), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (said == NULL || asked == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
