/* What is older than it is kept goes while the engine works, without a word to anybody: the page
 * hears nothing, open incidents and the audit's chain stand. */
#include <signal.h>

#include "tests/support/stage.h"

/* As if all that has happened so far had happened 500 days earlier. */
static void age(struct stage *s)
{
	stage_change(s, "UPDATE event SET received_ms = received_ms - 500 * 86400000");
	stage_change(s,
		     "UPDATE incident SET opened_at_ms = opened_at_ms - 500 * 86400000,"
		     " monitoring_at_ms = max(0, monitoring_at_ms - 500 * 86400000),"
		     " resolved_at_ms = max(0, resolved_at_ms - 500 * 86400000),"
		     " published_at_ms = published_at_ms - 500 * 86400000");
	stage_change(s, "UPDATE alert SET at_ms = at_ms - 500 * 86400000");
}

static void engine__removes_what_is_old__and_keeps_what_is_open(void **state)
{
	struct stage *s = *state;
	stage_do(s, "event Shop error");
	stage_settle(s);
	stage_do(s, "event Shop ok");
	stage_settle(s);
	stage_do(s, "event Batch error");
	stage_settle(s);
	age(s);
	stage_do(s, "event API error");
	stage_settle(s);
	assert_incidents(s, "Website monitoring, Partner investigating, "
			    "Website investigating");
	stage_engine_start(s);
	stage_do(s, "keep incidents 399 --yes");
	stage_wait(s, stage_incidents, "Partner investigating, Website investigating");
	stage_do(s, "event Batch ok");
	stage_wait(s, stage_incidents, "Partner monitoring, Website investigating");
	assert_told(s, "/partner", "investigating down, monitoring up");
	assert_holds(stage_out(s, 0, "audit verify"), "The audit's chain holds");
	assert_int_equal(stage_engine_end(s, SIGTERM), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(engine__removes_what_is_old__and_keeps_what_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
