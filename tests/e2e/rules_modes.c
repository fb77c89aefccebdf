/* The mode, from outside: R19. */
#include <signal.h>

#include "tests/support/stage.h"

#define HUB(members) "{'hublink': 1, 'integrations': [{'name': 'Hub', " members "}]}"
#define WEBSITE(members) HUB("'services': [{'name': 'Website', " members "}]")

/* ---- dry-run ---- */

static void r19__a_fresh_database_is_in_dry_run__and_says_so(void **state)
{
	struct stage *s = *state;
	stage_do(s, "--db %s/fresh.db init", s->sandbox.folder);
	assert_holds(stage_out(s, 0, "--db %s/fresh.db mode", s->sandbox.folder),
		     "dry-run");
	assert_holds(stage_out(s, 0, "--db %s/fresh.db --json status", s->sandbox.folder),
		     "\"mode\":\"dry-run\"");
}

static void r19__no_socket_is_opened_and_nothing_is_sent_later__of_dry_run(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode dry-run");
	stage_event(s, "Shop error");
	assert_deliveries(s, "disruption dry-run");
	assert_incidents(s, "Website investigating");
	assert_services(s, "Partner operational, Website operational");
	stage_do(s, "mode live"); /* nothing would leave: asks nothing */
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption dry-run, recovery dry-run");
	assert_incidents(s, "Website monitoring");
	stage_err(s, 4, "delivery retry 1");
	stage_settle(s);
	assert_int_equal(receiver_connections(s->receiver), 0);
}

static void r19__words_are_recorded_only__of_an_unpublished_incident(void **state)
{
	struct stage *s = *state;
	stage_import(s, HUB("'payload': 'generic-v2'"));
	stage_do(s, "mode dry-run");
	stage_do(s, "incident open Website --message 'Trying'");
	stage_do(s, "mode live");
	assert_lacks(stage_out(s, 0, "incident identify 1"), "public was told");
	assert_lacks(stage_out(s, 0, "incident recover 1"), "public was told");
	stage_settle(s);
	assert_deliveries(s, "disruption dry-run, note dry-run, recovery dry-run");
	assert_int_equal(receiver_connections(s->receiver), 0);
}

static void r19__what_was_held_in_dry_run_is_recorded_only__when_released(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_do(s, "mode dry-run");
	stage_event(s, "Shop error");
	stage_do(s, "mode live");
	stage_do(s, "delivery release 1");
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption dry-run, recovery dry-run");
	assert_int_equal(receiver_connections(s->receiver), 0);
}

/* ---- out of dry-run ---- */

static void r19__a_live_alert_that_joins_is_its_disruption__after_dry_run(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode dry-run");
	stage_event(s, "Shop error --at 2026-01-05T12:00:00Z");
	stage_do(s, "mode live");
	stage_event(s, "API error");
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 0, "monitor.name"), "API");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:00:00Z");
	stage_event(s, "API ok");
	stage_event(s, "Shop ok");
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_incidents(s, "Website monitoring");
}

static void r19__a_live_alert_that_joins_is_its_disruption__though_it_was_held_dry(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_do(s, "mode dry-run");
	stage_event(s, "Shop error");
	stage_do(s, "mode live");
	stage_event(s, "API error");
	assert_incidents(s, "Website held");
	assert_deliveries(s, "disruption dry-run, disruption held");
	stage_event(s, "API error");
	stage_do(s, "delivery release 2");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_deliveries(s, "disruption dry-run, disruption delivered");
}

static void r19__a_live_alert_that_joins_tells_it__though_it_was_reopened_dry(
	void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'reopen_within': '1d'"));
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	stage_do(s, "mode dry-run");
	stage_event(s, "Shop error");
	assert_deliveries(s, "disruption delivered, recovery delivered, reopen dry-run");
	stage_do(s, "mode live");
	stage_event(s, "API error");
	assert_told(s, "/website",
		    "investigating down, monitoring up, investigating down");
	stage_event(s, "API ok");
	stage_event(s, "Shop ok");
	assert_told(
		s, "/website",
		"investigating down, monitoring up, investigating down, monitoring up");
}

static void r19__resync_publishes_it__after_dry_run(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode dry-run");
	stage_event(s, "Shop error --at 2026-01-05T12:00:00Z");
	stage_err(s, 4, "resync Website");
	stage_do(s, "mode live");
	stage_do(s, "resync Website");
	stage_settle(s);
	assert_told(s, "/website", "investigating down");
	assert_string_equal(stage_sent(s, 0, "alert"), "null");
	assert_string_equal(stage_sent(s, 0, "monitor"), "null");
	assert_string_equal(stage_sent(s, 0, "start_time"), "2026-01-05T12:00:00Z");
	stage_event(s, "Shop ok");
	assert_told(s, "/website", "investigating down, monitoring up");
}

/* ---- into dry-run ---- */

static void r19__dry_run_is_refused__while_a_published_incident_is_open(void **state)
{
	struct stage *s = *state;
	stage_event(s, "Shop error");
	assert_holds(stage_err(s, 4, "mode dry-run"), "#1");
	stage_do(s, "incident detach 1");
	assert_holds(stage_err(s, 4, "mode dry-run"), "#1");
	stage_event(s, "Shop ok");
	stage_do(s, "mode dry-run");
}

static void r19__dry_run_is_refused__while_an_update_waits(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_event(s, "Shop error");
	assert_holds(stage_err(s, 4, "mode dry-run"), "held");
	stage_event(s, "Shop ok");
	stage_do(s, "mode paused");
	stage_event(s, "Batch error");
	assert_holds(stage_err(s, 4, "mode dry-run"), "'Partner'");
	assert_holds(stage_out(s, 0, "mode"), "paused");
	stage_do(s, "delivery cancel 2");
	stage_do(s, "mode dry-run");
}

/* ---- paused and live ---- */

static void r19__updates_queue__while_paused(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_event(s, "Shop error");
	stage_event(s, "Shop ok");
	assert_deliveries(s, "disruption queued, recovery queued");
	assert_int_equal(receiver_connections(s->receiver), 0);
	const char *said = stage_err(s, 4, "mode live");
	assert_holds(said, "Website");
	assert_holds(said, "--yes");
	assert_holds(stage_out(s, 0, "mode"), "paused");
	stage_do(s, "mode live --yes");
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void r19__going_live_asks_nothing__when_nothing_would_leave_at_once(void **state)
{
	struct stage *s = *state;
	stage_import(s, WEBSITE("'publish_after': '1d'"));
	stage_do(s, "mode paused");
	stage_event(s, "Shop error");
	assert_deliveries(s, "disruption held");
	stage_do(s, "mode live");
	stage_do(s, "mode live");
}

static void r19__an_engine_that_runs_obeys__when_the_mode_changes(void **state)
{
	struct stage *s = *state;
	stage_do(s, "mode paused");
	stage_engine_start(s);
	stage_do(s, "event Shop error");
	stage_wait(s, stage_deliveries, "disruption queued");
	stage_do(s, "mode live --yes");
	stage_wait(s, stage_deliveries, "disruption delivered");
	assert_int_equal(stage_engine_end(s, SIGTERM), 0);
}

static const struct CMUnitTest tests[] = {
	STAGE_TEST(r19__a_fresh_database_is_in_dry_run__and_says_so),
	STAGE_TEST(r19__no_socket_is_opened_and_nothing_is_sent_later__of_dry_run),
	STAGE_TEST(r19__words_are_recorded_only__of_an_unpublished_incident),
	STAGE_TEST(r19__what_was_held_in_dry_run_is_recorded_only__when_released),
	STAGE_TEST(r19__a_live_alert_that_joins_is_its_disruption__after_dry_run),
	STAGE_TEST(
		r19__a_live_alert_that_joins_is_its_disruption__though_it_was_held_dry),
	STAGE_TEST(r19__a_live_alert_that_joins_tells_it__though_it_was_reopened_dry),
	STAGE_TEST(r19__resync_publishes_it__after_dry_run),
	STAGE_TEST(r19__dry_run_is_refused__while_a_published_incident_is_open),
	STAGE_TEST(r19__dry_run_is_refused__while_an_update_waits),
	STAGE_TEST(r19__updates_queue__while_paused),
	STAGE_TEST(r19__going_live_asks_nothing__when_nothing_would_leave_at_once),
	STAGE_TEST(r19__an_engine_that_runs_obeys__when_the_mode_changes),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
