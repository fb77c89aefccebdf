/* F20: allocations that fail while an engine speaks TLS. Libraries that get no memory may end
 * the process in any way; nothing is lost, and nothing reordered, once it is started again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/engine/http.h"
#include "core/engine/loop.h"
#include "tests/support/check.h"
#include "tests/support/engine_child.h"
#include "tests/support/memory/memory.h"
#include "tests/support/tls_front.h"

static struct tls_front *front;
static atomic_long *asked; /* shared with the engine */

/* An engine until it is idle, which trusts the front's authority. */
static int work(struct engine_child *rig)
{
	struct err err = { 0 };
	struct store *store = NULL;
	struct engine *engine = NULL;
	const struct http_options http = { .max_in_flight = 8,
					   .ca_file = tls_front_authority(front) };
	const struct loop_options loop = { .until_idle = true };
	const struct instant now = { .wall_ms = clock_now_ms(&(struct clock){ 0 }),
				     .boot_ms = clock_boot_ms() };
	struct transport *transport = http_new(&http, &err);
	bool ok = transport &&
		  store_open(rig->fleet.place.path, STORE_WRITE, &store, &err) &&
		  engine_new(store, transport, 8, now, &engine, &err) &&
		  loop_run(engine, store, transport, &loop, &err);
	engine_free(engine);
	if (transport)
		transport->ops->free(transport);
	store_close(store);
	return ok ? 0 : 1;
}

static int open_tls(void **state)
{
	struct engine_child *rig;
	char url[64];
	if (engine_child_open(state) != 0)
		return -1;
	rig = *state;
	rig->work = work;
	front = tls_front_new(rig->receiver);
	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%d", tls_front_port(front));
	engine_child_move_to(rig, url);
	return 0;
}

static int close_tls(void **state)
{
	tls_front_free(front);
	return engine_child_close(state);
}

static void lack(long n, bool for_good)
{
	log_set_level(LOG_LEVEL_ERROR);
	(void)!freopen("/dev/null", "w", stderr);
	memory_count_at(asked);
	memory_use(&(struct memory_plan){ .at = n, .for_good = for_good });
}

static void lack_one_allocation(long n)
{
	lack(n, false);
}

static void lack_memory(long n)
{
	lack(n, true);
}

static void expect_nothing_lost(struct engine_child *rig, long n)
{
	tls_front_wait_quiet(front);
	assert_true(receiver_wait_quiet(rig->receiver));
	rig->ends++;
	engine_child_run_to_the_end(rig);
	engine_child_check(rig, n);
}

static void sweep(struct engine_child *rig, void (*handicap)(long), long first)
{
	enum { POINTS = 20, HUNTED_POINTS = 400, ENOUGH = 1000 };
	engine_child_start_over(rig);
	assert_int_equal(engine_child_run(rig, handicap, 1L << 40), 0);
	const long all = *asked;
	engine_child_run_to_the_end(rig);
	engine_child_check(rig, 0);
	const long apart = all / (getenv("HUBLINK_HUNT") ? HUNTED_POINTS : POINTS) + 1;
	print_message("an engine that speaks TLS asks %ld times for memory\n", all);
	assert_true(all > ENOUGH);
	for (long n = first; n < all; n += apart) {
		engine_child_start_over(rig);
		(void)engine_child_run(rig, handicap, n);
		expect_nothing_lost(rig, n);
	}
}

static void engine__loses_nothing__when_tls_gets_no_memory_once_f20(void **state)
{
	sweep(*state, lack_one_allocation, 17);
}

static void engine__loses_nothing__when_tls_gets_no_memory_any_more_f20(void **state)
{
	sweep(*state, lack_memory, 117);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_tls, close_tls)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(engine__loses_nothing__when_tls_gets_no_memory_once_f20),
		TEST(engine__loses_nothing__when_tls_gets_no_memory_any_more_f20),
	};
	asked = mmap(NULL, sizeof(*asked), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (asked == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
