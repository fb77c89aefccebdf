/* tui/console/pace: live data is shown at most four times a second, however often the store
 * rings, and read for at most a twentieth of the time. No clock but a number. */

#include "tests/support/check.h"
#include "tui/console/pace.h"

enum { TEN_SECONDS = 10000 };

struct told {
	int frames;
	int64_t reading_ms;
};

/* As the loop does: it waits as long as it is told, reads, and draws. The store rings every
 * millisecond; reading takes so long. */
static struct told burst(int64_t reading_ms)
{
	struct pace pace = { 0 };
	struct told told = { 0 };
	int64_t now_ms = 500;

	while (now_ms < 500 + TEN_SECONDS) {
		pace_ring(&pace);
		if (pace_take(&pace, now_ms)) {
			told.frames++;
			told.reading_ms += reading_ms;
			pace_read(&pace, now_ms, now_ms + reading_ms);
			now_ms += reading_ms;
			pace_ring(&pace);
		}
		now_ms += pace_wait_ms(&pace, now_ms, TEN_SECONDS);
	}
	return told;
}

static void pace__shows_four_frames_a_second__while_the_store_rings(void **state)
{
	(void)state;
	assert_int_equal(burst(0).frames, 4 * TEN_SECONDS / 1000);
	assert_int_equal(burst(10).frames, 4 * TEN_SECONDS / 1000);
}

static void pace__reads_a_twentieth_of_the_time__when_reading_is_slow(void **state)
{
	(void)state;
	assert_int_equal(burst(50).frames, TEN_SECONDS / 1000);
	assert_int_equal(burst(50).reading_ms, TEN_SECONDS / READING_SHARE);
	assert_int_equal(burst(500).frames, 1);
}

/* What is read in pieces counts as if it had been read at a time. */
static void pace__rests_after_the_last_piece__as_after_all_of_them(void **state)
{
	struct pace pace = { 0 };

	(void)state;
	for (int64_t at = 1000; at < 1100; at += 10)
		pace_read_piece(&pace, at, at + 2, at == 1090);
	assert_int_equal(pace.next_ms, 1092 + 20 * READING_SHARE);
	pace_read_piece(&pace, 2000, 2002, true);
	assert_int_equal(pace.next_ms, 2002 + 2 * READING_SHARE);
}

static void pace__waits_as_long_as_it_may__without_anything_new(void **state)
{
	struct pace pace = { .next_ms = 700 };

	(void)state;
	assert_false(pace_take(&pace, 1000));
	assert_int_equal(pace_wait_ms(&pace, 1000, 60000), 60000);
	pace_ring(&pace);
	assert_int_equal(pace_wait_ms(&pace, 1000, 60000), 0);
	assert_int_equal(pace_wait_ms(&pace, 600, 60000), 100);
	assert_int_equal(pace_wait_ms(&pace, 600, 20), 20);
	assert_false(pace_take(&pace, 699));
	assert_true(pace_take(&pace, 700));
	assert_false(pace_take(&pace, 700));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pace__shows_four_frames_a_second__while_the_store_rings),
		cmocka_unit_test(
			pace__reads_a_twentieth_of_the_time__when_reading_is_slow),
		cmocka_unit_test(pace__rests_after_the_last_piece__as_after_all_of_them),
		cmocka_unit_test(pace__waits_as_long_as_it_may__without_anything_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
