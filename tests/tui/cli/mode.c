/* mode and resync: what leaves, and saying it again (R19, R23). */
#include "tests/support/stage.h"

/* Website's disruption is decided and waits: the mode is paused. */
static struct stage *with_waiting(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_deliveries(s, "disruption queued");
	return s;
}

static void mode__is_shown(void **state)
{
	struct stage *s = *state;
	assert_string_equal(stage_out(s, 0, "mode"), "live: updates are sent\n");
	assert_string_equal(stage_out(s, 0, "--json mode"),
			    "{\"mode\":\"live\",\"said\":[]}\n");
	assert_string_equal(stage_out(s, 0, "--read-only --json mode"),
			    "{\"mode\":\"live\",\"said\":[]}\n");
	assert_holds(stage_err(s, 2, "mode off"), "dry-run|paused|live");
}

static void mode__changes__without_asking__when_nothing_would_leave(void **state)
{
	struct stage *s = *state;
	assert_string_equal(stage_out(s, 0, "mode dry-run"), "The mode is dry-run\n");
	assert_string_equal(stage_out(s, 0, "mode live"), "The mode is live\n");
	json_free(assert_object(stage_out(s, 0, "--json mode paused"), 0, "mode said[]"));
	json_free(assert_object(stage_out(s, 0, "--json mode"), 0, "mode said[]"));
	stage_err(s, 4, "--read-only mode live");
}

static void mode_live__lists_what_would_leave__and_is_refused__without_a_terminal(
	void **state) /* R19 */
{
	struct stage *s = with_waiting(state);
	const char *said = stage_err(s, 4, "mode live");
	assert_holds(said, "Website goes red");
	assert_holds(said, "1 update would leave at once");
	assert_holds(said, "--yes");
	assert_lacks(said, "\n\n");
	assert_string_equal(stage_out(s, 4, "mode live"), "");
	assert_string_equal(stage_out(s, 0, "--json mode"),
			    "{\"mode\":\"paused\",\"said\":[]}\n");
}

static void mode_live__is_taken__with_yes(void **state) /* R19 */
{
	struct stage *s = with_waiting(state);
	assert_holds(stage_err(s, 0, "mode live --yes"), "No engine runs");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void mode_dry_run__is_refused__while_something_is_public(void **state) /* R19 */
{
	struct stage *s = with_waiting(state);
	assert_holds(stage_err(s, 4, "mode dry-run"), "Delivery #1");
	stage_do(s, "mode live --yes");
	stage_settle(s);
	assert_holds(stage_err(s, 4, "mode dry-run"), "Incident #1 of 'Website'");
}

static void resync__says_so__when_nothing_differs(void **state) /* R23 */
{
	struct stage *s = *state;
	assert_holds(stage_out(s, 0, "resync --all"), "Nothing differs");
	assert_holds(stage_out(s, 0, "resync Website Partner"), "Nothing differs");
	assert_holds(stage_err(s, 5, "resync Nix"), "Service 'Nix' does not exist");
	stage_err(s, 2, "resync");
	stage_err(s, 2, "resync --all Website");
}

/* The page was told of a disruption, and not of its end. */
static struct stage *with_difference(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_do(s, "mode paused");
	stage_do(s, "event Shop ok");
	stage_settle(s);
	stage_do(s, "delivery cancel 2");
	stage_do(s, "mode live");
	return s;
}

static void resync__queues_an_update__for_what_differs(void **state) /* R23 */
{
	struct stage *s = with_difference(state);
	struct json *answer = assert_object(stage_out(s, 0, "--json resync Website"), 0,
					    "count queued said[]");
	bool queued = false;
	assert_true(json_bool(json_get(answer, "queued"), &queued));
	assert_true(queued);
	json_free(answer);
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void resync__changes_nothing__in_a_dry_run(void **state) /* R23 */
{
	struct stage *s = with_difference(state);
	struct json *answer =
		assert_object(stage_out(s, 0, "--json resync --all --dry-run"), 0,
			      "count queued said[]");
	bool queued = true;
	int64_t count = 0;
	assert_true(json_bool(json_get(answer, "queued"), &queued));
	assert_false(queued);
	assert_true(json_integer(json_get(answer, "count"), &count));
	assert_int_equal(count, 1);
	json_free(answer);
	assert_string_equal(stage_err(s, 0, "resync Website --dry-run"),
			    "Dry run: nothing was changed\n");
	assert_deliveries(s, "disruption delivered, recovery cancelled");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(mode__is_shown),
		STAGE_TEST(mode__changes__without_asking__when_nothing_would_leave),
		STAGE_TEST(
			mode_live__lists_what_would_leave__and_is_refused__without_a_terminal),
		STAGE_TEST(mode_live__is_taken__with_yes),
		STAGE_TEST(mode_dry_run__is_refused__while_something_is_public),
		STAGE_TEST(resync__says_so__when_nothing_differs),
		STAGE_TEST(resync__queues_an_update__for_what_differs),
		STAGE_TEST(resync__changes_nothing__in_a_dry_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
