#include "core/judge/explain.h"

#include <string.h>

#include "core/judge/act_recurring.h"
#include "tests/support/acting.h"

#define MIN(n) (T0 + (n)*MINUTE_MS)

/* What was explained: how many paths, and the sentences of all gates that are shut. */
struct explained {
	int paths;
	bool reaches;
	struct buf open, shut;
	int64_t shut_record;
};

static bool note_path(void *arg, const struct explained_path *path)
{
	struct explained *explained = arg;

	explained->paths++;
	for (int i = 0; i < path->gate_count; i++) {
		const struct gate *gate = &path->gates[i];

		buf_addf(gate->open ? &explained->open : &explained->shut, "%s: %s\n",
			 gate_kind_text(gate->kind), gate->text);
		if (!gate->open)
			explained->shut_record = gate->record_id;
	}
	return true;
}

static struct explained explain(struct store *store, int64_t monitor_id,
				int64_t service_id, int64_t at_ms)
{
	struct explained ret = { .open = BUF_INIT(65536), .shut = BUF_INIT(65536) };

	must(explain_monitor(store, monitor_id, service_id, at_ms, note_path, &ret,
			     &ret.reaches, err));
	return ret;
}

static void explained_done(struct explained *explained)
{
	buf_done(&explained->open);
	buf_done(&explained->shut);
}

#define has(buf, words)                                              \
	do {                                                         \
		if (!strstr(buf_text(&(buf)), words))                \
			fail_msg("explained: %s", buf_text(&(buf))); \
	} while (0)

static void explain__is_open__through_every_gate_R3(void **state)
{
	DEFER(explained_done)
	struct explained got = explain(*state, SHOP, WEBSITE, T0);

	assert_true(got.reaches);
	assert_int_equal(got.paths, 1);
	assert_string_equal(buf_text(&got.shut), "");
	has(got.open, "monitor: ");
	has(got.open, "maintenance: no maintenance window covers 'Shop'");
	has(got.open, "definition: definition 'Default' is active");
	has(got.open, "level: level 1 of 'Default' is active");
	has(got.open, "integration: integration 'Hub' is ticked");
	has(got.open, "link: ");
	has(got.open, "mode: the mode is live");
	has(got.open, "threshold: level 1 triggers at error 1");
}

static void explain__names_the_shut_gate_and_the_remedy_R3(void **state)
{
	static const struct {
		const char *shut, *sentence;
		int64_t record_id;
	} gates[] = {
		{ "UPDATE monitor SET active = 0", "monitor is inactive: activate it",
		  SHOP },
		{ "UPDATE definition SET active = 0",
		  "definition 'Default' is inactive: activate it", DEFAULT },
		{ "UPDATE level SET active = 0",
		  "level 1 of 'Default' is inactive: activate it", 1 },
		{ "UPDATE placement SET active = 0",
		  "integration 'Hub' is not ticked in level 1 of 'Default': tick it", 1 },
	};

	for (size_t i = 0; i < COUNT_OF(gates); i++) {
		run_sql(*state, "SAVEPOINT gate");
		run_sql(*state, gates[i].shut);
		DEFER(explained_done)
		struct explained got = explain(*state, SHOP, WEBSITE, T0);
		run_sql(*state, "ROLLBACK TO gate; RELEASE gate");
		assert_false(got.reaches);
		has(got.shut, gates[i].sentence);
		assert_int_equal(got.shut_record, gates[i].record_id);
	}
}

static void explain__names_the_missing_link_R3(void **state)
{
	DEFER(explained_done)
	struct explained got = explain(*state, SHOP, EMAIL, T0);

	assert_false(got.reaches);
	assert_int_equal(got.paths, 1);
	has(got.shut, "no link leads from 'Shop' to 'Email' in level 1 of 'Default'");
}

static void explain__names_the_missing_integration_R3(void **state)
{
	run_sql(*state,
		"INSERT INTO integration (id, revision, name, payload, max_per_second, "
		"storm_max_new, storm_within_ms, storm_release_after_ms, title, "
		"disruption, recovery) SELECT 2, 1, 'Other', payload, 5, 0, 0, 0, "
		"title, disruption, recovery FROM integration;"
		"UPDATE service SET integration_id = 2 WHERE id = 2;"
		"DELETE FROM link WHERE service_id = 2");
	DEFER(explained_done)
	struct explained got = explain(*state, SHOP, EMAIL, T0);

	assert_false(got.reaches);
	has(got.shut, "integration 'Other' is not placed in level");
}

static void explain__says_that_no_definition_holds_it_R3(void **state)
{
	DEFER(explained_done)
	struct explained got = explain(*state, BATCH, 0, T0);

	assert_false(got.reaches);
	assert_int_equal(got.paths, 1);
	has(got.shut, "no alert definition holds the monitor");
}

static void explain__counts_any_service__without_one(void **state)
{
	DEFER(explained_done)
	struct explained got = explain(*state, MAIL, 0, T0);

	assert_true(got.reaches);
	assert_true(got.paths >= 2); /* Website, Email, and level 2 without integration */
	has(got.shut, "no integration is placed in level 2 of 'Default'");
}

static void explain__counts_dry_run_as_shut_and_paused_as_open_R19(void **state)
{
	set_mode(*state, MODE_DRY_RUN);
	DEFER(explained_done)
	struct explained dry = explain(*state, SHOP, WEBSITE, T0);
	assert_false(dry.reaches);
	has(dry.shut, "mode: the mode is dry-run");

	set_mode(*state, MODE_PAUSED);
	DEFER(explained_done)
	struct explained paused = explain(*state, SHOP, WEBSITE, T0);
	assert_true(paused.reaches);
	has(paused.open, "`hublink mode live`");
}

static void explain__counts_maintenance_as_shut__at_the_time_asked_for_R11(void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	const struct maintenance_target shop = { .kind = TARGET_MONITOR, .id = SHOP };
	acts(act_maintenance_add(store, &shop, 1, MIN(10), MIN(20), NULL, T0, &result,
				 err));

	DEFER(explained_done)
	struct explained inside = explain(store, SHOP, 0, MIN(15));
	assert_false(inside.reaches);
	has(inside.shut, "(window #1)");
	has(inside.shut, "`hublink maintenance end 1`");
	DEFER(explained_done)
	struct explained after = explain(store, SHOP, 0, MIN(20));
	assert_true(after.reaches);
}

/* Only the next window is made; what is asked for may lie further ahead. */
static void explain__knows_windows_that_will_be_made__at_the_time_asked_for_R11(
	void **state)
{
	struct store *store = *state;
	DEFER(act_result_done)
	struct act_result result = ACT_RESULT_INIT;
	const struct maintenance_target website = { .kind = TARGET_SERVICE,
						    .id = WEBSITE };
	struct schedule daily = { .name = "Backup",
				  .every = EVERY_DAY,
				  .from = "00:00",
				  .until = "23:59",
				  .zone = "UTC" };
	must(act_recurring_add(store, &daily, &website, 1, T0, &result, err));

	DEFER(explained_done)
	struct explained inside = explain(store, SHOP, 0, T0 + 3 * DAY_MS);
	assert_false(inside.reaches);
	has(inside.shut, "'Backup' comes round");
	must(act_recurring_pause(store, "Backup", true, T0, &result, err));
	DEFER(explained_done)
	struct explained paused = explain(store, SHOP, 0, T0 + 3 * DAY_MS);
	assert_true(paused.reaches);
}

static void explain__says_how_far_the_threshold_is_and_does_not_count_it(void **state)
{
	run_sql(*state, "UPDATE level SET after_errors = 3 WHERE id = 1");
	error_at(*state, SHOP, T0);
	DEFER(explained_done)
	struct explained errors = explain(*state, SHOP, WEBSITE, T0);
	assert_true(errors.reaches);
	has(errors.open, "triggers at error 3 in a row; so far 1");

	run_sql(*state,
		"UPDATE level SET after_errors = 0, after_minutes = 5 WHERE id = 1");
	DEFER(explained_done)
	struct explained before = explain(*state, SHOP, WEBSITE, MIN(4));
	has(before.open, "after 5 min in error: at ");
	DEFER(explained_done)
	struct explained met = explain(*state, SHOP, WEBSITE, MIN(5));
	has(met.open, "after 5 min in error: met at ");
}

static void explain__is_not_found__for_an_unknown_monitor(void **state)
{
	struct err err = { 0 };
	bool reaches = true;

	assert_false(explain_monitor(*state, 99, 0, T0, note_path, NULL, &reaches, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(reaches); /* not written */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, acting_open, journal_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(explain__is_open__through_every_gate_R3),
		TEST(explain__names_the_shut_gate_and_the_remedy_R3),
		TEST(explain__names_the_missing_link_R3),
		TEST(explain__names_the_missing_integration_R3),
		TEST(explain__says_that_no_definition_holds_it_R3),
		TEST(explain__counts_any_service__without_one),
		TEST(explain__counts_dry_run_as_shut_and_paused_as_open_R19),
		TEST(explain__counts_maintenance_as_shut__at_the_time_asked_for_R11),
		TEST(explain__knows_windows_that_will_be_made__at_the_time_asked_for_R11),
		TEST(explain__says_how_far_the_threshold_is_and_does_not_count_it),
		TEST(explain__is_not_found__for_an_unknown_monitor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
