/* A console on which a burst of commits falls: at most four frames a second are sent, and the last
 * of them shows the end of it. */
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/store.h"
#include "tests/support/console.h"
#include "tests/support/journal.h"
#include "tests/support/stage.h"
#include "tui/console/pace.h"

/* Each commit is another first row of "Last events": so many bytes on the screen at most. */
enum { COMMITS = 1000, FRAME_BYTES_MAX = 600 };

static void rename_shop(struct store *store)
{
	char last[32] = "Shop";

	for (int i = 1; i <= COMMITS; i++) {
		char name[32];
		(void)snprintf(name, sizeof(name), "Shop %d", i);
		must(store_rename(store, RECORD_MONITOR, last, name, err));
		memcpy(last, name, sizeof(name));
	}
}

static void console__shows_a_burst_in_few_frames__and_its_end(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	DEFER(store_done) struct store *store = NULL;
	size_t before = 0;
	size_t after = 0;

	assert_true(vt_wait(vt, "Last events"));
	(void)vt_bytes(vt, &before);
	must(store_open(s->sandbox.db, STORE_WRITE, &store, err));
	int64_t began_ms = clock_boot_ms();
	rename_shop(store);
	assert_true(vt_wait(vt, "rename monitor Shop 1000"));
	int64_t frames = (clock_boot_ms() - began_ms) / FRAME_MS + 2;
	(void)vt_bytes(vt, &after);
	assert_true(after > before);
	assert_true(after - before <= (size_t)frames * FRAME_BYTES_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(console__shows_a_burst_in_few_frames__and_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
