/* An operator's acts from the console, with keys alone: words asked, public acts confirmed,
 * refusals whole (R7, R16, R18). */
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/console.h"
#include "tests/support/stage.h"
#include "tests/support/vt.h"

static struct vt *open_console(const struct stage *s, bool read_only)
{
	const char *argv[] = { program_path("hublink"), "--db", s->sandbox.db,
			       read_only ? "--read-only" : NULL, NULL };
	const char *env[] = { "TERM=xterm-256color", "LC_ALL=C.UTF-8", "TZ=UTC", NULL };
	struct vt *vt = vt_open(80, 24, argv, env);

	assert_true(vt_wait(vt, "Incidents open"));
	return vt;
}

/* The room of the one open incident. */
static struct vt *open_room(const struct stage *s)
{
	struct vt *vt = open_console(s, false);

	assert_true(vt_wait(vt, "DOWN"));
	vt_type(vt, "\r");
	assert_true(vt_wait(vt, "Timeline"));
	return vt;
}

static void operator__notes__with_words_on_the_timeline(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = open_room(s);
	vt_type(vt, "a");
	assert_true(vt_wait(vt, "Enter done"));
	vt_type(vt, "asked the provider\r");
	assert_true(vt_wait(vt, "local only"));
	assert_true(vt_wait(vt, "note      asked the provider"));
	assert_string_equal(stage_told(s, "/website"), "investigating down");
}

static void operator__recovers__only_by_force_while_a_monitor_is_in_error_r7(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = open_room(s);
	vt_type(vt, "v");
	assert_true(vt_wait(vt, "Enter done"));
	vt_type(vt, "\r");
	assert_true(vt_wait(vt, "y yes"));
	vt_type(vt, "y");
	assert_true(vt_wait(vt, "do it all the same"));
	assert_lacks(vt_screen(vt), "--force");
	assert_incidents(s, "Website investigating");
	vt_type(vt, "f");
	assert_true(vt_wait(vt, "status        Monitoring"));
	stage_settle(s);
	assert_told(s, "/website", "investigating down, monitoring up");
}

static void operator__changes_nothing__on_escape(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = open_room(s);
	vt_type(vt, "D");
	assert_true(vt_wait(vt, "Enter done"));
	vt_type(vt, "\033");
	assert_true(vt_wait_gone(vt, "Enter done"));
	vt_type(vt, "D");
	assert_true(vt_wait(vt, "Enter done"));
	vt_type(vt, "\r");
	assert_true(vt_wait(vt, "y yes"));
	vt_type(vt, "\033");
	assert_true(vt_wait_gone(vt, "y yes"));
	assert_incidents(s, "Website investigating");
	vt_type(vt, "D\ry");
	assert_true(vt_wait(vt, "status        Detached"));
}

/* The end of an answer says what else comes: it is read whole at every size, and with the
 * next key what it covers is there again. */
static void operator__reads_the_answer_whole__however_narrow_the_screen_r7(void **state)
{
	static const char end[] = "joined monitor is OK";
	static const int sizes[][2] = { { 80, 24 }, { 80, 10 }, { 40, 12 } };
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		stage_do(s, "event Shop error");
		stage_settle(s);
		vt_close(vt);
		vt = console_open_sized(&s->sandbox, sizes[i][0], sizes[i][1], NULL);
		console_act(vt, "", "  UP   Partner");
		console_act(vt, "D\r", "y yes");
		console_act(vt, "y", end);
		if (sizes[i][0] == 40)
			console_look(vt, "answer_40x12");
		vt_type(vt, "g");
		assert_true(vt_wait_gone(vt, end));
		assert_true(vt_wait(vt, "  UP   Partner"));
		stage_do(s, "event Shop ok");
		stage_settle(s);
	}
}

static void operator__sees_each_choice__however_narrow_the_screen(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done)
	struct vt *vt = console_open_sized(&s->sandbox, 40, 12, NULL);

	console_act(vt, "=", "d dry-run   p paused   l live");
	assert_true(vt_wait(vt, "│ Esc leave it"));
}

/* Two updates that publish_after holds, of Website and of Partner. */
static void hold_two(struct stage *s)
{
	(void)stage_import(s,
			   "{'hublink': 1, 'integrations': [{'name': 'Hub', 'services': ["
			   "{'name': 'Website', 'publish_after': '1h'},"
			   "{'name': 'Partner', 'publish_after': '1h'}]}]}");
	stage_do(s, "event Shop error");
	stage_do(s, "event Batch error");
	stage_settle(s);
}

static void operator__releases_and_cancels__what_is_held_r16(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	hold_two(s);
	vt = open_console(s, false);
	vt_type(vt, "7");
	assert_true(vt_wait(vt, "held"));
	vt_type(vt, "l");
	assert_true(vt_wait(vt, "It goes public now"));
	vt_type(vt, "y");
	assert_true(vt_wait(vt, "queued"));
	vt_type(vt, "jX");
	assert_true(vt_wait(vt, "Never send this update?"));
	vt_type(vt, "y");
	assert_true(vt_wait(vt, "cancelled"));
	stage_settle(s);
	assert_deliveries(s, "disruption cancelled, disruption delivered");
}

/* The cursor is on an incident there, not on an update. */
static void operator__releases_from_the_dashboard__what_an_incident_holds_r16(
	void **state)
{
	struct stage *s = *state;

	hold_two(s);
	DEFER(vt_done) struct vt *vt = open_console(s, false);
	console_act(vt, "l", "It goes public now");
	console_act(vt, "y", "Incidents open 2");
	stage_settle(s);
	assert_deliveries(s, "disruption held, disruption delivered");
	assert_true(vt_wait(vt, "told Investigating"));
	console_act(vt, "gl", "No update of this incident waits");
	console_act(vt, "jl", "It goes public now");
}

/* What the mode keeps back is not told now, and nothing says that it is. */
static void dashboard__says_what_waits__for_the_mode_r19(void **state)
{
	struct stage *s = *state;

	stage_do(s, "mode paused");
	stage_do(s, "event Shop error");
	stage_settle(s);
	DEFER(vt_done) struct vt *vt = open_console(s, false);
	assert_true(vt_wait(vt, "waits: mode paused"));
	assert_lacks(vt_screen(vt), "to be told now");
}

/* Asks with the key, finds the page's own words quoted, and leaves it. */
static void assert_quoted(struct vt *vt, const char *key, const char *lead,
			  const char *service)
{
	char statuses[100], words[100];

	(void)snprintf(statuses, sizeof(statuses),
		       "%s: Service disruption, Investigating. %s", service, lead);
	(void)snprintf(words, sizeof(words), "We are investigating a problem with %s",
		       service);
	vt_type(vt, key);
	assert_true(vt_wait(vt, statuses));
	assert_true(vt_wait(vt, words));
	vt_type(vt, "\033");
	assert_true(vt_wait_gone(vt, lead));
}

static void operator__reads_what_goes_public__before_it_does_r16(void **state)
{
	static const char *const ways[] = { "7", "1\t\t", "2\r" };
	static const char *const there[] = { "held", "Next 2", "Timeline" };
	static const char *const services[] = { "Partner", "Website", "Partner" };
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	hold_two(s);
	vt = open_console(s, false);
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		vt_type(vt, ways[i]);
		assert_true(vt_wait(vt, there[i]));
		assert_quoted(vt, "l", "The public reads:", services[i]);
		assert_quoted(vt, "X", "The public will not read:", services[i]);
	}
	assert_deliveries(s, "disruption held, disruption held");
}

/* Whoever types the word of an answer means no other key with the rest of it. */
static void operator__types_a_choice_whole__and_no_letter_of_it_acts_r19(void **state)
{
	struct stage *s = *state;

	stage_do(s, "event Shop error");
	stage_settle(s);
	DEFER(vt_done) struct vt *vt = open_room(s);
	console_act(vt, "=paused", "The mode is paused");
	console_act(vt, "=", "live: updates are sent");
	console_act(vt, "live", "The mode is live");
	console_act(vt, "a", "Enter done"); /* a key of its own again */
}

static void operator__is_refused__when_the_console_is_read_only(void **state)
{
	struct stage *s = *state;
	DEFER(vt_done) struct vt *vt = NULL;

	stage_do(s, "event Shop error");
	stage_settle(s);
	vt = open_console(s, true);
	assert_true(vt_wait(vt, "READ-ONLY"));
	vt_type(vt, "2R");
	assert_true(vt_wait(vt, "read-only"));
	assert_incidents(s, "Website investigating");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(operator__notes__with_words_on_the_timeline),
		STAGE_TEST(
			operator__recovers__only_by_force_while_a_monitor_is_in_error_r7),
		STAGE_TEST(operator__changes_nothing__on_escape),
		STAGE_TEST(
			operator__reads_the_answer_whole__however_narrow_the_screen_r7),
		STAGE_TEST(operator__sees_each_choice__however_narrow_the_screen),
		STAGE_TEST(operator__releases_and_cancels__what_is_held_r16),
		STAGE_TEST(
			operator__releases_from_the_dashboard__what_an_incident_holds_r16),
		STAGE_TEST(dashboard__says_what_waits__for_the_mode_r19),
		STAGE_TEST(operator__reads_what_goes_public__before_it_does_r16),
		STAGE_TEST(operator__types_a_choice_whole__and_no_letter_of_it_acts_r19),
		STAGE_TEST(operator__is_refused__when_the_console_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
