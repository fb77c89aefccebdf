/* Tests of services from the console, with keys alone: the dry run, connecting, sending for
 * real, and a run over many that can be stopped. */
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"

static const struct {
	int columns, rows;
	const char *one, *many;
} sizes[] = {
	{ 40, 12, "test_40x12", "tests_40x12" },
	{ 80, 24, "test_80x24", "tests_80x24" },
	{ 120, 40, "test_120x40", "tests_120x40" },
};

static void test__shows_the_exact_requests__and_sends_nothing(void **state)
{
	const struct sandbox *sandbox = *state;

	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		DEFER(vt_done)
		struct vt *vt = console_open_sized(sandbox, sizes[i].columns,
						   sizes[i].rows, NULL);
		console_act(vt, "3jj", "Website");
		console_act(vt, "t", "DRY RUN");
		console_look(vt, sizes[i].one);
		console_act(vt, KEY_ESC "T", "2 services, each told");
		console_look(vt, sizes[i].many);
	}
	assert_lacks(cli_out(sandbox, 0, "list audit"), "test");
}

static void test__says_what_is_odd__without_sending(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	(void)stage_import(s,
			   "{'hublink': 1, 'integrations': [{'name': 'Other', "
			   "'services': [{'name': 'Twin', 'url': '{hub}/website'}]}]}");
	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = console_open(&s->sandbox);
	console_act(vt, "\t", "Website");
	console_act(vt, "gt", "its URL is also that of Other/Twin");
	assert_true(vt_wait(vt, "incident #1 is open: a test is refused"));
	console_act(vt, "e", "it says       a disruption (e");
	assert_true(vt_wait_gone(vt, "Request: operational"));
	console_act(vt, "!", "Type the service's name");
	console_act(vt, "Website\r", "a test would mix with it");
	assert_told(s, "/website", "investigating down");
}

static void test__connects__without_a_request(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\t", "Website");
	console_act(vt, "tc", "connection    connected");
	assert_true(receiver_wait_quiet(s->receiver));
	assert_int_equal(receiver_count(s->receiver), 0);
}

static void test__is_sent_for_real__once_the_name_is_typed(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = console_open(&s->sandbox);

	console_act(vt, "\t", "Website");
	console_act(vt, "Gt!", "visible to subscribers");
	console_act(vt, "Web\r", "That is not its name: 'Website'");
	assert_int_equal(receiver_count(s->receiver), 0);
	console_act(vt, "site\r", "disruption    delivered, answered 200");
	assert_true(vt_wait(vt, "operational   delivered, answered 200"));
	assert_told(s, "/website", "investigating down, monitoring up");
	assert_deliveries(s, "test delivered, test delivered");
}

/* Website's disruption is refused, so no recovery follows; Partner is told both. */
static void tests__run_over_all_services__and_say_what_failed(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	receiver_rule(s->receiver,
		      (struct receiver_rule){ .path = "/website", .status = 404 });
	vt = console_open(&s->sandbox);
	console_act(vt, "3T", "2 services");
	console_act(vt, "!3\r", "There are 2 services; nothing was sent");
	console_act(vt, "\b2\r", "1 delivered, 1 failed");
	assert_true(vt_wait(vt, "2 of 2, 1 failed"));
	assert_true(vt_wait(vt, "FAILED: not delivered"));
	console_act(vt, "G", " not delivered, answered 404 (");
	assert_int_equal(receiver_count(s->receiver), 3);
}

/* What is being sent is finished, its recovery included; the next one is not begun. */
static void tests__stop_between_two_services__on_escape(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	receiver_rule(s->receiver, (struct receiver_rule){ .delay_ms = 700 });
	vt = console_open(&s->sandbox);
	console_act(vt, "3T", "2 services");
	console_act(vt, "!2\r", "Esc stops it");
	assert_true(receiver_wait(s->receiver, 1));
	console_act(vt, KEY_ESC, "stops after this one");
	assert_true(vt_wait(vt, "1 delivered, 0 failed, 1 not tried"));
	assert_int_equal(receiver_count(s->receiver), 2);
}

static void tests__take_what_is_marked__of_the_tree(void **state)
{
	const struct sandbox *sandbox = *state;
	DEFER(vt_done) struct vt *vt = console_open(sandbox);

	console_act(vt, "3", "Website");
	console_act(vt, "*t", "2 services, each told");
	console_act(vt, KEY_ESC "\\", "Website");
	console_act(vt, "Gt", "Request: disruption");
	console_act(vt, "1", "Incidents open");
	console_act(vt, "5t", "2 services, each told"); /* what a definition leads to */
}

static void test__sends_nothing__when_the_console_is_read_only(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&s->sandbox, 80, 24, "--read-only");

	console_act(vt, "\t", "Website");
	console_act(vt, "t", "DRY RUN");
	console_act(vt, "!", "This console is read-only");
	vt_type(vt, "j");
	assert_true(vt_wait_gone(vt, "This console is read-only"));
	console_act(vt, "c", "This console is read-only");
	assert_int_equal(receiver_count(s->receiver), 0);
}

#define ON_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, cli_setup, cli_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DOCUMENT(test__shows_the_exact_requests__and_sends_nothing),
		STAGE_TEST(test__says_what_is_odd__without_sending),
		STAGE_TEST(test__connects__without_a_request),
		STAGE_TEST(test__is_sent_for_real__once_the_name_is_typed),
		STAGE_TEST(tests__run_over_all_services__and_say_what_failed),
		STAGE_TEST(tests__stop_between_two_services__on_escape),
		ON_DOCUMENT(tests__take_what_is_marked__of_the_tree),
		STAGE_TEST(test__sends_nothing__when_the_console_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
