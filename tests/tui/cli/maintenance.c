/* mute and maintenance: windows, and whom they cover (R11). */
#include "tests/support/stage.h"

static const char twin[] =
	"{'hublink': 1, 'integrations': [{'name': 'Hub2', 'services': ["
	" {'name': 'Website', 'url': '{hub}/twin'}]}]}";

static const char window_keys[] = "id state from until targets covers[] note said[]";

static void mute__says__whom_it_covers(void **state) /* R11 */
{
	struct stage *s = *state;
	const char *out =
		stage_out(s, 0, "mute group:web Batch service:Website --for 30m");
	assert_holds(out, "Maintenance window #1 is set: ");
	assert_holds(out, " UTC)");
	assert_holds(out, "Monitors that raise no alert (3): API, Batch, Shop\n");
	assert_holds(out, "Services that hear nothing new of them (2): Partner, Website");
}

static void mute__answers_with_the_window(void **state)
{
	struct stage *s = *state;
	struct json *window = assert_object(
		stage_out(s, 0, "--json mute Shop --for 1h --note 'New disks'"), 0,
		window_keys);
	assert_string_equal(json_string(json_get(window, "state")), "active");
	assert_string_equal(json_string(json_get(window, "targets")), "Shop");
	assert_string_equal(json_string(json_get(window, "note")), "New disks");
	json_free(window);
}

static void list_maintenance__names_one_by_one__what_a_window_covers(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mute group:web Batch service:Website --for 30m");
	assert_holds(stage_out(s, 0, "--json list maintenance"),
		     "\"covers\":[\"group:web\",\"Batch\",\"service:Website\"]");
}

static void mute__is_refused__by_its_content(void **state)
{
	struct stage *s = *state;
	stage_import(s, twin);
	assert_holds(stage_err(s, 5, "mute Nix --for 5m"), "Monitor 'Nix'");
	assert_holds(stage_err(s, 5, "mute group:nix --for 5m"), "Group 'nix'");
	assert_holds(stage_err(s, 5, "mute service:Nix --for 5m"), "Service 'Nix'");
	assert_holds(stage_err(s, 3, "mute service:Website --for 5m"),
		     "'Hub/Website', 'Hub2/Website'");
	stage_do(s, "mute service:Hub2/Website --for 5m");
	assert_holds(stage_err(s, 3, "mute Shop --for 0s"), "not after it begins");
	assert_holds(stage_err(s, 3, "mute Shop --for -5m"), "--for: '-5m'");
	assert_holds(stage_err(s, 3, "mute Shop --for soon"), "--for");
	assert_holds(stage_err(s, 2, "mute Shop"), "needs --for DUR");
	assert_holds(stage_err(s, 2, "mute --for 5m"), "needs MONITOR|group:G|service:S");
	stage_err(s, 4, "--read-only mute Shop --for 5m");
}

static void mute__keeps_an_error_silent__until_it_ends(void **state) /* R11 */
{
	struct stage *s = *state;
	stage_do(s, "mute Shop --for 1h");
	stage_do(s, "event Shop error");
	stage_settle(s);
	assert_incidents(s, "");
	const char *out = stage_out(s, 0, "maintenance end 1");
	assert_holds(out, "Maintenance window #1 is ended: ");
	assert_holds(out, "This opens incident #1 of 'Website' (its update is queued)");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
}

static void maintenance_end__notes__that_no_engine_runs__when_it_opens(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mute Shop --for 1h");
	stage_do(s, "event Shop error");
	assert_holds(stage_err(s, 0, "maintenance end 1"),
		     "No engine runs: it is sent when one does");
	stage_do(s, "mute API --for 1h");
	assert_string_equal(stage_err(s, 0, "maintenance end 2"), "");
}

static void maintenance_add__plans_a_window(void **state)
{
	struct stage *s = *state;
	struct json *window = assert_object(
		stage_out(s, 0, "--json maintenance add Shop --from +1h --until +2h"), 0,
		window_keys);
	assert_string_equal(json_string(json_get(window, "state")), "planned");
	json_free(window);
	assert_holds(stage_out(s, 0,
			       "maintenance add Shop --from 2099-01-01T00:00:00+01:00 "
			       "--until 2099-01-01T01:00:00+01:00"),
		     "2098-12-31T23:00:00Z to 2099-01-01T00:00:00Z (2098-12-31 23:00:00 "
		     "UTC to 2099-01-01 00:00:00 UTC)");
}

static void maintenance_add__is_refused__with_impossible_times(void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 3, "maintenance add Shop --from +2h --until +1h"),
		     "not after it begins");
	assert_holds(stage_err(s, 3,
			       "maintenance add Shop --from 2020-01-01T00:00:00Z "
			       "--until 2020-01-01T01:00:00Z"),
		     "which is over");
	assert_holds(stage_err(s, 3, "maintenance add Shop --from noon --until +1h"),
		     "--from");
	assert_holds(stage_err(s, 2, "maintenance add Shop --from +1h"),
		     "needs --until T");
	assert_holds(stage_err(s, 2, "maintenance add Shop --until +1h"),
		     "needs --from T");
	assert_string_equal(stage_out(s, 0, "--json list maintenance"), "");
}

static void maintenance_extend__moves_the_end(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mute Shop --for 10m");
	assert_holds(stage_out(s, 0, "maintenance extend 1 --until +1h"),
		     "Maintenance window #1 is extended: ");
	json_free(
		assert_object(stage_out(s, 0, "--json maintenance extend 1 --until +2h"),
			      0, window_keys));
	assert_holds(stage_err(s, 3, "maintenance extend 1 --until +5m"), "already");
	assert_holds(stage_err(s, 2, "maintenance extend 1"), "needs --until T");
}

static void maintenance_end__ends_a_window__once(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mute Shop --for 10m");
	struct json *window = assert_object(stage_out(s, 0, "--json maintenance end 1"),
					    0, window_keys);
	assert_string_equal(json_string(json_get(window, "state")), "ended");
	json_free(window);
	assert_holds(stage_err(s, 4, "maintenance end 1"), "ended at");
	assert_holds(stage_err(s, 4, "maintenance extend 1 --until +1h"), "ended at");
}

static void maintenance__is_5__when_there_is_none_and_3__when_it_is_no_number(
	void **state)
{
	struct stage *s = *state;
	assert_holds(stage_err(s, 5, "maintenance end 4"),
		     "#4 does not exist; `hublink list maintenance` shows all");
	assert_holds(stage_err(s, 5, "maintenance extend 4 --until +1h"),
		     "#4 does not exist");
	assert_holds(stage_err(s, 3, "maintenance end Shop"),
		     "`hublink list maintenance`");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(mute__says__whom_it_covers),
		STAGE_TEST(mute__answers_with_the_window),
		STAGE_TEST(list_maintenance__names_one_by_one__what_a_window_covers),
		STAGE_TEST(mute__is_refused__by_its_content),
		STAGE_TEST(mute__keeps_an_error_silent__until_it_ends),
		STAGE_TEST(maintenance_end__notes__that_no_engine_runs__when_it_opens),
		STAGE_TEST(maintenance_add__plans_a_window),
		STAGE_TEST(maintenance_add__is_refused__with_impossible_times),
		STAGE_TEST(maintenance_extend__moves_the_end),
		STAGE_TEST(maintenance_end__ends_a_window__once),
		STAGE_TEST(
			maintenance__is_5__when_there_is_none_and_3__when_it_is_no_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
