/* Lists of the configuration together with what it is doing now. */
#include <stdio.h>
#include <string.h>

#include "tests/support/journal.h"

/* Names in the order of the list, and the last row. */
struct seen {
	char names[128];
	struct monitor_row monitor;
	struct service_row service;
	struct link_row link;
};

static void note(struct seen *seen, const char *name)
{
	size_t used = strlen(seen->names);
	(void)snprintf(seen->names + used, sizeof(seen->names) - used, "%s ", name);
}

static bool see_monitor(void *arg, const struct monitor_row *row)
{
	struct seen *seen = arg;
	note(seen, row->monitor.name);
	seen->monitor = *row;
	return true;
}

static bool see_service(void *arg, const struct service_row *row)
{
	struct seen *seen = arg;
	note(seen, row->service.name);
	seen->service = *row;
	return true;
}

static bool see_link(void *arg, const struct link_row *row)
{
	struct seen *seen = arg;
	note(seen, row->monitor);
	note(seen, row->service);
	seen->link = *row;
	return true;
}

#define WHERE(...) ((struct filter){ .state = -1, __VA_ARGS__ })

static const struct seen *monitors(struct store *store, struct filter filter)
{
	static struct seen seen;
	seen = (struct seen){ 0 };
	must(store_list_monitors(store, &filter, see_monitor, &seen, err));
	return &seen;
}

static const struct seen *services(struct store *store, struct filter filter)
{
	static struct seen seen;
	seen = (struct seen){ 0 };
	must(store_list_services(store, &filter, see_service, &seen, err));
	return &seen;
}

static const struct seen *links(struct store *store, struct filter filter)
{
	static struct seen seen;
	seen = (struct seen){ 0 };
	must(store_list_links(store, &filter, see_link, &seen, err));
	return &seen;
}

static void list_monitors__are_by_name__with_state_links_and_mute(void **state)
{
	struct monitor_state mail = {
		.monitor_id = MAIL, .in_error = true, .errors = 3, .message = "no route"
	};
	must(store_put_monitor_state(*state, &mail, err));
	assert_string_equal(monitors(*state, FILTER_ALL)->names, "Batch Mail Shop ");
	assert_string_equal(monitors(*state, WHERE(.service_id = EMAIL))->names, "Mail ");
	assert_string_equal(monitors(*state, WHERE(.search = "a", .limit = 1))->names,
			    "Batch ");
	const struct seen *seen = monitors(*state, WHERE(.open = true));
	assert_string_equal(seen->names, "Mail ");
	assert_int_equal(seen->monitor.links, 2);
	assert_int_equal(seen->monitor.state.errors, 3);
	assert_string_equal(seen->monitor.state.message, "no route");
	assert_false(seen->monitor.muted);
}

static void list_monitors__are_muted__at_the_stores_time_r11(void **state)
{
	struct clock clock = { .fixed = true, .fixed_ms = T0 };
	struct maintenance window = { .from_ms = T0, .until_ms = T0 + 10 };
	struct maintenance_target web = { .kind = TARGET_GROUP, .group = "web" };
	store_set_clock(*state, &clock);
	must(store_maintenance_add(*state, &window, &web, 1, err));
	assert_true(monitors(*state, WHERE(.monitor_id = SHOP))->monitor.muted);
	assert_false(monitors(*state, WHERE(.monitor_id = MAIL))->monitor.muted);
	clock.fixed_ms = T0 + 10;
	store_set_clock(*state, &clock);
	assert_false(monitors(*state, WHERE(.monitor_id = SHOP))->monitor.muted);
}

static bool see_muted(void *arg, const struct monitor_brief *row)
{
	*(int *)arg = row->muted;
	return false;
}

static void monitor_brief__tells_the_same__of_one_r11(void **state)
{
	static const struct {
		struct maintenance_target target;
		int64_t monitor_id;
		int muted;
	} cases[] = {
		{ { .kind = TARGET_GROUP, .group = "web" }, SHOP, 1 },
		{ { .kind = TARGET_GROUP, .group = "web" }, MAIL, 0 },
		{ { .kind = TARGET_MONITOR, .id = MAIL }, MAIL, 1 },
		{ { .kind = TARGET_SERVICE, .id = EMAIL }, MAIL, 1 },
		{ { .kind = TARGET_SERVICE, .id = EMAIL }, BATCH, 0 },
		{ { .kind = TARGET_SERVICE, .id = EMAIL }, 77, -1 }, /* no monitor */
	};
	struct clock clock = { .fixed = true, .fixed_ms = T0 };

	store_set_clock(*state, &clock);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct maintenance window = { .from_ms = T0, .until_ms = T0 + 10 };
		int muted = -1;
		run_sql(*state, "DELETE FROM maintenance");
		must(store_maintenance_add(*state, &window, &cases[i].target, 1, err));
		must(store_monitor_brief(*state, cases[i].monitor_id, see_muted, &muted,
					 err));
		assert_int_equal(muted, cases[i].muted);
		if (muted >= 0)
			assert_int_equal(
				monitors(*state, WHERE(.monitor_id = cases[i].monitor_id))
					->monitor.muted,
				muted);
	}
}

static void list_services__say__what_they_read_and_what_waits_r9(void **state)
{
	struct incident incident = an_incident(*state, WEBSITE);
	(void)a_delivery(*state, WEBSITE, incident.id);
	assert_string_equal(services(*state, FILTER_ALL)->names, "Email Website ");
	assert_string_equal(services(*state, WHERE(.monitor_id = SHOP))->names,
			    "Website ");
	const struct seen *seen = services(*state, WHERE(.open = true));
	assert_string_equal(seen->names, "Website ");
	assert_int_equal(seen->service.brief.status, SERVICE_DISRUPTION);
	assert_int_equal(seen->service.brief.open_incidents, 1);
	assert_int_equal(seen->service.brief.links, 2);
	assert_int_equal(seen->service.brief.unfinished, 1);
	assert_false(seen->service.brief.has_told);
	assert_string_equal(seen->service.service.integration, "Hub");
	incident.reach = REACH_NONE;
	must(store_incident_put(*state, &incident, err));
	seen = services(*state, WHERE(.service_id = WEBSITE));
	assert_int_equal(seen->service.brief.status, SERVICE_OPERATIONAL);
	assert_int_equal(seen->service.brief.open_incidents, 1);
}

static bool see_brief(void *arg, const struct service_brief *row)
{
	note(arg, row->name);
	return true;
}

static bool see_id(void *arg, int64_t id)
{
	note(arg, id == WEBSITE ? "Website" : id == EMAIL ? "Email" : "new");
	return true;
}

/* The order is the same, whichever way it is asked for. */
static void expect_services(struct store *store, const char *expected)
{
	struct seen briefs = { 0 };
	struct seen ids = { 0 };

	must(store_list_service_briefs(store, 0, see_brief, &briefs, err));
	must(store_list_service_ids(store, see_id, &ids, err));
	assert_string_equal(briefs.names, expected);
	assert_string_equal(ids.names, expected);
}

static void list_services__put_the_worst_first__by_name_among_equals_r9(void **state)
{
	expect_services(*state, "Email Website ");
	struct incident incident = an_incident(*state, WEBSITE);
	expect_services(*state, "Website Email ");
	incident.service_status = SERVICE_DEGRADED;
	must(store_incident_put(*state, &incident, err));
	struct incident email = an_incident(*state, EMAIL);
	expect_services(*state, "Email Website ");
	email.reach = REACH_NONE;
	must(store_incident_put(*state, &email, err));
	expect_services(*state, "Website Email ");
}

static void list_services__tell_as_much_in_brief__of_one(void **state)
{
	struct seen seen = { 0 };

	must(store_list_service_briefs(*state, EMAIL, see_brief, &seen, err));
	assert_string_equal(seen.names, "Email ");
	must(store_list_service_briefs(*state, 77, see_brief, &seen, err));
	assert_string_equal(seen.names, "Email ");
}

static void list_services__say__what_was_last_told_but_no_test(void **state)
{
	for (int i = 0; i < 3; i++) {
		struct delivery delivery = a_delivery(*state, WEBSITE, 1);
		delivery.state = DELIVERY_DELIVERED;
		delivery.incident_status =
			i == 1 ? INCIDENT_MONITORING : INCIDENT_INVESTIGATING;
		delivery.delivered_ms = T0 + i;
		delivery.http_status = 200 + i;
		must(store_delivery_put(*state, &delivery, err));
	}
	run_sql(*state, "UPDATE delivery SET kind = 6 WHERE http_status = 202");
	const struct seen *seen = services(*state, WHERE(.service_id = WEBSITE));
	assert_true(seen->service.brief.has_told);
	assert_int_equal(seen->service.brief.told_status, INCIDENT_MONITORING);
	assert_int_equal(seen->service.brief.told_ms, T0 + 1);
	assert_int_equal(seen->service.brief.told_http, 201);
}

static void list_links__are_active__when_every_gate_but_the_monitors_is_open_r3(
	void **state)
{
	static const char *const shut[] = {
		"UPDATE definition SET active = 0",
		"UPDATE level SET active = 0",
		"UPDATE placement SET active = 0",
		"DELETE FROM definition_monitor",
	};
	assert_string_equal(links(*state, FILTER_ALL)->names,
			    "Mail Email Mail Website Shop Website ");
	const struct seen *seen = links(*state, WHERE(.service_id = EMAIL));
	assert_string_equal(seen->names, "Mail Email ");
	assert_string_equal(seen->link.definition, "Default");
	assert_string_equal(seen->link.integration, "Hub");
	assert_int_equal(seen->link.level, 1);
	assert_true(seen->link.active);
	run_sql(*state, "UPDATE monitor SET active = 0");
	assert_true(links(*state, WHERE(.service_id = EMAIL))->link.active);
	for (size_t i = 0; i < COUNT_OF(shut); i++) {
		DEFER(store_abort) struct transaction tx = { 0 };
		must(store_begin(*state, &tx, err));
		run_sql(*state, shut[i]);
		if (links(*state, WHERE(.service_id = EMAIL))->link.active)
			fail_msg("active after: %s", shut[i]);
	}
}

static void list_links__keep_to_what_a_record_has_a_part_in__whatever_it_is(void **state)
{
	struct link_row all = links(*state, WHERE(.service_id = EMAIL))->link;
	const struct {
		enum record_kind kind;
		int64_t id;
		const char *names;
	} parts[] = {
		{ RECORD_MONITOR, all.monitor_id, "Mail Email Mail Website " },
		{ RECORD_INTEGRATION, all.integration_id,
		  "Mail Email Mail Website Shop Website " },
		{ RECORD_SERVICE, all.service_id, "Mail Email " },
		{ RECORD_DEFINITION, all.definition_id,
		  "Mail Email Mail Website Shop Website " },
		{ RECORD_LEVEL, all.level_id, "Mail Email Mail Website Shop Website " },
		{ RECORD_PLACEMENT, all.placement_id,
		  "Mail Email Mail Website Shop Website " },
		{ RECORD_LINK, all.id, "Mail Email " },
		{ RECORD_LEVEL, all.level_id + 1000, "" },
	};

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		assert_string_equal(links(*state, WHERE(.part_kind = parts[i].kind,
							.part_id = parts[i].id))
					    ->names,
				    parts[i].names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(list_monitors__are_by_name__with_state_links_and_mute),
		JOURNAL_TEST(list_monitors__are_muted__at_the_stores_time_r11),
		JOURNAL_TEST(monitor_brief__tells_the_same__of_one_r11),
		JOURNAL_TEST(list_services__say__what_they_read_and_what_waits_r9),
		JOURNAL_TEST(list_services__put_the_worst_first__by_name_among_equals_r9),
		JOURNAL_TEST(list_services__tell_as_much_in_brief__of_one),
		JOURNAL_TEST(list_services__say__what_was_last_told_but_no_test),
		JOURNAL_TEST(
			list_links__are_active__when_every_gate_but_the_monitors_is_open_r3),
		JOURNAL_TEST(
			list_links__keep_to_what_a_record_has_a_part_in__whatever_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
