#include "core/rules/lint.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/compiler.h"
#include "tests/support/check.h"

/* Shop reaches Website by Default's level 1 in Statushub. */
struct world {
	struct lint_monitor monitors[2];
	struct lint_integration integration;
	struct lint_service services[2];
	struct lint_definition definition;
	struct lint_level levels[2];
	struct lint_placement placements[2];
	struct lint_link links[2];
	struct lint_member members[2];
	struct lint_facts facts;
};

static struct world *a_world(void)
{
	static struct world world;

	world = (struct world){
		.monitors = { { .id = 1, .name = "Shop", .active = true },
			      { .id = 2, .name = "Batch", .active = true } },
		.integration = { .id = 5, .name = "Statushub" },
		.services = { { .id = 7,
				.integration_id = 5,
				.name = "Website",
				.url = "https://h.example/?token=1" },
			      { .id = 8,
				.integration_id = 5,
				.name = "Search",
				.url = "https://h.example/?token=2" } },
		.definition = { .id = 3, .name = "Default", .active = true },
		.levels = { { .id = 10,
			      .definition_id = 3,
			      .number = 1,
			      .active = true,
			      .after_errors = 2 },
			    { .id = 11,
			      .definition_id = 3,
			      .number = 2,
			      .active = true,
			      .after_minutes = 30 } },
		.placements = { { .id = 20,
				  .level_id = 10,
				  .integration_id = 5,
				  .active = true,
				  .send_ok = true },
				{ .id = 21,
				  .level_id = 11,
				  .integration_id = 5,
				  .active = true,
				  .send_ok = true } },
		.links = { { 20, 1, 7, false }, { 21, 2, 8, false } },
		.members = { { 3, 1 }, { 3, 2 } },
	};
	world.facts = (struct lint_facts){
		.monitors = world.monitors,
		.monitor_count = 2,
		.integrations = &world.integration,
		.integration_count = 1,
		.services = world.services,
		.service_count = 2,
		.definitions = &world.definition,
		.definition_count = 1,
		.levels = world.levels,
		.level_count = 2,
		.placements = world.placements,
		.placement_count = 2,
		.links = world.links,
		.link_count = 2,
		.members = world.members,
		.member_count = 2,
	};
	return &world;
}

static void collect(void *arg, const char *rule, const char *sentence)
{
	struct buf *found = arg;
	assert_true(strlen(sentence) > 20);
	buf_addf(found, "%s ", rule);
}

static void assert_warnings(const struct world *world, const char *rules)
{
	struct buf found = BUF_INIT(100000);
	lint_configuration(&world->facts, collect, &found);
	assert_string_equal(buf_text(&found), rules);
	buf_done(&found);
}

static void lint__is_silent__when_everything_reaches(void **state)
{
	(void)state;
	assert_warnings(a_world(), "");
}

static void lint__names_what_reaches_nothing__and_what_nothing_reaches(void **state)
{
	struct world *world = a_world();

	(void)state;
	world->links[1] = (struct lint_link){ 21, 1, 7, false };
	assert_warnings(world, "monitor-reaches-nothing service-unreached ");
}

/* R21: a link that counts as all is enough. */
static void lint__names_a_service__that_more_monitors_must_fail_for_than_reach_it(
	void **state)
{
	struct world *world = a_world();

	(void)state;
	world->services[0].needs = 1;
	assert_warnings(world, "");
	world->services[0].needs = 2;
	world->services[0].linked = 1;
	assert_warnings(world, "disruption-unreachable ");
	world->services[0].linked = 2;
	assert_warnings(world, "");
	world->services[0].linked = 1;
	world->links[0].critical = true;
	assert_warnings(world, "");
}

static void lint__does_not_blame_an_inactive_monitor__but_its_service(void **state)
{
	struct world *world = a_world();

	(void)state;
	world->monitors[1].active = false;
	assert_warnings(world, "service-unreached ");
}

static void lint__names_a_link__of_a_monitor_that_is_not_held(void **state)
{
	struct world *world = a_world();

	(void)state;
	world->facts.member_count = 1;
	assert_warnings(world,
			"link-of-a-stranger monitor-reaches-nothing service-unreached ");
}

static void lint__names_shared_urls__once_a_service(void **state)
{
	struct world *world = a_world();

	(void)state;
	world->services[1].url = world->services[0].url;
	assert_warnings(world, "url-shared ");
}

static void lint__names_levels__that_repeat_never_trigger_or_send_nothing(void **state)
{
	struct world *world = a_world();

	(void)state;
	world->levels[1].after_minutes = 0;
	world->levels[1].after_errors = 2;
	assert_warnings(world, "level-repeats ");

	world = a_world();
	world->links[1].placement_id = 20;
	assert_warnings(world, "level-sends-nothing ");

	world = a_world();
	world->facts.member_count = world->facts.link_count = 0;
	assert_warnings(world, "monitor-reaches-nothing monitor-reaches-nothing "
			       "service-unreached service-unreached level-never-triggers "
			       "level-never-triggers ");
}

static void lint__names_placements__unticked_without_ok_or_with_reminders(void **state)
{
	struct world *world = a_world();

	(void)state;
	world->placements[1].active = false;
	assert_warnings(world,
			"monitor-reaches-nothing service-unreached level-sends-nothing "
			"integration-unticked ");

	world = a_world();
	world->placements[0].send_ok = false;
	world->placements[1].send_reminders = true;
	world->levels[1].remind_max = 3;
	assert_warnings(world, "send-ok-off reminders-on ");
}

static void lint__asks_for_a_storm_guard__above_ten_services(void **state)
{
	static struct lint_service services[11];
	static struct lint_link links[12];
	static char urls[11][2];
	struct world *world = a_world();

	(void)state;
	for (int i = 0; i < 11; i++) {
		urls[i][0] = (char)('a' + i);
		services[i] = (struct lint_service){
			.id = 30 + i, .integration_id = 5, .name = "S", .url = urls[i]
		};
		links[i] = (struct lint_link){ 20, 1, 30 + i, false };
	}
	links[11] = (struct lint_link){ 21, 2, 30, false };
	world->facts.services = services;
	world->facts.service_count = 11;
	world->facts.links = links;
	world->facts.link_count = 12;
	assert_warnings(world, "storm-guard-off ");

	world->integration.storm_guard = true;
	assert_warnings(world, "");
}

/* Rows that name what is not there: such a document is refused before, and nothing is said
 * of it here, nor anything read that is not there. */
static void lint__says_nothing__of_rows_that_lead_nowhere(void **state)
{
	(void)state;
	enum { NOWHERE = 99 };
	for (int broken = 0; broken < 9; broken++) {
		struct world *world = a_world();
		int64_t *const ids[] = {
			&world->links[1].placement_id,
			&world->links[1].monitor_id,
			&world->links[1].service_id,
			&world->placements[1].level_id,
			&world->placements[1].integration_id,
			&world->levels[1].definition_id,
			&world->members[1].monitor_id,
			&world->members[1].definition_id,
			&world->services[1].integration_id,
		};
		struct buf found = BUF_INIT(100000);
		*ids[broken] = NOWHERE;
		lint_configuration(&world->facts, collect, &found);
		assert_null(strstr(buf_text(&found), "storm-guard-off"));
		assert_null(strstr(buf_text(&found), "url-shared"));
		buf_done(&found);
	}
}

static void lint__says_nothing__of_what_is_switched_off(void **state)
{
	(void)state;
	struct world *world = a_world();
	world->levels[1].active = false;
	world->placements[1].send_ok = false;
	assert_warnings(world, "monitor-reaches-nothing service-unreached ");
	world = a_world();
	world->definition.active = false;
	world->placements[1].active = false;
	assert_warnings(world, "monitor-reaches-nothing monitor-reaches-nothing "
			       "service-unreached service-unreached ");
}

static void lint__names_braces__that_go_out_as_they_stand(void **state)
{
	static const struct lint_wording wordings[] = {
		{ "Integration 'Statushub'", "Title", "{{@service.name}} is {down}" },
		{ "Service 'Statushub/Website'", "Title", "{{ @service.name }}" },
	};
	struct world *world = a_world();

	(void)state;
	world->facts.wordings = wordings;
	world->facts.wording_count = 1;
	assert_warnings(world, "");
	world->facts.wording_count = 2;
	assert_warnings(world, "braces-go-out ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lint__is_silent__when_everything_reaches),
		cmocka_unit_test(
			lint__names_what_reaches_nothing__and_what_nothing_reaches),
		cmocka_unit_test(
			lint__names_a_service__that_more_monitors_must_fail_for_than_reach_it),
		cmocka_unit_test(
			lint__does_not_blame_an_inactive_monitor__but_its_service),
		cmocka_unit_test(lint__names_a_link__of_a_monitor_that_is_not_held),
		cmocka_unit_test(lint__names_shared_urls__once_a_service),
		cmocka_unit_test(
			lint__names_levels__that_repeat_never_trigger_or_send_nothing),
		cmocka_unit_test(
			lint__names_placements__unticked_without_ok_or_with_reminders),
		cmocka_unit_test(lint__asks_for_a_storm_guard__above_ten_services),
		cmocka_unit_test(lint__names_braces__that_go_out_as_they_stand),
		cmocka_unit_test(lint__says_nothing__of_rows_that_lead_nowhere),
		cmocka_unit_test(lint__says_nothing__of_what_is_switched_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
