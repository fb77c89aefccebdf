/* Why and what-if on the console, with keys alone: the chain of gates and the records that
 * open them, monitors that reach nobody, and a simulated outage as a picture. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

static const struct {
	int columns, rows;
	const char *what_if, *explain, *coverage;
} sizes[] = {
	{ 40, 12, "what_if_40x12", "explain_40x12", "coverage_40x12" },
	{ 80, 24, "what_if_80x24", "explain_80x24", "coverage_80x24" },
	{ 120, 40, "what_if_120x40", "explain_120x40", "coverage_120x40" },
};

/* Three levels: errors, minutes, one that is off; a monitor that nothing holds. */
static void add_levels(struct stage *s)
{
	(void)stage_import(
		s,
		"{'hublink': 1, 'monitors': [{'name': 'Lonely'}], 'alert_definitions': ["
		"{'name': 'Default', 'levels': ["
		"{'level': 2, 'after': {'minutes': 10}, 'integrations': ["
		"{'integration': 'Hub', 'active': true, 'links': ["
		"{'monitor': 'Shop', 'service': 'Partner'}]}]},"
		"{'level': 3, 'active': false, 'after': {'errors': 30}, 'integrations': "
		"[{'integration': 'Hub', 'active': true, 'links': []}]}]}]}");
}

static void views__are_golden__at_every_size(void **state)
{
	struct stage *s = *state;

	add_levels(s);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		DEFER(vt_done)
		struct vt *vt = console_open_sized(&s->sandbox, sizes[i].columns,
						   sizes[i].rows, NULL);
		console_act(vt, "4G", "> ?       Shop");
		console_act(vt, "w", "> What-if");
		console_look(vt, sizes[i].what_if);
		console_act(vt, KEY_ESC, "> ?       Shop");
		console_act(vt, "W", "> Explain");
		console_look(vt, sizes[i].explain);
		console_act(vt, "C", "Lonely");
		console_look(vt, sizes[i].coverage);
	}
}

static void what_if__is_asked_otherwise__and_stores_nothing(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	add_levels(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "4G", "> ?       Shop");
	console_act(vt, "w", "fails for 15m, checked every 1m");
	assert_true(vt_wait(vt, "3 (off) Default"));
	assert_true(vt_wait(vt, "Partner UP, Monitoring"));
	console_act(vt, "e", "How long it fails");
	console_act(vt, "\0250s\r", "A second at least");
	console_act(vt, "\0255m\r", "fails for 5m");
	assert_true(vt_wait(vt, "2 (not met) Default"));
	assert_true(vt_wait_gone(vt, "Partner UP"));
	console_act(vt, "c\0251s\r", "checked every 1s");
	console_act(vt, "e\0251d\r", "That takes more than 5000 checks");
	assert_alerts(s, "");
	assert_deliveries(s, "");
}

static void what_if__goes_from_monitor_to_monitor__of_a_service(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\tG", "> UP   Website");
	console_act(vt, "w", "API, 1 of 2");
	console_act(vt, "\t", "Shop, 2 of 2");
	console_act(vt, "\t", "API, 1 of 2");
}

static void explain__leads_to_the_record_that_shuts_a_gate__and_back_r3(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "mute Batch --for 2h");
	(void)stage_import(
		s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': ["
		   "{'level': 1, 'active': false}]}]}");
	vt = console_open(&s->sandbox);
	console_act(vt, "4j", "> MNT     Batch");
	console_act(vt, "W", "Batch: 0 of 1 path reach the page");
	assert_true(vt_wait(vt, ">   SHUT  maintenance"));
	console_act(vt, "jj", ">   SHUT  level");
	console_act(vt, "\r", "Edit  level 1 of Default");
	console_act(vt, KEY_ESC, ">   SHUT  level");
	stage_do(s, "maintenance end 1");
	(void)stage_import(
		s, "{'hublink': 1, 'alert_definitions': [{'name': 'Default', 'levels': ["
		   "{'level': 1, 'active': true}]}]}");
	assert_true(vt_wait(vt, "Batch: 1 of 1 path reaches the page"));
	assert_true(vt_wait(vt, "REACHES"));
}

static void explain__leads_to_the_links_of_the_monitor__that_has_none(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	(void)stage_import(s, "{'hublink': 1, 'monitors': [{'name': 'Loose', 'groups': "
			      "['web']}]}");
	vt = console_open(&s->sandbox);
	console_act(vt, "4/Loose\r", "> ?       Loose");
	console_act(vt, "W", ">   SHUT  link");
	console_act(vt, "\r", "no link of it yet: a adds some");
	assert_null(strstr(vt_screen(vt), "Partner"));
}

static void explain__of_a_service__names_each_monitor_that_leads_there(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\tG", "> UP   Website");
	console_act(vt, "W", "API: Default level 1 -> Hub/Website");
	assert_true(vt_wait(vt, "Shop: Default level 1 -> Hub/Website"));
	assert_true(vt_wait(vt, "Website: 2 of 2 paths reach the page"));
}

/* Its link stands in a definition that does not hold it, and another one does. */
static void explain__of_a_service__leads_to_the_link_of_the_monitor_in_question(
	void **state)
{
	struct stage *s = *state;

	(void)stage_import(
		s,
		"{'hublink': 1, 'monitors': [{'name': 'Moved'}], 'alert_definitions': ["
		"{'name': 'Default', 'levels': [{'level': 1, 'integrations': ["
		"{'integration': 'Hub', 'links': ["
		"{'monitor': 'Moved', 'service': 'Website'}]}]}]},"
		"{'name': 'Other', 'monitors': ['Moved'], 'levels': [{'level': 1, "
		"'after': {'errors': 1}, 'integrations': ["
		"{'integration': 'Hub', 'active': true, 'links': []}]}]}]}");
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);
	console_act(vt, "\tG", "> UP   Website");
	console_act(vt, "W", ">   SHUT  link");
	console_act(vt, "\r", "service Website of Hub: 3");
	assert_true(vt_wait(vt, "> Default          1   off   Moved -> Website"));
}

static void coverage__lists_who_reaches_nobody__and_why(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "C", "every active monitor reaches a service");
	add_levels(s);
	assert_true(vt_wait(vt, "1 of 4 active monitors"));
	assert_true(vt_wait(vt, "> Lonely                 definition"));
	console_act(vt, "\r", "Lonely: 0 of 1 path reach the page");
	console_act(vt, "\r", "> Default"); /* where a definition can take it */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(views__are_golden__at_every_size),
		STAGE_TEST(what_if__is_asked_otherwise__and_stores_nothing),
		STAGE_TEST(what_if__goes_from_monitor_to_monitor__of_a_service),
		STAGE_TEST(explain__leads_to_the_record_that_shuts_a_gate__and_back_r3),
		STAGE_TEST(explain__leads_to_the_links_of_the_monitor__that_has_none),
		STAGE_TEST(explain__of_a_service__names_each_monitor_that_leads_there),
		STAGE_TEST(
			explain__of_a_service__leads_to_the_link_of_the_monitor_in_question),
		STAGE_TEST(coverage__lists_who_reaches_nobody__and_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
