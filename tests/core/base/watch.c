#include "core/base/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/support/check.h"

struct place {
	char folder[64];
	char database[96];
	char log[112];
};

static int make_place(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	snprintf(place->folder, sizeof(place->folder), "/tmp/hublink-watch-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->database, sizeof(place->database), "%s/hub.db", place->folder);
	snprintf(place->log, sizeof(place->log), "%s-wal", place->database);
	*state = place;
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	unlink(place->log);
	rmdir(place->folder);
	free(place);
	return 0;
}

static void append(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "frame", 5), 5);
	close(fd);
}

static bool is_readable(int fd)
{
	struct pollfd asked = { .fd = fd, .events = POLLIN };
	return poll(&asked, 1, 0) == 1;
}

static void watch__waits_without_end__when_nothing_is_written(void **state)
{
	struct place *place = *state;
	append(place->log);
	struct watch watch;
	watch_init(&watch, place->database, 1000);
	assert_true(watch.fd >= 0);
	assert_int_equal(watch_timeout_ms(&watch, 1000), -1);
	assert_false(is_readable(watch.fd));
	watch_done(&watch);
}

static void watch__rings_and_looks_again_ever_later__when_the_log_is_written(void **state)
{
	struct place *place = *state;
	append(place->log);
	struct watch watch;
	watch_init(&watch, place->database, 1000);
	append(place->log);
	assert_true(is_readable(watch.fd));

	int64_t now_ms = 1000;
	watch_turn(&watch, now_ms);
	assert_false(is_readable(watch.fd));
	for (int pause_ms = WATCH_AGAIN_FIRST_MS; pause_ms <= WATCH_AGAIN_LAST_MS;
	     pause_ms *= 2) {
		assert_int_equal(watch_timeout_ms(&watch, now_ms), pause_ms);
		now_ms += pause_ms;
		watch_turn(&watch, now_ms);
	}
	assert_int_equal(watch_timeout_ms(&watch, now_ms), -1);
	watch_done(&watch);
}

static void watch__starts_over__when_it_rings_again(void **state)
{
	struct place *place = *state;
	append(place->log);
	struct watch watch;
	watch_init(&watch, place->database, 1000);
	append(place->log);
	watch_turn(&watch, 1000);
	watch_turn(&watch, 1001);
	assert_int_equal(watch_timeout_ms(&watch, 1001), 2);
	append(place->log);
	watch_turn(&watch, 1002);
	assert_int_equal(watch_timeout_ms(&watch, 1002), WATCH_AGAIN_FIRST_MS);
	watch_done(&watch);
}

static void watch_settle__ends_the_looking__until_it_rings_again(void **state)
{
	struct place *place = *state;
	append(place->log);
	struct watch watch;
	watch_init(&watch, place->database, 1000);
	assert_false(watch_looks_again(&watch));
	append(place->log);
	watch_turn(&watch, 1000);
	assert_true(watch_looks_again(&watch));
	watch_settle(&watch);
	assert_false(watch_looks_again(&watch));
	assert_int_equal(watch_timeout_ms(&watch, 1000), -1);
	append(place->log);
	watch_turn(&watch, 1001);
	assert_int_equal(watch_timeout_ms(&watch, 1001), WATCH_AGAIN_FIRST_MS);
	watch_done(&watch);
}

static void watch__polls_slowly__when_there_is_nothing_to_watch(void **state)
{
	struct place *place = *state;
	struct watch watch;
	watch_init(&watch, place->database, 1000);
	assert_int_equal(watch.fd, -1);
	assert_int_equal(watch_timeout_ms(&watch, 1000), WATCH_POLL_MS);
	watch_settle(&watch); /* nothing would ring */
	watch_turn(&watch, 2000);
	assert_int_equal(watch_timeout_ms(&watch, 2000), 1000);
	watch_turn(&watch, 3000);
	assert_int_equal(watch_timeout_ms(&watch, 3000), WATCH_POLL_MS);
	watch_done(&watch);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(watch__waits_without_end__when_nothing_is_written),
		TEST(watch__rings_and_looks_again_ever_later__when_the_log_is_written),
		TEST(watch__starts_over__when_it_rings_again),
		TEST(watch_settle__ends_the_looking__until_it_rings_again),
		TEST(watch__polls_slowly__when_there_is_nothing_to_watch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
