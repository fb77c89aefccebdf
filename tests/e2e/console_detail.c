/* What the cursor of a list is on, beside the list: there where there is room, never dear. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

#define KEY_DOWN_ARROW "\033OB"

enum { REST_MS = 100, PRESSES = 4, PLAIN_BYTES = 130, DETAIL_BYTES = 600 };

/* Outages that came and went: incidents and updates to walk over. */
static void fill(struct stage *s)
{
	stage_events(
		s, "12:00 Shop error, 12:05 Shop ok, 12:10 API error, 12:12 API ok, "
		   "12:20 Shop error, 12:25 Shop ok, 12:30 Batch error, 12:35 Batch ok");
	stage_settle(s);
	stage_do(s, "event Shop error --message 'timeout after 10 s'");
	stage_settle(s);
}

/* The most that one press of the key takes; but for one of them, into which a minute may fall
 * that changes each age on the screen. */
static size_t dearest(struct vt *vt, const char *key)
{
	size_t most = 0, next = 0;

	for (int i = 0; i < PRESSES; i++) {
		size_t before = 0, after = 0;
		vt_settle(vt, REST_MS);
		(void)vt_bytes(vt, &before);
		vt_type(vt, key);
		vt_settle(vt, REST_MS);
		(void)vt_bytes(vt, &after);
		size_t bytes = after - before;
		next = bytes > most ? most : bytes > next ? bytes : next;
		most = bytes > most ? bytes : most;
	}
	return next;
}

static void detail__follows_the_cursor__where_there_is_room(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open_sized(&s->sandbox, 200, 50, NULL);
	console_act(vt, "4", "monitor       API");
	console_act(vt, "j", "monitor       Batch");
	console_act(vt, "j", "timeout after 10 s");
	console_act(vt, "7", "Attempts, oldest first");
	console_act(vt, "2", "last told");
	console_act(vt, "6", "Nothing hangs on it");
	vt_resize(vt, 120, 40);
	console_act(vt, "3", " Record ");
	assert_true(vt_wait(vt, "more: Tab"));
	console_act(vt, "jj", "Service URL");
}

static void detail__goes_and_comes_back__on_z(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open_sized(&s->sandbox, 160, 30, NULL);
	console_act(vt, "4", "What an error would reach now");
	vt_type(vt, "z");
	assert_true(vt_wait_gone(vt, "What an error would reach now"));
	console_act(vt, "7z", "Attempts, oldest first"); /* on every screen the same */
	console_act(vt, "\tz", "keys go here");
	assert_true(vt_wait_gone(vt, "Update"));
	console_act(vt, KEY_ESC, "Update");
	console_act(vt, "z", "Attempts, oldest first");
	vt_resize(vt, 80, 24);
	assert_true(vt_wait(vt, "8Mnt"));
	console_act(vt, "z", "Deliveries > Delivery");
}

static void detail__takes_keys__after_tab(void **state)
{
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open_sized(&s->sandbox, 160, 20, NULL);
	console_act(vt, "2", "last told");
	console_act(vt, "\t", "keys go here");
	assert_true(vt_wait(vt, "Timeline, newest first"));
	vt_type(vt, "j");
	assert_true(vt_wait_gone(vt, "service       Website"));
	console_act(vt, "a", " Note "); /* on the incident that is read there */
	console_act(vt, KEY_ESC, "keys go here");
	console_act(vt, KEY_ESC, "service       Website");
	assert_true(vt_wait_gone(vt, "keys go here"));
}

static void detail__costs_little__with_each_key(void **state)
{
	static const int sizes[][2] = { { 120, 40 }, { 200, 50 } };
	static const char *const screens[] = { "1", "2", "3", "4", "5", "6", "7", "8" };
	struct stage *s = *state;

	fill(s);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		DEFER(vt_done)
		struct vt *vt =
			console_open_sized(&s->sandbox, sizes[i][0], sizes[i][1], NULL);
		for (size_t screen = 0; screen < COUNT_OF(screens); screen++) {
			vt_type(vt, screens[screen]);
			size_t bytes = dearest(vt, KEY_DOWN_ARROW);
			if (bytes > DETAIL_BYTES)
				fail_msg("screen %s, %d columns: %zu bytes",
					 screens[screen], sizes[i][0], bytes);
		}
	}
}

static void list__costs_less__without_detail(void **state)
{
	static const char *const screens[] = { "2", "3", "4", "5", "6", "7", "8" };
	struct stage *s = *state;

	fill(s);
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	for (size_t screen = 0; screen < COUNT_OF(screens); screen++) {
		vt_type(vt, screens[screen]);
		size_t bytes = dearest(vt, KEY_DOWN_ARROW);
		if (bytes > PLAIN_BYTES)
			fail_msg("screen %s: %zu bytes", screens[screen], bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(detail__follows_the_cursor__where_there_is_room),
		STAGE_TEST(detail__goes_and_comes_back__on_z),
		STAGE_TEST(detail__takes_keys__after_tab),
		STAGE_TEST(detail__costs_little__with_each_key),
		STAGE_TEST(list__costs_less__without_detail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
